// Benches run as separate processes (driver, server, load) that call each other by name: typed commands over fork.
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';

/** What a process can be asked: name → function of one body. */
export type Commands = { readonly [name: string]: (body: never) => unknown };
type Body<F> = F extends (body: infer B) => unknown ? B : never;
type Answer<F> = F extends (body: never) => infer R ? Awaited<R> : never;

interface Question {
  readonly id: number;
  readonly name: string;
  readonly body: unknown;
}

interface Reply {
  readonly id: number;
  readonly body?: unknown;
  readonly error?: string;
}

/** In the child: answers the driver until it goes away. */
export function answer(commands: Commands): void {
  process.on('message', ({ id, name, body }: Question) => {
    void Promise.resolve()
      .then(() => commands[name]?.(body as never))
      .then(
        (result): Reply => ({ id, body: result }),
        (error: unknown): Reply => ({
          id,
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
      )
      .then((reply) => process.send?.(reply));
  });
  process.once('disconnect', () => process.exit(0));
}

interface Waiting {
  resolve(body: unknown): void;
  reject(error: Error): void;
  readonly timer: NodeJS.Timeout;
}

/** Time to end by itself. */
const STOP_MS = 3000;

export class Child<C extends Commands> {
  readonly #process: ChildProcess;
  readonly #name: string;
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;

  /** `file`: a module that calls `answer` with commands of type C. */
  static start<C extends Commands>(file: URL, nodeOptions: readonly string[] = []): Child<C> {
    return new Child<C>(file, nodeOptions);
  }

  private constructor(file: URL, nodeOptions: readonly string[]) {
    this.#name = file.pathname.split('/').at(-1) ?? '';
    this.#process = fork(file, { serialization: 'advanced', execArgv: [...nodeOptions] });
    this.#process.on('message', (reply: Reply) => this.#settle(reply));
    this.#process.once('exit', (code, signal) => this.#fail(`ended with ${signal ?? code}`));
  }

  /** @throws Error naming process and command, when it fails or does not answer in time */
  call<K extends keyof C & string>(name: K, body: Body<C[K]>, timeoutMs = 60_000): Promise<Answer<C[K]>> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error(`${this.#name}: ${name} did not answer in ${timeoutMs} ms`));
      }, timeoutMs);
      this.#waiting.set(id, { resolve: resolve as (body: unknown) => void, reject, timer });
      this.#process.send({ id, name, body } satisfies Question);
    });
  }

  /** Lets the process end, then ends it. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    if (this.#process.connected) this.#process.disconnect();
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(timer);
  }

  #settle({ id, body, error }: Reply): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (error === undefined) waiting.resolve(body);
    else waiting.reject(new Error(`${this.#name}: ${error}`));
  }

  #fail(how: string): void {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new Error(`${this.#name} ${how}`));
    }
    this.#waiting.clear();
  }
}
