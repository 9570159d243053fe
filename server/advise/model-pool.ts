// Threads for decision models: a few at once, the others wait in order. A run that takes too long, runs out of memory or is
// cancelled ends with its thread, and a fresh one takes the next: no model can harm the server.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Clock, Timer } from '../kit/clock.ts';
import type { AskedModel, ToldByModel } from './model-worker.ts';
import type { ModelAnswer, ModelJob, ModelPool } from './port.ts';

/** A core is left for the server itself. */
const MOST_THREADS = Math.max(1, Math.min(2, availableParallelism() - 1));
/** Of one thread: a model that needs more is wrong. */
const MEMORY_MB = 512;

/** The run was ended, by whom it may concern or by its limit. */
export class ModelEnded extends Error {
  readonly isCancelled: boolean;

  constructor(message: string, isCancelled: boolean) {
    super(message);
    this.name = 'ModelEnded';
    this.isCancelled = isCancelled;
  }
}

interface Held {
  readonly job: ModelJob;
  readonly resolve: (answer: ModelAnswer) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  busy: { readonly held: Held; readonly limit: Timer } | null;
}

export class ThreadPool implements ModelPool {
  readonly #wall: Clock;
  readonly #threads = new Set<Thread>();
  readonly #queue: Held[] = [];

  /** `wall`: what limits are measured by, whatever the clock of a world does. */
  constructor(wall: Clock) {
    this.#wall = wall;
  }

  get waiting(): number {
    return this.#queue.length + [...this.#threads].filter(({ busy }) => busy).length;
  }

  run(job: ModelJob): ReturnType<ModelPool['run']> {
    const { promise, resolve, reject } = Promise.withResolvers<ModelAnswer>();
    const held: Held = { job, resolve, reject };
    this.#queue.push(held);
    this.#next();
    return { answer: promise, cancel: () => this.#cancel(held) };
  }

  /** Ends every thread; what waits is rejected. */
  async close(): Promise<void> {
    for (const held of this.#queue.splice(0)) held.reject(new ModelEnded('the server ends', true));
    await Promise.all([...this.#threads].map((thread) => this.#end(thread, 'the server ends', true)));
  }

  #next(): void {
    const [held] = this.#queue;
    if (!held) return;
    const idle = [...this.#threads].find(({ busy }) => !busy);
    const thread = idle ?? (this.#threads.size < MOST_THREADS ? this.#open() : null);
    if (!thread) return;
    this.#queue.shift();
    const { file, snapshot, params, limitS } = held.job;
    const limit = this.#wall.after(limitS * 1000, () => {
      void this.#end(thread, `it took longer than ${limitS} s`, false);
    });
    thread.busy = { held, limit };
    thread.worker.ref();
    held.job.onStart();
    thread.worker.postMessage({ file, snapshot, params } satisfies AskedModel);
    this.#next();
  }

  #open(): Thread {
    const worker = new Worker(new URL('model-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const thread: Thread = { worker, busy: null };
    this.#threads.add(thread);
    worker.on('message', (told: ToldByModel) => this.#heard(thread, told));
    worker.on('error', (error) => void this.#end(thread, `its thread failed: ${error.message}`, false));
    worker.on('exit', () => void this.#end(thread, 'its thread ended', false));
    worker.unref();
    return thread;
  }

  #heard(thread: Thread, told: ToldByModel): void {
    if (!thread.busy) return;
    const { held, limit } = thread.busy;
    if ('progress' in told) return held.job.onProgress(Math.min(1, Math.max(0, told.progress)));
    limit.stop();
    thread.busy = null;
    thread.worker.unref();
    if ('answer' in told) held.resolve(told.answer);
    else held.reject(new Error(told.fault));
    this.#next();
  }

  #cancel(held: Held): void {
    const at = this.#queue.indexOf(held);
    if (at >= 0) {
      this.#queue.splice(at, 1);
      return held.reject(new ModelEnded('cancelled', true));
    }
    for (const thread of this.#threads)
      if (thread.busy?.held === held) void this.#end(thread, 'cancelled', true);
  }

  async #end(thread: Thread, why: string, isCancelled: boolean): Promise<void> {
    if (!this.#threads.delete(thread)) return;
    const { busy } = thread;
    thread.busy = null;
    busy?.limit.stop();
    busy?.held.reject(new ModelEnded(why, isCancelled));
    await thread.worker.terminate();
    this.#next();
  }
}
