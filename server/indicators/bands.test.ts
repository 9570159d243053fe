// Other thresholds: refused where they do not fit, in force at once and without the wait of a flicker, and said by the row.
import { expect, test } from 'vitest';
import { indicatorValue } from '../../contracts/layers/indicator-value.ts';
import { roadSpeed } from '../../contracts/layers/road-speed.ts';
import { LayerTable } from '../../contracts/table.ts';
import { createManualClock } from '../kit/clock.ts';
import { silentLog } from '../main/trial-server.ts';
import { Bands, codeFault } from './bands.ts';
import { createIndicators } from './indicators.ts';
import { limitsFrom2024 } from './score.ts';
import { createTestCity } from './test-city.ts';
import tpi from './tpi/indicator.ts';

const up = {
  slug: 'x',
  direction: 'up',
  limits: limitsFrom2024([97, 95, 90], { best: 100, worst: 0 }),
} as const;
const band = { slug: 'y', direction: 'band', limits: limitsFrom2024([30, 60]) } as const;
const plain = { slug: 'z', direction: 'down', limits: [] } as const;

test.each([
  [up, [96, 90, 80], null],
  [up, [90, 95, 97], /must fall from good to bad/],
  [up, [101, 95, 90], /best 100 is worse than 101/],
  [up, [97, 95], /three values/],
  [band, [40, 70], null],
  [band, [70, 40], /two growing values/],
  [band, [40, 50, 60], /two values/],
  [plain, [1, 2, 3], /no thresholds/],
] as const)('%o with %o', (defined, code, message) => {
  const fault = codeFault(defined, code);
  if (message === null) expect(fault).toBe(null);
  else expect(fault).toMatch(message);
});

test('the level follows in the next second, the row says by which thresholds, and the old ones hold again', () => {
  const clock = createManualClock(Date.parse('2026-07-16T14:30:00+06:00'));
  const tables = new Map([[roadSpeed.slug, new LayerTable(roadSpeed) as unknown as LayerTable]]);
  const rows = new LayerTable(indicatorValue);
  const bands = new Bands();
  const indicators = createIndicators({
    ...{ clock, bands, log: silentLog, city: createTestCity(), feeds: () => [] },
    catalogue: { connected: [tpi], planned: [] },
    tables: (slug) => tables.get(slug) as LayerTable,
    write: (all) => all.forEach((row) => void rows.put(row)),
  });
  const values = { class: 'street', level: 'moderate', lengthM: 1000, speedKmh: 24, freeFlowKmh: 60 };
  tables.get('road-speed')?.put({
    ...{ key: 'a', validAt: clock.now(), regionCode: '', source: 's' },
    values,
  });
  const row = () => rows.row(rows.slotOf('indicator/tpi/990100'))?.values;
  indicators.start();
  clock.advance(2000);
  expect(row()).toMatchObject({ value: 7, level: 'orange', limits: '4|6|8' });
  expect(indicators.levelsWith('tpi', [1, 2, 3])).toEqual([
    { region: '990100', value: 7, level: 'orange', then: 'red' },
  ]);
  bands.set('tpi', [8, 9, 9.5]);
  expect(row()).toMatchObject({ level: 'orange', limits: '4|6|8' });
  clock.advance(1000);
  // Without other thresholds a better level is waited for a quarter of an hour.
  expect(row()).toMatchObject({ level: 'normal', limits: '8|9|9.5' });
  expect(indicators.facts.find(({ slug }) => slug === 'tpi')?.limits).toMatchObject([{ code: [8, 9, 9.5] }]);
  bands.set('tpi', null);
  clock.advance(1000);
  expect(row()).toMatchObject({ level: 'orange', limits: '4|6|8' });
  indicators.stop();
});
