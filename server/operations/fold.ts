// The operations as the fold of their entries in the log.
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Operation, OperationKind } from '../../contracts/records/operation.ts';
import { operationKinds } from '../../contracts/records/operation.ts';

export const UNDO = 'operation/undo';

/** An operation with what changes of it. */
export interface Held extends Omit<Operation, 'status' | 'undoable' | 'undone'> {
  undone: Operation['undone'];
  /** A later operation took its place, or it was done at once. */
  isOver: boolean;
}

type Body = Readonly<Record<string, unknown>>;

/** An entry of the log as an operation; null where it is none. */
export function operationOf({ seq, kind, knownAt, subject, body }: LogEntry): Held | null {
  if (!(operationKinds as readonly string[]).includes(kind)) return null;
  const { reason, until, ...asked } = body as Body;
  return {
    id: seq,
    kind: kind as OperationKind,
    at: knownAt,
    by: subject,
    reason: String(reason),
    until: typeof until === 'number' ? until : null,
    body: asked,
    undone: null,
    isOver: kind === 'feed/enable',
  };
}

export function isActive({ isOver, undone, until }: Held, now: number): boolean {
  return !isOver && undone === null && (until === null || until > now);
}

export function asListed({ isOver, undone, ...facts }: Held, now: number): Operation {
  const active = isActive({ isOver, undone, ...facts }, now);
  return { ...facts, status: undone ? 'undone' : active ? 'active' : 'ended', undoable: active, undone };
}

/** What an operation is about: of two active ones about the same, the later takes the place of the earlier. */
export function aboutOf({ kind, body }: Pick<Held, 'kind' | 'body'>): string {
  const { layer, key, column, feed } = body;
  switch (kind) {
    case 'sensor/silence':
      return `silence ${String(layer)} ${String(key)}`;
    case 'value/fill':
      return `fill ${String(layer)} ${String(key)} ${String(column)}`;
    case 'feed/disable':
    case 'feed/enable':
      return `feed ${String(feed)}`;
    case 'alias/merge':
    case 'alias/split':
      return `alias ${JSON.stringify(body)}`;
  }
}
