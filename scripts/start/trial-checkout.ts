// A checkout in a temporary folder: our real scripts, stand-ins for everything they start. For tests only.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../setup/lock-file.mjs';
import { freePort } from '../setup/preflight.mjs';
import { repositoryRoot } from '../setup/processes.mjs';

export interface Run {
  child: ChildProcess;
  stdout: () => string;
  stderr: () => string;
  ended: Promise<number | null>;
}

export interface Checkout {
  root: string;
  port: number;
  start: (args?: string[], env?: Record<string, string>) => Run;
  read: (file: string) => string;
  /** Processes that stand-ins noted and that still live. */
  alive: () => number[];
  remove: () => void;
}

/** Waits until `what` holds; fails loudly with `label` after 30 s. */
export async function until(label: string, what: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await what()) return;
    await sleep(50);
  }
  throw new Error(`gave up waiting: ${label}`);
}

function layOut(root: string): void {
  const standIns = path.join(repositoryRoot, 'scripts/fixtures/stand-ins');
  const place = (from: string, to: string): void => {
    mkdirSync(path.dirname(path.join(root, to)), { recursive: true });
    cpSync(from, path.join(root, to), { recursive: true });
  };
  place(path.join(repositoryRoot, 'scripts'), 'scripts');
  place(path.join(standIns, 'server.ts'), 'server/main.ts');
  place(path.join(standIns, 'simulated-city.ts'), 'mock-feeds/main.ts');
  place(path.join(standIns, 'tiles.ts'), 'tilesets/build.ts');
  place(path.join(standIns, 'vite.js'), 'node_modules/vite/bin/vite.js');
  mkdirSync(path.join(root, 'cities/tiny'), { recursive: true });
  mkdirSync(path.join(root, 'node_modules/node/bin'), { recursive: true });
  symlinkSync(process.execPath, path.join(root, 'node_modules/node/bin/node'));
  const put = (file: string, value: object): void =>
    writeFileSync(path.join(root, file), JSON.stringify(value));
  put('package.json', {
    type: 'module',
    config: { city: 'tiny' },
    dependencies: { node: process.versions.node },
  });
  put('node_modules/vite/package.json', { type: 'commonjs' });
  put('package-lock.json', { lockfileVersion: 3, packages: { '': {} } });
  put('node_modules/.package-lock.json', { packages: {} });
  writeFileSync(path.join(root, 'cities/tiny/city.yaml'), 'id: tiny\n');
}

export async function createCheckout(): Promise<Checkout> {
  const root = mkdtempSync(path.join(tmpdir(), 'checkout-'));
  layOut(root);
  const port = await freePort('127.0.0.1');
  const read = (file: string): string =>
    existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : '';
  const alive = (): number[] => read('pids.txt').split('\n').filter(Boolean).map(Number).filter(isAlive);
  const runs: ChildProcess[] = [];
  return {
    root,
    port,
    read,
    alive,
    start(args = ['--port', String(port)], env = {}) {
      const child = spawn(process.execPath, ['scripts/start.mjs', ...args], {
        cwd: root,
        env: { ...process.env, npm_lifecycle_event: '', ...env },
      });
      runs.push(child);
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      const ended = new Promise<number | null>((resolve) => void child.once('close', resolve));
      return { child, stdout: () => stdout, stderr: () => stderr, ended };
    },
    remove() {
      for (const child of runs) child.kill('SIGKILL');
      for (const pid of alive()) process.kill(pid, 'SIGKILL');
      rmSync(root, { recursive: true, force: true });
    },
  };
}
