import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tilesetShapes } from './tileset-shapes.ts';

const feature = (id: string | undefined, geometry: object): object => ({
  type: 'Feature',
  properties: { id },
  geometry,
});

function newFolder(): string {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'tiles-')), 'vector');
  mkdirSync(folder);
  const river = { type: 'LineString', coordinates: [[106, 32, 570], [106.1, 32.1, 560]] }; // prettier-ignore
  const lake = { type: 'Polygon', coordinates: [[[1, 1], [2, 1], [2, 2], [1, 1]]] }; // prettier-ignore
  const features = [feature('jialing', river), feature('lake', lake), feature(undefined, lake), 'no feature'];
  const bad = feature('bad', { type: 'LineString', coordinates: [['x', 1]] });
  writeFileSync(path.join(folder, 'water.json'), JSON.stringify({ features: [...features, bad] }));
  writeFileSync(path.join(folder, 'broken.json'), '{');
  writeFileSync(path.join(folder, '../secret.json'), JSON.stringify({ features }));
  return folder;
}

const of = (tileset: string, id: string) => ({ type: 'TilesetFeature', tileset, id }) as const;

test('a line and an area come out of their tileset, without heights', () => {
  const shapeOf = tilesetShapes(newFolder());
  expect(shapeOf(of('water', 'jialing'))).toEqual({
    type: 'LineString',
    coordinates: [[106, 32], [106.1, 32.1]], // prettier-ignore
  });
  expect(shapeOf(of('water', 'lake'))?.type).toBe('Polygon');
});

test('what is not there has no shape: ids, tilesets, damaged ones, ones outside the folder', () => {
  const shapeOf = tilesetShapes(newFolder());
  const unknown = [
    ['water', 'bad'],
    ['water', 'nobody'],
    ['broken', 'jialing'],
    ['nowhere', 'jialing'],
    ['../secret', 'jialing'],
  ] as const;
  for (const [tileset, id] of unknown) expect(shapeOf(of(tileset, id)), `${tileset} ${id}`).toBeNull();
  expect(tilesetShapes(null)(of('water', 'jialing'))).toBeNull();
});
