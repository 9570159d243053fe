// Keeps what a child says in <data-dir>/logs/<name>.log and shows the errors it logs, shortly, on the terminal.
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';

/** Generations kept: server.log, server.1.log … server.4.log. */
const KEPT = 5;
/** A file is closed and rotated beyond this many bytes. */
const MAX_BYTES = 32e6;
/** The same error is shown once in this many ms; the log has every one. */
const REPEAT_AFTER_MS = 60_000;
/** Lines remembered for the reason a child ended with. */
const TAIL_LINES = 12;

/** @param {string} folder @param {string} name */
export function rotate(folder, name) {
  const file = (/** @type {number} */ age) =>
    path.join(folder, age === 0 ? `${name}.log` : `${name}.${age}.log`);
  for (let age = KEPT - 2; age >= 0; age -= 1) {
    if (existsSync(file(age))) renameSync(file(age), file(age + 1));
  }
  return file(0);
}

/**
 * @param {string} line a JSON log line, or anything
 * @returns {{severe: boolean, text: string, isLogged: boolean}} logged: the child lives and says so itself
 */
export function summarise(line) {
  try {
    const entry = JSON.parse(line);
    const severe = entry.level === 'error' || entry.level === 'fatal' || Number(entry.level) >= 50;
    const cause = entry.err?.message ?? entry.error?.message ?? entry.error;
    const text = [entry.event, entry.msg ?? entry.message, typeof cause === 'string' ? cause : undefined]
      .filter((part) => typeof part === 'string' && part !== '')
      .join(': ');
    return { severe, text: text || line, isLogged: true };
  } catch {
    // Not JSON: a crash report of Node itself, or a stray print.
    const severe = /^\s*(\w*Error\b|Uncaught)/.test(line);
    return { severe, text: line.trim().replace(/^\w*Error: /, ''), isLogged: false };
  }
}

/**
 * @param {{folder: string, name: string, report: import('../setup/reporter.mjs').Reporter}} place
 */
export function createChildLog({ folder, name, report }) {
  mkdirSync(folder, { recursive: true });
  let stream = openFile();
  let bytes = 0;
  let rest = '';
  /** @type {string[]} */
  const tail = [];
  /** @type {Map<string, number>} */
  const shownAt = new Map();

  function openFile() {
    const opened = createWriteStream(rotate(folder, name), { flags: 'a' });
    opened.on('error', (error) => report.say(`${name}: cannot write its log (${error.message})`));
    return opened;
  }

  /** @param {string} line */
  function takeLine(line) {
    if (line.trim() === '') return;
    tail.push(line);
    if (tail.length > TAIL_LINES) tail.shift();
    const { severe, text, isLogged } = summarise(line);
    // A crash report comes with an end, and who waits for the end says the reason.
    if (!severe || !isLogged) return;
    const now = Date.now();
    if (now - (shownAt.get(text) ?? 0) < REPEAT_AFTER_MS) return;
    if (shownAt.size > 200) shownAt.clear();
    shownAt.set(text, now);
    report.say(`${name}: ${text.slice(0, 300)}`);
  }

  return {
    file: path.join(folder, `${name}.log`),
    /** @param {Buffer} chunk */
    write(chunk) {
      stream.write(chunk);
      bytes += chunk.length;
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(takeLine);
      if (bytes > MAX_BYTES) {
        stream.end();
        stream = openFile();
        bytes = 0;
      }
    },
    /** The last thing it complained about, else the last line that is not its usual log, else where that log is. */
    reason() {
      const said = tail.map(summarise);
      const cause = said.findLast((entry) => entry.severe) ?? said.findLast((entry) => !entry.isLogged);
      return cause?.text ?? `it gave no reason, see ${path.join(folder, `${name}.log`)}`;
    },
    close() {
      stream.end();
    },
  };
}
