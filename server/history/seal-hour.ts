// Seals a closed hour of the journal: its observations become parts of their layers, object by object.
import { renameSync, statSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { ObservationBatch, decodeHeader } from '../../contracts/frame.ts';
import type { HistoryFiles } from './history-files.ts';
import { namesIn } from './history-files.ts';
import { journalFiles, readJournal } from './journal.ts';
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

/** Journal files that are over, with what a crash left half sealed, oldest first. */
export function closedHours(folder: string, now: number): string[] {
  const left = namesIn(folder).filter((name) => name.endsWith('.sealing'));
  const closed = journalFiles(folder).filter(({ hour }) => hour + HOUR_MS + SETTLE_MS <= now);
  return [...left.map((name) => path.join(folder, name)), ...closed.map(({ file }) => file)];
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
    for (const frame of frames) {
      const id = gather(frame, { gathered, schemas, report });
      if (id !== null && (gathered.get(id)?.batch.count ?? 0) >= MOST_ROWS) write(id);
    }
  }
  for (const id of [...gathered.keys()]) write(id);
  unlinkSync(sealing);
  return report;
}

interface Gathering {
  readonly gathered: Map<string, Gathered>;
  readonly schemas: SchemaShelf;
  readonly report: SealReport;
}

/** → layer and schema the frame was added to; null where it cannot be read */
function gather(frame: Uint8Array, { gathered, schemas, report }: Gathering): string | null {
  try {
    const { layer: slug, schema, knownAt } = decodeHeader(frame);
    const layer = schemas.layer(slug, schema);
    const id = `${slug} ${schema}`;
    const one = gathered.get(id) ?? new Gathered(layer);
    gathered.set(id, one);
    one.add(ObservationBatch.decode(layer, frame), knownAt);
    return id;
  } catch (error) {
    report.faults.push(error instanceof Error ? error.message : String(error));
    return null;
  }
}

/** From here on nothing is appended to it: a journal that comes back to the hour begins a file of its own. */
function claim(file: string): string {
  if (file.endsWith('.sealing')) return file;
  const sealing = `${file}.${Math.round(statSync(file).mtimeMs)}.sealing`;
  renameSync(file, sealing);
  return sealing;
}
