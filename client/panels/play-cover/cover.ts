// Why a playback shows no picture of its own now, and what can be done about it.
import type { WorldFacts } from '../../stores/worlds.ts';

export type Cover =
  /** The story is being fetched, or its world made. */
  | { readonly state: 'loading' | 'starting' }
  /** On its way to a moment: share of the way, 0 … 1. */
  | { readonly state: 'seeking'; readonly share: number }
  /** No such scenario on this server. */
  | { readonly state: 'none' }
  /** No room for another world: those that are there. */
  | { readonly state: 'full'; readonly worlds: readonly WorldFacts[] }
  | { readonly state: 'unavailable' | 'failed'; readonly reason: string; readonly leftS: number | null }
  /** The world was closed, or the server started again. */
  | { readonly state: 'gone'; readonly leftS: number | null }
  /** All told; `leftS`: seconds until it begins again by itself. */
  | { readonly state: 'ended'; readonly leftS: number | null };

/** What the buttons of a cover ask for. */
export type CoverAsk = 'again' | 'reset';
