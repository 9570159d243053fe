// Reads observations of some objects in a stretch of time: parts of closed hours, then what only the journal holds.
import { observationsUnder } from '../../contracts/earlier.ts';
import type { ObservationBatch } from '../../contracts/frame.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { HistoryFile, HistoryFiles } from './history-files.ts';
import { dayEnd } from './history-files.ts';
import { HeadCache } from './head-cache.ts';
import type { ObservedHead } from './observed-part.ts';
import { readBlocks } from './observed-part.ts';
import type { OpenHours } from './open-hours.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';

const DAY_MS = 24 * 3_600_000;
/** What speaks of a moment may come this much later; a source that is later still is found by its day. */
const LATEST_MS = 3 * DAY_MS;

export interface ObservedAsk {
  readonly layer: Layer;
  /** null: all objects. */
  readonly keys: ReadonlySet<string> | null;
  /** Moments they speak of, both included. */
  readonly from: number;
  readonly to: number;
}

/** Observations that lie together: a part of a closed hour, or what the journal holds of an open one. */
export interface Span {
  /** Moments they speak of, epoch ms, both included. */
  readonly validFrom: number;
  readonly validTo: number;
  readonly rows: number;
  /** Changes whenever its rows do. */
  readonly stamp: string;
}

/** `index`: of an observation of `batch`; its moment and key fit what was asked. */
export type Visit = (batch: ObservationBatch, index: number, knownAt: number) => void;

export class ObservedReader {
  readonly #files: HistoryFiles;
  readonly #schemas: SchemaShelf;
  readonly #open: OpenHours;
  readonly #heads = new HeadCache<ObservedHead>();

  constructor(files: HistoryFiles, schemas: SchemaShelf, open: OpenHours) {
    this.#files = files;
    this.#schemas = schemas;
    this.#open = open;
  }

  /** Where observations of a stretch of time lie, without reading them. */
  spans(layer: Layer, from: number, to: number): Span[] {
    const open = this.#open.of(layer);
    const sealed = new Set<string>();
    const spans: Span[] = [];
    for (const file of this.#filesOf({ layer, from, to })) {
      for (const { head, bodyAt } of this.#heads.of(file.file)) {
        sealed.add(hourOf(head));
        const { validFrom, validTo, rows } = head;
        if (validTo < from || validFrom > to) continue;
        spans.push({ validFrom, validTo, rows, stamp: `${file.day} ${file.tier} ${bodyAt} ${rows}` });
      }
    }
    for (const { name, gathered } of open) {
      if (sealed.has(name)) continue;
      const { validFrom, validTo } = gathered;
      const rows = gathered.batch.count;
      if (validTo < from || validFrom > to) continue;
      spans.push({ validFrom, validTo, rows, stamp: `${name} ${rows}` });
    }
    return spans;
  }

  /** Not in order of time: late ones come when they were known. @throws Error naming a damaged file */
  visit(ask: ObservedAsk, visit: Visit): void {
    // The journal first: what is sealed meanwhile is then read twice rather than not at all.
    const open = this.#open.of(ask.layer);
    const sealed = new Set<string>();
    for (const file of this.#filesOf(ask)) {
      for (const place of this.#heads.of(file.file)) {
        sealed.add(hourOf(place.head));
        if (place.head.validTo < ask.from || place.head.validFrom > ask.to) continue;
        for (const { batch, knownAt } of readBlocks(place, this.#schemas, ask.keys ?? undefined)) {
          visitBatch({ batch: observationsUnder(ask.layer, batch), knownAt }, ask, visit);
        }
      }
    }
    for (const { name, gathered } of open) if (!sealed.has(name)) visitBatch(gathered, ask, visit);
  }

  #filesOf({ layer, from, to }: Pick<ObservedAsk, 'layer' | 'from' | 'to'>): HistoryFile[] {
    return this.#files
      .of('observed', layer.slug)
      .filter((file) => dayEnd(file) >= from - DAY_MS && file.day <= to + LATEST_MS);
  }
}

/** The journal file a part was made of; an hour of many rows becomes several parts. */
const hourOf = ({ source }: ObservedHead): string => source.replace(/#\d+$/, '');

function visitBatch(
  { batch, knownAt }: { batch: ObservationBatch; knownAt: Float64Array },
  { keys, from, to }: ObservedAsk,
  visit: Visit,
): void {
  const isWanted = keys && batch.keys.map((key) => keys.has(key));
  const moments = batch.stores.validAt.data;
  for (let index = 0; index < batch.count; index += 1) {
    const moment = moments[index] as number;
    if (moment < from || moment > to) continue;
    if (isWanted && !isWanted[batch.keyIndex[index] as number]) continue;
    visit(batch, index, knownAt[index] as number);
  }
}
