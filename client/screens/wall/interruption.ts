// Which red warning an unattended wall stops at, and for how long: one at a time in the order they came, each once.

/** A red warning stands so long when no other waits, ms. */
export const STAND_MS = 60_000;
/** And so long while another one waits, ms: no shorter than a scene in turn. */
export const STAND_WHILE_WAITED_MS = 20_000;
/** Warnings that had their turn are known by name up to so many, the latest. */
const REMEMBERED = 500;

export class Interruption {
  #current: string | null = null;
  #stoodMs = 0;
  #waiting = 0;
  readonly #shown = new Set<string>();

  /** The bulletin the wall stands at. */
  get current(): string | null {
    return this.#current;
  }

  /** Bulletins that come after it. */
  get waiting(): number {
    return this.#waiting;
  }

  /** What is left of its time, ms. */
  get leftMs(): number {
    return Math.max(0, this.#standMs - this.#stoodMs);
  }

  /** Time passes. @param inForce bulletins of red warnings in force, the oldest first */
  pass(ms: number, inForce: readonly string[]): void {
    this.#stoodMs += ms;
    this.#waiting = inForce.filter((bulletin) => !this.#shown.has(bulletin)).length;
    if (this.#current !== null && (!inForce.includes(this.#current) || this.leftMs === 0)) this.dismiss();
    if (this.#current !== null) return;
    const next = inForce.find((bulletin) => !this.#shown.has(bulletin));
    if (next === undefined) return;
    this.#current = next;
    this.#stoodMs = 0;
    this.#waiting--;
    this.#remember(next);
  }

  /** People have seen it. */
  dismiss(): void {
    this.#current = null;
  }

  get #standMs(): number {
    return this.#waiting > 0 ? STAND_WHILE_WAITED_MS : STAND_MS;
  }

  #remember(bulletin: string): void {
    this.#shown.add(bulletin);
    for (const first of this.#shown) {
      if (this.#shown.size <= REMEMBERED) break;
      this.#shown.delete(first);
    }
  }
}
