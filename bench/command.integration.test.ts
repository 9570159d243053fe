// The bench still plays what a duty officer does: without this a change of routes would only be noticed by whoever measures.
import { expect, test } from 'vitest';
import { runCommand } from './command.ts';

test('a call becomes an order, a storm one cluster, and every action shows on every screen', async () => {
  const run = await runCommand({
    ...{ objects: 50, perS: 100, seconds: 1, actionsPerS: 5, screens: 2, storm: 200 },
  });
  expect(run).toMatchObject({ clusters: 1, clustered: 200, actionsToOrder: 4, orders: 1, failed: 0 });
  expect(run.acknowledged).toHaveLength(5);
  expect(run.shown.every((ms) => ms > 0)).toBe(true);
});
