// Asks the server for stretches of the past.
import { inflateSync } from 'fflate';
import { splitStretch, type PastClock, type Stretch } from '../../contracts/stretch.ts';
import { ofWorld } from '../world.ts';

const DEFLATED = 1;

export interface StretchAsk {
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
  readonly clock: PastClock;
  /** The tables of this page are void. */
  readonly isFresh: boolean;
}

export type AskStretch = (ask: StretchAsk, signal: AbortSignal) => Promise<Stretch>;

/** A past that can be shown: what the server remembers, or a recording. */
export interface PastSource {
  readonly ask: AskStretch;
  /** Where it begins, epoch ms; null: it goes on to now, and ends in it. */
  readonly from: number | null;
  /** Where it ends for good; null: now. */
  readonly edge: () => number | null;
}

/** A reader of its own on the server at `url`; its questions throw an Error that says what went wrong. */
export function stretchReader(url: string, world: string): PastSource {
  const reader = nameOfReader();
  const ask: AskStretch = async ({ from, to, stepMs, clock, isFresh }, signal) => {
    const query = new URLSearchParams({
      reader,
      from: String(Math.round(from)),
      to: String(Math.round(to)),
      stepMs: String(stepMs),
      clock,
      fresh: String(isFresh),
    });
    const response = await fetch(ofWorld(`${url}/api/history/replay?${query.toString()}`, world), { signal });
    if (!response.ok) throw new Error(await reasonOf(response));
    const bytes = new Uint8Array(await response.arrayBuffer());
    const body = bytes.subarray(1);
    return splitStretch(bytes[0] === DEFLATED ? inflateSync(body) : body);
  };
  return { ask, from: null, edge: () => null };
}

/** Also where the page is not served securely. */
const nameOfReader = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

async function reasonOf(response: Response): Promise<string> {
  const status = `HTTP ${response.status}`;
  try {
    const body = (await response.json()) as { message?: unknown };
    return typeof body.message === 'string' ? body.message : status;
  } catch {
    return status;
  }
}
