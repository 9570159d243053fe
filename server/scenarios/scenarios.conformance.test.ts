// Every scenario of the product is read with the names of its city, and told well enough to be followed.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, test } from 'vitest';
import { loadCity } from '../../cities/load.ts';
import { injectKinds } from '../../contracts/records/inject.ts';
import { loadIndicators } from '../indicators/load.ts';
import { loadFeeds, loadLayers } from '../kit/load-folder.ts';
import { openScenarios } from '../main/city-scenarios.ts';
import { SCHEMA_FILE, scenarioJsonSchema } from './scenario-json-schema.ts';
import { storyOf } from './scenario-shelf.ts';

const root = path.join(import.meta.dirname, '../..');
const layers = await loadLayers(path.join(root, 'contracts/layers'));
const { connected } = await loadIndicators();
const shelf = openScenarios({
  scenesFolder: path.join(root, 'scenes'),
  city: loadCity('guangyuan'),
  layers,
  indicators: connected.map(({ slug }) => slug),
  feeds: (await loadFeeds(path.join(root, 'server/feeds'), layers)).keys(),
});

it(`${SCHEMA_FILE} is what the contract says: else run node server/scenarios/write-schema.ts`, () => {
  expect(readFileSync(path.join(root, SCHEMA_FILE), 'utf8')).toBe(scenarioJsonSchema());
});

it('lists all of the playbooks, P1 to P7, and none that does not fit', () => {
  const { scenarios, problems } = shelf.list();
  expect(problems).toEqual([]);
  const slugs = scenarios.map(({ slug }) => slug);
  expect(slugs.length).toBeGreaterThanOrEqual(8);
  expect(slugs).toEqual(shelf.slugs());
});

test.each(shelf.slugs())('%s can be told and judged', (slug) => {
  const scenario = shelf.read(slug);
  if (!scenario) throw new Error('it is not there');
  const story = storyOf(scenario);
  expect(story.chapters[0]?.atS).toBe(0);
  expect(story.captions[0]?.atS).toBe(0);
  // A demonstration says so, in both languages, with its first words.
  expect(story.captions[0]?.text.zh).toContain('演示数据');
  expect(story.captions[0]?.text.en.toLowerCase()).toContain('demonstration data');
  for (const { id, atS } of story.chapters.slice(1)) {
    const said = story.captions.filter((caption) => caption.atS >= atS);
    expect(said.length, `captions from chapter ${id} on`).toBeGreaterThan(0);
  }
  expect(new Set(story.chapters.map(({ id }) => id)).size).toBe(story.chapters.length);
  expect(story.moves.length).toBeGreaterThan(0);
  const { total, pending } = story.expectations;
  expect(total - pending).toBeGreaterThan(0);
  for (const { kind } of scenario.injects) expect(injectKinds).toContain(kind);
});
