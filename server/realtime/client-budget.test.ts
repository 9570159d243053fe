import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Receipts } from '../../contracts/receipts.ts';
import { ClientBudget } from './client-budget.ts';

function send(budget: ClientBudget, tick: number, bytes: number): boolean {
  const admitted = budget.admits(tick, bytes);
  if (admitted) budget.sent(tick, bytes);
  return admitted;
}

test('six packets may be under way, then the client is behind until fewer than four are', () => {
  const budget = new ClientBudget();
  const sent = [1, 2, 3, 4, 5, 6, 7].map((tick) => send(budget, tick, 10));
  expect(sent).toEqual([true, true, true, true, true, true, false]);
  expect(budget.skippedFrom).toBe(7);
  expect(budget.applied(2)).toBe(false);
  expect(send(budget, 8, 10)).toBe(false);
  expect(budget.applied(4)).toBe(true);
  budget.reset();
  expect(send(budget, 9, 10)).toBe(true);
});

test('a megabyte may be under way; one larger packet alone may too', () => {
  const budget = new ClientBudget();
  expect(send(budget, 1, 3_000_000)).toBe(true);
  expect(send(budget, 2, 10)).toBe(false);
  expect(budget.applied(1)).toBe(true);
});

test('one acknowledgement covers all ticks before it', () => {
  const budget = new ClientBudget();
  for (const tick of [1, 2, 3, 4, 5, 6]) send(budget, tick, 10);
  expect(budget.applied(6)).toBe(false);
  expect(send(budget, 7, 10)).toBe(true);
});

const sizes = fc.array(fc.integer({ min: 1, max: 2_000_000 }), { maxLength: 200 });

test('a client that applies each packet at once is never behind, whatever their sizes', () => {
  fc.assert(
    fc.property(sizes, (packets) => {
      const [budget, receipts] = [new ClientBudget(), new Receipts()];
      for (const [tick, bytes] of packets.entries()) {
        expect(send(budget, tick, bytes)).toBe(true);
        if (receipts.isDue(bytes)) budget.applied(tick);
      }
    }),
  );
});

test('a client that is behind is caught up by the time it has applied what was under way', () => {
  fc.assert(
    fc.property(sizes, fc.nat(20), (packets, late) => {
      const [budget, receipts] = [new ClientBudget(), new Receipts()];
      const underWay: [tick: number, bytes: number][] = [];
      let isCaughtUp = false;
      const apply = ([tick, bytes]: [number, number]): void => {
        if (receipts.isDue(bytes)) isCaughtUp = budget.applied(tick) || isCaughtUp;
      };
      for (const [tick, bytes] of packets.entries()) {
        if (send(budget, tick, bytes)) underWay.push([tick, bytes]);
        if (underWay.length > late) apply(underWay.shift() as [number, number]);
        if (budget.skippedFrom !== null) break;
      }
      for (const packet of underWay) apply(packet);
      if (budget.skippedFrom !== null) expect(isCaughtUp).toBe(true);
    }),
  );
});
