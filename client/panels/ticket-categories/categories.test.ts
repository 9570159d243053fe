import { describe, expect, it } from 'vitest';
import { categoryRows } from './categories.ts';
import { ticketsOf } from './ticket.fixture.ts';

const NOW = Date.UTC(2026, 6, 15);
const words = { other: '其他', overdue: '超时', unit: '件' };
const table = ticketsOf(
  [
    ['供水', true],
    ['供水', false],
    ['供水', false, 'closed'],
    ['噪声', false],
    ['噪声', false],
    ['噪声', false],
    ['占道', false],
    [null, false],
  ],
  NOW,
);

describe('open tickets by category', () => {
  it('are counted without the closed, the most first, what is late said in words', () => {
    const rows = categoryRows({ table, most: 6, now: NOW, locale: 'zh', words });
    expect(rows.map(({ name, text, note }) => [name, text, note])).toEqual([
      ['噪声', '3', undefined],
      ['供水', '2', '超时 1'],
      ['占道', '1', undefined],
      ['其他', '1', undefined],
    ]);
  });
  it('join what does not fit', () => {
    const rows = categoryRows({ table, most: 2, now: NOW, locale: 'zh', words });
    expect(rows.map(({ name, text }) => [name, text])).toEqual([
      ['噪声', '3'],
      ['其他', '4'],
    ]);
  });
  it('are none without a table', () => {
    expect(categoryRows({ table: null, most: 5, now: NOW, locale: 'zh', words })).toEqual([]);
  });
});
