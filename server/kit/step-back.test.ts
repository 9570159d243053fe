import { getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { stepBack } from './step-back.ts';

/** Its own priority after it has stepped back, as the system tells it (proc(5): stat, field 19). */
const script = `
  import(${JSON.stringify(new URL('./step-back.ts', import.meta.url).href)}).then(({ stepBack }) => {
    stepBack();
    const stat = require('node:fs').readFileSync('/proc/thread-self/stat', 'utf8');
    require('node:worker_threads').parentPort.postMessage(Number(stat.slice(stat.lastIndexOf(')')).split(' ')[17]));
  });
`;

test.runIf(process.platform === 'linux')('a thread steps back, and no other with it', async () => {
  const before = getPriority();
  const worker = new Worker(script, { eval: true });
  const priority = await new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject));
  expect(priority).toBe(10);
  expect(getPriority()).toBe(before);
});

test('the main thread stays where it is', () => {
  const before = getPriority();
  stepBack();
  expect(getPriority()).toBe(before);
});
