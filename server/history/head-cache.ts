// Heads of history files, read again only when a file grew or was replaced.
import { statSync } from 'node:fs';
import type { SegmentPlace } from './segment-file.ts';
import { readHeads } from './segment-file.ts';

/** Files whose heads are held; the ones used longest ago go first. */
const MOST_FILES = 2000;

interface Held<H> {
  readonly stamp: string;
  readonly places: readonly SegmentPlace<H>[];
}

export class HeadCache<H> {
  readonly #held = new Map<string, Held<H>>();

  of(file: string): readonly SegmentPlace<H>[] {
    const stamp = stampOf(file);
    const known = this.#held.get(file);
    this.#held.delete(file);
    const held = known?.stamp === stamp ? known : { stamp, places: readHeads<H>(file) };
    this.#held.set(file, held);
    if (this.#held.size > MOST_FILES) {
      for (const oldest of this.#held.keys()) {
        this.#held.delete(oldest);
        break;
      }
    }
    return held.places;
  }
}

function stampOf(file: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return '';
  }
}
