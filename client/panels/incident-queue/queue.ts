// The queue and the overdue board, out of the rows of the layer: pure.
import type { incident } from '../../../contracts/layers/incident.ts';
import type { task } from '../../../contracts/layers/task.ts';
import type { Row } from '../../../contracts/layer.ts';
import type { QueueFilter } from '../../stores/incidents.ts';

export type IncidentRow = Row<(typeof incident)['columns']>;

export type TaskRow = Row<(typeof task)['columns']>;

export interface OwnerCount {
  readonly id: string;
  readonly name: string;
  readonly open: number;
  readonly overdue: number;
}

export interface QueueModel {
  /** What is due first, first. */
  readonly rows: readonly IncidentRow[];
  readonly counts: Readonly<Record<QueueFilter, number>>;
  /** Whose turn it is, most overdue first. */
  readonly owners: readonly OwnerCount[];
}

const isClosed = ({ values }: IncidentRow): boolean => values.stage === 'closed';

const fits: Readonly<Record<QueueFilter, (row: IncidentRow) => boolean>> = {
  open: (row) => !isClosed(row),
  overdue: ({ values }) => values.overdue === 'yes',
  supervised: ({ values }) => values.supervised === 'yes',
  closed: isClosed,
};

const GRADES = ['I', 'II', 'III', 'IV'];
/** Ungraded ones stand with Ⅳ. */
const rank = ({ values }: IncidentRow): number => (values.grade === null ? 3 : GRADES.indexOf(values.grade));

export function queueModel(
  all: readonly IncidentRow[],
  { filter, owner }: { readonly filter: QueueFilter; readonly owner: string | null },
): QueueModel {
  const mine = all.filter(({ values }) => owner === null || values.ownerId === owner);
  const counts = Object.fromEntries(
    Object.entries(fits).map(([name, fit]) => [name, mine.filter(fit).length]),
  ) as Record<QueueFilter, number>;
  const rows = mine.filter(fits[filter]);
  rows.sort((a, b) => (a.values.dueAt ?? Infinity) - (b.values.dueAt ?? Infinity) || rank(a) - rank(b));
  return { rows, counts, owners: ownersOf(all) };
}

function ownersOf(all: readonly IncidentRow[]): OwnerCount[] {
  const found = new Map<string, OwnerCount>();
  for (const { values } of all) {
    const id = values.ownerId ?? '';
    const before = found.get(id) ?? { id, name: values.owner ?? id, open: 0, overdue: 0 };
    const isLate = values.overdue === 'yes';
    found.set(id, { ...before, open: before.open + 1, overdue: before.overdue + (isLate ? 1 : 0) });
  }
  return [...found.values()].sort(
    (a, b) => b.overdue - a.overdue || b.open - a.open || a.id.localeCompare(b.id),
  );
}

export interface TaskInbox {
  /** What is due first, first. */
  readonly rows: readonly TaskRow[];
  /** Units that have open tasks, the most first. */
  readonly units: readonly { readonly id: string; readonly name: string; readonly count: number }[];
}

/** @param unit '': all */
export function taskInbox(all: readonly TaskRow[], unit: string): TaskInbox {
  const units = new Map<string, { id: string; name: string; count: number }>();
  for (const { values } of all) {
    const id = values.unitId ?? '';
    const before = units.get(id) ?? { id, name: values.unit ?? id, count: 0 };
    units.set(id, { ...before, count: before.count + 1 });
  }
  const rows = all.filter(({ values }) => unit === '' || values.unitId === unit);
  return {
    rows: rows.toSorted((a, b) => (a.values.dueAt ?? Infinity) - (b.values.dueAt ?? Infinity)),
    units: [...units.values()].sort((a, b) => b.count - a.count || a.id.localeCompare(b.id)),
  };
}
