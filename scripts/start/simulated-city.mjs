// Keeps the simulated city alive beside the server: when it dies it is started again, ever later, and it is said.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startService } from './service.mjs';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
/** Running this long counts as healthy: the next pause is short again. */
const HEALTHY_AFTER_MS = 60_000;

/** The pause before the n-th start in a row that failed, n from 1. @param {number} failures */
export function pauseBefore(failures) {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
}

/**
 * @param {{root: string, settings: import('./settings.mjs').StartSettings}} where
 * @param {{feedsPort: number, serverUrl: string, ports: {mqtt?: number, jtt808?: number, hj212?: number}}} meeting
 * @returns {string[]} script and arguments
 */
export function cityArguments({ root, settings }, { feedsPort, serverUrl, ports }) {
  const args = [path.join(root, 'mock-feeds/main.ts'), '--city', settings.city];
  args.push('--host', '127.0.0.1', '--port', String(feedsPort));
  if (ports.mqtt) args.push('--mqtt', `mqtt://127.0.0.1:${ports.mqtt}`);
  if (ports.jtt808) args.push('--jtt808', `127.0.0.1:${ports.jtt808}`);
  if (ports.hj212) args.push('--hj212', `127.0.0.1:${ports.hj212}`);
  args.push('--webhook', `${serverUrl.replace(/\/$/, '')}/inbox`);
  args.push('--seed', settings.seed, '--scale', String(settings.scale));
  return args;
}

/**
 * @param {import('../setup/reporter.mjs').Reporter} report
 * @param {{logs: string, spawn: () => import('node:child_process').ChildProcess, stopping: AbortSignal}} city
 * @returns {Promise<void>} settled when the city is ready the first time; rejects when its first start fails
 */
export async function keepCityAlive(report, { logs, spawn, stopping }) {
  const start = () => startService({ name: 'simulated-city', logs, report }, spawn);
  const first = start();
  await first.ready;
  void (async () => {
    let failures = 0;
    let service = first;
    for (;;) {
      const startedAt = Date.now();
      const { reason } = await service.ended;
      if (stopping.aborted) return;
      failures = Date.now() - startedAt >= HEALTHY_AFTER_MS ? 1 : failures + 1;
      const pauseMs = pauseBefore(failures);
      report.say(`The simulated city stopped (${reason}); starting it again in ${pauseMs / 1000} s.`);
      await sleep(pauseMs, undefined, { signal: stopping }).catch(() => undefined);
      if (stopping.aborted) return;
      service = start();
      service.ready.then(
        () => report.say('The simulated city is back.'),
        () => undefined, // `ended` says why
      );
    }
  })();
}
