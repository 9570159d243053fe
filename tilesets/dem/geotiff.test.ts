import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeArrayBuffer } from 'geotiff';
import { afterAll, expect, test } from 'vitest';
import { projectionOfEpsg } from '../crs.ts';
import { readGeoTiff } from './geotiff.ts';

const folder = mkdtempSync(join(tmpdir(), 'geotiff-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Sheet {
  name: string;
  nx: number;
  ny: number;
  west: number;
  north: number;
  step: number;
  keys: Record<string, number>;
  height: (x: number, y: number) => number;
}

/** `height` is asked at the middle of each pixel. */
function put({ name, nx, ny, west, north, step, keys, height }: Sheet): string {
  const values = new Float32Array(nx * ny);
  for (let y = 0; y < ny; y++)
    for (let x = 0; x < nx; x++)
      values[y * nx + x] = height(west + (x + 0.5) * step, north - (y + 0.5) * step);
  const file = join(folder, name);
  const bytes = writeArrayBuffer(values, {
    width: nx,
    height: ny,
    ModelPixelScale: [step, step, 0],
    ModelTiepoint: [0, 0, 0, west, north, 0],
    ...keys,
  });
  writeFileSync(file, new Uint8Array(bytes));
  return file;
}

const region = { west: 105.02, south: 32.02, east: 105.28, north: 32.18 };
const geographic = { GTModelTypeGeoKey: 2, GTRasterTypeGeoKey: 1, GeographicTypeGeoKey: 4326 };
const plain = { nx: 300, ny: 200, west: 105, north: 32.2, step: 0.001 };
const slope = (lon: number, lat: number): number => 500 + (lon - 105) * 1000 + (lat - 32) * 2000;

test('a file in degrees: samples lie in pixel centres, only the wanted land is read', async () => {
  const file = put({ ...plain, name: 'degrees.tif', keys: geographic, height: slope });
  const dem = await readGeoTiff(file, { region, finestStepDeg: 0.001 });
  expect(dem.heightAt(105.1, 32.1)).toBeCloseTo(slope(105.1, 32.1), 1);
  expect(dem.heightAt(105.2234, 32.0567)).toBeCloseTo(slope(105.2234, 32.0567), 1);
  expect(dem.bounds.west).toBeGreaterThan(105.01);
  expect(dem.bounds.west).toBeLessThanOrEqual(region.west);
  expect(dem.bounds.north).toBeGreaterThanOrEqual(region.north);
});

test('a file finer than the tiles is thinned and stays where it is', async () => {
  const file = put({ ...plain, name: 'fine.tif', keys: geographic, height: slope });
  const dem = await readGeoTiff(file, { region, finestStepDeg: 0.004 });
  expect(dem.stepDeg).toBeCloseTo(0.004, 9);
  expect(dem.heightAt(105.1, 32.1)).toBeCloseTo(slope(105.1, 32.1), 0);
});

test('UTM is turned onto parallels and meridians', async () => {
  const utm = projectionOfEpsg(32648, 'a')!;
  const [west, south] = utm.fromDegrees(104.95, 31.95);
  const [east, north] = utm.fromDegrees(105.35, 32.25);
  const step = 100;
  const sheet = {
    name: 'utm.tif',
    west,
    north,
    step,
    nx: Math.ceil((east - west) / step),
    ny: Math.ceil((north - south) / step),
    keys: { GTModelTypeGeoKey: 1, GTRasterTypeGeoKey: 1, ProjectedCSTypeGeoKey: 32648 },
  };
  const file = put({ ...sheet, height: (x, y) => slope(...utm.toDegrees(x, y)) });
  const dem = await readGeoTiff(file, { region, finestStepDeg: 0.001 });
  for (const [lon, lat] of [
    [105.1, 32.1],
    [105.25, 32.04],
    [105.03, 32.17],
  ] as const)
    expect(Math.abs(dem.heightAt(lon, lat) - slope(lon, lat))).toBeLessThan(0.5);
});

test('holes take the height beside them', async () => {
  const file = put({
    ...plain,
    name: 'holes.tif',
    keys: geographic,
    height: (lon) => (lon > 105.1 && lon < 105.11 ? -9999 : 700),
  });
  const dem = await readGeoTiff(file, { region, finestStepDeg: 0.001 });
  expect(dem.heightAt(105.105, 32.1)).toBe(700);
});

test('errors name the file and the command that helps', async () => {
  const wanted = { region, finestStepDeg: 0.001 };
  const odd = put({
    ...plain,
    name: 'odd.tif',
    keys: { ...geographic, GeographicTypeGeoKey: 4214 },
    height: slope,
  });
  await expect(readGeoTiff(odd, wanted)).rejects.toThrow(/EPSG:4214.*odd\.tif.*gdalwarp -t_srs EPSG:4326/);
  const away = put({ ...plain, name: 'away.tif', west: 90, keys: geographic, height: slope });
  await expect(readGeoTiff(away, wanted)).rejects.toThrow(/away from the city.*away\.tif.*covers the city/);
  writeFileSync(join(folder, 'text.tif'), 'no raster at all');
  await expect(readGeoTiff(join(folder, 'text.tif'), wanted)).rejects.toThrow(/text\.tif → Name a GeoTIFF/);
});
