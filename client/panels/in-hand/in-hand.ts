// Incidents or tasks in hand, out of the rows of their layer: what is due first, first. Pure.
import type { Title } from '../../../contracts/column.ts';
import type { incident } from '../../../contracts/layers/incident.ts';
import type { task } from '../../../contracts/layers/task.ts';
import type { Row } from '../../../contracts/layer.ts';
import { stageTitles } from '../../../contracts/records/incident.ts';
import { taskStateTitles } from '../../../contracts/records/task.ts';

export type IncidentRow = Row<(typeof incident)['columns']>;
export type TaskRow = Row<(typeof task)['columns']>;

export interface Piece {
  readonly key: string;
  /** Of the incident whose card it opens. */
  readonly incident: string;
  readonly name: string;
  /** How far it is: stage, or state of the task. */
  readonly standing: readonly Title[];
  /** Whose turn it is. */
  readonly who: string;
  /** Epoch ms; null: it has no time. */
  readonly dueAt: number | null;
  readonly isLate: boolean;
}

export interface InHand {
  readonly rows: readonly Piece[];
  readonly total: number;
  readonly late: number;
}

/** @param most rows that are shown; all are counted */
export function inHandOf(pieces: readonly Piece[], most: number): InHand {
  const rows = pieces.toSorted(
    (a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || a.key.localeCompare(b.key),
  );
  return {
    rows: rows.slice(0, most),
    total: pieces.length,
    late: pieces.filter(({ isLate }) => isLate).length,
  };
}

const known = (titles: readonly (Title | null)[]): readonly Title[] => titles.filter((one) => one !== null);

/** What is closed is in nobody's hand. */
export const incidentPieces = (rows: readonly IncidentRow[]): Piece[] =>
  rows
    .filter(({ values }) => values.stage !== 'closed')
    .map(({ key, values }) => ({
      ...{ key, incident: key, name: values.title ?? values.no ?? key, who: values.owner ?? '' },
      standing: known([values.stage && stageTitles[values.stage]]),
      ...{ dueAt: values.dueAt, isLate: values.overdue === 'yes' },
    }));

export const taskPieces = (rows: readonly TaskRow[]): Piece[] =>
  rows.map(({ key, values }) => ({
    ...{ key, incident: String(values.incidentId ?? ''), name: values.title ?? key, who: values.unit ?? '' },
    standing: known([values.state && taskStateTitles[values.state]]),
    ...{ dueAt: values.dueAt, isLate: values.overdue === 'yes' },
  }));
