import { expect, test } from 'vitest';
import { queueModel, taskInbox, type IncidentRow, type TaskRow } from './queue.ts';

const row = (key: string, values: Partial<IncidentRow['values']>): IncidentRow =>
  ({
    key,
    values: {
      stage: 'handling',
      grade: null,
      ownerId: 'city',
      owner: '值班室',
      dueAt: null,
      overdue: 'no',
      supervised: 'no',
      ...values,
    },
  }) as IncidentRow;

const all = [
  row('later', { dueAt: 300 }),
  row('never', {}),
  row('late', { dueAt: 100, overdue: 'yes', ownerId: 'dept:fire', owner: '消防' }),
  row('grave', { dueAt: 300, grade: 'I', supervised: 'yes' }),
  row('closed', { stage: 'closed', dueAt: 50 }),
];

test('what is due first stands first, of the same time the graver, without a time last', () => {
  const { rows, counts } = queueModel(all, { filter: 'open', owner: null });
  expect(rows.map(({ key }) => key)).toEqual(['late', 'grave', 'later', 'never']);
  expect(counts).toEqual({ open: 4, overdue: 1, supervised: 1, closed: 1 });
});

test('one unit is told by itself, and the board still tells all, the most overdue first', () => {
  const { rows, counts, owners } = queueModel(all, { filter: 'open', owner: 'dept:fire' });
  expect(rows.map(({ key }) => key)).toEqual(['late']);
  expect(counts.overdue).toBe(1);
  expect(owners).toEqual([
    { id: 'dept:fire', name: '消防', open: 1, overdue: 1 },
    { id: 'city', name: '值班室', open: 4, overdue: 0 },
  ]);
});

test('the inbox tells the tasks of a unit, what is due first, first, and which units have any', () => {
  const task = (key: string, unitId: string, dueAt: number | null): TaskRow =>
    ({ key, values: { unitId, unit: unitId, dueAt } }) as TaskRow;
  const tasks = [task('1', 'dept:fire', null), task('2', 'dept:fire', 20), task('3', 'city', 10)];
  const { rows, units } = taskInbox(tasks, '');
  expect(rows.map(({ key }) => key)).toEqual(['3', '2', '1']);
  expect(units.map(({ id, count }) => [id, count])).toEqual([
    ['dept:fire', 2],
    ['city', 1],
  ]);
  expect(taskInbox(tasks, 'city').rows.map(({ key }) => key)).toEqual(['3']);
});
