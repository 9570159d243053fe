// `npm start` from the first check to the last child, read from top to bottom.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureClient } from '../setup/client.mjs';
import { ensureInstalled } from '../setup/install.mjs';
import {
  FIRST_START_BYTES,
  freePort,
  NEXT_START_BYTES,
  requireDisk,
  requirePort,
  requireWritable,
} from '../setup/preflight.mjs';
import { Refusal } from '../setup/refusal.mjs';
import { ensureTiles } from '../setup/tiles.mjs';
import { helpText, parseArguments } from './arguments.mjs';
import { startService } from './service.mjs';
import { resolveSettings, settledEnvironment } from './settings.mjs';
import { cityArguments, keepCityAlive } from './simulated-city.mjs';
import { claimDataDir, localUrl, refuseOtherCockpit } from './single-instance.mjs';

/**
 * @typedef {import('../setup/install.mjs').Setup & {stopping: AbortSignal, onStop: (undo: () => void) => void}} Launch
 * @typedef {import('./settings.mjs').StartSettings} StartSettings
 */

/**
 * Everything that can refuse before the long work, then the long work.
 * @param {Launch} launch
 * @param {StartSettings} settings
 */
async function prepare(launch, settings) {
  const { root } = launch;
  await requireWritable(settings.dataDir);
  launch.onStop(await claimDataDir(settings));
  await refuseOtherCockpit(localUrl(settings.host, settings.port));
  await requirePort(settings.host, settings.port);
  const isFirst = !existsSync(path.join(root, 'node_modules', '.cockpit-stamp'));
  await requireDisk(settings.dataDir, isFirst ? FIRST_START_BYTES : NEXT_START_BYTES);
  const runtime = await ensureInstalled(launch);
  const client = await ensureClient(launch, runtime);
  const tiles = await ensureTiles(launch, { runtime, city: settings.city });
  return { runtime, client, tiles };
}

/**
 * @param {StartSettings} settings
 * @param {{root: string, client: string, tiles: string, feedsPort: number}} made
 * @returns {string[]} script and arguments
 */
export function serverArguments(settings, { root, client, tiles, feedsPort }) {
  const args = [path.join(root, 'server/main.ts'), '--city', settings.city];
  args.push('--port', String(settings.port), '--host', settings.host, '--data-dir', settings.dataDir);
  args.push('--static', client, '--tiles', tiles);
  // Demos and drills have a simulated city of their own, whatever feeds the live world.
  args.push('--simulated-city', path.join(root, 'mock-feeds/main.ts'));
  if (settings.config) args.push('--config', settings.config);
  if (!settings.demo) return [...args, '--no-demo'];
  args.push('--feeds-base', `http://127.0.0.1:${feedsPort}`);
  // Nobody outside dials in to a demonstration: any free port will do, so that two of them can run side by side.
  if (!settings.config) args.push('--mqtt-port', '0', '--jtt808-port', '0', '--hj212-port', '0');
  return args;
}

/** What the server ends with when it refuses its settings: server/main.ts. */
const SERVER_USAGE = 2;

/**
 * @param {import('./service.mjs').Service} server
 * @param {Error} error why it is not ready
 * @returns {Promise<never>}
 */
async function refuseStart({ child, ended }, error) {
  const end = child.exitCode === null ? null : await ended;
  if (end?.code === SERVER_USAGE) throw new Refusal('usage', `The settings are refused: ${end.reason}`);
  throw new Refusal('failed', `The server did not start: ${error.message}`);
}

/**
 * @param {Launch} launch
 * @param {StartSettings} settings
 * @param {Awaited<ReturnType<typeof prepare>>} made
 */
async function startAll({ root, family, report, stopping }, settings, made) {
  const logs = path.join(settings.dataDir, 'logs');
  const feedsPort = settings.demo ? await freePort('127.0.0.1') : 0;
  // The simulated city signs webhooks with the key the server checks; without a key of yours, a new one each start.
  const key = process.env[settings.webhookKeyEnv] || (settings.demo ? randomBytes(32).toString('hex') : '');
  const env = { ...settledEnvironment, [settings.webhookKeyEnv]: key };
  report.say('Starting the server …');
  const server = startService({ name: 'server', logs, report }, () =>
    family.startNode(made.runtime, serverArguments(settings, { root, ...made, feedsPort }), {
      cwd: root,
      env,
    }),
  );
  const hello = await server.ready.catch((error) => refuseStart(server, error));
  if (settings.demo) {
    report.say('Starting the simulated city …');
    const meeting = {
      feedsPort,
      serverUrl: localUrl(settings.host, settings.port),
      ports: hello.ports ?? {},
    };
    const spawn = () =>
      family.startNode(made.runtime, cityArguments({ root, settings }, meeting), {
        cwd: root,
        env: { COCKPIT_WEBHOOK_KEY: key },
      });
    await keepCityAlive(report, { logs, spawn, stopping }).catch((error) => {
      throw new Refusal('failed', `The simulated city did not start: ${error.message}`);
    });
  }
  return server;
}

/**
 * Runs until the server ends or `stopping` is aborted.
 * @param {Launch} launch
 * @param {string[]} argv
 * @returns {Promise<void>}
 * @throws {Refusal}
 */
export async function launch(launch, argv) {
  const options = parseArguments(argv);
  if (options.help) {
    process.stdout.write(helpText);
    return;
  }
  // Reading a settings file takes a package.
  if (options.config) await ensureInstalled(launch);
  const settings = await resolveSettings(launch.root, options);
  const made = await prepare(launch, settings);
  const server = await startAll(launch, settings, made);
  launch.report.say(`Logs: ${path.join(settings.dataDir, 'logs')}. Stop with Ctrl-C.`);
  process.stdout.write(`${localUrl(settings.host, settings.port)}\n`);
  const { code, signal, reason } = await server.ended;
  if (launch.stopping.aborted) return;
  throw new Refusal(
    'failed',
    `The server stopped (${signal ? `${signal} from outside` : `code ${code}`}): ${reason}`,
  );
}
