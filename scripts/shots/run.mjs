// What the pictures stand on: packages, browser, client and tiles. Then the program that takes them.
import path from 'node:path';
import { ensureClient } from '../setup/client.mjs';
import { ensureInstalled } from '../setup/install.mjs';
import { ensureTiles } from '../setup/tiles.mjs';
import { defaultCity } from '../start/settings.mjs';
import { ensureTools } from '../test/tools.mjs';

/**
 * @param {import('../start/launch.mjs').Launch} command
 * @param {string[]} args of the program
 * @returns {Promise<number>} exit code
 */
export async function takeShots(command, args) {
  const { root, family } = command;
  const runtime = await ensureInstalled(command);
  await ensureTools(command);
  await ensureClient(command, runtime);
  await ensureTiles(command, { runtime, city: await defaultCity(root) });
  const child = family.startNode(runtime, [path.join(root, 'e2e/shots/take.ts'), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
