// Installs the locked packages when they are missing or the lockfile has changed since.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildOnce } from './build-once.mjs';
import { createNetworkWatch, explainInstallFailure, withoutRequests } from './install-failure.mjs';
import { FIRST_START_BYTES, requireDisk, requireWritable } from './preflight.mjs';
import { Refusal } from './refusal.mjs';
import { runNpm } from './npm.mjs';
import { ensureRuntime } from './runtime.mjs';

/**
 * @typedef {object} Setup
 * @property {string} root the repository
 * @property {import('./processes.mjs').Family} family
 * @property {import('./reporter.mjs').Reporter} report
 */

/** @typedef {Record<string, {version?: string, optional?: boolean, link?: boolean, resolved?: string}>} LockedPackages */

/**
 * Whether what npm wrote down about node_modules is what the lockfile asks for.
 * @param {LockedPackages} wanted
 * @param {LockedPackages} installed
 */
export function sameInstall(wanted, installed) {
  return Object.entries(wanted).every(([place, entry]) => {
    if (place === '') return true;
    const there = installed[place];
    return there ? there.version === entry.version : entry.optional === true;
  });
}

/** @param {string} file @returns {Promise<LockedPackages | null>} */
async function readPackages(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

/** @param {string} root */
async function isInstalled(root) {
  const modules = path.join(root, 'node_modules');
  const lockText = await readFile(path.join(root, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  const stampFile = path.join(modules, '.cockpit-stamp');
  const stamp = await readFile(stampFile, 'utf8').catch(() => '');
  if (stamp.trim() === hash) return { done: true, hash, stampFile };
  // Installed by hand with npm: believe npm's own note.
  const installed = await readPackages(path.join(modules, '.package-lock.json'));
  const done = installed !== null && sameInstall(JSON.parse(lockText).packages, installed);
  return { done, hash, stampFile };
}

/** How many of the locked packages are on disk. @param {string} root @param {string[]} places */
function countOnDisk(root, places) {
  return places.filter((place) => existsSync(path.join(root, place, 'package.json'))).length;
}

/** `http`: each request is told, so that a missing network is noticed at once. */
const installArguments = [
  'ci',
  '--include=dev',
  '--no-audit',
  '--no-fund',
  '--loglevel=http',
  '--fetch-retry-mintimeout=2000',
  '--fetch-retry-factor=3',
];

/** @param {Setup} setup */
async function installPackages({ root, family, report }) {
  await requireWritable(root);
  await requireDisk(root, FIRST_START_BYTES);
  const wanted = (await readPackages(path.join(root, 'package-lock.json'))) ?? {};
  const places = Object.keys(wanted).filter((place) => place !== '' && !wanted[place]?.optional);
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  report.say(`Installing ${places.length} packages (about a minute, once) …`);
  const ticker = setInterval(() => {
    report.progress(`  ${countOnDisk(root, places)} of ${places.length} packages, ${seconds()} s`);
  }, 1000);
  const isHopeless = createNetworkWatch();
  let isStopped = false;
  const { code, output } = await runNpm({ root, family, report }, installArguments, (line, stop) => {
    if (isStopped || !isHopeless(line)) return;
    isStopped = true;
    stop();
  }).finally(() => clearInterval(ticker));
  if (code !== 0) {
    const logFile = path.join(root, '.cache', 'install.log');
    await mkdir(path.dirname(logFile), { recursive: true }).catch(() => undefined);
    await writeFile(logFile, output).catch(() => undefined);
    throw explainInstallFailure(isStopped ? output : withoutRequests(output), path.relative(root, logFile));
  }
  report.say(`Installed in ${seconds()} s.`);
}

/**
 * Makes node_modules match package-lock.json and returns the Node to run everything on.
 * @param {Setup} setup
 * @returns {Promise<string>} path of the pinned Node
 * @throws {Refusal} kinds install, disk, permission
 */
export async function ensureInstalled(setup) {
  const { root } = setup;
  if (!existsSync(path.join(root, 'package-lock.json'))) {
    throw new Refusal(
      'install',
      `package-lock.json is missing in ${root}: restore it with git checkout package-lock.json.`,
    );
  }
  await buildOnce(setup, {
    name: 'install',
    isCurrent: async () => (await isInstalled(root)).done,
    build: () => installPackages(setup),
  });
  const runtime = await ensureRuntime(setup);
  const { hash, stampFile } = await isInstalled(root);
  await writeFile(stampFile, `${hash}\n`);
  return runtime;
}
