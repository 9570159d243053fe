// When a message is tried again, and when a gateway is left alone.
import { createBackOff, randomOf } from '../kit/back-off.ts';
import type { BackOff } from '../kit/back-off.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import { CodedError } from '../../contracts/errors.ts';

/** Waits after the first, second … failure, as senders of webhooks in the city do: 1, 5, 30, 120 minutes; then it is given up. */
const WAITS_MS = [1, 5, 30, 120].map((minutes) => minutes * 60_000);
/** Share of a wait that is random: what failed together does not come back together. */
const JITTER = 0.2;
/** Unit of the waits of a gateway that fails. */
const PERIOD_MS = 10_000;

/** Another try would meet the same answer. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['outbound/refused', 'outbound/host', 'outbound/address']);
export const isFinal = (error: unknown): boolean => error instanceof CodedError && FINAL.has(error.code);

/** Milliseconds to the next try; null: that was the last. `failures`: with this one. The same message waits the same. */
export function waitAfter(key: string, failures: number): number | null {
  const wait = WAITS_MS[failures - 1];
  if (wait === undefined) return null;
  return Math.round(wait * (1 + JITTER * (randomOf(`${key}#${failures}`)() - 0.5)));
}

/** One gateway's circuit: five failures in a row open it; then one message at a time probes it, after longer and longer waits. */
export class Circuit {
  readonly #backOff: BackOff;
  #until = 0;

  constructor(gateway: string) {
    this.#backOff = createBackOff(PERIOD_MS, randomOf(gateway));
  }

  /** How many messages may be on their way now. */
  room(now: number, usual: number): number {
    if (this.#backOff.state === 'closed') return usual;
    return now < this.#until ? 0 : 1;
  }

  /** Epoch ms; null: it is closed. */
  get pausedUntil(): number | null {
    return this.#backOff.state === 'open' ? this.#until : null;
  }

  success(): void {
    this.#backOff.success();
  }

  failure(now: number): void {
    this.#until = now + this.#backOff.failure();
  }
}
