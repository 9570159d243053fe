// One long-running child: its log, the JSON line it prints when ready, its end.
import { createChildLog } from './child-log.mjs';

const READY_TIMEOUT_MS = 120_000;

/**
 * @typedef {object} Service
 * @property {import('node:child_process').ChildProcess} child
 * @property {Promise<Record<string, any>>} ready the line it printed; rejects when it ends or takes too long
 * @property {Promise<{code: number | null, signal: string | null, reason: string}>} ended
 */

/**
 * @param {string} line
 * @returns {Record<string, any> | null}
 */
function readyLine(line) {
  try {
    const message = JSON.parse(line);
    return message?.ready === true ? message : null;
  } catch {
    return null;
  }
}

/** @param {string} line @returns {string | null} what the server says once and keeps nowhere */
function onceLine(line) {
  if (!line.startsWith('{"once":')) return null;
  try {
    return String(JSON.parse(line).once);
  } catch {
    return null;
  }
}

/**
 * @param {{name: string, logs: string, report: import('../setup/reporter.mjs').Reporter}} facts
 * @param {() => import('node:child_process').ChildProcess} spawn
 * @returns {Service}
 */
export function startService({ name, logs, report }, spawn) {
  const log = createChildLog({ folder: logs, name, report });
  const child = spawn();
  child.stderr?.on('data', (chunk) => log.write(chunk));

  /** @type {Service['ended']} */
  const ended = new Promise((resolve) => {
    const finish = (/** @type {number | null} */ code, /** @type {string | null} */ signal) => {
      log.close();
      resolve({ code, signal, reason: log.reason() });
    };
    child.once('error', (error) => {
      log.write(Buffer.from(`Error: ${error.message}\n`));
      finish(127, null);
    });
    child.once('close', finish);
  });

  /** @type {Service['ready']} */
  const ready = new Promise((resolve, reject) => {
    let rest = '';
    const timer = setTimeout(
      () => reject(new Error(`not ready after ${READY_TIMEOUT_MS / 1000} s, see ${log.file}`)),
      READY_TIMEOUT_MS,
    );
    child.stdout?.on('data', (/** @type {Buffer} */ chunk) => {
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        // What is told once is for who sits here, and for no file.
        const secret = onceLine(line);
        if (secret === null) log.write(Buffer.from(`${line}\n`));
        else report.say(secret);
      }
      const message = lines.map(readyLine).find(Boolean);
      if (!message) return;
      clearTimeout(timer);
      resolve(message);
    });
    void ended.then(({ reason }) => {
      clearTimeout(timer);
      reject(new Error(`${reason} (log: ${log.file})`));
    });
  });
  ready.catch(() => undefined); // whoever asks gets it; nobody asking is no crash
  return { child, ready, ended };
}
