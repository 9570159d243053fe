import { expect, test } from 'vitest';
import { ClientBudget } from './client-budget.ts';

function send(budget: ClientBudget, tick: number, bytes: number): boolean {
  const admitted = budget.admits(tick, bytes);
  if (admitted) budget.sent(tick, bytes);
  return admitted;
}

test('two packets may be under way, then the client is behind until all are applied', () => {
  const budget = new ClientBudget();
  expect([send(budget, 1, 10), send(budget, 2, 10), send(budget, 3, 10)]).toEqual([true, true, false]);
  expect(budget.skippedFrom).toBe(3);
  expect(budget.applied(1)).toBe(false);
  expect(send(budget, 4, 10)).toBe(false);
  expect(budget.applied(2)).toBe(true);
  budget.reset();
  expect(send(budget, 5, 10)).toBe(true);
});

test('a megabyte may be under way; one larger packet alone may too', () => {
  const budget = new ClientBudget();
  expect(send(budget, 1, 3_000_000)).toBe(true);
  expect(send(budget, 2, 10)).toBe(false);
  expect(budget.applied(1)).toBe(true);
});

test('one acknowledgement covers all ticks before it', () => {
  const budget = new ClientBudget();
  send(budget, 1, 10);
  send(budget, 2, 10);
  expect(budget.applied(2)).toBe(false);
  expect(send(budget, 3, 10)).toBe(true);
});
