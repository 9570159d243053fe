// The board's tasks in columns: by working group, by unit, or by plan. Pure.
import type { Title } from '../../../contracts/column.ts';
import { title } from '../../../contracts/declare.ts';
import type { BoardTask } from '../../../contracts/records/headquarters.ts';

export const boardViews = ['group', 'unit', 'plan'] as const;
export type BoardView = (typeof boardViews)[number];

export interface BoardColumn {
  readonly name: Title;
  readonly tasks: readonly BoardTask[];
  readonly late: number;
}

const without: Readonly<Record<BoardView, Title>> = {
  group: title('不属工作组', 'No working group'),
  unit: title('无单位', 'No unit'),
  plan: title('不属预案', 'No plan'),
};
const nameOf = (task: BoardTask, by: BoardView): Title =>
  (by === 'unit' ? task.unit.name : task[by]) ?? without[by];

/** Columns with late tasks first, then the fuller ones; within one, what is due first. `onlyLate`: nothing else is shown. */
export function columnsOf(tasks: readonly BoardTask[], by: BoardView, onlyLate = false): BoardColumn[] {
  const columns = new Map<string, { name: Title; tasks: BoardTask[] }>();
  for (const task of onlyLate ? tasks.filter(({ isLate }) => isLate) : tasks) {
    const name = nameOf(task, by);
    const column = columns.get(name.zh) ?? { name, tasks: [] };
    column.tasks.push(task);
    columns.set(name.zh, column);
  }
  return [...columns.values()]
    .map((column) => ({ ...column, late: column.tasks.filter(({ isLate }) => isLate).length }))
    .sort((a, b) => b.late - a.late || b.tasks.length - a.tasks.length || a.name.zh.localeCompare(b.name.zh));
}

/** Where the focus goes from a card: to the one above or below, or to the column beside at the same height. */
export function cardAt(
  columns: readonly BoardColumn[],
  from: { readonly column: number; readonly row: number },
  key: string,
): { readonly column: number; readonly row: number } | null {
  const by = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[key];
  if (!by) return null;
  const column = from.column + (by[0] ?? 0);
  const many = columns[column]?.tasks.length ?? 0;
  if (many === 0) return null;
  const row = Math.min(from.row + (by[1] ?? 0), by[0] === 0 ? Infinity : many - 1);
  return row < 0 || row >= many ? null : { column, row };
}
