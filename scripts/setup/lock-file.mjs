// A file that says which live process holds something. Left behind by a killed one, it is taken over.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** @param {number} pid whether a process with this id lives (also when it is another user's) */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** Command line of a live process on Linux; null elsewhere or when it cannot be read. @param {number} pid */
function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return null;
  }
}

/**
 * @typedef {{pid: number, script: string, host?: string, port?: number, url?: string}} LockHolder
 */

/**
 * @param {string} file
 * @returns {LockHolder | null} the live holder; null when the file is missing, broken or its process is gone
 */
export function readHolder(file) {
  /** @type {LockHolder} */
  let holder;
  try {
    holder = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
  if (!Number.isInteger(holder?.pid) || holder.pid === process.pid || !isAlive(holder.pid)) return null;
  // The number may have been given to an unrelated process since.
  const line = commandLine(holder.pid);
  return line === null || line.includes(holder.script) ? holder : null;
}

/**
 * @param {string} file
 * @param {Omit<LockHolder, 'pid'>} facts
 * @returns {LockHolder | null} the live holder that is in the way, null when the lock is ours now
 */
export function takeLock(file, facts) {
  mkdirSync(path.dirname(file), { recursive: true });
  const text = `${JSON.stringify({ pid: process.pid, ...facts })}\n`;
  for (;;) {
    try {
      writeFileSync(file, text, { flag: 'wx' });
      return null;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(file);
    if (holder) return holder;
    rmSync(file, { force: true });
  }
}

/** Gives the lock back where it is ours. @param {string} file */
export function dropLock(file) {
  try {
    if (JSON.parse(readFileSync(file, 'utf8')).pid === process.pid) rmSync(file, { force: true });
  } catch {
    // Gone already.
  }
}

/**
 * Runs one piece of work at a time across processes: a second `npm start` or `npm test` waits here.
 * @template T
 * @param {{file: string, script: string, onWait: (holder: LockHolder) => void}} lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(lock, work) {
  for (let holder = takeLock(lock.file, lock); holder; holder = takeLock(lock.file, lock)) {
    lock.onWait(holder);
    await sleep(500);
  }
  try {
    return await work();
  } finally {
    dropLock(lock.file);
  }
}
