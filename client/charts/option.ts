// From a model to what echarts draws: no box, few hairlines, limits on their line, colour only beyond a limit.
import type { EChartsCoreOption } from 'echarts/core';
import { formatNumber } from '../i18n/numbers.ts';
import { GAP_PX, spotsOf } from './limit-labels.ts';
import { brokenAt, extentOf, type ChartLine, type ChartModel } from './model.ts';
import type { ChartTheme } from './theme.ts';
import { tickText, timeTicks } from './time-ticks.ts';

export interface ChartPlace {
  readonly theme: ChartTheme;
  readonly locale: 'zh' | 'en';
  readonly timeZone: string;
  readonly now: number;
  readonly width: number;
  readonly height: number;
  /** The line that is lit, because its object is pointed at elsewhere; null for none. */
  readonly lit: string | null;
  readonly words: { readonly now: string; readonly missing: string };
}

/** Digits stand as tall as Chinese characters. */
const DIGIT_SIZE = 1.32;
const TICK_WIDTH_U = 5.2;
const UNLIT_ALPHA = 0.35;
/** Below this share of the axis a gap is too narrow for its word. */
const WORD_SHARE = 0.12;

/** Pixels around the plot; the cursor is laid over it by the same numbers. */
export function gridOf({ theme, width }: Pick<ChartPlace, 'theme' | 'width'>, model: ChartModel) {
  const u = theme.textPx;
  const named = model.lines.length > 1;
  return {
    left: 3.6 * u,
    right: named ? Math.min(5.2 * u, width * 0.24) : 0.8 * u,
    top: 0.9 * u,
    bottom: 1.9 * u,
  };
}

export function optionOf(model: ChartModel, place: ChartPlace): EChartsCoreOption {
  const { theme, timeZone, width, locale } = place;
  const [low, high] = extentOf(model) ?? [0, 1];
  const ticks = timeTicks(model.from, model.to, {
    most: Math.max(2, Math.floor(width / (TICK_WIDTH_U * theme.textPx))),
    timeZone,
  });
  const label = { color: theme.note, fontFamily: theme.digitFont, fontSize: theme.textPx * DIGIT_SIZE * 0.9 };
  return {
    animation: false,
    grid: gridOf(place, model),
    xAxis: {
      type: 'value',
      min: model.from,
      max: model.to,
      axisLine: { show: true, onZero: false, lineStyle: { color: theme.axis } },
      axisTick: { show: true, customValues: ticks, lineStyle: { color: theme.axis } },
      axisLabel: {
        ...label,
        customValues: ticks,
        formatter: (at: number) => tickText(at, timeZone),
        hideOverlap: true,
      },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: low,
      max: high,
      inverse: model.shape === 'hanging',
      splitNumber: 3,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        ...label,
        showMinLabel: false,
        showMaxLabel: false,
        formatter: (value: number) => formatNumber(value, axisStep(high - low, model.step), locale),
      },
      splitLine: { lineStyle: { color: theme.line } },
    },
    ...colourBeyond(model, place),
    series: [
      ...model.lines.map((line, index) => seriesOf(line, index, { model, place })),
      ...model.lines.flatMap((line) => bandOf(line, place.theme)),
    ],
  };
}

/** An axis needs no more decimals than its range has. */
function axisStep(range: number, step: number): number {
  return Math.max(step, 10 ** Math.floor(Math.log10(Math.max(range, 1e-9)) - 1));
}

interface Context {
  readonly model: ChartModel;
  readonly place: ChartPlace;
}

function seriesOf(line: ChartLine, index: number, { model, place }: Context): object {
  const { theme, lit } = place;
  const single = model.lines.length === 1;
  const colour = colourOf(line, index, { single, theme });
  const alpha = lit !== null && lit !== line.key ? UNLIT_ALPHA : 1;
  const data = brokenAt(line.points, model.gaps).map(({ at, value }) => [at, value]);
  const common = {
    id: line.key,
    name: line.name,
    data,
    silent: true,
    ...(index === 0 ? marksOf({ model, place }) : {}),
    ...peakOf(line, { model, place }),
  };
  if (model.shape !== 'line') {
    const itemStyle = { color: model.shape === 'hanging' ? '#6fa9c0' : colour, opacity: alpha };
    return { ...common, type: 'bar', barMaxWidth: 14, itemStyle };
  }
  return {
    ...common,
    type: 'line',
    showSymbol: line.points.length === 1,
    symbolSize: theme.textPx * 0.4,
    connectNulls: false,
    lineStyle: {
      width: lit === line.key || single ? 2.5 : 1.8,
      opacity: alpha,
      ...strokeOf(line),
    },
    itemStyle: { color: colour, opacity: alpha },
    endLabel: {
      show: !single,
      formatter: line.name,
      color: colour,
      fontFamily: theme.textFont,
      fontSize: theme.textPx,
      distance: 4,
      width: gridOf(place, model).right - 6,
      overflow: 'truncate',
    },
    labelLayout: { moveOverlap: 'shiftY' },
  };
}

/** 甲 dashed and thick, 乙 dotted and thin: one hue for all forecasts, never two. */
const STROKES = {
  dash: { type: [10, 5], width: 2.5 },
  dot: { type: [3, 5], width: 2 },
  thin: { type: [9, 5], width: 1.2 },
} as const;

function strokeOf({ kind, dash }: ChartLine): object {
  if (kind === 'observed') return { type: 'solid' };
  return dash ? STROKES[dash] : { type: [9, 5] };
}

/** The highest point as a dot with its value; its time stands on the axis below. */
function peakOf({ key, peak, kind }: ChartLine, { model, place }: Context): object {
  if (!peak || kind !== 'forecast') return {};
  const { theme, locale } = place;
  const text = formatNumber(peak.value, model.step, locale);
  return {
    markPoint: {
      ...{ silent: true, animation: false, symbol: 'circle', symbolSize: theme.textPx * 0.45 },
      itemStyle: { color: theme.forecast },
      label: {
        ...{ show: true, formatter: text, position: 'top', color: theme.forecast },
        ...{ fontFamily: theme.digitFont, fontSize: theme.textPx * DIGIT_SIZE * 0.85 },
      },
      data: [{ name: key, coord: [peak.at, peak.value] }],
    },
  };
}

/** Two lines nobody sees, one on the other: what is between them is the interval. */
function bandOf({ key, band }: ChartLine, { forecast }: ChartTheme): object[] {
  if (!band || band.length === 0) return [];
  const common = {
    ...{ type: 'line', silent: true, showSymbol: false, stack: `band-${key}`, stackStrategy: 'all' },
    lineStyle: { opacity: 0 },
  };
  return [
    { ...common, id: `low-${key}`, data: band.map(([at, low]) => [at, low]) },
    {
      ...{ ...common, id: `high-${key}`, data: band.map(([at, low, high]) => [at, high - low]) },
      areaStyle: { color: forecast, opacity: 0.1 },
    },
  ];
}

function colourOf(
  line: ChartLine,
  index: number,
  { single, theme }: { single: boolean; theme: ChartTheme },
): string {
  if (line.kind === 'forecast') return theme.forecast;
  return single ? theme.value : (theme.lines[index % theme.lines.length] ?? theme.data);
}

/** Each limit within sight as a line with its word on it. */
function limitsOf(model: ChartModel, place: ChartPlace): object[] {
  const { theme, width, height } = place;
  const [low, high] = extentOf(model) ?? [0, 1];
  const { left, right, top, bottom } = gridOf(place, model);
  const plot = { width: width - left - right, height: height - top - bottom, textPx: theme.textPx };
  const downOf = (value: number): number => {
    const up = (value - low) / (high - low);
    return (model.shape === 'hanging' ? up : 1 - up) * plot.height;
  };
  const shown = model.limits.filter(({ value, word }) => word !== '' && value >= low && value <= high);
  const spots = spotsOf(
    shown.map(({ value, word }) => ({ y: downOf(value), text: word })),
    plot,
  );
  return shown.map(({ value, word }, index) => {
    const spot = spots[index];
    return {
      yAxis: value,
      lineStyle: { color: theme.text, width: 1, type: 'solid' },
      label: {
        show: spot !== null,
        color: theme.text,
        fontFamily: theme.textFont,
        fontSize: theme.textPx,
        formatter: word,
        position: spot?.above === false ? 'insideStartBottom' : 'insideStartTop',
        distance: [(spot?.x ?? 0) + GAP_PX, GAP_PX],
      },
    };
  });
}

/** Limits, the present and what is missing: drawn once, with the first line. */
function marksOf({ model, place }: Context): object {
  if (extentOf(model) === null) return {};
  const { theme, words, now } = place;
  const text = { color: theme.text, fontFamily: theme.textFont, fontSize: theme.textPx };
  const limits = limitsOf(model, place);
  const present =
    now > model.from && now < model.to
      ? [
          {
            xAxis: now,
            lineStyle: { color: theme.value, width: 2, type: 'solid' },
            label: { ...text, color: theme.value, formatter: words.now, position: 'start' },
          },
        ]
      : [];
  const gaps = model.gaps.map(([from, to]) => [
    {
      xAxis: from,
      label: {
        ...text,
        color: theme.note,
        show: (to - from) / (model.to - model.from) > WORD_SHARE,
        formatter: words.missing,
        position: 'inside',
      },
    },
    { xAxis: to },
  ]);
  return {
    markLine: { silent: true, symbol: 'none', animation: false, data: [...limits, ...present] },
    markArea: {
      silent: true,
      itemStyle: { color: 'transparent', borderColor: theme.axis, borderType: 'dotted', borderWidth: 1 },
      data: gaps,
    },
  };
}

/** A single line takes the colour of the worst limit it is beyond; the word of the limit stands on its line. */
function colourBeyond(model: ChartModel, { theme }: ChartPlace): object {
  const values = model.lines.flatMap(({ points }) => points.map(({ value }) => value));
  const coloured = model.limits.flatMap(({ value: limit, severity, side }) => {
    const isBroken = values.some(
      (value) => value !== null && (side === 'above' ? value > limit : value < limit),
    );
    return severity && isBroken ? [{ value: limit, severity, side }] : [];
  });
  if (model.lines.length !== 1 || coloured.length === 0 || model.lines[0]?.kind === 'forecast') return {};
  const above = coloured.filter(({ side }) => side === 'above').sort((a, b) => a.value - b.value);
  const below = coloured.filter(({ side }) => side === 'below').sort((a, b) => b.value - a.value);
  // The outermost piece is open: echarts cannot colour up to infinity.
  const upTo = (limit: { value: number } | undefined): object => (limit ? { lte: limit.value } : {});
  const downTo = (limit: { value: number } | undefined): object => (limit ? { gte: limit.value } : {});
  const [lowest, highest] = extentOf(model) ?? [0, 1];
  // echarts cannot draw a line whose pieces are all open: the part within the limits is bounded on both sides.
  const within = {
    gte: below[0]?.value ?? Math.min(lowest, (above[0]?.value ?? lowest) - 1),
    lte: above[0]?.value ?? Math.max(highest, (below[0]?.value ?? highest) + 1),
    color: theme.value,
  };
  const pieces = [
    within,
    ...above.map(({ value, severity }, at) => ({
      gt: value,
      ...upTo(above[at + 1]),
      color: theme.severity[severity],
    })),
    ...below.map(({ value, severity }, at) => ({
      lt: value,
      ...downTo(below[at + 1]),
      color: theme.severity[severity],
    })),
  ];
  return {
    visualMap: { show: false, type: 'piecewise', dimension: 1, pieces, outOfRange: { color: theme.value } },
  };
}
