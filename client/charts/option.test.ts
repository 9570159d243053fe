import { init, use } from 'echarts/core';
import { BarChart, LineChart } from 'echarts/charts';
import {
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  VisualMapPiecewiseComponent,
} from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
import { expect, test } from 'vitest';
import type { ChartLimit, ChartModel } from './model.ts';
import { optionOf, type ChartPlace } from './option.ts';
import type { ChartTheme } from './theme.ts';

use([
  LineChart,
  BarChart,
  GridComponent,
  MarkLineComponent,
  MarkAreaComponent,
  MarkPointComponent,
  VisualMapPiecewiseComponent,
  SVGRenderer,
]);

const HOUR = 3_600_000;
const theme: ChartTheme = {
  value: '#f5f8f6',
  text: '#b3bfbe',
  note: '#869596',
  line: '#24343a',
  axis: '#56696f',
  data: '#8fbdb6',
  forecast: '#c9b6f7',
  severity: { red: '#f5463c', orange: '#ff9a3a', yellow: '#ffde4a', blue: '#4c98ff' },
  lines: ['#8fbdb6', '#9e89c5'],
  textPx: 15,
  textFont: 'sans-serif',
  digitFont: 'sans-serif',
};
const from = Date.parse('2026-11-23T00:00:00Z');
const place: ChartPlace = {
  theme,
  locale: 'zh',
  timeZone: 'Asia/Shanghai',
  now: from + 20 * HOUR,
  width: 600,
  height: 240,
  lit: null,
  words: { now: '现在', missing: '缺测' },
};
const limit = (value: number, severity: ChartLimit['severity']): ChartLimit => ({
  value,
  word: `限 ${value}`,
  severity,
  side: 'above',
});

function modelOf(values: readonly (number | null)[], more: Partial<ChartModel> = {}): ChartModel {
  const points = values.map((value, index) => ({ at: from + index * HOUR, value }));
  return {
    title: '水位',
    unit: 'm',
    step: 0.01,
    shape: 'line',
    from,
    to: from + 24 * HOUR,
    lines: [{ key: 'a', name: '甲', kind: 'observed', points }],
    limits: [],
    gaps: [],
    ...more,
  };
}

/** What is really drawn. */
function drawn(model: ChartModel, at: Partial<ChartPlace> = {}): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 600, height: 240 });
  chart.setOption(optionOf(model, { ...place, ...at }));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

test('a calm line is white, without any colour of severity', () => {
  const svg = drawn(modelOf([460, 461, 460.5], { limits: [limit(463, 'orange')] }));
  expect(svg).toContain('#f5f8f6');
  for (const colour of Object.values(theme.severity)) expect(svg).not.toContain(colour);
  expect(svg).toContain('限 463');
});

test('beyond its limits a line takes their colours, each with its word on the picture', () => {
  const limits = [limit(463, 'orange'), limit(465, 'red')];
  const svg = drawn(modelOf([460, 464, 466, 461], { limits }));
  expect(svg).toContain(theme.severity.orange);
  expect(svg).toContain(theme.severity.red);
  expect(svg).toContain('限 465');
});

test('a gap is named and no line runs across it', () => {
  const gaps = [[from + 4 * HOUR, from + 12 * HOUR]] as const;
  const values = Array.from({ length: 20 }, (_, index) =>
    index > 4 && index < 12 ? null : 460 + index / 10,
  );
  expect(drawn(modelOf(values, { gaps }))).toContain('缺测');
});

test('a forecast is dashed in its own colour', () => {
  const base = modelOf([1, 2, 3]);
  const lines = base.lines.map((line) => ({ ...line, kind: 'forecast' as const }));
  const svg = drawn({ ...base, lines });
  expect(svg).toContain(theme.forecast);
  expect(svg).toMatch(/stroke-dasharray/);
});

test('options are one hue with dashes of their own, a crest with its value, an interval around the one that is advised', () => {
  const base = modelOf([460, 463.23, 461]);
  const points = base.lines[0]?.points ?? [];
  const option = (dash: 'dash' | 'dot', more: object) => ({
    ...{ key: dash, name: dash, kind: 'forecast' as const, points, dash },
    ...more,
  });
  const peak = { at: points[1]?.at ?? 0, value: 463.23 };
  const band = points.map(({ at, value }) => [at, (value ?? 0) - 1, (value ?? 0) + 1] as const);
  const svg = drawn({ ...base, lines: [option('dash', { peak, band }), option('dot', {})] });
  expect(svg).toContain('stroke-dasharray="10,5"');
  expect(svg).toContain('stroke-dasharray="3,5"');
  expect(svg).toContain('463.23');
  expect(svg).toMatch(/fill-opacity="0\.1"/);
  expect(drawn({ ...base, lines: [option('dash', {}), option('dot', {})] })).not.toMatch(
    /fill-opacity="0\.1"/,
  );
});

test('many lines are named at their ends, the one pointed at stands out', () => {
  const base = modelOf([1, 2, 3]);
  const second = { key: 'b', name: '乙', kind: 'observed' as const, points: base.lines[0]?.points ?? [] };
  const svg = drawn({ ...base, lines: [...base.lines, second] }, { lit: 'b' });
  expect(svg).toContain('>甲<');
  expect(svg).toContain('>乙<');
  expect(svg).toContain('0.35');
});

test.each(['line', 'column', 'hanging'] as const)(
  'no values at all draw an empty %s chart, without limits or gaps',
  (shape) => {
    const svg = drawn(modelOf([], { shape, limits: [limit(1, 'red')], gaps: [[from, from + 9 * HOUR]] }));
    expect(svg).not.toContain('缺测');
    expect(svg).not.toContain(theme.severity.red);
  },
);
