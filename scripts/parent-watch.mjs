// Preloaded (`--import`) into every Node program the launcher starts. When the process named in
// COCKPIT_PARENT_PID is no longer our parent it has been killed: ask this program to stop, then make it.
// A thread of its own does the watching, so that a blocked main loop cannot outlive its launcher.
import process from 'node:process';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const CHECK_EVERY_MS = 500;
const KILL_AFTER_MS = 5000;

if (isMainThread) {
  const parentPid = Number(process.env.COCKPIT_PARENT_PID);
  // Not for our own children: their parent is another one.
  delete process.env.COCKPIT_PARENT_PID;
  if (Number.isInteger(parentPid) && parentPid > 0) {
    const watcher = new Worker(new URL(import.meta.url), {
      workerData: { cockpitParentPid: parentPid },
      execArgv: [],
      stdout: false,
      stderr: false,
    });
    watcher.unref();
  }
} else if (workerData?.cockpitParentPid) {
  const timer = setInterval(() => {
    if (process.ppid === workerData.cockpitParentPid) return;
    clearInterval(timer);
    signalOwnGroup('SIGTERM');
    setTimeout(() => signalOwnGroup('SIGKILL'), KILL_AFTER_MS);
  }, CHECK_EVERY_MS);
}

/** @param {NodeJS.Signals} signal */
function signalOwnGroup(signal) {
  try {
    process.kill(-process.pid, signal); // the launcher made us leader of our group
  } catch {
    process.kill(process.pid, signal);
  }
}
