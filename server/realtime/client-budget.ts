// How much one client may have under way. Beyond it nothing is queued: the client is marked behind and gets one key
// packet when it has caught up, so a stalled screen costs two frames of memory and nobody else anything.

/** Packets that may be unacknowledged. */
const MAX_PACKETS = 2;
/** Bytes that may be unacknowledged; a single larger packet still goes out when nothing else is under way. */
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
      this.#underWay.length >= MAX_PACKETS || (this.#underWay.length > 0 && this.#bytes + bytes > MAX_BYTES);
    if (isFull) this.#skippedFrom = tick;
    return !isFull;
  }

  sent(tick: number, bytes: number): void {
    this.#underWay.push({ tick, bytes });
    this.#bytes += bytes;
  }

  /** The client applied everything up to `tick` → true when it was behind and has caught up. */
  applied(tick: number): boolean {
    while (this.#underWay.length > 0 && (this.#underWay[0] as UnderWay).tick <= tick) {
      this.#bytes -= (this.#underWay.shift() as UnderWay).bytes;
    }
    return this.#skippedFrom !== null && this.#underWay.length === 0;
  }

  /** A key packet is next: what is still under way no longer matters. */
  reset(): void {
    this.#underWay = [];
    this.#bytes = 0;
    this.#skippedFrom = null;
  }
}
