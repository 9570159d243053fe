import { expect, test } from 'vitest';
import { exposure } from '../../../contracts/layers/exposure.ts';
import { plume } from '../../../contracts/layers/plume.ts';
import type { Row } from '../../../contracts/layer.ts';
import { adviceSchema } from '../../../contracts/records/advice.ts';
import type { DecisionSnapshot } from '../../kit/define-decision.ts';
import { viewOf } from '../../kit/define-decision.ts';
import { LayerTable } from '../../../contracts/table.ts';
import { timesOf } from './advise.ts';
import type { GasFactsOfCity } from './decision.ts';
import decision from './decision.ts';

const NOW = Date.UTC(2026, 4, 20, 6, 22);
const ring = [
  [105.78, 32.38],
  [105.79, 32.38],
  [105.785, 32.386],
  [105.78, 32.38],
] as const;
const area = { type: 'Polygon' as const, coordinates: [ring] };
type PlumeRow = Row<(typeof plume)['columns']>;
type Values = Partial<PlumeRow['values']>;

function rowOf(over: Values = {}, key = 'incident/1'): PlumeRow {
  const table = new LayerTable(plume);
  table.put({
    ...{ key, validAt: NOW - 60_000, source: 'leader-cockpit' },
    values: {
      ...{ position: [105.786, 32.386], title: '液氨泄漏', gas: '氨', state: 'computed' },
      ...{ aegl1M: 1080, aegl2M: 441, aegl3M: 152, isolationM: 150, protectiveM: 900 },
      ...{ people1: 120, people2: 60, people3: 12, peopleZone: 820, aegl2: area },
      ...{ towardDeg: 200, swingDeg: 0, windMs: 2, windFromDeg: 20, windAt: NOW - 60_000 },
      ...{ rateKgS: 0.5, rateFrom: 'assumed' },
      ...over,
    },
  });
  return table.row(0);
}

function assess(rows: readonly PlumeRow[], people: { schools: number; people: number } | null = null) {
  const table = new LayerTable(exposure);
  if (people)
    table.put({ key: 'plume/incident/1', validAt: NOW, source: 'x', values: { kind: 'plume', ...people } });
  const snapshot: DecisionSnapshot = {
    ...{ now: NOW, towns: [], places: [], stations: {}, trails: {}, feeds: {}, synthetic: true },
    facts: {
      clause: '',
      units: {
        ...{ isolate: 'dept:police', rescue: 'dept:fire', people: 'dept:emergency' },
        ...{ schools: 'dept:education', medical: 'dept:health', monitor: 'dept:environment' },
      },
    },
    layers: { plume: rows, exposure: [...table.rows()] },
    ...{ timeZone: 'Asia/Shanghai', calendar: { workweek: [1, 2, 3, 4, 5], holidays: [], workdays: [] } },
  };
  const { view, cited } = viewOf<GasFactsOfCity>(snapshot);
  return { advice: adviceSchema.parse(decision.assess(view, {}, NOW)), cited: cited() };
}

test('the cloud comes before people are out: shelter, and leave near the source', () => {
  const { arrivalS, leaveS } = timesOf(rowOf());
  expect(arrivalS).toBe(450);
  expect(leaveS).toBe(1200 + 2400 + 375);
  const { advice } = assess([rowOf()]);
  expect(advice.advised.option).toBe('shelter');
  const leave = advice.options.find(({ id }) => id === 'leave');
  expect(leave?.facts.find(({ kind }) => kind === 'place')?.violates?.zh).toBe('晚于云团到达');
});

test('a cloud that hardly moves leaves time to leave', () => {
  const { advice } = assess([rowOf({ protectiveM: 6700, windMs: 0.5 })]);
  expect(advice.advised.option).toBe('leave');
});

test('who isolates, approaches upwind, measures and tells people', () => {
  const { advice } = assess([rowOf()], { schools: 1, people: 860 });
  const { tasks } = advice.options.find(({ id }) => id === 'shelter') as (typeof advice.options)[number];
  expect(tasks.map(({ unit }) => unit)).toEqual([
    'dept:police',
    'dept:fire',
    'dept:environment',
    'dept:health',
    'dept:emergency',
    'dept:education',
  ]);
  const stage = tasks[1]?.position as [number, number];
  // Upwind of the source: north-north-east.
  expect(stage[1]).toBeGreaterThan(32.386);
  expect(stage[0]).toBeGreaterThan(105.786);
});

test('rows that count are cited, and what was assumed is a gap and costs confidence', () => {
  const { advice, cited } = assess([rowOf()], { schools: 0, people: 860 });
  expect(cited.map(({ layer }) => layer)).toEqual(['plume', 'exposure']);
  expect(advice.gaps.map(({ what }) => what.zh)).toEqual(['泄漏速率']);
  expect(advice.confidence.value).toBe(0.55);
  const known = assess([rowOf({ rateFrom: 'said' })], { schools: 0, people: 860 }).advice;
  expect(known.gaps).toEqual([]);
  expect(known.confidence.value).toBe(0.7);
});

test('of several the one with most people; the others by name; none is said in words', () => {
  const few = rowOf({ peopleZone: 3 }, 'hand/2');
  expect(assess([few, rowOf()]).advice.place.id).toBe('incident/1');
  expect(() => assess([rowOf({ state: 'no-wind' })])).toThrow(/No plume/);
});
