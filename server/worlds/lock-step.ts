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
/** An answer that takes longer is asked after: a source may be slow on purpose, and then it arrives in a later step. */
const SETTLE_MS = 1000;
/** For what was answered before a question of ours to arrive. */
const LAST_MS = 100;
/** A new connection is taken up in one turn of the city and heard in the next: questions in a row that bring nothing else. */
const QUESTIONS = 3;
/** Of the time between two turns no more counts as waiting: in a longer one this process was not running itself. */
const TURN_MS = 5;
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
  const calm = async (withinMs: number): Promise<void> => {
    let waited = 0;
    let before = wall.elapsed();
    for (let turns = 0; turns < CALM_TURNS; turns += 1) {
      await turn();
      const now = wall.elapsed();
      waited += Math.min(now - before, TURN_MS);
      before = now;
      if (answers.waiting > 0 && waited < withinMs) turns = 0;
    }
  };
  const settle = async (): Promise<void> => {
    await calm(SETTLE_MS);
    // It answers in turn: what is still out when it has answered questions of ours is held back on purpose.
    for (let vain = 0; answers.waiting > 0 && vain < QUESTIONS;) {
      const before = answers.come;
      await control('/control/state');
      await calm(LAST_MS);
      vain = answers.come > before + 1 ? 0 : vain + 1;
    }
  };
  return {
    control,
    step: async (seconds) => {
      await control('/control/clock', { advanceS: seconds });
      clock.advance(seconds * 1000);
      await settle();
    },
    // The clock of the world goes first: what is said then is never ahead of it. Who asks does so when all is said: an
    // answer given on the way would be of a moment that hangs on the machine.
    skim: async (seconds) => {
      clock.jump(seconds * 1000);
      await control('/control/clock', { advanceS: seconds, skim: true });
      clock.advance(0);
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
function watchAnswers(origin: string): { readonly waiting: number; readonly come: number; close(): void } {
  const waiting = new Set<object>();
  let come = 0;
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
  const over = (message: unknown): void => {
    if (waiting.delete((message as Told).request)) come += 1;
  };
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
    /** Answers that have come, all in all. */
    get come() {
      return come;
    },
    close: () => {
      for (const [channel, listen] of channels) diagnostics.unsubscribe(channel, listen);
    },
  };
}
