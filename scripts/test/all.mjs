// `npm test` from top to bottom: unit, conformance and integration tests while client and tiles are built beside them, then
// the browser against what was built.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
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
 * Builds what the browser tests stand on, saying nothing meanwhile: others speak.
 * @param {import('../start/launch.mjs').Launch} command
 * @param {string} runtime
 * @returns {Promise<{said: string[], error?: unknown}>} what there is to say, and why it came to nothing
 */
async function buildBeside(command, runtime) {
  /** @type {string[]} */
  const said = [];
  const setup = {
    ...command,
    report: { say: (/** @type {string} */ text) => void said.push(text), progress: () => undefined },
  };
  try {
    await ensureClient(setup, runtime);
    await ensureTiles(setup, { runtime, city: await defaultCity(command.root) });
    return { said };
  } catch (error) {
    return { said, error };
  }
}

/**
 * @param {import('../start/launch.mjs').Launch} command
 * @param {{runtime: string, out: string, built: Awaited<ReturnType<typeof buildBeside>>}} run
 * @returns {Promise<import('./suites.mjs').Count>}
 */
async function testInBrowser(command, { runtime, out, built: { said, error } }) {
  for (const line of said) command.report.say(line);
  if (error === undefined) return runSuite(command, { runtime, projects: ['e2e', 'e2e-alone'], out });
  // What the browser tests stand on is broken: that is a failure of theirs, and the rest still counts.
  if (!(error instanceof Refusal)) throw error;
  command.report.say(error.message);
  return { passed: 0, failed: 1, skipped: [], failures: [error.message] };
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
  // PostgreSQL refuses to run as root: whom it runs as passes through here to its own folder, and lists nothing.
  await chmod(out, 0o711);
  command.onStop(() => void rm(out, { recursive: true, force: true }));
  // Tests that start processes wait for them most of the time.
  const building = buildBeside(command, runtime);
  const counts = [await runSuite(command, { runtime, projects: ['unit', 'integration'], out })];
  counts.push(await testInBrowser(command, { runtime, out, built: await building }));
  await rm(out, { recursive: true, force: true });

  const skipped = counts.flatMap((count) => count.skipped);
  if (skipped.length > 0) report.say(`Skipped: ${skipped.join(' · ')}`);
  // The suite that failed may have spoken a thousand lines ago.
  for (const failure of counts.flatMap((count) => count.failures))
    report.say(`Failed: ${failure.replace(command.root + path.sep, '')}`);
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  report.say(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
