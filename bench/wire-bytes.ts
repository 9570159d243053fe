// Bytes on the wire per changed moving object, against the JSON delta a Socket.IO server would send, in the same run.
import { constants, deflateRawSync } from 'node:zlib';
import { StreamEncoder } from '../contracts/frame.ts';
import { joinFrames } from '../contracts/packet.ts';
import { LayerTable } from '../contracts/table.ts';
import { measureCity } from './city-bytes.ts';
import type { Noise } from './city-model.ts';
import { CityModel, countyCodes, positionNoise, receiverNoise } from './city-model.ts';
import { fleet, FleetWriter } from './fleet.ts';
import { jsonDelta } from './rival/json-delta.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { rounded } from './result.ts';

const OBJECTS = 20_000;
/** Ticks before the filters of new rows have settled. */
const WARM_UP = 15;

interface Bytes {
  readonly single: number;
  readonly cells: number;
  readonly level6: number;
  readonly json: number;
  readonly changedShare: number;
}

/** Run-length matching only: as small as level 6 gets these planes, in a fraction of its time. */
export const packed = (packet: Uint8Array): Buffer => deflateRawSync(packet, { strategy: constants.Z_RLE });

export async function run(options: BenchOptions): Promise<BenchResult> {
  const ticks = options.long ? 300 : 45;
  const clean = measure(positionNoise, ticks);
  const noisy = measure(receiverNoise, ticks);
  const ratio = clean.json / clean.single;
  const wall = clean.cells / clean.single;
  options.say('the default city at its own report rates');
  const city = await measureCity(options.long ? 300 : 30);
  return {
    name: 'wire-bytes',
    value: rounded(clean.single),
    unit: 'B per changed object',
    rival: 'JSON deltas {id, lon, lat, heading, speed} over Socket.IO, coordinates with 5 decimals',
    rivalValue: rounded(clean.json, 1),
    ratio: rounded(ratio, 1),
    target: '≤ 2.0 B, ≥ 60×',
    ok: clean.single <= 2 && ratio >= 60,
    valid: true,
    checks: [
      check('wall over all cells, against one stream', [wall, '×'], '≤ 1.3', wall <= 1.3),
      check(
        'with course and speed noise too (0.5°, 0.3 km/h)',
        [noisy.single, 'B'],
        '≤ 2.0',
        noisy.single <= 2,
      ),
      check('with that noise, against JSON deltas', [noisy.json / noisy.single, '×'], 'reported', true),
      check('deflate level 6 instead', [clean.level6, 'B'], 'reported', true),
      check('changed objects a tick', [clean.changedShare * 100, '%'], '70–85', clean.changedShare > 0.7),
      check('default city, all layers: a screen', [city.wireBytes / city.seconds, 'B/s'], 'reported', true),
      check('the same, a changed row', [city.wireBytes / city.rows, 'B'], 'reported', true),
      check('the same against JSON deltas', [city.jsonBytes / city.wireBytes, '×'], 'reported', true),
      check('the same, changed rows', [city.rows / city.seconds, '1/s'], 'reported', true),
    ],
  };
}

function check(
  what: string,
  [value, unit]: [number, string],
  target: string,
  ok: boolean,
): BenchResult['checks'][number] {
  return { what, value: rounded(value), unit, target, ok };
}

function measure(noise: Noise, ticks: number): Bytes {
  const city = new CityModel(OBJECTS, 1, noise);
  const table = new LayerTable(fleet);
  const stream = { world: 'live', label: 'public', rateS: 1 } as const;
  const encoders = [
    new StreamEncoder(table, { ...stream, cells: ['city'], cellOf: () => 0 }),
    new StreamEncoder(table, {
      ...stream,
      cells: countyCodes,
      cellOf: (slot) => city.county[slot] as number,
    }),
  ];
  const writer = new FleetWriter(table, city, 0);
  const sums = { single: 0, cells: 0, level6: 0, json: 0, changed: 0 };
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
      sums.level6 += deflateRawSync(single).length;
      sums.json += Buffer.byteLength(jsonDelta(table));
      sums.changed += table.changedCount;
    }
    table.clearChanges();
    city.step();
    writer.report(tick * 1000);
  }
  const per = (sum: number): number => sum / sums.changed;
  return {
    single: per(sums.single),
    cells: per(sums.cells),
    level6: per(sums.level6),
    json: per(sums.json),
    changedShare: sums.changed / (ticks - WARM_UP) / OBJECTS,
  };
}
