// Keeping: each day is thinned or removed when its time is over, the most expendable first when room is short.
import { statfsSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import type { Retention } from '../../contracts/layer.ts';
import type { HistoryFile, HistoryFiles } from './history-files.ts';
import { dayEnd, sizeOf } from './history-files.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';
import { thinDay } from './thin-day.ts';
import { expendable, keptMs } from './tiers.ts';

/** Room on the disk that history leaves to the records. */
const RESERVE_BYTES = 256 * 1024 * 1024;

export interface KeepOrder {
  readonly files: HistoryFiles;
  readonly schemas: SchemaShelf;
  /** Class of a layer. A layer that is no longer declared is kept as a state is. */
  readonly retentionOf: (layer: string) => Retention;
  readonly now: number;
  readonly maxBytes: number;
  /** Of journal and windows, which count too. */
  readonly otherBytes: number;
}

/** What a class holds after a round. */
export interface ClassShare {
  readonly retention: Retention;
  readonly bytes: number;
  /** How far back it reaches, in its finest tier and in any, epoch ms; null: nothing is kept. */
  readonly rawFrom: number | null;
  readonly from: number | null;
}

export interface KeepReport {
  readonly bytes: number;
  readonly classes: readonly ClassShare[];
  /** Names of files, by what became of them. */
  readonly thinned: readonly string[];
  readonly over: readonly string[];
  /** Gone before their time: room was short. */
  readonly shortened: readonly string[];
  readonly faults: readonly string[];
}

export function keepHistory(order: KeepOrder): KeepReport {
  const { files, schemas, retentionOf, now } = order;
  const report = {
    thinned: [] as string[],
    over: [] as string[],
    shortened: [] as string[],
    faults: [] as string[],
  };
  for (const file of files.all()) {
    const step = dueStep(file, retentionOf(file.layer), now);
    if (step === 'keep') continue;
    try {
      if (step !== 'remove') {
        thinDay(file, files.at(file.kind, file.layer, { moment: file.day, tier: step }), schemas);
        report.thinned.push(nameOf(file));
      } else report.over.push(nameOf(file));
      unlinkSync(file.file);
    } catch (error) {
      report.faults.push(`${nameOf(file)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const bytes = shorten(order, report.shortened);
  return { ...report, bytes, classes: sharesOf(order) };
}

/** What is due: nothing, removal, or the tier it is thinned to. */
function dueStep(
  file: HistoryFile,
  retention: Retention,
  now: number,
): 'keep' | 'remove' | HistoryFile['tier'] {
  const steps = keptMs[retention];
  const age = now - dayEnd(file);
  const own = steps.findIndex(([tier]) => tier === file.tier);
  if (own < 0 || age <= (steps[own]?.[1] ?? Infinity)) return 'keep';
  return steps.slice(own + 1).find(([, ms]) => age <= ms)?.[0] ?? 'remove';
}

/** Removes whole days, oldest first, of the most expendable class; never today, never records. → bytes left */
function shorten({ files, retentionOf, now, maxBytes, otherBytes }: KeepOrder, shortened: string[]): number {
  const kept = files.all().map((file) => ({ file, bytes: sizeOf(file.file) }));
  let bytes = kept.reduce((sum, one) => sum + one.bytes, otherBytes);
  let room = Math.min(maxBytes, bytes + freeBytes(files.root) - RESERVE_BYTES);
  for (const retention of expendable) {
    const candidates = kept.filter(
      ({ file }) => retentionOf(file.layer) === retention && dayEnd(file) <= now,
    );
    candidates.sort((a, b) => a.file.day - b.file.day);
    for (const { file, bytes: own } of candidates) {
      if (bytes <= room) return bytes;
      unlinkSync(file.file);
      shortened.push(nameOf(file));
      bytes -= own;
      room = Math.min(maxBytes, room);
    }
  }
  return bytes;
}

/** Sealed files only: the journal and open windows are of all classes. */
function sharesOf({ files, retentionOf }: KeepOrder): ClassShare[] {
  const byClass = Map.groupBy(files.all(), ({ layer }) => retentionOf(layer));
  return (Object.keys(keptMs) as Retention[]).map((retention) => {
    const kept = byClass.get(retention) ?? [];
    const earliest = (some: readonly HistoryFile[]): number | null =>
      some.length === 0 ? null : some.reduce((least, { day }) => Math.min(least, day), Infinity);
    return {
      retention,
      bytes: kept.reduce((sum, { file }) => sum + sizeOf(file), 0),
      rawFrom: earliest(kept.filter(({ tier }) => tier === 'raw')),
      from: earliest(kept),
    };
  });
}

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}

const nameOf = ({ kind, layer, file }: HistoryFile): string => `${kind}/${layer}/${path.basename(file)}`;
