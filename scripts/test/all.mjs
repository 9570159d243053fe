// `npm test` from top to bottom: unit, conformance and integration tests, then the browser against the built client.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureClient } from '../setup/client.mjs';
import { ensureInstalled } from '../setup/install.mjs';
import { Refusal } from '../setup/refusal.mjs';
import { ensureTiles } from '../setup/tiles.mjs';
import { defaultCity } from '../start/settings.mjs';
import { runSuite } from './suites.mjs';
import { ensureTools } from './tools.mjs';

/**
 * @param {import('../start/launch.mjs').Launch} command
 * @param {{runtime: string, out: string}} run
 * @returns {Promise<import('./suites.mjs').Count>}
 */
async function testInBrowser(command, { runtime, out }) {
  try {
    await ensureClient(command, runtime);
    await ensureTiles(command, { runtime, city: await defaultCity(command.root) });
  } catch (error) {
    // What the browser tests stand on is broken: that is a failure of theirs, and the rest still counts.
    if (!(error instanceof Refusal)) throw error;
    command.report.say(error.message);
    return { passed: 0, failed: 1, skipped: [] };
  }
  return runSuite(command, { runtime, projects: ['e2e'], out });
}

/**
 * @param {import('../start/launch.mjs').Launch} command
 * @returns {Promise<number>} exit code
 */
export async function testAll(command) {
  const { report } = command;
  const runtime = await ensureInstalled(command);
  await ensureTools(command);
  const out = await mkdtemp(path.join(tmpdir(), 'cockpit-test-'));
  command.onStop(() => void rm(out, { recursive: true, force: true }));
  const counts = [
    await runSuite(command, { runtime, projects: ['unit', 'integration'], out }),
    await testInBrowser(command, { runtime, out }),
  ];
  await rm(out, { recursive: true, force: true });

  const skipped = counts.flatMap((count) => count.skipped);
  if (skipped.length > 0) report.say(`Skipped: ${skipped.join(' · ')}`);
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  report.say(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
