// Vertex data of every point layer as the worker sent it, kept on this side too: for picking, and to fill a new WebGL
// context. Only copies bytes.
import type { GlyphUpdate } from '../shapes.ts';

/** Bytes of one glyph record; see map/glyphs/record.ts. */
const RECORD_BYTES = 36;
const EMPTY_FORM_AT = 32;
const EMPTY_FORM = 255;

export class GlyphMirror {
  bytes = new Uint8Array(0);
  floats = new Float32Array(0);
  highWater = 0;
  /** Slots from..to (exclusive) that changed since the last `takeDirty`. */
  private dirtyFrom = Infinity;
  private dirtyTo = 0;

  apply({ slots, records, highWater }: GlyphUpdate): void {
    const source = new Uint8Array(records);
    if (!slots && highWater >= this.highWater) {
      this.highWater = highWater;
      return this.adopt(source);
    }
    this.reserve(highWater);
    this.highWater = Math.max(this.highWater, highWater);
    if (!slots) {
      this.bytes.set(source);
      return this.touch(0, highWater);
    }
    for (let i = 0; i < slots.length;) {
      const first = slots[i] ?? 0;
      let run = 1;
      while (slots[i + run] === first + run) run++;
      this.bytes.set(source.subarray(i * RECORD_BYTES, (i + run) * RECORD_BYTES), first * RECORD_BYTES);
      this.touch(first, first + run);
      i += run;
    }
  }

  /** The slots to upload, or null when nothing changed. */
  takeDirty(): { from: number; to: number } | null {
    if (this.dirtyTo === 0) return null;
    const dirty = { from: this.dirtyFrom, to: this.dirtyTo };
    this.dirtyFrom = Infinity;
    this.dirtyTo = 0;
    return dirty;
  }

  clear(): void {
    for (let slot = 0; slot < this.highWater; slot++)
      this.bytes[slot * RECORD_BYTES + EMPTY_FORM_AT] = EMPTY_FORM;
    this.dirtyFrom = 0;
    this.dirtyTo = this.highWater;
  }

  private touch(from: number, to: number): void {
    this.dirtyFrom = Math.min(this.dirtyFrom, from);
    this.dirtyTo = Math.max(this.dirtyTo, to);
  }

  /** An update of everything in order is kept as it came instead of being copied. */
  private adopt(all: Uint8Array<ArrayBuffer>): void {
    this.bytes = all;
    this.floats = new Float32Array(all.buffer);
    this.dirtyFrom = 0;
    this.dirtyTo = all.length / RECORD_BYTES;
  }

  private reserve(slots: number): void {
    if (this.bytes.length >= slots * RECORD_BYTES) return;
    const capacity = Math.max(256, 2 ** Math.ceil(Math.log2(slots)));
    const bytes = new Uint8Array(capacity * RECORD_BYTES);
    bytes.set(this.bytes);
    for (let slot = this.bytes.length / RECORD_BYTES; slot < capacity; slot++) {
      bytes[slot * RECORD_BYTES + EMPTY_FORM_AT] = EMPTY_FORM;
    }
    this.bytes = bytes;
    this.floats = new Float32Array(bytes.buffer);
  }
}

const bySlug = new Map<string, GlyphMirror>();
const listeners = new Set<() => void>();

export function glyphsOf(slug: string): GlyphMirror {
  let mirror = bySlug.get(slug);
  if (!mirror) {
    mirror = new GlyphMirror();
    bySlug.set(slug, mirror);
  }
  return mirror;
}

export function applyGlyphs(updates: readonly GlyphUpdate[]): void {
  for (const update of updates) glyphsOf(update.slug).apply(update);
  if (updates.length > 0) for (const listen of listeners) listen();
}

/** Calls `listen` after glyphs changed: the map has something to draw. */
export function onGlyphs(listen: () => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

export function clearGlyphs(): void {
  for (const mirror of bySlug.values()) mirror.clear();
  for (const listen of listeners) listen();
}
