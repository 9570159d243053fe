import { expect, test } from 'vitest';
import { rainGauge } from '../../contracts/layers/rain-gauge.ts';
import { LayerTable } from '../../contracts/table.ts';
import { geohazardModel } from '../decisions/geohazard-score/score.ts';
import { SpatialIndex } from '../state/spatial-index.ts';
import type { HazardTown } from './geohazard-desk.ts';
import { GeohazardDesk } from './geohazard-desk.ts';

const T0 = Date.UTC(2026, 6, 16, 12);
const point = (name: string, people: number, susceptibility: number) => ({ name, people, susceptibility });
const town: HazardTown = {
  ...{ code: '510822109', name: '甲镇', at: [105.1, 32.48], line: 'quake-loosened' },
  points: [point('一', 30, 1), point('二', 40, 2), point('三', 50, 3), point('四', 60, 4)],
};

type Rows = Parameters<ConstructorParameters<typeof GeohazardDesk>[0]['write']>[0];

function scored(rain: {
  readonly rain3hMm: number | null;
  readonly rain24hMm: number;
  readonly antecedentMm: number | null;
  readonly at?: readonly [number, number];
  readonly validAt?: number;
}): Rows {
  const gauges = new LayerTable(rainGauge);
  const { at = [105.11, 32.48], validAt = T0, ...values } = rain;
  gauges.put({ key: 'g', validAt, source: 'rain-mqtt', values: { position: at, name: '甲站', ...values } });
  const index = SpatialIndex.of(gauges);
  const written: Rows[] = [];
  new GeohazardDesk({
    world: { nearest: (_, place, limit) => index?.nearest(place, limit, 0) ?? null },
    ...{ gauges, towns: [town], model: geohazardModel, isDemo: false },
    levelsAt: () => ({ blue: 0.7, yellow: 0.85, orange: 1, red: 1.3 }),
    write: (rows) => written.push(rows),
  }).tick({ at: T0 });
  return written[0] ?? [];
}

test.each([
  // 3 h and 24 h of rain, rain of the days before → score and level of the playbook of the rainstorm
  [30, 42, 23, 0.84, 'blue', { patrolPoints: 3, preparePeople: 0, movePeople: 0 }],
  [42, 54, 23, 1.13, 'orange', { patrolPoints: 4, preparePeople: 90, movePeople: 60 }],
  [62, 74, 23, 1.61, 'red', { patrolPoints: 4, preparePeople: 30, movePeople: 150 }],
])('3 h %s mm, 24 h %s mm, %s mm before', (rain3hMm, rain24hMm, antecedentMm, score, level, counts) => {
  const [row] = scored({ rain3hMm, rain24hMm, antecedentMm });
  expect(row?.values).toMatchObject({ level, effectiveFrom: 'gauge', ...counts });
  expect(Math.abs(Number(row?.values.score) - score)).toBeLessThan(0.011);
});

test('the worst points are named first', () => {
  const [row] = scored({ rain3hMm: 42, rain24hMm: 54, antecedentMm: 23 });
  expect(row?.values.worst).toEqual(['四', '三', '二', '一']);
});

test('without the days before the score says that it is too low', () => {
  const [row] = scored({ rain3hMm: 42, rain24hMm: 54, antecedentMm: null });
  expect(row?.values).toMatchObject({ effectiveFrom: 'rain-of-a-day', effectiveMm: 54 });
});

test.each([
  ['is too far away', { at: [105.4, 32.48] as const }],
  ['fell silent', { validAt: T0 - 31 * 60_000 }],
  ['says nothing of the rain', { rain3hMm: null }],
])('a gauge that %s gives no score', (_, over) => {
  expect(scored({ rain3hMm: 42, rain24hMm: 54, antecedentMm: 23, ...over })).toEqual([]);
});

test('a dry town is not listed', () => {
  expect(scored({ rain3hMm: 0, rain24hMm: 1, antecedentMm: 0 })).toEqual([]);
});
