// Child processes as a family: each leads its own process group, so that stopping one stops its
// whole tree; a hanging one is killed; all of them notice when this process is killed (parent-watch).
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How long a child may take to end by itself before it is killed. */
export const KILL_AFTER_MS = 5000;

const parentWatch = new URL('../parent-watch.mjs', import.meta.url).href;
/** What Node has compiled before it loads in two thirds of the time. */
const COMPILED = fileURLToPath(new URL('../../.cache/compiled', import.meta.url));

/**
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 * @typedef {{cwd?: string, env?: Record<string, string | undefined>, stdio?: import('node:child_process').StdioOptions}} SpawnOptions
 * @typedef {ReturnType<typeof createFamily>} Family
 */

/**
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // ESRCH: the whole group is gone already, which is what was wanted.
  }
}

/** @param {ChildProcess} child */
function hasEnded(child) {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/**
 * Stops a process and everything it started: SIGTERM, after `killAfterMs` SIGKILL.
 * @param {ChildProcess} child
 * @param {number} [killAfterMs]
 */
export async function stopTree(child, killAfterMs = KILL_AFTER_MS) {
  if (!hasEnded(child)) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    signalGroup(child, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), killAfterMs);
    await ended;
    clearTimeout(timer);
  }
  signalGroup(child, 'SIGKILL'); // what the leader left behind
}

/** Creates an empty family; whoever creates it calls `stopAll` before ending. */
export function createFamily({ killAfterMs = KILL_AFTER_MS } = {}) {
  /** @type {Set<ChildProcess>} */
  const children = new Set();

  /**
   * @param {string} command
   * @param {string[]} args
   * @param {SpawnOptions} [options]
   */
  function start(command, args, options = {}) {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env, COCKPIT_PARENT_PID: String(process.pid) },
      stdio: options.stdio ?? ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    children.add(child);
    child.once('exit', () => {
      children.delete(child);
      signalGroup(child, 'SIGKILL');
    });
    child.once('error', () => children.delete(child));
    return child;
  }

  /**
   * A Node program that ends when this process does, however this process ends.
   * @param {string} node path of the Node binary
   * @param {string[]} args script and its arguments
   * @param {SpawnOptions} [options]
   */
  function startNode(node, args, options = {}) {
    const env = { NODE_COMPILE_CACHE: COMPILED, ...options.env };
    return start(node, ['--import', parentWatch, ...args], { ...options, env });
  }

  /** Stops every process tree; resolves when none is left. */
  async function stopAll() {
    await Promise.all([...children].map((child) => stopTree(child, killAfterMs)));
  }

  return { start, startNode, stopAll };
}

/**
 * Waits for a child's end, collecting what it prints.
 * @param {ChildProcess} child
 * @param {(line: string) => void} [onLine] called for each line of either stream
 * @returns {Promise<{code: number, output: string}>} code 127 when it could not be started
 */
export function collect(child, onLine) {
  return new Promise((resolve) => {
    let output = '';
    let rest = '';
    const take = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString('utf8');
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine?.(line);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** The repository root. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
