// Audits every log of a store, against the heads that are kept outside of it, and what the log of the live world names beside it.
import path from 'node:path';
import { LIVE_WORLD } from '../../contracts/records/world.ts';
import { contentFault, EVIDENCE_FOLDER } from '../kit/content-shelf.ts';
import { Anchors } from './anchor.ts';
import type { Fault } from './audit.ts';
import { Audit } from './audit.ts';
import type { Backend } from './backend.ts';
import type { StoredEntry } from './chain.ts';
import type { LogHead } from './port.ts';
import { pagesOf } from './take-over.ts';

/** Entries after which others have a turn: some milliseconds of hashing. */
const BREATH = 200;

export interface AuditedLog {
  readonly world: string;
  readonly entries: number;
  readonly head: LogHead;
  readonly faults: readonly Fault[];
}

export interface AuditedStore {
  readonly where: string;
  readonly logs: readonly AuditedLog[];
  /** Of the engine itself, in words. */
  readonly faults: readonly string[];
}

/** Entries that name files kept beside the log: evidence packs. */
const KEPT_BESIDE = '"kind":"evidence/freeze"';

/** `heads`: the folder beside that of the files. */
async function faultsBeside({ seq, text }: StoredEntry, heads: string): Promise<Fault[]> {
  const files = filesIn(text);
  const folder = path.join(path.dirname(heads), EVIDENCE_FOLDER);
  const faults = await Promise.all(files.map((hash) => contentFault(folder, hash)));
  return faults.flatMap((detail): Fault[] =>
    detail === null ? [] : [{ what: 'evidence', from: seq, to: seq, detail }],
  );
}

/** An entry that was edited is named for that. */
function filesIn(text: string): readonly string[] {
  try {
    return (JSON.parse(text) as { body: { files?: readonly string[] } }).body.files ?? [];
  } catch {
    return [];
  }
}

/** May run beside a server: heads are read first, so that the log is never behind them. @throws CodedError store/… */
export async function auditStore(backend: Backend, heads: string): Promise<AuditedStore> {
  const anchors = new Anchors(heads);
  const kept = new Map(anchors.worlds().map((world) => [world, anchors.read(world)]));
  const worlds = [...new Set([...kept.keys(), ...(await backend.worlds())])].sort();
  const logs: AuditedLog[] = [];
  for (const world of worlds) {
    const audit = new Audit(world, kept.get(world) ?? null);
    const isLive = world === LIVE_WORLD;
    for await (const page of pagesOf(backend, world)) {
      for (const row of page) {
        audit.take(row);
        if (isLive && row.text.includes(KEPT_BESIDE)) audit.faults.push(...(await faultsBeside(row, heads)));
        // The embedded engine answers at once: everybody else has a turn in between.
        if (audit.count % BREATH === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
    logs.push({ world, faults: audit.finish(), entries: audit.count, head: audit.head });
  }
  return { where: backend.where, logs, faults: await backend.faults() };
}
