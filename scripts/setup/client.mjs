// Builds the client into dist/client, only when something it is made of has changed.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildOnce } from './build-once.mjs';
import { fingerprint, isProductFile } from './fingerprint.mjs';
import { collect } from './processes.mjs';
import { Refusal } from './refusal.mjs';

const SOURCES = [
  'client',
  'contracts',
  'cities',
  'scenes',
  'vite.config.ts',
  'index.html',
  'tsconfig.base.json',
  'package-lock.json',
];

/**
 * @param {import('./install.mjs').Setup} setup
 * @param {string} runtime
 * @returns {Promise<string>} the folder to serve
 */
export async function ensureClient(setup, runtime) {
  const { root } = setup;
  const folder = path.join(root, 'dist', 'client');
  const page = path.join(folder, 'index.html');
  const stampFile = path.join(root, 'dist', 'client.stamp');
  const hash = await fingerprint(root, SOURCES, isProductFile);
  await buildOnce(setup, {
    name: 'client',
    isCurrent: async () => {
      const stamp = await readFile(stampFile, 'utf8').catch(() => '');
      return stamp.trim() === hash && existsSync(page);
    },
    build: async () => {
      await rm(stampFile, { force: true });
      await buildClient(setup, { runtime, page });
      await mkdir(path.dirname(stampFile), { recursive: true });
      await writeFile(stampFile, `${hash}\n`);
    },
  });
  return folder;
}

/**
 * @param {import('./install.mjs').Setup} setup
 * @param {{runtime: string, page: string}} target
 */
async function buildClient({ root, family, report }, { runtime, page }) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  report.say('Building the client (only when its sources have changed) …');
  const ticker = setInterval(() => report.progress(`  building, ${seconds()} s`), 1000);
  const child = family.startNode(runtime, [path.join(root, 'node_modules/vite/bin/vite.js'), 'build'], {
    cwd: root,
    env: { NODE_ENV: 'production' },
  });
  const { code, output } = await collect(child).finally(() => clearInterval(ticker));
  if (code !== 0 || !existsSync(page)) {
    report.say(output.trim().split('\n').slice(-30).join('\n'));
    throw new Refusal(
      'failed',
      `Building the client failed (vite ended with code ${code}): see the lines above.`,
    );
  }
  report.say(`Client built in ${seconds()} s.`);
}
