// The time cursor as the worker plays it and the page shows it.
import type { PastClock } from '../../contracts/stretch.ts';

export type CursorState = 'live' | 'paused' | 'replay';

/** What people ask of it. */
export type CursorWish =
  /** To a moment of the past, epoch ms; it plays on from there only if it played. */
  | { readonly do: 'seek'; readonly at: number }
  | { readonly do: 'play' }
  | { readonly do: 'pause' }
  | { readonly do: 'speed'; readonly speed: number }
  /** To the next speed up or down. */
  | { readonly do: 'hurry'; readonly by: 1 | -1 }
  /** By so much forward, or back where it is negative; milliseconds of the city. */
  | { readonly do: 'step'; readonly byMs: number }
  /** Over and over from one moment to another; null: no more. */
  | { readonly do: 'loop'; readonly range: readonly [from: number, to: number] | null }
  /** What was known then, or what was true. */
  | { readonly do: 'clock'; readonly clock: PastClock }
  | { readonly do: 'live' };

/** Where it stands. */
export interface Cursor {
  readonly state: CursorState;
  /** City clock, epoch ms, at the local moment `saidAt`; it runs on by itself while it plays. Live: without meaning. */
  readonly at: number;
  readonly saidAt: number;
  readonly speed: number;
  /** Stands although it should move: what comes next is not there yet. */
  readonly isWaiting: boolean;
  /** Milliseconds between two states that are shown; 0: every tick. */
  readonly stepMs: number;
  readonly loop: readonly [from: number, to: number] | null;
  /** Whether the rows are those that were known, or those that were true. */
  readonly clock: PastClock;
  /** Layers of which nothing is recorded at this moment. */
  readonly absent: readonly string[];
  /** Why the past could not be had; '' while it can. */
  readonly fault: string;
  /** How many wishes it has taken since the page was opened: fewer than were made, and it is about to change. */
  readonly wishes: number;
}

export const LIVE: Cursor = {
  state: 'live',
  at: 0,
  saidAt: 0,
  speed: 1,
  isWaiting: false,
  stepMs: 0,
  loop: null,
  clock: 'known',
  absent: [],
  fault: '',
  wishes: 0,
};

/** Where it stands at a local moment, epoch ms. */
export const cursorAt = ({ state, at, saidAt, speed, isWaiting }: Cursor, localNow: number): number =>
  state === 'replay' && !isWaiting ? at + Math.max(0, localNow - saidAt) * speed : at;
