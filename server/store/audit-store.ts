// Audits every log of a store, against the heads that are kept outside of it.
import { Anchors } from './anchor.ts';
import type { Fault } from './audit.ts';
import { Audit } from './audit.ts';
import type { Backend } from './backend.ts';
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

/** May run beside a server: heads are read first, so that the log is never behind them. @throws CodedError store/… */
export async function auditStore(backend: Backend, heads: string): Promise<AuditedStore> {
  const anchors = new Anchors(heads);
  const kept = new Map(anchors.worlds().map((world) => [world, anchors.read(world)]));
  const worlds = [...new Set([...kept.keys(), ...(await backend.worlds())])].sort();
  const logs: AuditedLog[] = [];
  for (const world of worlds) {
    const audit = new Audit(world, kept.get(world) ?? null);
    for await (const page of pagesOf(backend, world)) {
      for (const row of page) {
        audit.take(row);
        // The embedded engine answers at once: everybody else has a turn in between.
        if (audit.count % BREATH === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
    logs.push({ world, faults: audit.finish(), entries: audit.count, head: audit.head });
  }
  return { where: backend.where, logs, faults: await backend.faults() };
}
