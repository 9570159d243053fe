// What became known late: observations that speak of a moment before it and were known only behind it. Of closed hours from
// their parts, where they lie in blocks of their own; of open ones from the journal.
import { observationsUnder } from '../../contracts/earlier.ts';
import type { ObservationBatch } from '../../contracts/frame.ts';
import type { Layer } from '../../contracts/layer.ts';
import { HeadCache } from './head-cache.ts';
import type { HistoryFile, HistoryFiles } from './history-files.ts';
import { dayEnd } from './history-files.ts';
import type { LateHours } from './late-hours.ts';
import { lateAfterMs, ROUNDED_MS } from './lateness.ts';
import type { ObservedHead } from './observed-part.ts';
import { Gathered, readLate } from './observed-part.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';
import type { SegmentPlace } from './segment-file.ts';

const DAY_MS = 24 * 3_600_000;
/** What comes even later than this after its moment is not looked for. */
const LATEST_MS = 30 * DAY_MS;
/** Late observations of closed hours that are kept in memory, over all layers; those asked for longest ago go first. */
const MOST_HELD = 500_000;

/** One observation that was late. */
export interface Late {
  readonly batch: ObservationBatch;
  readonly index: number;
  readonly key: string;
  /** The moment it speaks of, epoch ms. */
  readonly validAt: number;
  /** Until when nobody knew it, epoch ms. */
  readonly knownAt: number;
  readonly revision: number;
}

interface Span {
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
}

export class LateReader {
  readonly #files: HistoryFiles;
  readonly #schemas: SchemaShelf;
  readonly #hours: LateHours;
  readonly #heads = new HeadCache<ObservedHead>();
  /** By part, as far as they were read. */
  readonly #held = new Map<string, { readonly until: number; readonly gathered: Gathered }>();
  #heldRows = 0;

  constructor(files: HistoryFiles, schemas: SchemaShelf, hours: LateHours) {
    this.#files = files;
    this.#schemas = schemas;
    this.#hours = hours;
  }

  /** Takes in what the journal holds by now; before `of`. */
  follow(layers: Iterable<Layer>): void {
    for (const retention of new Set([...layers].map((layer) => layer.retention)))
      this.#hours.follow(retention);
  }

  /**
   * What speaks of moments up to the end of a span and was not known yet at some moment of it. In no order; one that was
   * sealed a moment ago may be there twice. @throws Error naming a damaged file
   */
  of(layer: Layer, span: Span): Late[] {
    const found: Late[] = [];
    for (const { batch, knownAt } of this.#hours.of(layer)) {
      gather({ batch: observationsUnder(layer, batch), knownAt }, span, found);
    }
    for (const file of this.#files.of('observed', layer.slug)) {
      if (dayEnd(file) + DAY_MS <= span.from || file.day > span.to + LATEST_MS) continue;
      this.#ofFile(file, layer, { span, found });
    }
    return found;
  }

  #ofFile({ file }: HistoryFile, layer: Layer, { span, found }: { span: Span; found: Late[] }): void {
    for (const place of this.#heads.of(file)) {
      const { validFrom, to, lateMs, blocks } = place.head;
      if (to + ROUNDED_MS <= span.from || validFrom > span.to) continue;
      if (lateMs !== undefined && !blocks.some(({ lateFrom = Infinity }) => lateFrom <= span.to)) continue;
      gather(this.#ofPart(place, layer, span.to), span, found);
    }
  }

  /** What was late in a part, and speaks of moments up to `until` at least. */
  #ofPart(place: SegmentPlace<ObservedHead>, layer: Layer, until: number): Gathered {
    const id = `${place.file} ${place.bodyAt}`;
    const known = this.#held.get(id);
    this.#held.delete(id);
    if (known && known.until >= until && known.gathered.batch.layer.schema === layer.schema) {
      this.#held.set(id, known);
      return known.gathered;
    }
    this.#heldRows -= known?.gathered.batch.count ?? 0;
    const gathered = new Gathered(layer);
    const lateMs = lateAfterMs(layer);
    for (const { batch, knownAt } of readLate(place, this.#schemas, until)) {
      const rows = observationsUnder(layer, batch);
      for (let index = 0; index < rows.count; index += 1) {
        const known = knownAt[index] as number;
        if (known - (rows.stores.validAt.data[index] as number) + ROUNDED_MS < lateMs) continue;
        gathered.addRow(rows, index, known);
      }
    }
    this.#held.set(id, { until: reach(place, until), gathered });
    this.#heldRows += gathered.batch.count;
    this.#forget();
    return gathered;
  }

  #forget(): void {
    for (const [id, { gathered }] of this.#held) {
      if (this.#heldRows <= MOST_HELD || this.#held.size === 1) return;
      this.#held.delete(id);
      this.#heldRows -= gathered.batch.count;
    }
  }
}

/** Older parts are read whole; of others the blocks that begin by a moment. */
const reach = ({ head }: SegmentPlace<ObservedHead>, until: number): number => {
  const next = head.blocks.reduce(
    (least, { lateFrom = Infinity }) => (lateFrom > until ? Math.min(least, lateFrom) : least),
    Infinity,
  );
  return next - 1;
};

function gather(
  { batch, knownAt }: Pick<Gathered, 'batch' | 'knownAt'>,
  { from, to }: Span,
  into: Late[],
): void {
  const moments = batch.stores.validAt.data;
  for (let index = 0; index < batch.count; index += 1) {
    const validAt = moments[index] as number;
    const until = (knownAt[index] as number) + ROUNDED_MS;
    if (validAt > to || until <= from) continue;
    const revision = batch.revision[index] as number;
    into.push({ batch, index, key: batch.keyAt(index), validAt, knownAt: until, revision });
  }
}
