// What a wall keeps of a hundred scenes, each left in the middle of a flight: heap, listeners, nodes, GPU objects.
import { openBrowser, openPage, until, untilReady } from '../e2e/kit/browser.ts';
import { countFromTheStart, Inspector, switchScenes, untilAtRest } from '../e2e/kit/keepings.ts';
import { RunningCity } from '../e2e/kit/processes.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atMost, check, exactly, reported, result } from './result.ts';

const SWITCHES = 100;
const WARM_UP = 10;

export async function run(options: BenchOptions): Promise<BenchResult> {
  const city = await RunningCity.start({ scale: 0.1 });
  const browser = await openBrowser({ width: 960, height: 540 });
  try {
    await countFromTheStart(browser);
    const { page, faults } = await openPage(browser, `${city.url}/wall?e2e=0.25&scene=overview`);
    await untilReady(page);
    await until(page, () => (window.cockpit?.rows('indicator-value') ?? 0) > 0, null, 60_000);
    await untilAtRest(page);
    await switchScenes(page, WARM_UP);
    const inspector = await Inspector.of(page);
    const before = await inspector.look();
    options.say(`before: ${JSON.stringify(before)}`);
    await switchScenes(page, SWITCHES);
    const after = await inspector.look();
    options.say(`after: ${JSON.stringify(after)}`);
    return result({
      name: 'leaks',
      value: after.heapMb - before.heapMb,
      unit: `MB of heap grown over ${SWITCHES} scenes`,
      target: atMost(1),
      valid: before.heapMb > 5 && before.primitives > 10,
      checks: [
        check('primitives more', [after.primitives - before.primitives, 'primitives'], exactly(0)),
        check('shader programs more', [after.programs - before.programs, 'programs'], exactly(0)),
        check('workers more', [after.workers - before.workers, 'workers'], exactly(0)),
        check('listeners more', [after.listeners - before.listeners, 'listeners'], atMost(20)),
        check('nodes more', [after.nodes - before.nodes, 'nodes'], atMost(200)),
        check('textures more', [after.textures - before.textures, 'textures'], atMost(5)),
        check('errors and requests outside', [faults.length, 'faults'], exactly(0)),
        reported('heap before', [before.heapMb, 'MB']),
        reported('compiled code more', [after.codeMb - before.codeMb, 'MB']),
        reported('buffers beside the heap more', [after.buffersMb - before.buffersMb, 'MB']),
        reported('rows more', [after.rows - before.rows, 'rows']),
      ],
    });
  } finally {
    await browser.close();
    await city.stop();
  }
}
