import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadFeeds, loadLayers } from './load-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

function feedFolder(slug: string, body: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'feeds-'));
  mkdirSync(path.join(folder, slug));
  writeFileSync(path.join(folder, slug, 'feed.ts'), body);
  return folder;
}

function feedText(overrides: Record<string, string> = {}): string {
  const fields: Record<string, string> = {
    slug: "'probe'",
    title: "{ zh: '探', en: 'Probe' }",
    protocol: "'JSON'",
    licence: "'none'",
    cadenceS: '60',
    keepAlive: 'false',
    publicationDelayS: '0',
    writes: '[noiseStation]',
    settings: 'z.strictObject({})',
    connect: 'async () => {}',
    readSample: '() => {}',
    ...overrides,
  };
  return `import { z } from '${root}node_modules/zod/index.js';
import { noiseStation } from '${root}contracts/layers/noise-station.ts';
export const probe = { ${Object.entries(fields)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')} };`;
}

test('every layer of the contracts loads under its file name', async () => {
  const layers = await loadLayers(path.join(root, 'contracts/layers'));
  expect(layers.size).toBeGreaterThan(20);
  for (const [slug, layer] of layers) expect(layer.slug).toBe(slug);
});

test('a good feed loads', async () => {
  const layers = await loadLayers(path.join(root, 'contracts/layers'));
  const feeds = await loadFeeds(feedFolder('probe', feedText()), layers);
  expect([...feeds.keys()]).toEqual(['probe']);
});

test.each([
  ['other', {}, /other\/feed\.ts: slug: "probe" must be "other"/],
  ['probe', { cadenceS: "'often'" }, /probe\/feed\.ts: cadenceS:/],
  ['probe', { title: "{ zh: '', en: 'x' }" }, /title\.zh/],
  ['probe', { connect: '1' }, /connect: must be a function/],
])('a bad feed stops the boot (%s %j)', async (slug, overrides, message) => {
  const layers = await loadLayers(path.join(root, 'contracts/layers'));
  await expect(loadFeeds(feedFolder(slug, feedText(overrides)), layers)).rejects.toThrow(message);
});
