// The Node everything runs on: pinned in package.json, installed by npm like any other package.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runNpm } from './npm.mjs';
import { Refusal } from './refusal.mjs';

/** Version a Node binary reports, null when it does not run. @param {string} binary @returns {Promise<string | null>} */
function versionOf(binary) {
  return new Promise((resolve) => {
    execFile(binary, ['--version'], { timeout: 20_000 }, (error, stdout) =>
      resolve(error ? null : stdout.trim().replace(/^v/, '')),
    );
  });
}

/**
 * @param {import('./install.mjs').Setup} setup
 * @returns {Promise<string>} path of a Node of the pinned version or newer
 */
export async function ensureRuntime(setup) {
  const { root, report } = setup;
  const pinned = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')).dependencies.node;
  const binary = path.join(root, 'node_modules', 'node', 'bin', 'node');
  if ((await versionOf(binary)) === pinned) return binary;
  report.say(`Fetching Node ${pinned} …`);
  const { code } = await runNpm(setup, ['rebuild', 'node', '--ignore-scripts=false']);
  if (code === 0 && (await versionOf(binary)) === pinned) return binary;
  // No binary for this machine: the Node we run on will do if it is new enough.
  if (Number(process.versions.node.split('.')[0]) >= Number(pinned.split('.')[0])) return process.execPath;
  throw new Refusal(
    'install',
    `Node ${pinned} was installed but does not run on this machine (${process.platform} ${process.arch}): install Node ${pinned.split('.')[0]} yourself and start again with it.`,
  );
}
