// Brings something up to date at most once, also when `npm start` and `npm test` begin at the same moment.
import path from 'node:path';
import { withLock } from './lock-file.mjs';

/**
 * @param {{root: string, report: import('./reporter.mjs').Reporter}} setup
 * @param {{name: string, isCurrent: () => Promise<boolean>, build: () => Promise<void>}} work
 */
export async function buildOnce({ root, report }, { name, isCurrent, build }) {
  if (await isCurrent()) return;
  let told = false;
  const lock = {
    file: path.join(root, '.cache', `${name}.lock`),
    script: '.mjs',
    onWait: (/** @type {{pid: number}} */ holder) => {
      if (!told) report.say(`Waiting for process ${holder.pid}, which is at the same work (${name}) …`);
      told = true;
    },
  };
  await withLock(lock, async () => {
    if (!(await isCurrent())) await build();
  });
}
