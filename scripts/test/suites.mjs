// Runs vitest over one part of the tests and counts what it reports, unforgivingly.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} skipped full names
 * @property {string[]} failures one line each: file, test, and the first line of why
 */

/**
 * @typedef {object} VitestReport the parts of vitest's JSON report that are read here
 * @property {{name: string, status: string, message?: string, assertionResults: {fullName: string, status: string, failureMessages?: string[]}[]}[]} testResults
 */

/**
 * A file that could not be loaded, an error outside any test and a run without tests count as failed.
 * @param {VitestReport | null} report null when none was written
 * @param {number} exitCode of vitest
 * @returns {Count}
 */
export function countResults(report, exitCode) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const failures = files.flatMap(failuresOf);
  if (failures.length === 0 && exitCode !== 0)
    failures.push(`the test runner ended with exit code ${exitCode}`);
  if (failures.length === 0 && passed === 0) failures.push('not one test ran');
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
  return { passed, failed: failures.length, skipped: skipped.map(({ fullName }) => fullName), failures };
}

/**
 * @param {VitestReport['testResults'][number]} file
 * @returns {string[]}
 */
function failuresOf({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0) return status === 'failed' ? [`${name}: ${firstLine(message)}`] : [];
  return failed.map(
    ({ fullName, failureMessages }) => `${name} > ${fullName}: ${firstLine(failureMessages?.[0])}`,
  );
}

/** @param {string | undefined} text */
const firstLine = (text) => text?.trim().split('\n', 1)[0] ?? '';

/**
 * @param {import('../setup/install.mjs').Setup} setup
 * @param {{runtime: string, projects: string[], out: string}} suite `out` is a folder for the report and for what tests leave behind
 * @returns {Promise<Count>}
 */
export async function runSuite({ root, family }, { runtime, projects, out }) {
  const file = path.join(out, `${projects.join('-')}.json`);
  const args = [
    path.join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
  ];
  args.push(`--outputFile.json=${file}`, ...projects.map((project) => `--project=${project}`));
  const env = { TMPDIR: out };
  const child = family.startNode(runtime, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const exitCode = await new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  });
  const report = await readFile(file, 'utf8')
    .then((text) => JSON.parse(text))
    .catch(() => null);
  return countResults(report, exitCode);
}
