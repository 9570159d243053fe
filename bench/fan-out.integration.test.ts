// The measured server and the screens of the load generator still understand each other: without this a change of the wire
// would only be noticed by whoever measures next.
import { expect, test } from 'vitest';
import { runFanOut } from './fan-out.ts';

test.each(['cockpit', 'json'] as const)(
  'every tick of the %s side reaches every screen once',
  async (side) => {
    const run = await runFanOut({ side, objects: 50, screens: 2, ticks: 2, warmUpTicks: 1 });
    expect(run.lost).toBe(0);
    expect(run.latencies).toHaveLength(4);
    expect(run.load.rows).toBe(50);
  },
);
