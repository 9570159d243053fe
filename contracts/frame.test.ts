import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dice, churn, randomLayer, regions, rowsText } from './codec/random-rows.test-kit.ts';
import { streamedColumns } from './codec/layout.ts';
import type { Label } from './column.ts';
import { labels } from './column.ts';
import { CodedError } from './errors.ts';
import { FrameReceiver, StreamEncoder, decodeHeader } from './frame.ts';
import type { Layer } from './layer.ts';
import { busPosition } from './layers/bus-position.ts';
import { LayerTable } from './table.ts';

const START = 1_700_000_000_000;

interface Viewer {
  readonly label: Label;
  readonly rateS: number;
  readonly encoder: StreamEncoder;
  readonly receivers: FrameReceiver[];
}

function viewer(table: LayerTable, label: Label, rateS: number): Viewer {
  const encoder = new StreamEncoder(table, {
    world: 'live',
    label,
    rateS,
    cells: regions,
    cellOf: (slot) => regions.indexOf(table.regionAt(slot) as (typeof regions)[number]),
  });
  return { label, rateS, encoder, receivers: [new FrameReceiver(table.layer, label)] };
}

/** Every viewer's tables equal the table at its own steps; new receivers join by key frames at any time. */
function play(seed: number, ticks: number): void {
  const dice = new Dice(seed);
  const layer = randomLayer(dice);
  const table = new LayerTable(layer);
  churn(dice, table, START);
  const viewers = [1, 5].map((rateS) => viewer(table, dice.pick(labels), rateS));
  for (let tick = 1; tick <= ticks; tick++) {
    churn(dice, table, START + tick * 1000);
    for (const { encoder } of viewers) encoder.note();
    table.clearChanges();
    for (const one of viewers) {
      if (tick % one.rateS === 0) step(dice, table, one, tick);
      for (const receiver of one.receivers) receiver.table.clearChanges();
    }
  }
}

function step(dice: Dice, table: LayerTable, { encoder, label, receivers }: Viewer, tick: number): void {
  const frames = [...encoder.encode(tick, START + tick * 1000)];
  // Frames of one tick may come in any order.
  if (dice.chance(0.5)) frames.reverse();
  for (const receiver of receivers) for (const frame of frames) receiver.apply(frame.bytes);
  const columns = streamedColumns(table.layer.columns, label);
  const truth = rowsText(table, columns);
  if (dice.chance(0.1)) {
    const late = dice.chance(0.5)
      ? new FrameReceiver(table.layer, label)
      : (receivers.pop() as FrameReceiver);
    regions.forEach((_, cell) => late.apply(encoder.key(cell, tick, START)));
    receivers.push(late);
  }
  for (const receiver of receivers) {
    expect(rowsText(receiver.table, columns)).toBe(truth);
    expect(receiver.table.size).toBe(table.size);
  }
}

describe('frames', () => {
  it('any sequence of changes, encoded and applied, gives equal tables', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => play(seed, 40)),
      { numRuns: 80, seed: 20_261_123 },
    );
  });

  it('does not drift over 10,000 ticks', () => {
    const dice = new Dice(7);
    const table = new LayerTable(busPosition);
    const encoder = new StreamEncoder(table, {
      world: 'w',
      label: 'public',
      rateS: 1,
      cells: ['a'],
      cellOf: () => 0,
    });
    const receiver = new FrameReceiver(busPosition, 'public');
    const exact = { lon: 105.8, lat: 32.4, speed: 30 };
    const slot = table.put({ key: 'bus:1', validAt: START, source: 's', values: {} });
    for (let tick = 1; tick <= 10_000; tick++) {
      exact.lon += 1e-4 * (dice.next() - 0.5);
      exact.lat += 1e-4 * (dice.next() - 0.5);
      exact.speed = 75 + 75 * Math.sin(tick / 50);
      const values = { position: [exact.lon, exact.lat] as const, speedKmh: exact.speed };
      table.patch(slot, { validAt: START + tick * 1000 + dice.below(200), values });
      encoder.note();
      table.clearChanges();
      for (const frame of encoder.encode(tick, START)) receiver.apply(frame.bytes);
      receiver.table.clearChanges();
      const here = receiver.table.slotOf('bus:1');
      expect(Math.abs(receiver.table.column('position').lon(here) - exact.lon)).toBeLessThanOrEqual(
        0.500001e-5,
      );
      expect(Math.abs(receiver.table.column('position').lat(here) - exact.lat)).toBeLessThanOrEqual(
        0.500001e-5,
      );
      expect(Math.abs(receiver.table.column('speedKmh').get(here) - exact.speed)).toBeLessThanOrEqual(0.5);
    }
  });

  it('withholds columns above the label class', () => {
    const layer = randomLayer(new Dice(3));
    for (const label of labels)
      expect(streamedColumns(layer.columns, label).every((name) => !layer.columns[name]?.detail)).toBe(true);
    const table = new LayerTable(busPosition);
    expect(
      new StreamEncoder(table, {
        world: 'w',
        label: 'public',
        rateS: 1,
        cells: ['a'],
        cellOf: () => 0,
      }).encode(1, 1),
    ).toEqual([]);
  });
});

/** A table of two rows in cell 0 with the frames that made it. */
function small(layer: Layer): { table: LayerTable; encoder: StreamEncoder; frames: Uint8Array[] } {
  const table = new LayerTable(layer);
  const encoder = new StreamEncoder(table, {
    world: 'w',
    label: 'public',
    rateS: 1,
    cells: ['a', 'b'],
    cellOf: (slot) => (table.regionAt(slot) === 'b' ? 1 : 0),
  });
  const frames: Uint8Array[] = [];
  for (let tick = 1; tick <= 3; tick++) {
    table.put({ key: `k${tick % 2}`, validAt: tick, source: 's', values: {} });
    encoder.note();
    table.clearChanges();
    frames.push(...encoder.encode(tick, tick).map((frame) => frame.bytes));
  }
  return { table, encoder, frames };
}

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
  return 'none';
};

describe('a receiver', () => {
  const layer = busPosition as unknown as Layer;

  it('refuses gaps, repeats and reordering, and goes on from a key frame', () => {
    const { encoder, frames, table } = small(layer);
    const [first, second, third] = frames as [Uint8Array, Uint8Array, Uint8Array];
    const receiver = new FrameReceiver(layer, 'public');
    expect(codeOf(() => receiver.apply(second))).toBe('frame/gap');
    receiver.apply(first);
    expect(codeOf(() => receiver.apply(first))).toBe('frame/gap');
    expect(codeOf(() => receiver.apply(third))).toBe('frame/gap');
    expect(receiver.table.size).toBe(1);
    receiver.apply(encoder.key(0, 3, 3));
    expect(receiver.lastTick('a')).toBe(3);
    expect(codeOf(() => receiver.apply(third))).toBe('frame/gap');
    expect(rowsText(receiver.table, [])).toBe(rowsText(table, []));
  });

  it('takes a delta after a key frame that was made between two frames of the cell', () => {
    const { encoder, table } = small(layer);
    const receiver = new FrameReceiver(layer, 'public');
    receiver.apply(encoder.key(0, 8, 8));
    table.put({ key: 'k9', validAt: 9, source: 's', values: {} });
    encoder.note();
    for (const frame of encoder.encode(10, 10)) receiver.apply(frame.bytes);
    expect(receiver.table.size).toBe(3);
  });

  it('names what does not belong to it', () => {
    const { frames } = small(layer);
    const [first] = frames as [Uint8Array];
    const changed = { ...layer, schema: 1 };
    expect(codeOf(() => new FrameReceiver({ ...layer, slug: 'x' }, 'public').apply(first))).toBe(
      'frame/layer',
    );
    expect(codeOf(() => new FrameReceiver(changed, 'public').apply(first))).toBe('frame/schema');
    expect(codeOf(() => new FrameReceiver(layer, 'internal').apply(first))).toBe('frame/stream');
    expect(codeOf(() => new FrameReceiver(layer, 'public', 'drill').apply(first))).toBe('frame/stream');
    expect(codeOf(() => decodeHeader(Uint8Array.of(99, ...first.subarray(1))))).toBe('frame/version');
    expect(codeOf(() => decodeHeader(first.subarray(0, 20)))).toBe('frame/truncated');
    expect(codeOf(() => decodeHeader(first.map((byte, at) => (at === 30 ? byte ^ 1 : byte))))).toBe(
      'frame/corrupt',
    );
  });

  it('keeps the slot of a row that moves to another cell, whichever frame comes first', () => {
    for (const reversed of [false, true]) {
      const { table, encoder, frames } = small(layer);
      const receiver = new FrameReceiver(layer, 'public');
      for (const frame of frames) receiver.apply(frame);
      receiver.table.clearChanges();
      const slot = receiver.table.slotOf('k1');
      table.patch(table.slotOf('k1'), { regionCode: 'b' });
      encoder.note();
      const moved = [...encoder.encode(4, 4)];
      expect(moved.length).toBe(2);
      if (reversed) moved.reverse();
      for (const frame of moved) receiver.apply(frame.bytes);
      expect(receiver.table.slotOf('k1')).toBe(slot);
      expect(receiver.table.regionAt(slot)).toBe('b');
      expect(receiver.table.alive[slot]).toBe(1);
    }
  });
});
