import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import validator from 'gltf-validator';
import { afterAll, describe, expect, test } from 'vitest';
import { createReporter } from '../progress.ts';
import { toEarth } from '../terrain/ellipsoid.ts';
import { buildBuildings } from './build-buildings.ts';
import { USES, type Building } from './building.ts';
import { standOn } from './footing.ts';
import { meshOf, placeAt } from './mesh.ts';
import { EMPTY_ERROR_M } from './tileset.ts';

// A grid of houses on a plane that rises to the east, one of them an L with a yard.
const COLUMNS = 60;
const groundAt = (lon: number): number => 500 + (lon - 105) * 20_000;
const house = (i: number): Building => {
  const [west, south] = [105 + (i % COLUMNS) * 0.0005, 32 + Math.floor(i / COLUMNS) * 0.0005];
  const at = (u: number, v: number): [number, number] => [west + u * 0.0002, south + v * 0.0002];
  return {
    id: `house-${i}`,
    name: i % 7 === 0 ? '' : `住宅${i}号`,
    use: USES[i % USES.length]!,
    rings: [[at(0, 0), at(1, 0), at(1, 1), at(0, 1)]],
    heightM: 6 + (i % 30) * 3,
    floors: 2 + (i % 30),
    residents: i % 400,
    buildYear: 1980 + (i % 40),
  };
};
const yard: Building = {
  ...house(0),
  id: 'yard',
  rings: [
    [
      [105.1, 32.1],
      [105.102, 32.1],
      [105.102, 32.101],
      [105.101, 32.101],
      [105.101, 32.102],
      [105.1, 32.102],
    ],
    [
      [105.1004, 32.1004],
      [105.1004, 32.1008],
      [105.1008, 32.1008],
      [105.1008, 32.1004],
    ],
  ],
};
const buildings = [...Array.from({ length: 4800 }, (_, i) => house(i)), yard];

const folder = mkdtempSync(join(tmpdir(), 'buildings-'));
afterAll(() => rmSync(folder, { recursive: true }));
const job = {
  buildings,
  surface: groundAt,
  folder,
  inputs: 'one',
  attribution: '示意 / schematic',
  report: createReporter(() => undefined),
};
const result = buildBuildings(job);

interface Tile {
  boundingVolume: { region: number[] };
  geometricError: number;
  refine?: string;
  content?: { uri: string };
  children?: Tile[];
}
const tileset = JSON.parse(readFileSync(join(folder, 'tileset.json'), 'utf8')) as {
  asset: { version: string };
  geometricError: number;
  root: Tile;
};
const tiles: { tile: Tile; parent: Tile | null }[] = [];
const walk = (tile: Tile, parent: Tile | null): void => {
  tiles.push({ tile, parent });
  tile.children?.forEach((child) => walk(child, tile));
};
walk(tileset.root, null);

interface Gltf {
  bufferViews: { byteOffset: number; byteLength: number }[];
  accessors: { bufferView: number; count: number; min: number[]; max: number[] }[];
  nodes: { matrix?: number[]; translation?: number[]; scale?: number[] }[];
  extensions: {
    EXT_structural_metadata: {
      propertyTables: {
        count: number;
        properties: Record<string, { values: number; stringOffsets?: number }>;
      }[];
    };
  };
}

function readGlb(uri: string): { gltf: Gltf; view: (n: number) => Buffer } {
  const bytes = readFileSync(join(folder, uri));
  const jsonBytes = bytes.readUInt32LE(12);
  const gltf = JSON.parse(bytes.subarray(20, 20 + jsonBytes).toString('utf8')) as Gltf;
  const body = bytes.subarray(28 + jsonBytes);
  return {
    gltf,
    view: (n) => {
      const { byteOffset, byteLength } = gltf.bufferViews[n]!;
      return body.subarray(byteOffset, byteOffset + byteLength);
    },
  };
}

function texts(uri: string, name: string): string[] {
  const { gltf, view } = readGlb(uri);
  const { count, properties } = gltf.extensions.EXT_structural_metadata.propertyTables[0]!;
  const column = properties[name]!;
  const offsets = view(column.stringOffsets!);
  const at = (i: number): number => offsets.readUInt32LE(4 * i);
  return Array.from({ length: count }, (_, i) =>
    view(column.values)
      .subarray(at(i), at(i + 1))
      .toString('utf8'),
  );
}

describe('tileset.json keeps the rules of 3D Tiles 1.1', () => {
  test('version, errors that never grow, a way to refine', () => {
    expect(tileset.asset.version).toBe('1.1');
    expect(tileset.geometricError).toBeGreaterThanOrEqual(tileset.root.geometricError);
    expect(tileset.root.refine).toBe('REPLACE');
    for (const { tile, parent } of tiles) {
      expect(tile.geometricError).toBeGreaterThanOrEqual(0);
      expect(tile.geometricError).toBeLessThanOrEqual(parent?.geometricError ?? EMPTY_ERROR_M);
      expect(tile.children?.length === 0, 'an empty list of children is not allowed').toBe(false);
      if (!tile.children) expect(tile.geometricError).toBe(0);
    }
  });

  test('regions are in radians, in order, and hold those of their children', () => {
    for (const { tile, parent } of tiles) {
      const [west = 0, south = 0, east = 0, north = 0, low = 0, high = 0] = tile.boundingVolume.region;
      expect(tile.boundingVolume.region).toHaveLength(6);
      expect(west < east && south < north && low < high).toBe(true);
      expect(Math.max(Math.abs(west), Math.abs(east))).toBeLessThanOrEqual(Math.PI);
      if (!parent) continue;
      const outer = parent.boundingVolume.region;
      expect(west >= outer[0]! && south >= outer[1]! && east <= outer[2]! && north <= outer[3]!).toBe(true);
      expect(low >= outer[4]! && high <= outer[5]!).toBe(true);
    }
  });

  test('every vertex lies in the region of its tile', () => {
    for (const { tile } of tiles) {
      if (!tile.content) continue;
      const { gltf, view } = readGlb(tile.content.uri);
      const bytes = view(gltf.accessors[0]!.bufferView);
      const m = gltf.nodes[0]!.matrix!;
      const { translation: t, scale: s } = gltf.nodes[1]! as { translation: number[]; scale: number[] };
      const [west = 0, south = 0, east = 0, north = 0, low = 0, high = 0] = tile.boundingVolume.region;
      const middle = toEarth(
        ((west + east) / 2) * (180 / Math.PI),
        ((south + north) / 2) * (180 / Math.PI),
        low,
      );
      const diagonal = Math.hypot((east - west) * 6.4e6, (north - south) * 6.4e6, high - low);
      for (let i = 0; i < gltf.accessors[0]!.count; i += 7) {
        const p = [0, 1, 2].map((k) => (bytes.readInt16LE(8 * i + 2 * k) / 32767) * s[k]! + t[k]!);
        const world = [0, 1, 2].map(
          (k) => m[k]! * p[0]! + m[4 + k]! * p[1]! + m[8 + k]! * p[2]! + m[12 + k]!,
        );
        // 3D Tiles turns y up into z up.
        const earth = [world[0]!, -world[2]!, world[1]!];
        expect(Math.hypot(...earth.map((value, k) => value - middle[k]!))).toBeLessThan(diagonal * 0.6 + 2);
      }
    }
  });

  test('each building is once in the flat tiles and once in the whole ones, a good handful a tile', () => {
    const found = { slab: [] as string[], whole: [] as string[] };
    for (const { tile } of tiles) {
      if (!tile.content) continue;
      const ids = texts(tile.content.uri, 'id');
      expect(ids.length).toBeLessThanOrEqual(4000);
      found[tile.content.uri.startsWith('slab/') ? 'slab' : 'whole'].push(...ids);
    }
    const expected = buildings.map(({ id }) => id).sort();
    expect(found.slab.sort()).toEqual(expected);
    expect(found.whole.sort()).toEqual(expected);
  });
});

describe('content', () => {
  test('the glTF validator finds no error and no warning', async () => {
    for (const { tile } of tiles) {
      if (!tile.content) continue;
      const bytes = new Uint8Array(readFileSync(join(folder, tile.content.uri)));
      const { issues } = await validator.validateBytes(bytes);
      expect({ errors: issues.numErrors, warnings: issues.numWarnings }, tile.content.uri).toEqual({
        errors: 0,
        warnings: 0,
      });
    }
  });

  test('properties come back as they went in', () => {
    const uri = tiles.find(({ tile }) => tile.content?.uri.startsWith('whole/'))!.tile.content!.uri;
    const ids = texts(uri, 'id');
    const names = texts(uri, 'name');
    const { gltf, view } = readGlb(uri);
    const { properties } = gltf.extensions.EXT_structural_metadata.propertyTables[0]!;
    const byId = new Map(buildings.map((building) => [building.id, building]));
    ids.forEach((id, i) => {
      const building = byId.get(id)!;
      expect(names[i]).toBe(building.name);
      expect(USES[view(properties.use!.values)[i]!]).toBe(building.use);
      expect(buildings[view(properties.number!.values).readUInt32LE(4 * i)]).toBe(building);
      expect(view(properties.floors!.values)[i]).toBe(building.floors);
      expect(view(properties.heightM!.values).readFloatLE(4 * i)).toBe(building.heightM);
      expect(view(properties.residents!.values).readUInt16LE(2 * i)).toBe(building.residents);
      expect(view(properties.buildYear!.values).readUInt16LE(2 * i)).toBe(building.buildYear);
    });
    for (const column of Object.values(properties))
      expect(gltf.bufferViews[column.values]!.byteOffset % 8).toBe(0);
  });
});

test('roofs and walls know their borders, and nothing else does', () => {
  const place = placeAt(105, 32, 500);
  const standings = [yard, house(0)].map((building, number) => standOn(groundAt, building, number));
  const { normals, edges, features, triangles } = meshOf(standings, place, 'whole');
  const sides = [yard, house(0)].map(({ rings }) => rings.reduce((sum, ring) => sum + ring.length, 0));
  const roofs = [0, 0];
  const walls = [0, 0];
  for (let k = 0; k < triangles.length; k += 3) {
    const corners = [...triangles.subarray(k, k + 3)];
    const isRoof = normals[3 * corners[0]! + 1] === 127;
    for (let side = 0; side < 4; side++) {
      const values = corners.map((corner) => edges[4 * corner + side]!);
      const along = values.filter((value) => value === 0).length;
      // A border runs along two corners of a triangle or touches it in one; towards the third the value rises.
      if (along === 2) (isRoof ? roofs : walls)[features[corners[0]!]!]!++;
      if (along === 3) expect.unreachable('a triangle that is nothing but border');
    }
  }
  expect(roofs).toEqual(sides);
  expect(walls).toEqual(sides.map((count) => count * 3));
});

test('the table of all buildings says what the tiles say', () => {
  const table = readFileSync(join(folder, 'table.bin'));
  const count = buildings.length;
  expect(table.length).toBe(18 * count);
  buildings.forEach(({ rings, heightM, residents, buildYear, use, floors }, i) => {
    const lons = rings[0]!.map(([lon]) => lon);
    expect(table.readInt32LE(4 * i) / 1e6).toBeCloseTo((Math.min(...lons) + Math.max(...lons)) / 2, 5);
    expect(table.readInt32LE(4 * (count + i)) / 1e6).toBeCloseTo(rings[0]![0]![1], 2);
    expect(table.readFloatLE(4 * (2 * count + i))).toBe(heightM);
    expect(table.readUInt16LE(12 * count + 2 * i)).toBe(residents);
    expect(table.readUInt16LE(14 * count + 2 * i)).toBe(buildYear);
    expect(USES[table.readUInt8(16 * count + i)]).toBe(use);
    expect(table.readUInt8(17 * count + i)).toBe(floors);
  });
});

test('the same buildings give the same bytes, an interrupted build goes on', () => {
  const said: string[] = [];
  const again = buildBuildings({ ...job, report: createReporter((line) => said.push(line)) });
  expect(again).toEqual(result);
  expect(said.join('')).toContain(`Going on after ${result.tiles} of ${result.tiles}`);
});
