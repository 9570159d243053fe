// `npm run check`: runs every step, two or more at a time, and prints a table and what the failing ones said.
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { ensureInstalled } from '../setup/install.mjs';
import { collect } from '../setup/processes.mjs';
import { listSteps } from './steps.mjs';

/** Each step may take about a gigabyte; beyond a few at a time the memory, not the cores, is the limit. */
const MOST_AT_ONCE = 6;

/**
 * @typedef {object} Outcome
 * @property {string} name
 * @property {boolean} ok
 * @property {number} seconds
 * @property {string} output
 */

/** @param {Outcome[]} outcomes */
export function formatTable(outcomes) {
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  return outcomes
    .map(
      ({ name, ok, seconds }) =>
        `${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s`,
    )
    .join('\n');
}

/**
 * @param {import('../start/launch.mjs').Launch} command
 * @returns {Promise<number>} exit code
 */
export async function runChecks(command) {
  const { root, family, report } = command;
  const runtime = await ensureInstalled(command);
  const steps = listSteps(root);
  const startedAt = Date.now();
  /** @type {Outcome[]} */
  const outcomes = [];
  const queue = [...steps];

  const work = async () => {
    for (let step = queue.shift(); step; step = queue.shift()) {
      const beganAt = Date.now();
      const child = family.startNode(runtime, [path.join(root, step.program), ...step.args], { cwd: root });
      const { code, output } = await collect(child);
      outcomes.push({ name: step.name, ok: code === 0, seconds: (Date.now() - beganAt) / 1000, output });
      report.progress(`${outcomes.length} of ${steps.length} steps, last: ${step.name}`);
    }
  };
  const lanes = Math.max(2, Math.min(availableParallelism(), MOST_AT_ONCE));
  await Promise.all(Array.from({ length: lanes }, work));

  const failed = outcomes.filter(({ ok }) => !ok);
  for (const { name, output } of failed) report.say(`\n── ${name} ──\n${output.trim()}`);
  const order = steps.map(({ name }) => name);
  outcomes.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  report.say(`\n${formatTable(outcomes)}`);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
  const verdict = failed.length === 0 ? 'all well' : `failed: ${failed.map(({ name }) => name).join(', ')}`;
  report.say(`${steps.length} steps in ${seconds} s, ${verdict}`);
  return failed.length === 0 ? 0 : 1;
}
