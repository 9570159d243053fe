// Failed sign-ins: five in ten minutes lock a name for half an hour, whether or not there is such an account; many from
// one address are slowed down whatever names they try.
import type { Clock } from '../kit/clock.ts';

const MINUTE_MS = 60_000;
const WITHIN_MS = 10 * MINUTE_MS;
const LOCKED_MS = 30 * MINUTE_MS;
const MOST_OF_NAME = 5;
const MOST_OF_ADDRESS = 30;
/** Names and addresses that are remembered; the oldest go first. */
const MOST_KEPT = 10_000;

interface Tries {
  at: number[];
  lockedUntil: number;
}

export class LockOut {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #tries = new Map<string, Tries>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  isLocked(name: string, address: string): boolean {
    const now = this.#clock.now();
    return [nameKey(name), addressKey(address)].some((key) => (this.#tries.get(key)?.lockedUntil ?? 0) > now);
  }

  /** → whether the name is locked now. */
  failed(name: string, address: string): boolean {
    this.#note(addressKey(address), MOST_OF_ADDRESS);
    return this.#note(nameKey(name), MOST_OF_NAME);
  }

  /** After a sign-in, or by who keeps the accounts. */
  forget(name: string): void {
    this.#tries.delete(nameKey(name));
  }

  #note(key: string, most: number): boolean {
    const now = this.#clock.now();
    const { at, lockedUntil } = this.#tries.get(key) ?? { at: [], lockedUntil: 0 };
    const recent = [...at.filter((moment) => moment > now - WITHIN_MS), now];
    const isFull = recent.length >= most;
    this.#tries.delete(key);
    this.#tries.set(key, { at: recent.slice(-most), lockedUntil: isFull ? now + LOCKED_MS : lockedUntil });
    for (const oldest of this.#tries.keys()) {
      if (this.#tries.size <= MOST_KEPT) break;
      this.#tries.delete(oldest);
    }
    return isFull;
  }
}

const nameKey = (name: string): string => `name ${name.toLowerCase()}`;
const addressKey = (address: string): string => `address ${address}`;
