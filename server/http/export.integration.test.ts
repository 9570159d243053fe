// A layer and a range of time as a file: every observation once, times, units and sources with it, in bounded memory.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Feature } from '../../contracts/geojson.ts';
import type { PastTrial } from '../main/trial-past.ts';
import { MINUTE, MINUTES, START, VEHICLES, placeOf, startPast } from '../main/trial-past.ts';

let past: PastTrial;
beforeAll(async () => {
  past = await startPast();
});
afterAll(() => past.trial.server.stop());

const address = (query: string): string => `/api/layers/vehicle-position/export?${query}`;
const at = (minute: number): number => START + minute * MINUTE;

test('GeoJSON of everything is every observation once, in order, over more than one page', async () => {
  const answer = await past.trial.get(address(`from=${at(0)}`));
  expect(answer.headers.get('content-disposition')).toMatch(/vehicle-position-20260715T040000Z-.*\.geojson/);
  expect(answer.headers.get('x-data-class')).toBe('demo');
  const body = (await answer.json()) as { features: Feature[]; dataClass: string; from: string };
  expect([body.dataClass, body.from]).toEqual(['demo', '2026-07-15T04:00:00.000Z']);
  const told = body.features.map(
    ({ properties }) => `${String(properties.validAt)} ${String(properties.name)}`,
  );
  expect(told).toHaveLength(VEHICLES * MINUTES);
  expect(new Set(told).size).toBe(VEHICLES * MINUTES);
  const moments = body.features.map(({ properties }) => String(properties.validAt));
  expect(moments).toEqual(moments.toSorted());
  const [one] = body.features.filter(
    ({ properties }) => properties.name === 'MN7' && properties.validAt === new Date(at(12)).toISOString(),
  );
  expect(one?.geometry).toEqual({ type: 'Point', coordinates: placeOf(7, 12) });
  expect(one?.properties).toMatchObject({ source: 'driven', quality: 'good', synthetic: true, speedKmh: 12 });
  expect(Date.parse(String(one?.properties.knownAt))).toBeGreaterThanOrEqual(at(12));
});

test('CSV opens in a spreadsheet: a mark, units in the head, both times, words for codes', async () => {
  const row = past.trial.server.world.table('vehicle-position').rows().next().value;
  const query = `format=csv&from=${new Date(at(10)).toISOString()}&to=${at(20)}&keys=${row?.key}`;
  const bytes = new Uint8Array(await (await past.trial.get(address(query))).arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const text = new TextDecoder().decode(bytes);
  const [head = '', ...lines] = text.trimEnd().split('\r\n');
  expect(head.split(',')).toEqual(
    expect.arrayContaining(['编号', '速度 (km/h)', '航向 (°)', '经度 (°)', '质量', '来源', '演示数据']),
  );
  expect(head).toContain('数据时间 validAt (UTC)');
  expect(head).toContain('获知时间 knownAt (UTC)');
  expect(lines).toHaveLength(11);
  expect(lines[0]).toContain('2026-07-15T04:10:00.000Z');
  expect(
    lines.every((line) => /货车|出租车/.test(line) && line.split(',').length === head.split(',').length),
  ).toBe(true);
  const english = await (await past.trial.get(address(`${query}&language=en`))).text();
  expect(english.split('\r\n')[0]).toContain('Speed (km/h)');
});

test('shapes are well-known text, and no text becomes a formula', async () => {
  const text = await (await past.trial.get('/api/layers/warning/export?format=csv')).text();
  expect(text).toContain('"POLYGON ((84.1 41.1, 84.3 41.1, 84.3 41.3, 84.1 41.3, 84.1 41.1))"');
  expect(text.split('\r\n').filter((line) => line !== '')).toHaveLength(2);
});

test('the size is said before, and nothing is as large as nothing', async () => {
  const about = (await past.trial.json(`/api/layers/vehicle-position/export/size?from=${at(0)}`)) as {
    rows: number;
    bytes: number;
  };
  const whole = await (await past.trial.get(address(`from=${at(0)}`))).text();
  expect(Math.abs(about.rows - VEHICLES * MINUTES)).toBeLessThan(VEHICLES * 3);
  expect(about.bytes / whole.length).toBeGreaterThan(0.8);
  expect(about.bytes / whole.length).toBeLessThan(1.2);
  const none = (await past.trial.json(address(`from=${at(-60)}&to=${at(-50)}`))) as { features: unknown[] };
  expect(none.features).toEqual([]);
});

test.each([
  [`from=${at(-60 * 24 * 40)}`, '31'],
  [`from=${at(5)}&to=${at(4)}`, 'not before'],
  ['from=yesterday', 'RFC 3339'],
  ['format=xlsx', 'format'],
  ['keys=', 'keys'],
])('%s is refused and told why', async (query, named) => {
  const answer = await past.trial.get(address(query));
  expect(answer.status).toBe(400);
  expect(JSON.stringify(await answer.json())).toContain(named);
});

test('a grid is no table, and an unknown layer is not found', async () => {
  expect((await past.trial.get('/api/layers/rain-grid/export?format=csv')).status).toBe(400);
  expect((await past.trial.get('/api/layers/rain-gird/export')).status).toBe(404);
});
