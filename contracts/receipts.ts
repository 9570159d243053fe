// When a client acknowledges: not every packet, but always before the server could take it for slow.

/** Packets a client that keeps up leaves unacknowledged at most, and this one is then due. */
export const RECEIPT_PACKETS = 4;
/** So many bytes are acknowledged at once, however few packets they came in. */
export const RECEIPT_BYTES = 256 * 1024;

export class Receipts {
  #packets = 0;
  #bytes = 0;

  /** A packet of `bytes` is in the tables → whether to acknowledge now all there is up to it. */
  isDue(bytes: number): boolean {
    this.#packets += 1;
    this.#bytes += bytes;
    if (this.#packets < RECEIPT_PACKETS && this.#bytes < RECEIPT_BYTES) return false;
    this.#packets = 0;
    this.#bytes = 0;
    return true;
  }
}
