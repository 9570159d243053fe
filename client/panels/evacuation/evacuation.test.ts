import { expect, test } from 'vitest';
import { evacuationModel } from './evacuation.ts';
import { evacuationRows, rowOf } from './rows.fixture.ts';

test('a unit stands before its places, the least done first', () => {
  const { city, bars, more } = evacuationModel(evacuationRows, 10);
  expect(city).toMatchObject({ toMove: 1180, moved: 827, refused: 27 });
  expect(bars.map(({ name, isHead }) => [name, isHead])).toEqual([
    ['甲镇', true],
    ['甲二村', false],
    ['甲一村', false],
    ['乙镇', true],
    ['乙一村', false],
  ]);
  expect(more).toBe(0);
});

test('what does not fit is counted by places', () => {
  expect(evacuationModel(evacuationRows, 2).more).toBe(2);
});

test('a town that moves as one stands once, and is counted as a place where it does not fit', () => {
  const rows = [
    rowOf('task-9', { scope: 'task', taskId: 9, unit: '丙镇', toMove: 1320, moved: 100, percent: 7.6 }),
    rowOf('task-9-1', { taskId: 9, name: '丙镇', toMove: 1320, moved: 100, percent: 7.6 }),
  ];
  expect(evacuationModel(rows, 8).bars.map(({ name }) => name)).toEqual(['丙镇']);
  expect(evacuationModel(rows, 0).more).toBe(1);
});

test('nobody is moved: no sum is made up', () => {
  expect(evacuationModel([], 8)).toEqual({ city: null, bars: [], more: 0 });
  expect(evacuationModel([rowOf('x', { scope: 'place', taskId: 9 })], 8).bars).toEqual([]);
});
