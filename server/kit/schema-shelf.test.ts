import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { text, title } from '../../contracts/declare.ts';
import { defineLayer } from '../../contracts/layer.ts';
import { reservoir } from '../../contracts/layers/reservoir.ts';
import { loadLayers } from './load-folder.ts';
import { SchemaShelf } from './schema-shelf.ts';

const newFolder = (): string => mkdtempSync(path.join(tmpdir(), 'shelf-'));

test('every layer of today comes back from the disk as it was declared', async () => {
  const layers = await loadLayers(path.join(import.meta.dirname, '../../contracts/layers'));
  const folder = newFolder();
  new SchemaShelf(folder).keep(layers.values());
  const later = new SchemaShelf(folder);
  for (const layer of layers.values()) expect(later.layerOf(layer.slug, layer.schema)).toEqual(layer);
});

test('an earlier declaration stays beside the one of today, and is never written again', () => {
  const folder = newFolder();
  const shelf = new SchemaShelf(folder);
  shelf.keep([reservoir]);
  const [name = ''] = readdirSync(path.join(folder, 'reservoir'));
  const file = path.join(folder, 'reservoir', name);
  const first = readFileSync(file);
  const changed = defineLayer({
    ...reservoir,
    columns: { ...reservoir.columns, note: text(title('备注', 'Note'), 9) },
  });
  shelf.keep([changed, reservoir]);
  expect(readdirSync(path.join(folder, 'reservoir'))).toHaveLength(2);
  expect(readFileSync(file)).toEqual(first);
  expect(shelf.layerOf('reservoir', changed.schema)?.columns).toHaveProperty('note');
  expect(shelf.layerOf('reservoir', 1)).toBeNull();
});

test('a declaration that is damaged, or is another than its name says, is not known', () => {
  const folder = newFolder();
  new SchemaShelf(folder).keep([reservoir]);
  const [name = ''] = readdirSync(path.join(folder, 'reservoir'));
  const file = path.join(folder, 'reservoir', name);
  const text = readFileSync(file, 'utf8');
  for (const bad of [text.slice(0, 50), text.replace('levelM', 'heightM'), '{}']) {
    writeFileSync(file, bad);
    expect(new SchemaShelf(folder).layerOf('reservoir', reservoir.schema)).toBeNull();
  }
});
