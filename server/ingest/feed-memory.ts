// The small durable memory of a feed: cursors and last event ids, one JSON file a feed. Written after what the
// cursor stands for is safe, so that an outage of ours is back-filled rather than skipped.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const schema = z.record(z.string(), z.string());

export class FeedMemory {
  readonly #folder: string;
  readonly #feeds = new Map<string, Map<string, string>>();
  readonly #dirty = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws Error naming the file when it is damaged */
  of(feed: string): { get(name: string): string | null; set(name: string, value: string): void } {
    const values = this.#feeds.get(feed) ?? this.#read(feed);
    this.#feeds.set(feed, values);
    return {
      get: (name) => values.get(name) ?? null,
      set: (name, value) => {
        if (values.get(name) === value) return;
        values.set(name, value);
        this.#dirty.add(feed);
      },
    };
  }

  /** Replaces the files of changed memories, each in one step. */
  flush(): void {
    if (this.#dirty.size === 0) return;
    mkdirSync(this.#folder, { recursive: true });
    for (const feed of this.#dirty) {
      const file = this.#fileOf(feed);
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(this.#feeds.get(feed) ?? [])));
      renameSync(`${file}.new`, file);
    }
    this.#dirty.clear();
  }

  #fileOf(feed: string): string {
    return path.join(this.#folder, `${feed}.json`);
  }

  #read(feed: string): Map<string, string> {
    const file = this.#fileOf(feed);
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
      throw error;
    }
    try {
      return new Map(Object.entries(schema.parse(JSON.parse(text))));
    } catch {
      throw new Error(`${file} is damaged: remove it and the feed starts from its own beginning`);
    }
  }
}
