// Milliseconds a client spends on one tick of 20,000 moving objects: inflate, decode, apply; against parsing and
// applying the JSON delta of the same tick. Runs alternate; medians.
import { availableParallelism, loadavg } from 'node:os';
import { inflateRawSync } from 'node:zlib';
import { FrameReceiver, StreamEncoder } from '../contracts/frame.ts';
import { joinFrames, splitFrames } from '../contracts/packet.ts';
import { LayerTable } from '../contracts/table.ts';
import { CityModel } from './city-model.ts';
import { fleet, FleetWriter } from './fleet.ts';
import { JsonMirror, jsonDelta } from './rival/json-delta.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { median, rounded } from './result.ts';
import { packed } from './wire-bytes.ts';

const OBJECTS = 20_000;
/** Ticks until the compiler has settled. */
const WARM_UP = 40;

export function run(options: BenchOptions): Promise<BenchResult> {
  const times = measure(options.long ? 400 : 140);
  const frame = median(times.frame);
  const json = median(times.json);
  const ratio = json / frame;
  const inflate = median(times.inflate);
  return Promise.resolve({
    name: 'decode',
    value: rounded(frame),
    unit: 'ms per tick',
    rival: 'JSON.parse of the delta and a Map of objects',
    rivalValue: rounded(json),
    ratio: rounded(ratio, 1),
    target: '≤ 1.5 ms, ≥ 20×',
    ok: frame <= 1.5 && ratio >= 20,
    // More runnable processes than cores: the figures are of the queue, not of the decoder.
    valid: (loadavg()[0] ?? 0) <= availableParallelism(),
    checks: [
      { what: 'inflate alone', value: rounded(inflate), unit: 'ms', target: 'reported', ok: true },
      { what: 'time', value: rounded(frame), unit: 'ms', target: '≤ 1.5', ok: frame <= 1.5 },
      { what: 'encode', value: rounded(median(times.encode)), unit: 'ms', target: 'reported', ok: true },
    ],
  });
}

interface Times {
  readonly frame: number[];
  readonly inflate: number[];
  readonly json: number[];
  readonly encode: number[];
}

function measure(ticks: number): Times {
  const city = new CityModel(OBJECTS);
  const table = new LayerTable(fleet);
  const encoder = new StreamEncoder(table, {
    world: 'live',
    label: 'public',
    rateS: 1,
    cells: ['city'],
    cellOf: () => 0,
  });
  const receiver = new FrameReceiver(fleet, 'public');
  const mirror = new JsonMirror();
  const times: Times = { frame: [], inflate: [], json: [], encode: [] };
  const timed = (into: number[], keep: boolean, act: () => void): void => {
    const started = performance.now();
    act();
    if (keep) into.push(performance.now() - started);
  };
  const writer = new FleetWriter(table, city, 0);
  for (let tick = 1; tick <= ticks; tick++) {
    const keep = tick > WARM_UP;
    const json = jsonDelta(table);
    let packet: Uint8Array = new Uint8Array(0);
    timed(times.encode, keep, () => {
      encoder.note();
      packet = joinFrames(
        tick,
        encoder.encode(tick, tick * 1000).map((frame) => frame.bytes),
      );
    });
    table.clearChanges();
    const sent = packed(packet);
    const ours = (): void => {
      timed(times.frame, keep, () => {
        for (const frame of splitFrames(inflateRawSync(sent)).frames) receiver.apply(frame);
      });
      receiver.table.clearChanges();
      timed(times.inflate, keep, () => inflateRawSync(sent));
    };
    const theirs = (): void => timed(times.json, keep, () => mirror.apply(json));
    for (const side of tick % 2 === 0 ? [ours, theirs] : [theirs, ours]) side();
    city.step();
    writer.report(tick * 1000);
  }
  return times;
}
