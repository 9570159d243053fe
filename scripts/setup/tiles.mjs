// Generates the tiles of a city (terrain, boundaries, water, roads), only when what they are made of has changed.
// A new set is built beside the old one and then takes its place: an interrupted run leaves nothing half-done, and the
// next one goes on where it stopped.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildOnce } from './build-once.mjs';
import { fingerprint, isProductFile } from './fingerprint.mjs';
import { collect } from './processes.mjs';
import { Refusal } from './refusal.mjs';

/**
 * @param {import('./install.mjs').Setup} setup
 * @param {{runtime: string, city: string}} choice
 * @returns {Promise<string>} the folder in which each city's tiles have a folder of their own
 */
export async function ensureTiles(setup, { runtime, city }) {
  const { root } = setup;
  const all = path.join(root, '.tiles');
  const folder = path.join(all, city);
  const stampFile = `${folder}.stamp`;
  const hash = await fingerprint(root, ['tilesets', `cities/${city}`], isProductFile);
  await buildOnce(setup, {
    name: `tiles-${city}`,
    isCurrent: async () => {
      const stamp = await readFile(stampFile, 'utf8').catch(() => '');
      return stamp.trim() === hash && existsSync(path.join(folder, 'manifest.json'));
    },
    build: async () => {
      const building = path.join(all, `.building-${city}`);
      await keepIfSame(building, hash);
      await buildTiles(setup, { runtime, city, out: building });
      await rm(stampFile, { force: true });
      await rm(folder, { recursive: true, force: true });
      await rename(path.join(building, city), folder);
      await rm(building, { recursive: true });
      await writeFile(stampFile, `${hash}\n`);
    },
  });
  return all;
}

/**
 * What an interrupted run left is worth keeping only when it was made from the same sources.
 * @param {string} building
 * @param {string} hash
 */
async function keepIfSame(building, hash) {
  const sourcesFile = path.join(building, 'sources');
  const sources = await readFile(sourcesFile, 'utf8').catch(() => '');
  if (sources.trim() === hash) return;
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { recursive: true });
  await writeFile(sourcesFile, `${hash}\n`);
}

/**
 * @param {import('./install.mjs').Setup} setup
 * @param {{runtime: string, city: string, out: string}} target
 */
async function buildTiles({ root, family, report }, { runtime, city, out }) {
  const startedAt = Date.now();
  report.say(`Generating the tiles of ${city} (only when their sources have changed) …`);
  const args = [path.join(root, 'tilesets/build.ts'), '--city', city, '--out', out];
  const child = family.startNode(runtime, args, { cwd: root });
  const { code, output } = await collect(child, (line) => report.progress(`  ${line.trim()}`));
  if (code !== 0) {
    report.say(output.trim().split('\n').slice(-20).join('\n'));
    throw new Refusal(
      'failed',
      `Generating the tiles of ${city} failed with code ${code}: see the lines above.`,
    );
  }
  report.say(`Tiles ready in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}
