// Bytes on the wire per changed moving object, against the JSON delta a Socket.IO server would send, in the same run.
import { constants, deflateRawSync } from 'node:zlib';
import { StreamEncoder } from '../contracts/frame.ts';
import { joinFrames } from '../contracts/packet.ts';
import { LayerTable } from '../contracts/table.ts';
import type { Noise } from './moving-city.ts';
import { MovingCity, benchMoving, countyOf, jsonDelta, positionNoise, receiverNoise } from './moving-city.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atLeast, atMost, check, result } from './result.ts';

const OBJECTS = 20_000;
/** Ticks before the filters of new rows have settled. */
const WARM_UP = 15;
const COUNTIES = 8;

interface Bytes {
  readonly single: number;
  readonly cells: number;
  readonly json: number;
  readonly changedShare: number;
}

/** Run-length matching only: as small as level 6 gets these planes, in a fraction of its time. */
export const packed = (packet: Uint8Array): Buffer => deflateRawSync(packet, { strategy: constants.Z_RLE });

export function run(options: BenchOptions): Promise<BenchResult> {
  const ticks = options.isLong ? 300 : 45;
  const clean = measure(positionNoise, ticks);
  const noisy = measure(receiverNoise, ticks);
  return Promise.resolve(
    result({
      name: 'wire-bytes',
      value: clean.single,
      unit: 'B per changed object',
      rival: { name: 'JSON deltas over Socket.IO, 5 decimals', value: clean.json },
      target: atLeast(60),
      valid: true,
      checks: [
        check('bytes per changed object', [clean.single, 'B'], atMost(2)),
        check('wall over all cells, against one stream', [clean.cells / clean.single, '×'], atMost(1.3)),
        check('with course and speed noise too (0.5°, 0.3 km/h)', [noisy.single, 'B'], atMost(2)),
        check('the same against JSON deltas', [noisy.json / noisy.single, '×'], atLeast(60)),
        check('changed objects a tick', [clean.changedShare * 100, '%'], atLeast(70)),
      ],
    }),
  );
}

function measure(noise: Noise, ticks: number): Bytes {
  const city = new MovingCity(OBJECTS, noise);
  const table = new LayerTable(benchMoving);
  const stream = { world: 'live', label: 'public', rateS: 1 } as const;
  const counties = Array.from({ length: COUNTIES }, (_, i) => `5108${i}`);
  const encoders = [
    new StreamEncoder(table, { ...stream, cells: ['city'], cellOf: () => 0 }),
    new StreamEncoder(table, {
      ...stream,
      cells: counties,
      cellOf: (slot) => countyOf(table, slot, COUNTIES),
    }),
  ];
  city.report(table, 0, true);
  const sums = { single: 0, cells: 0, json: 0, changed: 0 };
  for (let tick = 1; tick <= ticks; tick++) {
    for (const encoder of encoders) encoder.note();
    const packets = encoders.map((encoder) =>
      joinFrames(
        tick,
        encoder.encode(tick, tick * 1000).map((frame) => frame.bytes),
      ),
    );
    if (tick > WARM_UP) {
      const [single, cells] = packets as [Uint8Array, Uint8Array];
      sums.single += packed(single).length;
      sums.cells += packed(cells).length;
      sums.json += Buffer.byteLength(jsonDelta(table));
      sums.changed += table.changedCount;
    }
    table.clearChanges();
    city.step();
    city.report(table, tick * 1000, false);
  }
  const per = (sum: number): number => sum / sums.changed;
  return {
    single: per(sums.single),
    cells: per(sums.cells),
    json: per(sums.json),
    changedShare: sums.changed / (ticks - WARM_UP) / OBJECTS,
  };
}
