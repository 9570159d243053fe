import { expect, it } from 'vitest';
import { inHandOf, type Piece } from './in-hand.ts';

const piece = (key: string, dueAt: number | null, isLate = false): Piece => ({
  ...{ key, incident: key, name: key, standing: [], who: '', dueAt, isLate },
});

it('puts what is due first before the rest and what has no time last, and counts what it does not show', () => {
  const all = [piece('a', null), piece('b', 30), piece('c', 10, true), piece('d', 20, true)];
  expect(inHandOf(all, 3)).toMatchObject({
    rows: [{ key: 'c' }, { key: 'd' }, { key: 'b' }],
    total: 4,
    late: 2,
  });
  expect(inHandOf([], 3)).toEqual({ rows: [], total: 0, late: 0 });
});
