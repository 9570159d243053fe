// Frames as they are: for the debug overlay and the tests.

const KEPT = 120;

export class FrameStats {
  frames = 0;
  private readonly spans: number[] = [];
  private lastAt = 0;

  /** @param nowMs monotonic */
  note(nowMs: number): void {
    if (this.lastAt > 0) {
      this.spans.push(nowMs - this.lastAt);
      if (this.spans.length > KEPT) this.spans.shift();
    }
    this.lastAt = nowMs;
    this.frames++;
  }

  get fps(): number {
    const mean = this.meanMs;
    return mean > 0 ? 1000 / mean : 0;
  }

  get meanMs(): number {
    return this.spans.length === 0 ? 0 : this.spans.reduce((sum, span) => sum + span, 0) / this.spans.length;
  }

  get worstMs(): number {
    return Math.max(0, ...this.spans);
  }
}

export const frameStats = new FrameStats();
