// Thresholds that people changed over those of the definitions. They count from the moment they are set: each row says
// by which it was judged, so that history keeps what was in force then.
import type { Direction, Limits } from './score.ts';
import { limitsFault, limitsInForce } from './score.ts';

interface Defined {
  readonly slug: string;
  readonly limits: readonly Limits[];
  readonly direction: Direction;
}

export class Bands {
  readonly #codes = new Map<string, readonly number[]>();
  readonly #revisions = new Map<string, number>();

  /** `code` null: that of the definition again. */
  set(slug: string, code: readonly number[] | null): void {
    if (code) this.#codes.set(slug, code);
    else this.#codes.delete(slug);
    this.#revisions.set(slug, this.revisionOf(slug) + 1);
  }

  /** Raised with every change of one indicator. */
  revisionOf(slug: string): number {
    return this.#revisions.get(slug) ?? 0;
  }

  /** What an indicator is judged by on a local day; null: nothing is said. */
  inForce({ slug, limits }: Defined, day: string): Limits | null {
    const set = limitsInForce(limits, day);
    const code = this.#codes.get(slug);
    return set && code ? { ...set, code } : set;
  }

  /** The dated sets as they hold now: the one without an end with what was changed. */
  sets({ slug, limits }: Defined): readonly Limits[] {
    const code = this.#codes.get(slug);
    return code ? limits.map((set) => (set.to === null ? { ...set, code } : set)) : limits;
  }
}

/** What is wrong with other thresholds of an indicator; null: they fit. */
export function codeFault({ limits, direction }: Defined, code: readonly number[]): string | null {
  const set = limits.find(({ to }) => to === null);
  if (!set || set.code.length === 0) return 'it has no thresholds';
  if (code.length !== set.code.length)
    return direction === 'band' ? 'a band needs two values' : 'needs three values a, b, c';
  return limitsFault(direction, { ...set, code });
}
