// The bench still plays what two officers do: without this a change of routes would only be noticed by whoever measures.
import { expect, test } from 'vitest';
import { runModeSwitch } from './mode-switch.ts';

test('a switch and its way back show on every screen and to every page that asks', async () => {
  const run = await runModeSwitch({ objects: 50, perS: 100, screens: 2, switches: 2 });
  expect(run.wrong).toBe(0);
  expect([...run.shown, ...run.polled].every((ms) => ms > 0)).toBe(true);
});
