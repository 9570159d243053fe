// What a screen chose for a layer instead of what its look says. Travels to the worker.
import type { Kind, Test } from './look.ts';

export interface Choice {
  readonly kinds: readonly Kind[] | null;
  /** Rows that fail one of these are left out. */
  readonly filter: readonly Test[];
}

export const NO_CHOICE: Choice = { kinds: null, filter: [] };
