// How much one client may have under way. Beyond it nothing is queued: the client is marked behind and gets one key
// packet when it has caught up, so a stalled screen costs a few frames of memory and nobody else anything.
import { RECEIPT_BYTES, RECEIPT_PACKETS } from '../../contracts/receipts.ts';

/** Packets that may be unacknowledged: those a client answers at once for, and two on their way. */
const MAX_PACKETS = RECEIPT_PACKETS + 2;
/** Bytes that may be unacknowledged; a packet that goes beyond still goes out when nothing is overdue. */
const MAX_BYTES = 1024 * 1024;

interface UnderWay {
  readonly tick: number;
  readonly bytes: number;
}

export class ClientBudget {
  #underWay: UnderWay[] = [];
  #bytes = 0;
  #skippedFrom: number | null = null;

  /** First tick that was skipped; null: the client is up to date. */
  get skippedFrom(): number | null {
    return this.#skippedFrom;
  }

  /** May this packet go out? If not, the client is behind from `tick` on. */
  admits(tick: number, bytes: number): boolean {
    if (this.#skippedFrom !== null) return false;
    const isFull =
      this.#underWay.length >= MAX_PACKETS ||
      (this.#bytes >= RECEIPT_BYTES && this.#bytes + bytes > MAX_BYTES);
    if (isFull) this.#skippedFrom = tick;
    return !isFull;
  }

  sent(tick: number, bytes: number): void {
    this.#underWay.push({ tick, bytes });
    this.#bytes += bytes;
  }

  /** The client applied everything up to `tick` → true when it was behind and has caught up: nothing is overdue. */
  applied(tick: number): boolean {
    while (this.#underWay.length > 0 && (this.#underWay[0] as UnderWay).tick <= tick) {
      this.#bytes -= (this.#underWay.shift() as UnderWay).bytes;
    }
    const isOverdue = this.#underWay.length >= RECEIPT_PACKETS || this.#bytes >= RECEIPT_BYTES;
    return this.#skippedFrom !== null && !isOverdue;
  }

  /** A key packet is next: what is still under way no longer matters. */
  reset(): void {
    this.#underWay = [];
    this.#bytes = 0;
    this.#skippedFrom = null;
  }
}
