// groups: what the worker of the page needs to group 200,000 moving objects anew, and for the heat of 20,000: plain code,
// so it runs here as it does in the worker.
import { densityBox, densityOf, encodeSteps } from '../client/map/groups/density.ts';
import { GroupGrid, type Points } from '../client/map/groups/group-grid.ts';
import { GROUP_BYTES } from '../client/map/groups/group-record.ts';
import { RECORD_BYTES, RECORD_FLOATS } from '../client/map/glyphs/record.ts';
import { localMs } from '../client/clock.ts';
import {
  atMost,
  check,
  exactly,
  median,
  reported,
  result,
  type BenchOptions,
  type BenchResult,
} from './result.ts';

const MOST = 200_000;
const HEAT = 20_000;
const CITY_M = 200_000;
const STEPS = [0.1, 0.3, 1, 3, 10];

/** Objects with legs of half a minute, most of them in towns, seeded. */
function crowd(count: number): Points {
  const floats = new Float32Array(count * RECORD_FLOATS);
  const bytes = new Uint8Array(floats.buffer);
  let seed = 7;
  const random = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  for (let slot = 0; slot < count; slot++) {
    const town = slot % 40;
    const spread = slot % 5 === 0 ? CITY_M : 8000;
    const x = (((town * 37) % 40) / 40 - 0.5) * CITY_M + (random() - 0.5) * spread;
    const y = (town / 40 - 0.5) * CITY_M + (random() - 0.5) * spread;
    floats.set([x, y, x + random() * 400, y + random() * 400, 0, 30, 500, 0], slot * RECORD_FLOATS);
    bytes.set([slot % 6, slot % 5, 64, 16], slot * RECORD_BYTES + 32);
  }
  return { floats, bytes, highWater: count };
}

function timed(rounds: number, work: (round: number) => void): number {
  const spent: number[] = [];
  for (let round = 0; round < rounds + 5; round++) {
    const from = localMs();
    work(round);
    // The first ones are compiled.
    if (round >= 5) spent.push(localMs() - from);
  }
  return median(spent);
}

const countIn = (records: Uint8Array<ArrayBuffer>): number => {
  const floats = new Float32Array(records.buffer, records.byteOffset, records.byteLength / 4);
  let sum = 0;
  for (let at = 0; at < floats.length; at += GROUP_BYTES / 4) sum += floats[at + 3] ?? 0;
  return sum;
};

export function run(options: BenchOptions): Promise<BenchResult> {
  const rounds = options.long ? 200 : 40;
  const grid = new GroupGrid();
  const many = crowd(MOST);
  let grouped = 0;
  const groups = timed(rounds, (round) => {
    grouped = countIn(grid.group(many, { cellM: 8000, metresPerPx: 200, nowS: round }));
  });
  const some = crowd(HEAT);
  const box = densityBox([-CITY_M / 2, -CITY_M / 2, CITY_M / 2, CITY_M / 2], 1000);
  const heat = timed(rounds, (round) => void encodeSteps(densityOf(some, box, round), STEPS));
  return Promise.resolve(
    result({
      name: 'groups',
      value: groups,
      unit: 'ms in the worker',
      target: atMost(10),
      valid: true,
      checks: [
        check('200,000 objects grouped anew', [groups, 'ms'], atMost(10)),
        check('objects that are in a group', [grouped, '1'], exactly(MOST)),
        check('heat of 20,000 objects in 1 km cells', [heat, 'ms'], atMost(10)),
        reported('cells of the heat', [box.nx * box.ny, '1']),
      ],
    }),
  );
}
