// One rule over rows by hand: limits with hysteresis, durations, rates, silence, standing still, places, other layers.
import { expect, test } from 'vitest';
import { emergencyCall } from '../../contracts/layers/emergency-call.ts';
import { firePanel } from '../../contracts/layers/fire-panel.ts';
import { riverGauge } from '../../contracts/layers/river-gauge.ts';
import { ticket } from '../../contracts/layers/ticket.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import type { Layer } from '../../contracts/layer.ts';
import { alertRuleSchema } from '../../contracts/records/alert-rule.ts';
import { LayerTable } from '../../contracts/table.ts';
import { severityOf } from './level.ts';
import { RuleRun } from './rule-run.ts';
import { said } from './wording.ts';

const T0 = Date.UTC(2026, 6, 16, 12);
const MINUTE = 60_000;
const layers: readonly Layer[] = [riverGauge, vehiclePosition, firePanel, emergencyCall, ticket];

class Bench {
  readonly said: string[] = [];
  readonly run: RuleRun;
  readonly tables = new Map(layers.map((layer) => [layer.slug, new LayerTable(layer)]));
  at = T0;

  constructor(rule: object, fence: readonly (readonly [number, number])[] | null = null) {
    const full = alertRuleSchema.parse({
      id: 'r',
      name: { zh: '规则', en: 'Rule' },
      title: { zh: '{name}', en: '{name}' },
      toDo: { zh: '看', en: 'Look' },
      basis: 'test',
      systems: ['x'],
      severity: 'yellow',
      ...rule,
    });
    const ground = {
      table: (slug: string) => this.tables.get(slug) as LayerTable,
      placeOf: (id: string) => (id === 'spring' ? ([105.8, 32.4] as const) : null),
      fenceOf: (id: string) => (id === 'old-town' ? fence : null),
    };
    this.run = new RuleRun(full, ground, {
      rose: (run, slot, level) => void this.said.push(`${run.table.keyAt(slot)} ${severityOf(level)}`),
      fell: (run, slot, level) =>
        void this.said.push(`${run.table.keyAt(slot)} ${level === 0 ? 'over' : severityOf(level)}`),
      left: (run, slot) => void this.said.push(`${run.table.keyAt(slot)} left`),
      adopt: () => 0,
    });
  }

  put(layer: Layer, key: string, values: object, quality: 'good' | 'bad' = 'good'): this {
    this.tables.get(layer.slug)?.put({ key, validAt: this.at, source: 's', quality, values });
    return this;
  }

  /** One tick later by so many minutes; → what was said of it */
  tick(minutes = 1): string[] {
    this.run.changed(this.at);
    if (this.run.isTimed) this.run.sweep(this.at);
    this.run.pass(this.at);
    for (const table of this.tables.values()) table.clearChanges();
    this.at += minutes * MINUTE;
    return this.said.splice(0);
  }
}

const overWarning = {
  layer: 'river-gauge',
  when: {
    kind: 'threshold',
    value: { column: 'levelM', minus: 'warningM' },
    atLeast: { blue: -0.5, yellow: 0, orange: 1.5 },
    hysteresis: 0.1,
  },
  clearAfter: '2m',
};

test('a limit by severity rises at once, and falls inside the hysteresis and after its time only', () => {
  const bench = new Bench(overWarning);
  const level = (levelM: number) => bench.put(riverGauge, 'a', { levelM, warningM: 10 }).tick();
  expect(level(9.4)).toEqual([]);
  expect(level(9.6)).toEqual(['a blue']);
  expect(level(11.6)).toEqual(['a orange']);
  // Inside the hysteresis of orange.
  expect(level(11.45)).toEqual([]);
  expect(level(11.3)).toEqual([]);
  expect(level(11.3)).toEqual([]);
  expect(level(11.3)).toEqual(['a yellow']);
  expect(level(9)).toEqual([]);
  expect(bench.tick()).toEqual([]);
  expect(bench.tick()).toEqual(['a over']);
});

test('what is not known, and what is known to be bad, changes nothing', () => {
  const bench = new Bench(overWarning);
  bench.put(riverGauge, 'a', { levelM: 10.2, warningM: 10 });
  expect(bench.tick()).toEqual(['a yellow']);
  expect(bench.put(riverGauge, 'a', { levelM: null, warningM: 10 }).tick(10)).toEqual([]);
  expect(bench.put(riverGauge, 'a', { levelM: 1, warningM: 10 }, 'bad').tick(10)).toEqual([]);
  expect(bench.put(riverGauge, 'b', { levelM: 99, warningM: 10 }, 'bad').tick(10)).toEqual([]);
});

test('a duration has to pass without a break, and at the mildest level of it', () => {
  const bench = new Bench({ ...overWarning, for: '5m' });
  const level = (levelM: number, minutes: number) =>
    bench.put(riverGauge, 'a', { levelM, warningM: 10 }).tick(minutes);
  expect(level(12, 3)).toEqual([]);
  expect(level(8, 1)).toEqual([]);
  expect(level(12, 4)).toEqual([]);
  expect(level(10.5, 1)).toEqual([]);
  expect(bench.tick()).toEqual(['a yellow']);
});

test('a value that got old while it waited raises nothing', () => {
  const bench = new Bench({ ...overWarning, for: '30m' });
  expect(bench.put(riverGauge, 'a', { levelM: 12, warningM: 10 }).tick(40)).toEqual([]);
  expect(bench.tick()).toEqual([]);
  expect(bench.put(riverGauge, 'a', { levelM: 12, warningM: 10 }).tick()).toEqual([]);
});

test('a row that ends while it holds is told of, and its slot is a new row’s afterwards', () => {
  const bench = new Bench(overWarning);
  expect(bench.put(riverGauge, 'a', { levelM: 12, warningM: 10 }).tick()).toEqual(['a orange']);
  bench.tables.get('river-gauge')?.remove(0, 'gone');
  expect(bench.tick()).toEqual(['a left']);
  expect(bench.put(riverGauge, 'b', { levelM: 1, warningM: 10 }).tick()).toEqual([]);
  expect(bench.run.levelOf(0)).toBe(0);
});

test('a rate is the change over its window', () => {
  const when = { kind: 'rate', value: 'levelM', window: '30m', per: '1h', atLeast: 0.5 };
  const bench = new Bench({ layer: 'river-gauge', when });
  const level = (levelM: number) => bench.put(riverGauge, 'a', { levelM }).tick(10);
  expect([10, 10.02, 10.04, 10.1, 10.1, 10.1].flatMap(level)).toEqual([]);
  expect([10.3, 10.6].flatMap(level)).toEqual(['a yellow']);
});

test('silence and standing still are told apart', () => {
  const silent = new Bench({ layer: 'river-gauge', when: { kind: 'silent', after: '20m' } });
  silent.put(riverGauge, 'a', { levelM: 1 }).tick(19);
  expect(silent.tick()).toEqual([]);
  expect(silent.tick()).toEqual(['a yellow']);
  expect(silent.put(riverGauge, 'a', { levelM: 1 }).tick()).toEqual([]);
  expect(silent.tick()).toEqual(['a over']);

  const frozen = new Bench({ layer: 'river-gauge', when: { kind: 'frozen', value: 'levelM', after: '20m' } });
  // A sensor that stands still is marked by ingest: that is no reason to be silent about it.
  const says = (levelM: number) => frozen.put(riverGauge, 'a', { levelM }, 'bad').tick(10);
  expect([1, 1].flatMap(says)).toEqual([]);
  expect(says(1)).toEqual(['a yellow']);
  expect([1.01, 1.02].flatMap(says)).toEqual(['a over']);
});

test('flags, kinds and places: an SOS of a truck with hazardous goods near the spring', () => {
  const bench = new Bench({
    layer: 'vehicle-position',
    where: [{ kind: 'state', column: 'kind', is: ['hazmat'] }],
    when: {
      kind: 'all',
      of: [
        { kind: 'flags', column: 'alarms', has: ['sos', 'rollOver'] },
        { kind: 'inside', area: { place: 'spring', withinM: 1000 } },
      ],
    },
    severity: 'red',
  });
  const truck = (key: string, lon: number, values: object) =>
    bench.put(vehiclePosition, key, { position: [lon, 32.4], kind: 'hazmat', ...values }).tick();
  expect(truck('far', 105.9, { alarms: 1 })).toEqual([]);
  expect(truck('quiet', 105.8, { alarms: 2 })).toEqual([]);
  expect(truck('taxi', 105.8, { alarms: 1, kind: 'taxi' })).toEqual([]);
  expect(truck('near', 105.805, { alarms: 1 })).toEqual(['near red']);
});

test('a polygon has an outside too', () => {
  const polygon = [
    [105, 32],
    [106, 32],
    [106, 33],
    [105, 33],
  ];
  const bench = new Bench({ layer: 'vehicle-position', when: { kind: 'outside', area: { polygon } } });
  bench.put(vehiclePosition, 'in', { position: [105.5, 32.5] });
  bench.put(vehiclePosition, 'out', { position: [106.5, 32.5] });
  bench.put(vehiclePosition, 'unknown', { position: null });
  expect(bench.tick()).toEqual(['out yellow']);
});

test('an area of the city’s own is asked by its id; without it nobody is inside or outside', () => {
  const rule = { layer: 'vehicle-position', when: { kind: 'inside', area: { fence: 'old-town' } } };
  const without = new Bench(rule);
  without.put(vehiclePosition, 'in', { position: [105.5, 32.5] });
  expect(without.tick()).toEqual([]);
  const bench = new Bench(rule, [
    [105, 32],
    [106, 32],
    [106, 33],
  ]);
  bench.put(vehiclePosition, 'in', { position: [105.7, 32.5] });
  bench.put(vehiclePosition, 'out', { position: [105.2, 32.8] });
  expect(bench.tick()).toEqual(['in yellow']);
});

test('a fire panel and a call near it within three minutes are more than each of them, whichever comes first', () => {
  const rule = {
    layer: 'fire-panel',
    where: [{ kind: 'state', column: 'state', is: ['alarm'] }],
    when: {
      kind: 'nearby',
      layer: 'emergency-call',
      where: [{ kind: 'state', column: 'channel', is: ['119'] }],
      withinM: 300,
      within: '3m',
    },
    severity: 'red',
  };
  const bench = new Bench(rule);
  bench.put(firePanel, 'p', { position: [105.8, 32.4], state: 'alarm' });
  expect(bench.tick()).toEqual([]);
  bench.put(emergencyCall, 'c1', { position: [105.9, 32.4], channel: '119' });
  bench.put(emergencyCall, 'c2', { position: [105.801, 32.4], channel: '110' });
  expect(bench.tick()).toEqual([]);
  bench.put(emergencyCall, 'c3', { position: [105.801, 32.4], channel: '119' });
  expect(bench.tick()).toEqual(['p red']);

  const late = new Bench(rule);
  late.put(firePanel, 'p', { position: [105.8, 32.4], state: 'alarm' }).tick(5);
  late.put(emergencyCall, 'c', { position: [105.8, 32.4], channel: '119' });
  expect(late.tick()).toEqual([]);
});

test('tickets of one class near each other count together, others do not', () => {
  const bench = new Bench({
    layer: 'ticket',
    when: { kind: 'nearby', layer: 'ticket', withinM: 1000, within: '2h', atLeast: 3, same: ['category'] },
  });
  for (const [key, category] of Object.entries({ a: '停水', b: '停水', c: '噪声' }))
    bench.put(ticket, key, { position: [105.8, 32.4], category });
  expect(bench.tick()).toEqual([]);
  const said = bench.put(ticket, 'd', { position: [105.8, 32.4], category: '停水' }).tick();
  expect(said.sort()).toEqual(['a yellow', 'b yellow', 'd yellow']);
});

test('what comes and goes is held once it chatters', () => {
  const bench = new Bench({ ...overWarning, clearAfter: '0s' });
  const flap = (levelM: number) => bench.put(riverGauge, 'a', { levelM, warningM: 10 }).tick(1);
  const said = [12, 1, 12, 1, 12, 1, 12, 1, 12].flatMap(flap);
  // Three times it comes; then it stays until it was calm for a quarter of an hour.
  expect(said).toEqual(['a orange', 'a over', 'a orange', 'a over', 'a orange']);
  expect(bench.run.isChattering(0)).toBe(true);
  flap(1);
  expect(bench.tick(13)).toEqual([]);
  expect(bench.put(riverGauge, 'a', { levelM: 1, warningM: 10 }).tick(5)).toEqual([]);
  expect(bench.put(riverGauge, 'a', { levelM: 1, warningM: 10 }).tick()).toEqual(['a over']);
});

test('a value at the limit is not below it, whatever 0.07 is in binary', () => {
  const when = { kind: 'threshold', value: 'pressureMPa', below: 0.07, hysteresis: 0.03 };
  const bench = new Bench({ layer: 'fire-panel', when });
  const says = (pressureMPa: number) => bench.put(firePanel, 'p', { pressureMPa }).tick(2);
  expect(says(0.07)).toEqual([]);
  expect(says(0.06)).toEqual(['p yellow']);
  expect([0.09, 0.1].flatMap(says)).toEqual([]);
  expect(says(0.1)).toEqual(['p over']);
});

test('a title says a town once, also where the name begins with it', () => {
  const title = { zh: '{region}{name}超警戒', en: '{name}, {region}' };
  const bench = new Bench({ ...overWarning, title });
  bench.put(riverGauge, 'a', { name: '乔庄镇河口站', levelM: 11, warningM: 10 });
  bench.put(riverGauge, 'b', { name: '河口站', levelM: 11, warningM: 10 }).tick();
  const region = () => ({ zh: '乔庄镇', en: 'Qiaozhuang' });
  const titles = [0, 1].map((slot) => said(bench.run, slot, { level: 2, at: bench.at, region }).title);
  expect(titles.map(({ zh }) => zh)).toEqual(['乔庄镇河口站超警戒', '乔庄镇河口站超警戒']);
  expect(titles[1]?.en).toBe('河口站, Qiaozhuang');
});
