import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadCity } from '../../cities/load.ts';
import { loadIndicators } from '../indicators/load.ts';
import { createManualClock } from '../kit/clock.ts';
import { loadLayers } from '../kit/load-folder.ts';
import type { Logger } from '../kit/log.ts';
import { openScenes } from '../main/city-scenes.ts';
import { sceneJsonSchema, SCHEMA_FILE } from './scene-json-schema.ts';

const root = new URL('../../', import.meta.url);
const log: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };

it(`${SCHEMA_FILE} is what the contract says: else run node server/scenes/write-schema.ts`, () => {
  expect(readFileSync(new URL(SCHEMA_FILE, root), 'utf8')).toBe(sceneJsonSchema());
});

it.each(['guangyuan', 'testville'])('every scene fits %s: nothing in them is of one city', async (id) => {
  const folder = new URL('scenes', root).pathname;
  const layers = await loadLayers(new URL('contracts/layers', root).pathname);
  const { connected } = await loadIndicators();
  const shelf = openScenes({
    folder,
    city: loadCity(id),
    layers: layers.keys(),
    indicators: connected.map(({ slug }) => slug),
    clock: createManualClock(0),
    log,
  });
  shelf.look();
  const { scenes, problems } = shelf.list();
  expect(problems).toEqual([]);
  const folders = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'scenarios',
  );
  expect(scenes.map(({ slug }) => slug).sort()).toEqual(folders.map(({ name }) => name).sort());
  expect(new Set(scenes.map(({ key }) => key)).size).toBe(scenes.length);
});
