// A thread of history, started when it is first asked; orders are done one after the other.
import { Worker } from 'node:worker_threads';
import type { Answered, Asked, OrderName, Orders, ThreadSetup } from './orders.ts';

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class HistoryThread {
  readonly #setup: ThreadSetup;
  #worker: Worker | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  constructor(setup: ThreadSetup) {
    this.#setup = setup;
  }

  /** Orders that are not answered yet. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Rejects with what the thread says went wrong, or when it ends. */
  ask<K extends OrderName>(name: K, ask: Orders[K]['ask']): Promise<Orders[K]['answer']> {
    const worker = (this.#worker ??= this.#start());
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      worker.postMessage({ id, name, ask } satisfies Asked);
    });
  }

  /** Starts before it is asked: the first one to ask waits for nothing. */
  warm(): void {
    this.#worker ??= this.#start();
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL('history-worker.ts', import.meta.url), { workerData: this.#setup });
    worker.unref();
    worker.on('message', ({ id, answer, error }: Answered) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting?.resolve(answer);
      else waiting?.reject(new Error(error));
    });
    const end = (reason: string): void => {
      if (this.#worker === worker) this.#worker = null;
      for (const { reject } of this.#waiting.values()) reject(new Error(reason));
      this.#waiting.clear();
    };
    worker.on('error', (error) => end(`the history thread failed: ${String(error)}`));
    worker.on('exit', () => end('the history thread ended'));
    return worker;
  }
}
