import { expect, it } from 'vitest';
import type { BoardTask } from '../../../contracts/records/headquarters.ts';
import { cardAt, columnsOf } from './columns.ts';

const name = (zh: string) => ({ zh, en: zh });
const task = (id: number, group: string | null, isLate = false): BoardTask => ({
  ...{
    id,
    text: `${id}`,
    unit: { id: 'u', name: name(`单位${id % 2}`) },
    group: group === null ? null : name(group),
  },
  ...{
    plan: null,
    incident: 1,
    incidentNo: '1',
    incidentTitle: '',
    state: 'given',
    givenAt: 0,
    dueAt: null,
    isLate,
  },
});
const tasks = [task(1, '抢险组'), task(2, '抢险组'), task(3, '转移组', true), task(4, null)];

it('puts what is late first, and what belongs to no group under its own name', () => {
  expect(columnsOf(tasks, 'group').map(({ name: { zh }, tasks: of, late }) => [zh, of.length, late])).toEqual(
    [
      ['转移组', 1, 1],
      ['抢险组', 2, 0],
      ['不属工作组', 1, 0],
    ],
  );
  expect(columnsOf(tasks, 'group', true)).toHaveLength(1);
  expect(columnsOf(tasks, 'unit').map(({ tasks: of }) => of.length)).toEqual([2, 2]);
  expect(columnsOf(tasks, 'plan').map(({ name: { zh } }) => zh)).toEqual(['不属预案']);
});

it('moves by arrows within and between columns, and stops at the edges', () => {
  const columns = columnsOf(tasks, 'group');
  expect(cardAt(columns, { column: 1, row: 0 }, 'ArrowDown')).toEqual({ column: 1, row: 1 });
  expect(cardAt(columns, { column: 1, row: 1 }, 'ArrowDown')).toBeNull();
  expect(cardAt(columns, { column: 1, row: 1 }, 'ArrowLeft')).toEqual({ column: 0, row: 0 });
  expect(cardAt(columns, { column: 0, row: 0 }, 'ArrowLeft')).toBeNull();
  expect(cardAt(columns, { column: 0, row: 0 }, 'x')).toBeNull();
});
