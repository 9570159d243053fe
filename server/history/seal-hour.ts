// Seals a closed hour of the journal: its observations become parts of their layers, object by object.
import { renameSync, statSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { ObservationBatch, decodeHeader } from '../../contracts/frame.ts';
import type { HistoryFiles } from './history-files.ts';
import { readJournal } from './journal.ts';
import type { JournalFile } from './journal-names.ts';
import { hoursIn } from './journal-names.ts';
import { Gathered, observedPart } from './observed-part.ts';
import type { ObservedHead } from './observed-part.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';
import { appendSegments, readHeads } from './segment-file.ts';
import type { SealReport } from './seal-window.ts';

const HOUR_MS = 3_600_000;
/** What is still on its way to the disk after the hour ended. */
const SETTLE_MS = 60_000;
/** Most observations of one part: bounds the memory of sealing. */
const MOST_ROWS = 500_000;

/** Journal files that are over or full, with what a crash left half sealed, oldest first. */
export function closedHours(folder: string, now: number): string[] {
  const all = hoursIn(folder);
  const newest = new Map(all.map(({ hour, part }) => [hour, part]));
  const isClosed = ({ hour, part, sealingOf }: JournalFile): boolean =>
    sealingOf !== null || hour + HOUR_MS + SETTLE_MS <= now || part < (newest.get(hour) ?? part);
  return all.filter(isClosed).map(({ file }) => file);
}

/** Durable before the file goes; parts that a crash left behind are not written twice. @throws Error of the disk */
export function sealHour(file: string, files: HistoryFiles, schemas: SchemaShelf): SealReport {
  const report: SealReport = { segments: 0, faults: [] };
  const sealing = claim(file);
  const gathered = new Map<string, Gathered>();
  const turns = new Map<string, number>();
  const write = (id: string): void => {
    const one = gathered.get(id);
    gathered.delete(id);
    const turn = turns.get(id) ?? 0;
    turns.set(id, turn + 1);
    const part = one && observedPart(one, { tier: 'raw', source: `${path.basename(sealing)}#${turn}` });
    if (!part) return;
    const { layer, schema, source, from } = part.head;
    const target = files.at('observed', layer, { moment: from, tier: 'raw' }).file;
    const isThere = readHeads<ObservedHead>(target).some(
      ({ head }) => head.source === source && head.schema === schema,
    );
    if (isThere) return;
    appendSegments(target, [part]);
    report.segments += 1;
  };
  for (const { frames } of readJournal(sealing)) {
    for (const frame of frames) gather(frame, { gathered, schemas, report, write });
  }
  for (const id of [...gathered.keys()]) write(id);
  unlinkSync(sealing);
  return report;
}

interface Gathering {
  readonly gathered: Map<string, Gathered>;
  readonly schemas: SchemaShelf;
  readonly report: SealReport;
  /** Writes what was gathered of a layer and schema, and begins anew. */
  readonly write: (id: string) => void;
}

/** Adds a frame to its layer and schema; one that cannot be read is reported. */
function gather(frame: Uint8Array, { gathered, schemas, report, write }: Gathering): void {
  try {
    const { layer: slug, schema, knownAt } = decodeHeader(frame);
    const layer = schemas.layer(slug, schema);
    const id = `${slug} ${schema}`;
    const batch = ObservationBatch.decode(layer, frame);
    if ((gathered.get(id)?.batch.count ?? 0) + batch.count > MOST_ROWS) write(id);
    const one = gathered.get(id) ?? new Gathered(layer);
    gathered.set(id, one);
    one.add(batch, knownAt);
  } catch (error) {
    report.faults.push(error instanceof Error ? error.message : String(error));
  }
}

/** From here on nothing is appended to it: a journal that comes back to the hour begins a file of its own. */
function claim(file: string): string {
  if (file.endsWith('.sealing')) return file;
  const sealing = `${file}.${Math.round(statSync(file).mtimeMs)}.sealing`;
  renameSync(file, sealing);
  return sealing;
}
