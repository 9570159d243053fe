// The published course of the playbook, option against option, and a pulse whose answer is known on paper.
import { expect, it, test } from 'vitest';
import { loadCity } from '../../../cities/load.ts';
import { dispatchOrder } from '../../../contracts/layers/dispatch-order.ts';
import { flowForecast } from '../../../contracts/layers/flow-forecast.ts';
import { releasePlan } from '../../../contracts/layers/release-plan.ts';
import { reservoir } from '../../../contracts/layers/reservoir.ts';
import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import type { Layer, Row } from '../../../contracts/layer.ts';
import type { Advice } from '../../../contracts/records/advice.ts';
import { adviceSchema } from '../../../contracts/records/advice.ts';
import { viewOf } from '../../kit/define-decision.ts';
import type { DecisionSnapshot } from '../../kit/define-decision.ts';
import model from './decision.ts';
import type { FloodFacts } from './facts.ts';
import { levelOfFlow, route } from './routing.ts';

const HOUR_MS = 3_600_000;
const T0 = Date.parse('2026-07-16T20:00:00+08:00');
const city = loadCity('guangyuan');
const at = (hours: number): number => T0 + hours * HOUR_MS;
type Hours = readonly (readonly [number, number])[];

const INFLOW: Hours = [
  ...([
    [0, 900],
    [4, 1600],
    [6, 3200],
    [8, 4700],
    [10, 6000],
    [12, 7100],
    [14, 7600],
  ] as const),
  ...([
    [16, 7100],
    [20, 5200],
    [24, 3600],
    [30, 2200],
    [36, 1600],
    [48, 1200],
  ] as const),
];
const JIALING: Hours = [
  ...([
    [0, 1300],
    [6, 1900],
    [10, 3200],
    [14, 4900],
    [17, 5900],
    [20, 5600],
  ] as const),
  ...([
    [24, 4300],
    [30, 2900],
    [36, 2100],
    [48, 1600],
  ] as const),
];
const QINGJIANG: Hours = [
  ...([
    [0, 120],
    [4, 500],
    [7, 1500],
    [9, 2100],
    [11, 2450],
    [14, 1900],
  ] as const),
  ...([
    [18, 1100],
    [24, 600],
    [36, 300],
    [48, 200],
  ] as const),
];
const TINGZIKOU: Hours = [
  [0, 2000],
  [2, 3000],
  [8, 4000],
  [12, 5000],
  [16, 6000],
  [22, 7000],
  [30, 6000],
  [40, 4500],
];
const PLAN_A: Hours = [
  [0, 1500],
  [6, 2500],
  [9, 2000],
  [13, 1500],
  [20, 3500],
  [24, 4500],
  [30, 4000],
  [40, 2500],
];
const PLAN_B: Hours = [
  [0, 900],
  [10, 3500],
  [13, 5500],
  [16, 7000],
  [22, 5000],
  [28, 3000],
  [40, 1500],
];

const row = <L extends Layer>(_: L, key: string, values: object, validAt = T0): Row<L['columns']> =>
  ({
    ...{
      key,
      validAt,
      issuedAt: validAt,
      regionCode: '',
      quality: 'good',
      source: 'test',
      synthetic: true,
      values,
    },
  }) as unknown as Row<L['columns']>;
const course = (points: Hours): string[] => points.map(([hours, value]) => `${at(hours)} ${value}`);
const plan = (key: string, name: string, scheme: string, steps: Hours) =>
  row(releasePlan, key, {
    reservoir: name,
    scheme,
    name: `${scheme}方案`,
    state: 'drafted',
    steps: course(steps),
  });

function snapshotAt(
  now: number,
  start: { levelM: number; outflowM3S: number; validAt?: number },
): DecisionSnapshot {
  const { validAt = now, ...dam } = start;
  return {
    now,
    facts: model.facts.parse(city.decisions['flood-routing']?.facts),
    ...{ towns: [], places: [], trails: {}, feeds: {}, synthetic: true, timeZone: 'Asia/Shanghai' },
    stations: city.stations,
    calendar: { workweek: [1, 2, 3, 4, 5], holidays: [], workdays: [] },
    layers: {
      [reservoir.slug]: [
        row(reservoir, 'b', { name: '宝珠寺水库', ...dam }, validAt),
        row(reservoir, 't', { name: '亭子口水库', levelM: 446.3, outflowM3S: 2000 }, validAt),
      ],
      [riverGauge.slug]: [row(riverGauge, 'z', { name: '昭化', levelM: 458.4, flowM3S: 2900 }, validAt)],
      [flowForecast.slug]: [
        row(flowForecast, 'f1', { name: '宝珠寺水库', points: course(INFLOW) }, now),
        row(flowForecast, 'f2', { name: '上石盘坝下', points: course(JIALING) }, now),
        row(flowForecast, 'f3', { name: '下寺', points: course(QINGJIANG) }, now),
      ],
      [dispatchOrder.slug]: [],
      [releasePlan.slug]: [
        plan('pa', '宝珠寺水库', '甲', PLAN_A),
        plan('ta', '亭子口水库', '甲', TINGZIKOU),
        plan('pb', '宝珠寺水库', '乙', PLAN_B),
        plan('tb', '亭子口水库', '乙', TINGZIKOU),
      ],
    },
  };
}

function assess(snapshot: DecisionSnapshot): Advice {
  const { view } = viewOf<FloodFacts>(snapshot);
  return adviceSchema.parse(model.assess(view, model.params.parse({ horizonH: 48 }), snapshot.now));
}

const branch = (advice: Advice, option: string, name: string) =>
  advice.branch.find(({ values }) => values['option'] === option && values['name'] === name)?.values;

test.each([
  { option: 'a', start: { levelM: 580.96, outflowM3S: 1500 }, peakM: 463.23, hour: 16, damM: 585.21 },
  { option: 'b', start: { levelM: 581.2, outflowM3S: 900 }, peakM: 465.73, hour: 19.5, damM: 583.45 },
])(
  'option $option of the playbook: $peakM m at $hour h, the dam at $damM m',
  ({ option, start, peakM, hour, damM }) => {
    const advice = assess(snapshotAt(T0, start));
    const gauge = branch(advice, option, '昭化');
    expect(Math.abs(Number(gauge?.['peakM']) - peakM)).toBeLessThan(0.05);
    expect(gauge?.['peakAt']).toBe(at(hour));
    expect(Math.abs(Number(branch(advice, option, '宝珠寺水库')?.['peakM']) - damM)).toBeLessThan(0.05);
  },
);

it('advises the option that floods nobody, and says what it costs', () => {
  const advice = assess(snapshotAt(T0, { levelM: 580.96, outflowM3S: 1500 }));
  expect(advice.advised.option).toBe('a');
  const people = (id: string) => advice.options.find((one) => one.id === id)?.facts[0];
  expect(people('a')).toMatchObject({ kind: 'people', value: 0, violates: null });
  expect(people('b')).toMatchObject({ kind: 'people', value: 1150, violates: { zh: '进水' } });
  const a = advice.options.find(({ id }) => id === 'a');
  expect(a?.facts.find(({ kind }) => kind === 'structure')?.violates?.zh).toBe('超汛限 2.21 m');
  expect(a?.facts.find(({ kind }) => kind === 'authority')?.text.zh).toContain('省级调度令');
  expect(a?.tasks.map(({ unit }) => unit)).toEqual(['dept:hydropower', 'dept:water', 'town:510811108']);
  expect(a?.tasks[2]?.text).toContain('420 人');
  expect(advice.confidence.value).toBe(0.8);
});

it('says why the advised option and not each other one, out of their outcomes', () => {
  const snapshot = snapshotAt(T0, { levelM: 580.96, outflowM3S: 1500 });
  const { advised } = assess(snapshot);
  expect(advised.over?.map(({ option }) => option)).toEqual(['ordered', 'b']);
  // As ordered the crest is lower: that the advised option is worse there must be said too.
  expect(advised.over?.[0]?.text.zh).toMatch(/亭子口水库最高水位低 .*代价：昭化洪峰高 0\.\d\d m/);
  const overB = advised.over?.[1]?.text.zh ?? '';
  expect(overB).toMatch(/^少进水 1150 人（0 对 1150）；/);
  expect(overB).toMatch(/昭化洪峰低 2\.\d\d m/);
  expect(overB).toMatch(/代价：宝珠寺水库最高水位高 \d\.\d\d m（低于设计 \d\.\d\d m、超汛限 2\.21 m）/);
  // A scheme that does what the other does is said to be no different.
  const plans = snapshot.layers[releasePlan.slug] ?? [];
  const twins = plans.slice(0, 2).flatMap((one) =>
    ['甲', '乙'].map((scheme) => ({
      ...one,
      key: `${one.key} ${scheme}`,
      values: { ...one.values, scheme },
    })),
  );
  const same = assess({ ...snapshot, layers: { ...snapshot.layers, [releasePlan.slug]: twins } });
  expect(same.advised.over?.find(({ option }) => option === 'b')?.text.zh).toBe('人数、洪峰与库水位都相同');
});

it('goes on from the last values where the measurements are cut, and says so', () => {
  const late = at(10.5);
  const whole = assess(snapshotAt(late, { levelM: 582.4, outflowM3S: 2000 }));
  const cut = assess(snapshotAt(late, { levelM: 582.3, outflowM3S: 2000, validAt: at(10) }));
  expect(whole.gaps).toEqual([]);
  expect(cut.gaps.map(({ kind, layer }) => `${layer} ${kind}`)).toEqual([
    'river-gauge stale',
    'reservoir stale',
    'reservoir stale',
  ]);
  expect(cut.gaps[0]?.used.zh).toContain('预报过程续算');
  expect(cut.confidence.value).toBeLessThan(whole.confidence.value);
  // Half an hour of 6,200 in and 2,000 out: the level it starts from is that of now, not of then.
  const dam = cut.series.find(({ of, option, observed }) => of === 'baozhusi' && option === 'a' && !observed);
  expect(dam?.points[0]?.[0]).toBe(late);
  expect(dam?.points[0]?.[1]).toBeGreaterThan(582.3);
});

it('answers the same for the same', () => {
  const snapshot = snapshotAt(at(3), { levelM: 581, outflowM3S: 1500 });
  expect(assess(snapshot)).toEqual(assess(structuredClone(snapshot)));
});

it('names the forecast that is missing', () => {
  const snapshot = snapshotAt(T0, { levelM: 581, outflowM3S: 900 });
  const layers = {
    ...snapshot.layers,
    [flowForecast.slug]: snapshot.layers[flowForecast.slug]?.slice(1) ?? [],
  };
  expect(() => assess({ ...snapshot, layers })).toThrow('no forecast hydrograph of 宝珠寺水库');
});

it('keeps the balance of a reservoir: what came in and did not go out is in it', () => {
  const flow = 3600;
  const routed = route({
    ...{ now: 0, until: 10 * HOUR_MS, gauges: [], factor: () => 1 },
    reservoirs: [
      {
        ...{ id: 'r', startM: 100, startAt: 0, plusM3S: 0, before: null, outflow: [[0, 600]] },
        storage: [
          [100, 0],
          [110, 1e9],
        ],
        arrivals: [{ forecast: [[0, flow]], lagMs: 0 }],
      },
    ],
  });
  // (3600 − 600) m³/s for ten hours, 1e8 m³ a metre.
  expect(routed.get('r')?.level.at(-1)?.[1]).toBeCloseTo(100 + (3000 * 36_000) / 1e8, 6);
});

it('reads the level of a flow off the rating', () => {
  const rating = { baseM: 454, riseM: 9, refM3S: 9000, power: 0.625 };
  expect(levelOfFlow(rating, 9000)).toBe(463);
  expect(levelOfFlow(rating, 0)).toBe(454);
});
