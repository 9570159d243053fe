// A world and its simulated city go on together, step by step: the city says what is due, then the clock of the world
// moves on, then everything on its way arrives. How fast the machine is never changes what is seen.
import diagnostics from 'node:diagnostics_channel';
import type { ManualClock } from '../kit/clock.ts';

export interface LockStep {
  /** Both go on by `seconds`: at most ten or so, or what devices say is too far ahead of the clock of the world. */
  step(seconds: number): Promise<void>;
  /** Long steps where nobody looks: every device says one thing, up to `seconds` old; at most 300, as rivers go. */
  skim(seconds: number): Promise<void>;
  /** A call of the city's control desk; `body` absent: GET. @throws Error with its answer */
  control(address: string, body?: object): Promise<unknown>;
  close(): void;
}

/** Turns of the event loop without an answer outstanding after which a step is over. */
const CALM_TURNS = 5;
/** The two endless streams, and the control desk itself, are nobody's answer. */
const ENDLESS = /\/(traffic\/events|opinion\/stream|control)/;

interface Asked {
  readonly request: { readonly path: string; readonly origin: string | URL };
}

/** @param cityUrl "http://127.0.0.1:18080" */
export function createLockStep({ cityUrl, clock }: { cityUrl: string; clock: ManualClock }): LockStep {
  const waiting = new Set<object>();
  const began = (message: unknown): void => {
    const { request } = message as Asked;
    if (String(request.origin) === cityUrl && !ENDLESS.test(request.path)) waiting.add(request);
  };
  const over = (message: unknown): void => void waiting.delete((message as Asked).request);
  const channels = [
    ['undici:request:create', began],
    ['undici:request:trailers', over],
    ['undici:request:error', over],
  ] as const;
  for (const [channel, listen] of channels) diagnostics.subscribe(channel, listen);

  const control: LockStep['control'] = async (address, body) => {
    const request = body ? { method: 'POST', body: JSON.stringify(body) } : {};
    const answer = await fetch(cityUrl + address, request);
    if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const settle = async (): Promise<void> => {
    for (let calm = 0; calm < CALM_TURNS; calm += 1) {
      await turn();
      if (waiting.size > 0) calm = 0;
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
      clock.advance(seconds * 1000);
      await control('/control/clock', { advanceS: seconds, skim: true });
      await settle();
    },
    close: () => {
      for (const [channel, listen] of channels) diagnostics.unsubscribe(channel, listen);
    },
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
