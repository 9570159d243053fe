// Scenes in turn on a wall that nobody steers: how long the present one has stood, and what stops the turning.

/** After a touch or a key the wall is somebody's for this long, ms. */
export const PAUSE_MS = 120_000;

export type RotationPhase = 'turning' | 'paused' | 'held';

export class Rotation {
  #phase: RotationPhase = 'turning';
  #stoodMs = 0;
  #pauseLeftMs = 0;

  get phase(): RotationPhase {
    return this.#phase;
  }

  /** Share of its time that the scene has stood, 0–1. */
  share(standMs: number): number {
    return Math.min(1, this.#stoodMs / standMs);
  }

  /** Time passes; true when it is the next scene's turn. */
  pass(ms: number, standMs: number): boolean {
    if (this.#phase === 'paused') {
      this.#pauseLeftMs -= ms;
      if (this.#pauseLeftMs <= 0) this.#phase = 'turning';
      return false;
    }
    if (this.#phase === 'held') return false;
    this.#stoodMs += ms;
    if (this.#stoodMs < standMs) return false;
    this.#stoodMs = 0;
    return true;
  }

  /** Somebody is there. */
  touch(): void {
    if (this.#phase === 'held') return;
    this.#phase = 'paused';
    this.#pauseLeftMs = PAUSE_MS;
  }

  /** Something must be seen: no turning until people let it go on. */
  hold(): void {
    this.#phase = 'held';
  }

  /** Goes on, with the present scene from its beginning. */
  resume(): void {
    this.#phase = 'turning';
    this.#stoodMs = 0;
  }
}

/** The one after `slug`, from the last to the first; null with fewer than two. */
export function nextOf(slugs: readonly string[], slug: string | null): string | null {
  if (slugs.length < 2) return null;
  return slugs[(slugs.indexOf(slug ?? '') + 1) % slugs.length] ?? null;
}
