// The frame of every command: stop signals, one sentence for what went wrong, no process left behind.
import { createFamily, repositoryRoot } from './processes.mjs';
import { exitCodes, Refusal } from './refusal.mjs';
import { createReporter } from './reporter.mjs';

const PARENT_CHECK_MS = 1000;

/** npm killed with -9 forwards nothing: under npm, a new parent means npm is gone. @param {() => void} onGone */
function watchNpm(onGone) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, PARENT_CHECK_MS).unref();
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof Refusal) return error.message;
  const failure = /** @type {NodeJS.ErrnoException} */ (error);
  if (failure?.code === 'ENOSPC')
    return `No space left on the disk (${failure.path ?? 'unknown file'}): free some.`;
  return failure?.stack ?? String(error);
}

/**
 * Runs `work` and ends the process: 0, the code of its refusal, or 1. A stop signal ends every child first;
 * being stopped is no failure, so the code is 0 then — unless `interruptedCode` says otherwise.
 * @param {(command: import('../start/launch.mjs').Launch) => Promise<number | void>} work
 * @param {{interruptedCode?: number, output?: NodeJS.WriteStream}} [options]
 */
export async function runCommand(work, { interruptedCode = 0, output = process.stderr } = {}) {
  const report = createReporter(output);
  const family = createFamily();
  const stop = new AbortController();
  /** @type {(() => void)[]} */
  const undo = [];
  let ending = false;

  const end = async (/** @type {number} */ code) => {
    if (ending) return;
    ending = true;
    stop.abort();
    await family.stopAll();
    for (const step of undo.reverse()) step();
    process.exit(code);
  };
  const onSignal = (/** @type {string} */ signal) => {
    if (!ending) report.say(`Stopping (${signal}) …`);
    void end(interruptedCode);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
  watchNpm(() => onSignal('npm is gone'));

  try {
    const code = await work({
      root: repositoryRoot,
      family,
      report,
      stopping: stop.signal,
      onStop: (step) => undo.push(step),
    });
    await end(code ?? 0);
  } catch (error) {
    if (!ending) report.say(explain(error));
    await end(error instanceof Refusal ? error.exitCode : exitCodes.failed);
  }
}
