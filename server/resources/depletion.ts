// How fast resources go: the last reports of each item in a ring of numbers, and a line through them (least squares).
// Too few reports, too short a time, or an amount that does not move say nothing, and that is what is said.
import type { Outlook } from '../../contracts/records/resource.ts';

/** Reports kept of each item: two hours at one in five minutes. */
const KEPT = 24;
/** A line through fewer reports, or through less time, is a guess. */
const LEAST_REPORTS = 4;
const LEAST_MS = 15 * 60_000;
/** What was reported longer ago than this says nothing of now. */
const WINDOW_MS = 2 * 3_600_000;
/** Beyond this nobody waits for the end, ms. */
const FARTHEST_MS = 72 * 3_600_000;

const HOUR_MS = 3_600_000;

/** One item of one resource. */
class Ring {
  readonly #at = new Float64Array(KEPT);
  readonly #amount = new Float64Array(KEPT);
  #count = 0;

  add(at: number, amount: number): void {
    const newest = this.#count === 0 ? -Infinity : (this.#at[(this.#count - 1) % KEPT] as number);
    // A report that is told again, or late, moves nothing.
    if (at <= newest) return;
    this.#at[this.#count % KEPT] = at;
    this.#amount[this.#count % KEPT] = amount;
    this.#count += 1;
  }

  outlook(now: number): Outlook | null {
    const held = Math.min(this.#count, KEPT);
    let [n, sumT, sumA, since] = [0, 0, 0, Infinity];
    let newest = -Infinity;
    for (let i = 0; i < held; i++) {
      const at = this.#at[i] as number;
      if (at < now - WINDOW_MS) continue;
      n += 1;
      sumT += at - now;
      sumA += this.#amount[i] as number;
      since = Math.min(since, at);
      newest = Math.max(newest, at);
    }
    if (n < LEAST_REPORTS || newest - since < LEAST_MS) return null;
    const [meanT, meanA] = [sumT / n, sumA / n];
    let [covariance, variance] = [0, 0];
    for (let i = 0; i < held; i++) {
      const at = this.#at[i] as number;
      if (at < now - WINDOW_MS) continue;
      const d = at - now - meanT;
      covariance += d * ((this.#amount[i] as number) - meanA);
      variance += d * d;
    }
    const perMs = covariance / variance;
    const left = this.#amount[(this.#count - 1) % KEPT] as number;
    const endsIn = perMs < 0 ? -left / perMs - (now - newest) : Infinity;
    return {
      perHour: perMs * HOUR_MS,
      emptyAt: endsIn <= FARTHEST_MS ? now + Math.max(0, endsIn) : null,
      reports: n,
      since,
    };
  }
}

/** Places are numbers the caller gives to an item of a resource: a slot of the table times the items, and the item. */
export class Depletion {
  readonly #rings: (Ring | undefined)[] = [];

  /** What an item was reported as. @param at the moment it speaks of, epoch ms */
  saw(place: number, at: number, amount: number): void {
    (this.#rings[place] ??= new Ring()).add(at, amount);
  }

  /** Another resource will stand there. */
  forget(place: number): void {
    this.#rings[place] = undefined;
  }

  /** null: reports say too little. */
  outlook(place: number, now: number): Outlook | null {
    return this.#rings[place]?.outlook(now) ?? null;
  }
}
