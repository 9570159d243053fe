// Observations of a layer in order of the moments they speak of, page by page, for those who read on from where they
// stood. Works through the time in chunks, so that a page costs the rows around it and not the whole range.
import type { RowPlace } from '../../contracts/geojson.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { Place } from '../kit/publish/place.ts';
import type { IsWanted } from '../kit/publish/selection.ts';
import { Gathered } from './observed-part.ts';
import type { ObservedReader, Span } from './observed-reader.ts';

const HOUR_MS = 3_600_000;
/** Shorter chunks would read the same parts too often. */
const LEAST_CHUNK_MS = 60_000;
/** Observations of one chunk, about: bounds what is held and sorted at once. */
const CHUNK_ROWS = 65_536;
/** Chunks kept for the next page. */
const MOST_HELD = 2;

export interface ObservedPageAsk {
  readonly layer: Layer;
  /** null: all objects. */
  readonly keys: readonly string[] | null;
  /** Moments they speak of, epoch ms, both included. */
  readonly from: number;
  readonly to: number;
  readonly isWanted: IsWanted;
  /** null: from the beginning. */
  readonly after: Place | null;
  readonly limit: number;
}

export interface ObservedRow extends RowPlace, Place {}

export interface ObservedPage {
  readonly rows: readonly ObservedRow[];
  /** null: there is no more. */
  readonly next: Place | null;
}

interface Chunk {
  readonly id: string;
  readonly rows: readonly ObservedRow[];
}

export class ObservedPages {
  readonly #reader: ObservedReader;
  readonly #held: Chunk[] = [];

  constructor(reader: ObservedReader) {
    this.#reader = reader;
  }

  /** @throws Error naming a damaged file */
  page(ask: ObservedPageAsk): ObservedPage {
    const { from, to, after, limit, isWanted } = ask;
    const found: ObservedRow[] = [];
    let start = Math.max(from, after?.validAt ?? from);
    for (;;) {
      const chunk = this.#chunkAt(ask, start);
      if (!chunk) return { rows: found, next: null };
      const { rows } = chunk;
      for (let at = firstOf(rows, start, after); at < rows.length; at += 1) {
        const row = rows[at] as ObservedRow;
        if (row.validAt > to) break;
        if (!isWanted(row)) continue;
        // One more than was asked for says that there is another page.
        if (found.length === limit) return { rows: found, next: placeOf(found.at(-1) as ObservedRow) };
        found.push(row);
      }
      start = chunk.end;
      if (start > to) return { rows: found, next: null };
    }
  }

  /** About how many observations a range holds: those of a part are taken to be spread evenly. */
  count(layer: Layer, from: number, to: number): number {
    return Math.ceil(
      this.#reader.spans(layer, from, to).reduce((sum, span) => sum + share(span, from, to), 0),
    );
  }

  /** The chunk with the first moment of anything from `start` on. */
  #chunkAt({ layer, keys, to }: ObservedPageAsk, start: number): (Chunk & { readonly end: number }) | null {
    const spans = this.#reader.spans(layer, start, to);
    if (spans.length === 0) return null;
    const first = Math.max(start, Math.min(...spans.map(({ validFrom }) => validFrom)));
    const width = widthAt(spans, first);
    const begin = Math.floor(first / width) * width;
    const end = begin + width;
    const near = this.#reader.spans(layer, begin, end - 1).map(({ stamp }) => stamp);
    const id = [layer.slug, layer.schema, begin, end, ...near, ...(keys ?? ['*'])].join('|');
    const known = this.#held.find((chunk) => chunk.id === id);
    if (known) return { ...known, end };
    const chunk = { id, rows: this.#read({ layer, keys }, begin, end - 1) };
    this.#held.unshift(chunk);
    this.#held.length = Math.min(this.#held.length, MOST_HELD);
    return { ...chunk, end };
  }

  #read({ layer, keys }: Pick<ObservedPageAsk, 'layer' | 'keys'>, from: number, to: number): ObservedRow[] {
    const gathered = new Gathered(layer);
    this.#reader.visit({ layer, keys: keys && new Set(keys), from, to }, (batch, index, knownAt) =>
      gathered.addRow(batch, index, knownAt),
    );
    const { batch, knownAt } = gathered;
    const { stores } = batch;
    const rows = Array.from({ length: batch.count }, (_, index) => ({
      ...{ layer, stores, index, key: batch.keyAt(index) },
      validAt: stores.validAt.data[index] as number,
      revision: batch.revision[index] as number,
      knownAt: knownAt[index] as number,
      nth: 0,
    }));
    rows.sort(compare);
    for (let at = 1; at < rows.length; at += 1) {
      const [row, before] = [rows[at], rows[at - 1]] as [ObservedRow & { nth: number }, ObservedRow];
      if (compare(row, { ...before, nth: 0 }) === 0) row.nth = before.nth + 1;
    }
    return rows;
  }
}

/** The first row that speaks of `start` or later and comes after a place. */
function firstOf(rows: readonly ObservedRow[], start: number, after: Place | null): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle] as ObservedRow;
    if (row.validAt < start || (after && compare(row, after) <= 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** An hour, or less where much is said in it. */
function widthAt(spans: readonly Span[], at: number): number {
  let width = HOUR_MS;
  const rowsIn = (ms: number): number => {
    const begin = Math.floor(at / ms) * ms;
    return spans.reduce((sum, span) => sum + share(span, begin, begin + ms), 0);
  };
  while (width > LEAST_CHUNK_MS && rowsIn(width) > CHUNK_ROWS) width /= 2;
  return width;
}

/** Rows of a span that lie in a range, if they are spread evenly. */
function share({ validFrom, validTo, rows }: Span, from: number, to: number): number {
  const length = validTo - validFrom;
  if (length <= 0) return validFrom >= from && validFrom <= to ? rows : 0;
  const common = Math.min(validTo, to) - Math.max(validFrom, from);
  return (rows * Math.max(0, Math.min(length, common))) / length;
}

function compare(a: Place, b: Place): number {
  return (
    a.validAt - b.validAt ||
    (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) ||
    a.revision - b.revision ||
    a.knownAt - b.knownAt ||
    a.nth - b.nth
  );
}

const placeOf = ({ validAt, key, revision, knownAt, nth }: Place): Place => ({
  validAt,
  key,
  revision,
  knownAt,
  nth,
});
