// What was accepted after a moment, for a state that is older than the process that wrote it: from the parts of hours that
// were sealed since, then from the end of the journal.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ObservationBatch, decodeHeader } from '../../contracts/frame.ts';
import { splitFrames } from '../../contracts/packet.ts';
import { unpack } from '../kit/packed.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';
import type { HistoryFiles } from './history-files.ts';
import { dayEnd, namesIn } from './history-files.ts';
import { hoursIn } from './journal-names.ts';
import { decodeJournal } from './journal-file.ts';
import type { ObservedHead } from './observed-part.ts';
import { Gathered, readBlocks } from './observed-part.ts';
import type { SegmentPlace } from './segment-file.ts';
import { readHeads } from './segment-file.ts';

const HOUR_MS = 3_600_000;
/** Parts tell when an observation was known in whole seconds after the moment it speaks of. */
const ROUNDED_MS = 500;

export interface TailPlaces {
  /** Journal and history of one world. */
  readonly journal: string;
  readonly history: HistoryFiles;
  readonly schemas: SchemaShelf;
  /** Told what cannot be read; it is left out. */
  readonly onFault: (error: unknown) => void;
}

/**
 * What was known after `since` (epoch ms), each batch under the declaration it was written with. Of one object the older
 * comes first; read twice, as after a crash in the middle of sealing, an observation is the same.
 */
export function* readTail(places: TailPlaces, since: number): Generator<ObservationBatch> {
  const { journal, history } = places;
  for (const layer of history.layers('observed')) {
    for (const file of history.of('observed', layer)) {
      if (dayEnd(file) > since) yield* readParts(file.file, places, since);
    }
  }
  for (const name of namesIn(journal)) yield* readClass(path.join(journal, name), places, since);
}

function* readParts(file: string, places: TailPlaces, since: number): Generator<ObservationBatch> {
  const { schemas, onFault } = places;
  try {
    for (const place of readHeads<ObservedHead>(file)) {
      if (place.head.to > since - ROUNDED_MS) yield youngOf(place, schemas, since - ROUNDED_MS);
    }
  } catch (error) {
    onFault(error);
  }
}

function youngOf(place: SegmentPlace<ObservedHead>, schemas: SchemaShelf, since: number): ObservationBatch {
  const young = new Gathered(schemas.layer(place.head.layer, place.head.schema));
  for (const { batch, knownAt } of readBlocks(place, schemas)) {
    for (let index = 0; index < batch.count; index += 1) {
      const known = knownAt[index] as number;
      if (known > since) young.addRow(batch, index, known);
    }
  }
  return young.batch;
}

/** From the end backwards, so that of a long hour only the end is unpacked. */
function* readClass(folder: string, places: TailPlaces, since: number): Generator<ObservationBatch> {
  const found: Uint8Array[] = [];
  for (const { file } of hoursIn(folder)
    .filter(({ hour }) => hour + HOUR_MS > since)
    .reverse()) {
    for (const payload of decodeJournal(readFileSync(file)).payloads.toReversed()) {
      const { frames } = splitFrames(unpack(payload));
      const young = frames.filter((frame) => decodeHeader(frame).knownAt > since);
      if (young.length === 0) break;
      found.push(...young.reverse());
    }
  }
  for (const frame of found.reverse()) {
    try {
      const { layer, schema } = decodeHeader(frame);
      yield ObservationBatch.decode(places.schemas.layer(layer, schema), frame);
    } catch (error) {
      places.onFault(error);
    }
  }
}
