// GDAL's own client reads every layer: what it counts and where it says things are equals what was reported.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PastTrial } from '../../main/trial-past.ts';
import { MINUTE, MINUTES, START, VEHICLES, placeOf, startPast } from '../../main/trial-past.ts';

const run = promisify(execFile);
let past: PastTrial;
let service = '';

beforeAll(async () => {
  past = await startPast();
  service = `OAPIF:${past.trial.server.url}/ogc`;
});
afterAll(() => past.trial.server.stop());

interface Read {
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
  readonly properties: Readonly<Record<string, unknown>>;
}

const minuteAt = (minute: number): string => new Date(START + minute * MINUTE).toISOString();
/** As GDAL's own language of filters wants it. */
const gdalTime = (minute: number): string => minuteAt(minute).replaceAll('-', '/').replace('T', ' ');

async function ogr2ogr(options: readonly string[], source: string, ...layers: string[]): Promise<Read[]> {
  const output = ['-f', 'GeoJSON', '/vsistdout/', '-lco', 'COORDINATE_PRECISION=5'];
  const { stdout } = await run('ogr2ogr', [...output, ...options, source, ...layers], { maxBuffer: 64e6 });
  return (JSON.parse(stdout) as { features: Read[] }).features;
}

const placesIn = (features: readonly Read[]): string[] =>
  features.map(({ geometry }) => JSON.stringify(geometry.coordinates)).sort();

const expected = (vehicles: readonly number[], minutes: readonly number[]): string[] =>
  minutes.flatMap((minute) => vehicles.map((n) => JSON.stringify(placeOf(n, minute)))).sort();

const all = Array.from({ length: VEHICLES }, (_, n) => n);

test('every table layer is listed, with the newest rows, whatever the size of a page', async () => {
  const { stdout } = await run('ogrinfo', ['-ro', service]);
  for (const { layer } of past.trial.server.world.layers.values()) {
    expect([layer.slug, stdout.includes(`: ${layer.slug} `)]).toEqual([layer.slug, layer.kind === 'table']);
  }
  const features = await ogr2ogr(['-oo', 'PAGE_SIZE=7'], service, 'vehicle-position');
  expect(placesIn(features)).toEqual(expected(all, [MINUTES - 1]));
  expect(features[0]?.properties).toMatchObject({ synthetic: true, source: 'driven', quality: 'good' });
});

test('a world, by its address', async () => {
  const features = await ogr2ogr(['-oo', 'PAGE_SIZE=7'], `${service}?world=live`, 'vehicle-position');
  expect(placesIn(features)).toEqual(expected(all, [MINUTES - 1]));
  await expect(run('ogrinfo', ['-ro', `${service}?world=nowhere`])).rejects.toThrow('404');
});

test('a box', async () => {
  const box = ['84.11', '41.0', '84.14', '41.4'];
  const features = await ogr2ogr(['-spat', ...box], service, 'vehicle-position');
  const inside = all.filter((n) => placeOf(n, 0)[0] >= 84.11 && placeOf(n, 0)[0] <= 84.14);
  expect(inside.length).toBeGreaterThan(5);
  expect(placesIn(features)).toEqual(expected(inside, [MINUTES - 1]));
});

test('the observations of an interval, in a closed hour and in the open one, with a box and a code', async () => {
  for (const [first, last] of [
    [10, 20],
    [55, 65],
  ] as const) {
    const where = `validAt >= '${gdalTime(first)}' AND validAt <= '${gdalTime(last)}'`;
    const minutes = Array.from({ length: last - first + 1 }, (_, at) => first + at);
    const options = ['-oo', 'PAGE_SIZE=100', '-where', where];
    expect(placesIn(await ogr2ogr(options, service, 'vehicle-position'))).toEqual(expected(all, minutes));
    const narrow = [...options.slice(0, 3), `${where} AND kind = 'taxi'`, '-spat', '84', '41', '84.13', '42'];
    const taxis = all.filter((n) => n % 3 === 0 && placeOf(n, 0)[0] <= 84.13);
    expect(placesIn(await ogr2ogr(narrow, service, 'vehicle-position'))).toEqual(expected(taxis, minutes));
  }
});

test('the state of a past moment, read as plain GeoJSON', async () => {
  const address = `${past.trial.server.url}/ogc/collections/vehicle-position/items?datetime=${minuteAt(30.5)}`;
  expect(placesIn(await ogr2ogr([], address))).toEqual(expected(all, [30]));
});

test('areas as areas', async () => {
  const [area, ...more] = await ogr2ogr(['-spat', '84.29', '41.29', '84.5', '41.5'], service, 'warning');
  expect(more).toEqual([]);
  expect(area?.geometry.type).toBe('Polygon');
  expect(area?.properties).toMatchObject({ title: '暴雨橙色预警', severity: 'orange' });
  expect(await ogr2ogr(['-spat', '84.31', '41.1', '84.5', '41.5'], service, 'warning')).toEqual([]);
});
