// Broken glass as the fold of its entries in the log of access.
import type { Role } from '../../contracts/records/account.ts';
import type { BrokenGlass } from '../../contracts/records/break-glass.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';

export const glassKinds = ['glass/take', 'glass/end', 'glass/review'] as const;
export type GlassKind = (typeof glassKinds)[number];

export type HeldGlass = Omit<BrokenGlass, 'name' | 'roleTitle' | 'state'>;

type Body = Readonly<Record<string, unknown>>;

export function applyGlass(
  all: Map<number, HeldGlass>,
  { kind, seq, subject: by, knownAt: at, body }: LogEntry,
): void {
  const said = body as Body;
  const reason = String(said['reason']);
  if (kind === 'glass/take') {
    const until = Number(said['until']);
    all.set(seq, {
      ...{ id: seq, account: by, role: said['role'] as Role, reason, at, until },
      ...{ ended: null, review: null },
    });
    return;
  }
  const held = all.get(Number(said['id']));
  if (!held) return;
  const changed =
    kind === 'glass/end'
      ? { ...held, ended: { by, at, reason } }
      : { ...held, review: { by, at, isJustified: said['isJustified'] === true, reason } };
  all.set(held.id, changed);
}
