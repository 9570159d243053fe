// Moments worth a mark on the time axis: when a warning or an earthquake became known, when an area changed its mode.
import type { LayerTable } from '../../contracts/table.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { Reach } from '../../contracts/records/reach.ts';
import { isWithin, reachOf } from '../../contracts/records/reach.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';
import { decodeHeader } from '../../contracts/frame.ts';
import type { FrameReceiver } from '../../contracts/frame.ts';
import type { Orders } from './orders.ts';
import type { Recording, Recordings } from './recordings.ts';
import { isKey, receiverOf } from './state-segment.ts';

/** More than people would go through one by one; the newest are kept. */
const MOST_MARKS = 500;

export interface Mark {
  /** When it was known, epoch ms. */
  readonly at: number;
  readonly layer: string;
  readonly key: string;
  /** Level of a warning; null: it has none, or is no warning. */
  readonly severity: string | null;
  /** What the source calls it; '' where it does not say. */
  readonly title: string;
}
export type Marks = readonly Mark[];

type Values = Readonly<Record<string, unknown>>;

/** What makes a row news: another identity than any before. null: it is none. */
const newsOf: Readonly<Record<string, (key: string, values: Values) => string | null>> = {
  warning: (key, { status, issuedBy }) =>
    (status ?? 'actual') === 'actual' ? String(issuedBy ?? key) : null,
  earthquake: (key) => key,
  mode: (key, { mode }) => `${key} ${String(mode)}`,
};

interface MarkSources {
  readonly recordings: Recordings;
  readonly schemas: SchemaShelf;
}

/** Of the layers that have marks, oldest first. @throws Error naming a damaged file */
export function marksOf(
  { recordings, schemas }: MarkSources,
  { layers, areas, from, to }: Orders['marks']['ask'],
  layerOf: (slug: string) => Layer,
): Marks {
  const open = recordings.open(to);
  return layers
    .filter((layer) => newsOf[layer] !== undefined)
    .flatMap((layer) => {
      const scan = new Scan(layer, from, reachOf(areas, layerOf(layer)));
      for (const recording of recordings.of(layer, { from, to }, open)) scan.read(recording, to, schemas);
      return scan.marks;
    })
    .sort((a, b) => a.at - b.at)
    .slice(-MOST_MARKS);
}

/** Goes through the states of a layer; what was there when it began is no news. */
class Scan {
  readonly marks: Mark[] = [];
  readonly #layer: string;
  readonly #from: number;
  readonly #reach: Reach | null;
  readonly #last = new Map<string, string>();
  readonly #known = new Set<string>();
  #receiver: FrameReceiver | null = null;
  #isFirst = true;

  constructor(layer: string, from: number, reach: Reach | null) {
    this.#reach = reach;
    this.#layer = layer;
    this.#from = from;
  }

  read(recording: Recording, to: number, schemas: SchemaShelf): void {
    for (const { frame, knownAt } of recording.frames()) {
      if (knownAt > to) return;
      const { schema } = decodeHeader(frame);
      // Any key frame begins anew: where the stream was cut, what follows fits only it.
      if (isKey(frame)) this.#receiver = receiverOf(schemas.layer(this.#layer, schema));
      if (!this.#receiver) continue;
      this.#receiver.apply(frame);
      this.#note(this.#receiver.table, knownAt);
      this.#receiver.table.clearChanges();
      this.#isFirst = false;
    }
  }

  #note(table: LayerTable, at: number): void {
    for (let i = 0; i < table.changedCount; i += 1) {
      const slot = table.changedSlots[i] as number;
      if (table.alive[slot] !== 1 || !isWithin(this.#reach, table.regionAt(slot))) continue;
      const { key, values } = table.row(slot);
      const news = newsOf[this.#layer]?.(key, values) ?? null;
      if (news === null || !this.#isNew(key, news) || this.#isFirst || at <= this.#from) continue;
      const said = values as Values;
      const title = said['title'] ?? said['event'] ?? said['name'] ?? '';
      const severity = typeof said['severity'] === 'string' ? said['severity'] : null;
      this.marks.push({ at, layer: this.#layer, key, severity, title: String(title) });
    }
  }

  /** A mode that comes back is news again, a warning that is told again is not. */
  #isNew(key: string, news: string): boolean {
    if (this.#layer === 'mode') {
      const before = this.#last.get(key);
      this.#last.set(key, news);
      return before !== news;
    }
    if (this.#known.has(news)) return false;
    this.#known.add(news);
    return true;
  }
}
