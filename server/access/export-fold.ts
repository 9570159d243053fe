// Requests for exports as the fold of their entries in the log of access.
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { ExportRequest } from '../../contracts/records/export-request.ts';

export const exportKinds = ['export/ask', 'export/approve', 'export/decline', 'export/fetch'] as const;
export type ExportKind = (typeof exportKinds)[number];

export interface HeldExport extends Omit<ExportRequest, 'name' | 'state' | 'until' | 'decided'> {
  readonly decided: Omit<NonNullable<ExportRequest['decided']>, 'name'> | null;
}

type Body = Readonly<Record<string, unknown>>;

export function applyExport(
  all: Map<number, HeldExport>,
  { kind, seq, subject: by, knownAt: at, body }: LogEntry,
): void {
  const said = body as Body;
  const reason = String(said['reason']);
  if (kind === 'export/ask') {
    all.set(seq, {
      ...{ id: seq, by, at, reason, decided: null, fetchedAt: null },
      world: String(said['world']),
      asked: said['asked'] as HeldExport['asked'],
      measure: said['measure'] as HeldExport['measure'],
      limits: said['limits'] as HeldExport['limits'],
    });
    return;
  }
  const held = all.get(Number(said['id']));
  if (!held) return;
  const changed =
    kind === 'export/fetch'
      ? { ...held, fetchedAt: at }
      : { ...held, decided: { by, at, isApproved: kind === 'export/approve', reason } };
  all.set(held.id, changed);
}
