// The small memory of the feeds: cursors and last event ids. It is kept on disk together with the rows it stands for
// (state/snapshot.ts), so that an outage of ours is back-filled rather than skipped.

/** By feed, by name. */
type Cursors = Readonly<Record<string, Readonly<Record<string, string>>>>;

export class FeedMemory {
  readonly #feeds = new Map<string, Map<string, string>>();

  of(feed: string): { get(name: string): string | null; set(name: string, value: string): void } {
    const values = this.#feeds.get(feed) ?? new Map<string, string>();
    this.#feeds.set(feed, values);
    return {
      get: (name) => values.get(name) ?? null,
      set: (name, value) => void values.set(name, value),
    };
  }

  /** What all feeds remember now; later changes do not reach it. */
  capture(): Cursors {
    return Object.fromEntries([...this.#feeds].map(([feed, values]) => [feed, Object.fromEntries(values)]));
  }

  /** What was captured before; call it before feeds start. */
  restore(cursors: Cursors): void {
    for (const [feed, values] of Object.entries(cursors)) {
      this.#feeds.set(feed, new Map(Object.entries(values)));
    }
  }
}
