import {
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  appendFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import decode from '@here/quantized-mesh-decoder';
import { afterAll, describe, expect, test } from 'vitest';
import { parseOptions, type Options } from './arguments.ts';
import { build } from './build.ts';
import { createReporter } from './progress.ts';
import { createSmallCity } from './small-city.ts';
import { errorOfLevel } from './terrain/mesh-tile.ts';
import { toEarth, turnToEarth } from './terrain/ellipsoid.ts';
import { tileBounds, type Range, type TileId } from './terrain/tiling.ts';

const small = createSmallCity();
const lines: string[] = [];
const report = createReporter((line) => lines.push(line));
const run = (extra: Partial<Options> = {}): Promise<string[]> =>
  build(
    { ...parseOptions(['--city', 'small', '--cities', small.cities, '--out', small.out]), ...extra },
    report,
  );
const folder = join(small.out, 'small');
const terrain = join(folder, 'terrain');

// Before the tests are listed: some are made one per tile.
const built = await run();
test('the first run builds everything', () =>
  expect(built).toEqual(['terrain', 'heights', 'vector', 'buildings']));
afterAll(() => rmSync(join(small.cities, '..'), { recursive: true }));

function readTile({ z, x, y }: TileId) {
  const bytes = gunzipSync(readFileSync(join(terrain, `${z}/${x}/${y}.terrain`)));
  const tile = decode(new Uint8Array(bytes).buffer);
  const n = tile.vertexData.length / 3;
  const [u, v, q] = [0, 1, 2].map((k) => tile.vertexData.subarray(k * n, (k + 1) * n)) as [
    Uint16Array,
    Uint16Array,
    Uint16Array,
  ];
  const { minHeight = 0, maxHeight = 0 } = tile.header;
  const heights = Float64Array.from(q, (value) => minHeight + (value / 32767) * (maxHeight - minHeight));
  return { ...tile, n, u, v, heights };
}

function finest(): TileId[] {
  const layer = JSON.parse(readFileSync(join(terrain, 'layer.json'), 'utf8')) as { available: Range[][] };
  const z = layer.available.length - 1;
  return layer.available[z]!.flatMap((range) => {
    const out: TileId[] = [];
    for (let x = range.startX; x <= range.endX; x++)
      for (let y = range.startY; y <= range.endY; y++) out.push({ z, x, y });
    return out;
  });
}

describe('tiles', () => {
  test('every listed tile exists, and every tile has all its sisters', () => {
    const { available } = JSON.parse(readFileSync(join(terrain, 'layer.json'), 'utf8')) as {
      available: Range[][];
    };
    expect(available[0]).toEqual([{ startX: 0, startY: 0, endX: 1, endY: 0 }]);
    available.slice(1).forEach((ranges, k) => {
      for (const range of ranges) {
        expect([range.startX % 2, range.endX % 2], `level ${k + 1}`).toEqual([0, 1]);
        for (let x = range.startX; x <= range.endX; x++) {
          for (let y = range.startY; y <= range.endY; y++)
            expect(existsSync(join(terrain, `${k + 1}/${x}/${y}.terrain`))).toBe(true);
        }
      }
    });
  });

  test.each([{ z: 0, x: 0, y: 0 }, { z: 0, x: 1, y: 0 }, ...finest().slice(0, 4)])(
    'tile $z/$x/$y is a sound mesh',
    (id) => {
      const tile = readTile(id);
      const box = tileBounds(id);
      expect(tile.n).toBeGreaterThan(3);
      expect(tile.triangleIndices.length % 3).toBe(0);
      let firstUse = 0;
      for (const index of tile.triangleIndices) {
        expect(index).toBeLessThan(tile.n);
        expect(index).toBeLessThanOrEqual(firstUse);
        if (index === firstUse) firstUse++;
      }
      expect(firstUse).toBe(tile.n);
      let area = 0;
      for (let k = 0; k < tile.triangleIndices.length; k += 3) {
        const [a, b, c] = [0, 1, 2].map((j) => tile.triangleIndices[k + j]!) as [number, number, number];
        const twice =
          (tile.u[b]! - tile.u[a]!) * (tile.v[c]! - tile.v[a]!) -
          (tile.u[c]! - tile.u[a]!) * (tile.v[b]! - tile.v[a]!);
        expect(twice).toBeGreaterThan(0);
        area += twice / 2;
      }
      expect(area / 32767 ** 2).toBeCloseTo(1, 6);
      for (const [edge, values, at] of [
        [tile.westIndices, tile.u, 0],
        [tile.eastIndices, tile.u, 32767],
        [tile.southIndices, tile.v, 0],
        [tile.northIndices, tile.v, 32767],
      ] as const) {
        expect(edge.length).toBeGreaterThanOrEqual(2);
        for (const i of edge) expect(values[i]).toBe(at);
      }
      for (let i = 0; i < tile.n; i++) {
        const lon = box.west + (tile.u[i]! / 32767) * (box.east - box.west);
        const lat = box.south + (tile.v[i]! / 32767) * (box.north - box.south);
        const normal = fromOct(
          tile.extensions.vertexNormals![2 * i]!,
          tile.extensions.vertexNormals![2 * i + 1]!,
        );
        expect(Math.hypot(...normal)).toBeCloseTo(1, 6);
        const up = turnToEarth(lon, lat, [0, 0, 1]);
        expect(normal[0] * up[0] + normal[1] * up[1] + normal[2] * up[2]).toBeGreaterThan(0.2);
        const p = toEarth(lon, lat, tile.heights[i]!);
        const h = tile.header;
        const away = Math.hypot(
          p[0] - h.boundingSphereCenterX!,
          p[1] - h.boundingSphereCenterY!,
          p[2] - h.boundingSphereCenterZ!,
        );
        expect(away).toBeLessThanOrEqual(h.boundingSphereRadius! + 1);
      }
      const {
        horizonOcclusionPointX: x = 0,
        horizonOcclusionPointY: y = 0,
        horizonOcclusionPointZ: z = 0,
      } = tile.header;
      expect(Math.hypot(x, y, z)).toBeGreaterThanOrEqual(1);
    },
  );

  test('neighbours have the same height where both have a vertex, and nearly so between', () => {
    const ids = finest();
    let shared = 0;
    for (const id of ids) {
      if (!ids.some((other) => other.x === id.x + 1 && other.y === id.y)) continue;
      const left = readTile(id);
      const right = readTile({ ...id, x: id.x + 1 });
      const profile = (tile: typeof left, edge: Uint16Array | Uint32Array) =>
        new Map([...edge].map((i) => [tile.v[i]!, tile.heights[i]!]));
      const a = profile(left, left.eastIndices);
      const b = profile(right, right.westIndices);
      // A vertex that only one side has stands at most three level errors off the other side's straight edge; skirts cover it.
      const tolerance = 3 * errorOfLevel(id.z, id.z);
      for (const [v, h] of a) {
        const other = b.get(v);
        if (other !== undefined) {
          expect(Math.abs(other - h)).toBeLessThan(0.5);
          shared++;
        } else expect(Math.abs(onLine(b, v) - h)).toBeLessThan(tolerance);
      }
    }
    expect(shared).toBeGreaterThan(4);
  });
});

function onLine(profile: Map<number, number>, v: number): number {
  const at = [...profile.keys()].sort((p, q) => p - q);
  const k = at.findIndex((p) => p > v);
  const [lo, hi] = [at[k - 1]!, at[k]!];
  return profile.get(lo)! + ((v - lo) / (hi - lo)) * (profile.get(hi)! - profile.get(lo)!);
}

function fromOct(a: number, b: number): [number, number, number] {
  let x = (a / 255) * 2 - 1;
  let y = (b / 255) * 2 - 1;
  const z = 1 - Math.abs(x) - Math.abs(y);
  if (z < 0) [x, y] = [(1 - Math.abs(y)) * (x < 0 ? -1 : 1), (1 - Math.abs(x)) * (y < 0 ? -1 : 1)];
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}

describe('files beside the terrain', () => {
  test('the height raster meets the seat', () => {
    const head = JSON.parse(readFileSync(join(folder, 'height-grid.json'), 'utf8')) as Record<string, number>;
    const bytes = gunzipSync(readFileSync(join(folder, 'height-grid.bin')));
    const values = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
    expect(values.length).toBe(head.nx! * head.ny!);
    const x = Math.round((105.11 - head.west!) / head.stepLon!);
    const y = Math.round((head.north! - 32.075) / head.stepLat!);
    expect(Math.abs(values[y * head.nx! + x]! - 512)).toBeLessThan(25);
  });

  test('the mask has the city as its hole, the river carries falling levels', () => {
    const read = (name: string) =>
      JSON.parse(readFileSync(join(folder, 'vector', `${name}.json`), 'utf8')) as {
        features: { geometry: { coordinates: number[][][] } }[];
      };
    const mask = read('outside-mask').features[0]!.geometry.coordinates;
    expect(mask).toHaveLength(2);
    expect(mask[1]).toHaveLength(5);
    const river = read('rivers').features[0]!.geometry.coordinates as unknown as number[][];
    river.forEach((point, k) => expect(point[2]!).toBeLessThanOrEqual(river[k - 1]?.[2] ?? Infinity));
  });

  test('the manifest says what it is', () => {
    const manifest = JSON.parse(readFileSync(join(terrain, 'manifest.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(manifest).toMatchObject({ synthetic: true, contentEncoding: 'gzip', licence: 'Apache-2.0' });
    expect(String((manifest.note as { zh: string }).zh)).toContain('示意');
  });
});

describe('again', () => {
  test('nothing is done while nothing changed', async () => {
    lines.length = 0;
    expect(await run()).toEqual([]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('up to date');
  });

  test('an interrupted build goes on where it stopped and ends the same', async () => {
    const hashOf = () =>
      (JSON.parse(readFileSync(join(terrain, 'manifest.json'), 'utf8')) as { contentHash: string })
        .contentHash;
    const before = hashOf();
    const log = join(terrain, 'finished.log');
    const all = readFileSync(log, 'utf8').split('\n');
    writeFileSync(log, `${all.slice(0, 12).join('\n')}\n`);
    appendFileSync(log, all[12]!.slice(0, 7));
    rmSync(join(terrain, 'layer.json'));
    const kept = join(terrain, `${all[5]!.split(' ')[0]!}.terrain`);
    utimesSync(kept, 1000, 1000);
    lines.length = 0;
    expect(await run()).toEqual(['terrain']);
    expect(lines.join('')).toContain('Going on after 11 of');
    expect(statSync(kept).mtimeMs).toBe(1_000_000);
    expect(hashOf()).toBe(before);
  });

  test('the same city gives the same streets and buildings', async () => {
    const read = (out: string): unknown => {
      const { parts } = JSON.parse(readFileSync(join(out, 'small/manifest.json'), 'utf8')) as {
        parts: Record<string, { contentHash: string; counts?: Record<string, number> }>;
      };
      return [parts.vector?.contentHash, parts.buildings?.contentHash, parts.buildings?.counts];
    };
    await run({ out: join(small.out, 'again') });
    expect(read(join(small.out, 'again'))).toEqual(read(small.out));
    expect(read(small.out)).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      expect.stringMatching(/^[0-9a-f]{64}$/),
      expect.objectContaining({ towns: 1, unhoused: 0 }),
    ]);
  });

  test('own footprints take the place of the synthesised buildings', async () => {
    const file = join(small.folder, '..', 'own.geojson');
    const ring = [
      [105.11, 32.07],
      [105.1102, 32.07],
      [105.1102, 32.0702],
      [105.11, 32.0702],
      [105.11, 32.07],
    ];
    const feature = {
      type: 'Feature',
      properties: { h: 12 },
      geometry: { type: 'Polygon', coordinates: [ring] },
    };
    writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features: [feature] }));
    const own = { buildings: file, fields: { heightM: 'h' } };
    expect(await run(own)).toEqual(['buildings']);
    const manifest = JSON.parse(readFileSync(join(folder, 'buildings/manifest.json'), 'utf8')) as object;
    expect(manifest).toMatchObject({ synthetic: false, source: file, counts: { buildings: 1 } });
    expect(await run(own)).toEqual([]);
    expect(await run()).toEqual(['buildings']);
  });

  test('an own height file is used as it is', async () => {
    const file = join(small.folder, 'own.asc');
    writeFileSync(
      file,
      `ncols 3\nnrows 3\nxllcenter 105.0\nyllcenter 32.0\ncellsize 0.1\nNODATA_value -9999\n${'700 700 700\n'.repeat(3)}`,
    );
    expect(await run({ dem: file, maxLevel: 8, only: ['terrain'], out: join(small.out, 'own') })).toEqual([
      'terrain',
    ]);
    const manifest = JSON.parse(readFileSync(join(small.out, 'own/small/terrain/manifest.json'), 'utf8')) as {
      synthetic: boolean;
    };
    expect(manifest.synthetic).toBe(false);
  });
});

describe('errors name the file, the line and the way out', () => {
  test('a gauge without a number', async () => {
    const file = join(small.folder, 'stations/river-gauges.csv');
    const good = readFileSync(file, 'utf8');
    writeFileSync(file, `${good}bad,站,river,105.1,north,505\n`);
    await expect(run()).rejects.toThrow(/lat north.*river-gauges\.csv:3 → Give degrees/);
    writeFileSync(file, good);
  });

  test('a city that is not there, heights that cannot be read, a level out of range', async () => {
    await expect(run({ city: 'nowhere' })).rejects.toThrow(/No city\.yaml.*nowhere → Name a folder/);
    await expect(run({ dem: 'x.tif' })).rejects.toThrow(/x\.tif → Name a GeoTIFF/);
    await expect(run({ dem: 'x.img' })).rejects.toThrow(/Unknown height format → x\.img/);
    expect(() => parseOptions(['--max-level', '40'])).toThrow(/--max-level 40/);
    expect(() => parseOptions(['--what'])).toThrow(/Use: node tilesets\/build\.ts/);
  });
});
