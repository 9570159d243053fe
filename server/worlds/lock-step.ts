// A world and its simulated city go on together, step by step: the city says what is due, then the clock of the world
// moves on, then everything on its way arrives. How fast the machine is never changes what is seen.
import diagnostics from 'node:diagnostics_channel';
import type { Clock, ManualClock } from '../kit/clock.ts';

export interface LockStep {
  /**
   * Both go on by `seconds`: at most ten or so, or what devices say is too far ahead of the clock of the world.
   * @throws Error when the city does not answer
   */
  step(seconds: number): Promise<void>;
  /** Long steps where nobody looks: every device says one thing, up to `seconds` old; at most 300, as rivers go. */
  skim(seconds: number): Promise<void>;
  /** A call of the city's control desk; without `body` a question. @throws Error with its answer */
  control(address: string, body?: object): Promise<unknown>;
  close(): void;
}

export interface LockStepParts {
  /** "http://127.0.0.1:18080". */
  readonly cityUrl: string;
  readonly clock: ManualClock;
  /** What waiting for answers is measured by. */
  readonly wall: Clock;
}

/** Turns of the event loop without an answer outstanding after which a step is over. */
const CALM_TURNS = 5;
/** An answer that takes longer arrives in a later step: a source may be slow on purpose. */
const SETTLE_MS = 1000;
/** A city that says nothing for so long is gone. */
const ANSWER_MS = 60_000;

export function createLockStep({ cityUrl, clock, wall }: LockStepParts): LockStep {
  const answers = watchAnswers(cityUrl);
  const control: LockStep['control'] = async (address, body) => {
    const impatience = new AbortController();
    const timer = wall.after(ANSWER_MS, () => impatience.abort());
    const request = body ? { method: 'POST', body: JSON.stringify(body) } : {};
    try {
      const answer = await fetch(cityUrl + address, { ...request, signal: impatience.signal });
      if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
      return await answer.json();
    } finally {
      timer.stop();
    }
  };
  const settle = async (): Promise<void> => {
    const patience = wall.elapsed() + SETTLE_MS;
    for (let calm = 0; calm < CALM_TURNS; calm += 1) {
      await turn();
      if (answers.waiting > 0 && wall.elapsed() < patience) calm = 0;
    }
  };
  return {
    control,
    step: async (seconds) => {
      await control('/control/clock', { advanceS: seconds });
      clock.advance(seconds * 1000);
      await settle();
    },
    // The clock of the world goes first: what is said then is never ahead of it.
    skim: async (seconds) => {
      clock.skip(seconds * 1000);
      await control('/control/clock', { advanceS: seconds, skim: true });
      await settle();
    },
    close: answers.close,
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Told {
  readonly request: { readonly origin: string | URL };
  readonly response?: { readonly headers: readonly Buffer[] };
}

/** Media types of answers that never end: nobody waits for those. */
const ENDLESS = /^(text\/event-stream|application\/x-ndjson)/;

/** Counts the answers that this process waits for from one origin. */
function watchAnswers(origin: string): { readonly waiting: number; close(): void } {
  const waiting = new Set<object>();
  const began = (message: unknown): void => {
    const { request } = message as Told;
    if (String(request.origin) === origin) waiting.add(request);
  };
  const headed = (message: unknown): void => {
    const { request, response } = message as Told;
    const headers = response?.headers ?? [];
    const at = headers.findIndex((name, index) => index % 2 === 0 && /^content-type$/i.test(name.toString()));
    if (at >= 0 && ENDLESS.test(headers[at + 1]?.toString() ?? '')) waiting.delete(request);
  };
  const over = (message: unknown): void => void waiting.delete((message as Told).request);
  const channels = [
    ['undici:request:create', began],
    ['undici:request:headers', headed],
    ['undici:request:trailers', over],
    ['undici:request:error', over],
  ] as const;
  for (const [channel, listen] of channels) diagnostics.subscribe(channel, listen);
  return {
    get waiting() {
      return waiting.size;
    },
    close: () => {
      for (const [channel, listen] of channels) diagnostics.unsubscribe(channel, listen);
    },
  };
}
