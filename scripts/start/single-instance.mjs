// One cockpit a data folder: says so when there is one already, and when another one has the port.
import http from 'node:http';
import path from 'node:path';
import { dropLock, takeLock } from '../setup/lock-file.mjs';
import { Refusal } from '../setup/refusal.mjs';

const HEALTH_TIMEOUT_MS = 3000;

/** The address a browser on this machine uses. @param {string} host @param {number} port */
export function localUrl(host, port) {
  const wildcard = host === '0.0.0.0' || host === '::' || host === '';
  const name = wildcard ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}/`;
}

/**
 * @param {string} url of a cockpit
 * @returns {Promise<{city?: string, status?: string} | null>} what /health says, null when no cockpit answers
 */
export function askHealth(url) {
  return new Promise((resolve) => {
    const request = http.get(new URL('/health', url), { timeout: HEALTH_TIMEOUT_MS }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (body += chunk));
      response.on('error', () => resolve(null));
      response.on('end', () => {
        try {
          const health = JSON.parse(body);
          resolve(typeof health?.status === 'string' && Array.isArray(health?.feeds) ? health : null);
        } catch {
          resolve(null);
        }
      });
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(null));
  });
}

/** Says which cockpit has the port, when it is one; a foreign program is named by `requirePort`. @param {string} url */
export async function refuseOtherCockpit(url) {
  const health = await askHealth(url);
  if (!health) return;
  const port = Number(new URL(url).port);
  throw new Refusal(
    'running',
    `A cockpit${health.city ? ` of ${health.city}` : ''} is already running at ${url} with another data folder: use it, or start this one with --port ${port + 1}.`,
  );
}

/**
 * Takes the data folder for this process.
 * @param {import('./settings.mjs').StartSettings} settings
 * @returns {Promise<() => void>} gives it back
 * @throws {Refusal} kind running
 */
export async function claimDataDir({ dataDir, host, port }) {
  const file = path.join(dataDir, 'cockpit.lock');
  const holder = takeLock(file, { script: 'start.mjs', host, port, url: localUrl(host, port) });
  if (!holder) return () => dropLock(file);
  const answers = holder.url !== undefined && (await askHealth(holder.url)) !== null;
  throw new Refusal(
    'running',
    answers
      ? `Already running at ${holder.url} (process ${holder.pid}): open that, or stop it first.`
      : `Process ${holder.pid} is already starting or stopping a cockpit in ${dataDir}: wait for it, or stop it with kill ${holder.pid}.`,
  );
}
