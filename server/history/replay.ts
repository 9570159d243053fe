// Replays: for each reader the layers at a moment, kept while it goes on from there. A reader that was forgotten, or
// that jumped, is told everything anew, so that what is kept here only saves work.
import type { Layer } from '../../contracts/layer.ts';
import type { Reading } from '../../contracts/records/reach.ts';
import { labelIn, reachOf } from '../../contracts/records/reach.ts';
import type { PastClock, Stretch, StretchState } from '../../contracts/stretch.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';
import type { LateReader } from './late-reader.ts';
import { LayerCursor } from './layer-cursor.ts';
import type { Recordings } from './recordings.ts';
import { TrueCursor } from './true-cursor.ts';

/** Readers whose place is kept; the one that asked longest ago goes first. One holds its tables and five minutes of frames. */
const MOST_READERS = 8;
/** A reader that asks no more is forgotten, milliseconds. */
const IDLE_MS = 120_000;
/** Bytes of one answer before they are packed; the reader asks on from where it ends. */
const MOST_BYTES = 4 * 1024 * 1024;

export interface ReplayAsk extends Reading {
  /** Who asks: one place is kept for each. */
  readonly reader: string;
  readonly layers: readonly string[];
  /** Of who reads: rows of elsewhere are left out. */
  readonly areas: readonly string[];
  /** What was known at each moment, or what was true as far as is known today. */
  readonly clock: PastClock;
  /** Epoch ms: the moment the reader's tables stand at, or shall. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds between two states; 0: every tick. */
  readonly stepMs: number;
  /** The reader's tables are void: key frames at `from`, whatever was told before. */
  readonly isFresh: boolean;
  /** City clock. */
  readonly now: number;
}

/** What a reader is told; layers that were refused are the asker's to name. */
export type Told = Omit<Stretch, 'head'> & { readonly head: Omit<Stretch['head'], 'refused'> };

type Cursor = LayerCursor | TrueCursor;

interface Reader {
  readonly cursors: readonly Cursor[];
  /** Layers, label and clock it was made for. */
  readonly shape: string;
  /** Moment it was told about last. */
  at: number;
  /** Counts what was told: frames need an order of their own, over all layers. */
  told: number;
  askedAt: number;
}

export interface ReplayDeskOptions {
  readonly recordings: Recordings;
  readonly late: LateReader;
  readonly schemas: SchemaShelf;
  readonly world: string;
  readonly layerOf: (slug: string) => Layer;
}

export class ReplayDesk {
  readonly #options: ReplayDeskOptions;
  readonly #readers = new Map<string, Reader>();

  constructor(options: ReplayDeskOptions) {
    this.#options = options;
  }

  get readers(): number {
    return this.#readers.size;
  }

  /** @throws Error naming a damaged file, or the declaration that is missing */
  stretch(ask: ReplayAsk): Told {
    const { from, to, stepMs } = ask;
    const before = this.#known(ask);
    const reader = before ?? this.#begin(ask);
    this.#follow(ask);
    this.#load(reader, from, to);
    this.#readers.delete(ask.reader);
    const states: StretchState[] = [];
    if (!before) {
      for (const cursor of reader.cursors) cursor.apply(from);
      reader.told += 1;
      states.push({ at: from, frames: reader.cursors.map((cursor) => cursor.key(reader.told, from)) });
    }
    const end = this.#tell(reader, { from, to, stepMs }, states);
    reader.at = end;
    reader.askedAt = ask.now;
    this.#readers.set(ask.reader, reader);
    this.#tidy(ask.now);
    const absent = reader.cursors.filter(({ isAbsent }) => isAbsent).map(({ layer }) => layer.slug);
    return { head: { from, to: end, isWhole: !before, stepMs, absent }, states };
  }

  /** Key frames of everything a reader was told, where it stands: others can begin there, and it goes on. */
  keysOf(ask: ReplayAsk): Told {
    const reader = this.#known(ask);
    if (!reader) return this.stretch(ask);
    const { from, stepMs } = ask;
    const frames = reader.cursors.map((cursor) => cursor.key(reader.told, from));
    const absent = reader.cursors.filter(({ isAbsent }) => isAbsent).map(({ layer }) => layer.slug);
    return { head: { from, to: from, isWhole: true, stepMs, absent }, states: [{ at: from, frames }] };
  }

  /** The reader where it stands at the moment it asks from. */
  #known({ reader, from, isFresh, ...ask }: ReplayAsk): Reader | null {
    const known = this.#readers.get(reader);
    return known && !isFresh && known.at === from && known.shape === shapeOf(ask) ? known : null;
  }

  #begin(ask: ReplayAsk): Reader {
    const { layerOf, schemas, world } = this.#options;
    const { layers, from, clock, areas } = ask;
    const cursors = layers.map((slug) => {
      const layer = layerOf(slug);
      const label = labelIn(ask, slug);
      const options = { layer, schemas, world, label, reach: reachOf(areas, layer) };
      return clock === 'true' ? new TrueCursor(options, this.#options.late) : new LayerCursor(options);
    });
    return { cursors, shape: shapeOf(ask), at: from, told: 0, askedAt: ask.now };
  }

  #follow({ clock, layers }: ReplayAsk): void {
    if (clock === 'true') this.#options.late.follow(layers.map(this.#options.layerOf));
  }

  #load({ cursors }: Reader, from: number, to: number): void {
    const { recordings } = this.#options;
    const open = recordings.open(to);
    for (const cursor of cursors) {
      cursor.load(recordings.of(cursor.layer.slug, { from, to }, open), { from, to });
    }
  }

  /** Moves the reader on state by state → the moment it then stands at: `to`, or where the answer is full. */
  #tell(reader: Reader, range: { from: number; to: number; stepMs: number }, states: StretchState[]): number {
    let bytes = 0;
    for (const at of momentsOf(reader.cursors, range)) {
      reader.told += 1;
      const frames = reader.cursors.flatMap((cursor) => {
        cursor.apply(at);
        return cursor.say(reader.told, at) ?? [];
      });
      if (frames.length > 0) states.push({ at, frames });
      bytes += frames.reduce((sum, { byteLength }) => sum + byteLength, 0);
      if (bytes > MOST_BYTES) return at;
    }
    return range.to;
  }

  #tidy(now: number): void {
    for (const [id, { askedAt }] of this.#readers) {
      if (this.#readers.size > MOST_READERS || Math.abs(now - askedAt) > IDLE_MS) this.#readers.delete(id);
    }
  }
}

const shapeOf = ({
  layers,
  label,
  own,
  clock,
  areas,
}: Pick<ReplayAsk, 'layers' | 'label' | 'own' | 'clock' | 'areas'>): string =>
  `${label} ${own?.label ?? ''} ${own?.layers.join(',') ?? ''} ${clock} ${layers.join(',')} ${areas.join(',')}`;

/** The ends of the steps in which something was recorded, or every moment of it; ascending. */
function momentsOf(
  cursors: readonly Cursor[],
  { from, to, stepMs }: { from: number; to: number; stepMs: number },
): number[] {
  const moments = new Set<number>();
  for (const cursor of cursors) {
    for (const moment of cursor.moments()) {
      if (moment <= from) continue;
      moments.add(stepMs === 0 ? moment : Math.min(to, Math.ceil(moment / stepMs) * stepMs));
    }
  }
  return [...moments].sort((a, b) => a - b);
}
