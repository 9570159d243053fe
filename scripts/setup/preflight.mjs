// What can be known to fail before the work begins: ports, disk, permission.
import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { Refusal } from './refusal.mjs';

/** Packages, built client, tiles and a day of history, with room to unpack. */
export const FIRST_START_BYTES = 1.5e9;
/** Logs and a few hours of history. */
export const NEXT_START_BYTES = 0.2e9;

/**
 * Whether a TCP port can be listened on right now.
 * @param {string} host
 * @param {number} port 0 asks for any free one
 * @returns {Promise<{port: number} | {code: string}>} the port, or the system's error code
 */
export function probePort(host, port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      resolve({ code: error.code ?? 'UNKNOWN' }),
    );
    server.listen({ host, port, exclusive: true }, () => {
      const address = /** @type {net.AddressInfo} */ (server.address());
      server.close(() => resolve({ port: address.port }));
    });
  });
}

/**
 * @param {string} host
 * @param {number} port
 */
export async function requirePort(host, port) {
  const probe = await probePort(host, port);
  if ('port' in probe) return;
  if (probe.code === 'EADDRINUSE') {
    const other = port < 65535 ? port + 1 : port - 1;
    throw new Refusal(
      'port',
      `Port ${port} on ${host} is already in use by another program: stop it, or choose another one with --port ${other}.`,
    );
  }
  if (probe.code === 'EACCES') {
    throw new Refusal(
      'port',
      `Port ${port} needs more rights than this user has: choose one above 1023 with --port.`,
    );
  }
  throw new Refusal('port', `Cannot listen on ${host}:${port} (${probe.code}): check --host and --port.`);
}

/** A port nobody listens on now. @param {string} host */
export async function freePort(host) {
  const probe = await probePort(host, 0);
  if ('port' in probe) return probe.port;
  throw new Refusal('port', `No free port on ${host} (${probe.code}).`);
}

/** The nearest folder that exists. @param {string} folder @returns {Promise<string>} */
async function nearestExisting(folder) {
  try {
    await access(folder, constants.F_OK);
    return folder;
  } catch {
    return nearestExisting(path.dirname(folder));
  }
}

/**
 * @param {string} folder
 * @param {number} needBytes
 */
export async function requireDisk(folder, needBytes) {
  const facts = await statfs(await nearestExisting(folder));
  const freeBytes = facts.bavail * facts.bsize;
  if (freeBytes >= needBytes) return;
  const gb = (/** @type {number} */ bytes) => (bytes / 1e9).toFixed(1);
  throw new Refusal(
    'disk',
    `Only ${gb(freeBytes)} GB free on the disk of ${folder}, ${gb(needBytes)} GB are needed: free some space and start again.`,
  );
}

/** Creates the folder where missing and makes sure this user may write in it. @param {string} folder */
export async function requireWritable(folder) {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code ?? 'UNKNOWN';
    if (code === 'ENOSPC') throw new Refusal('disk', `No space left on the disk of ${folder}.`);
    throw new Refusal(
      'permission',
      `Cannot write to ${folder} (${code}): give this user the right to, or choose another folder (--data-dir for data).`,
    );
  }
}
