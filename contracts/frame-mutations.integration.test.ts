// Frames changed on the way: refused with a coded error, or harmless; the table is never half-changed.
import { describe, expect, it } from 'vitest';
import { crc32 } from './bytes.ts';
import { Dice, churn, randomLayer, regions, rowsText } from './codec/random-rows.test-kit.ts';
import { streamedColumns } from './codec/layout.ts';
import { CodedError } from './errors.ts';
import { FrameReceiver, ObservationBatch, StreamEncoder } from './frame.ts';
import type { Layer } from './layer.ts';
import { splitFrames, joinFrames } from './packet.ts';
import { LayerTable } from './table.ts';

const CASES = 110_000;
const PER_LAYER = 500;

interface Stage {
  readonly layer: Layer;
  /** Frames a receiver has taken, and those that come next. */
  readonly past: readonly Uint8Array[];
  readonly next: readonly Uint8Array[];
  readonly batch: Uint8Array;
  /** The rows after `next`. */
  readonly after: string;
}

function stage(dice: Dice): Stage {
  const layer = randomLayer(dice);
  const table = new LayerTable(layer);
  const cellOf = (slot: number): number => regions.indexOf(table.regionAt(slot) as (typeof regions)[number]);
  const encoder = new StreamEncoder(table, {
    world: 'w',
    label: 'sensitive',
    rateS: 1,
    cells: regions,
    cellOf,
  });
  const batch = new ObservationBatch(layer);
  const past: Uint8Array[] = [];
  for (let tick = 1; tick < 6; tick++) {
    churn(dice, table, tick * 1000);
    for (const row of table.rows()) if (dice.chance(0.5)) batch.append(row);
    encoder.note();
    table.clearChanges();
    past.push(...encoder.encode(tick, tick).map((frame) => frame.bytes));
  }
  const keys = regions.map((_, cell) => encoder.key(cell, 5, 5));
  churn(dice, table, 9000);
  encoder.note();
  const next = [...encoder.encode(6, 6).map((frame) => frame.bytes), ...keys];
  const after = rowsText(table, streamedColumns(layer.columns, 'sensitive'));
  return { layer, past, next, batch: batch.encode({ world: 'w', tick: 1, knownAt: 1 }), after };
}

/** Makes the length and the checksum fit again, so that what lies behind them is put to the test. */
function resealed(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 10) return bytes;
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(2, bytes.length, true);
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(
    bytes.length - 4,
    crc32(bytes, 0, bytes.length - 4),
    true,
  );
  return bytes;
}

function mutated(dice: Dice, frames: readonly Uint8Array[]): Uint8Array {
  const frame = dice.pick(frames);
  const reseal = dice.chance(0.75) ? resealed : (bytes: Uint8Array) => bytes;
  switch (dice.below(6)) {
    case 0:
      return reseal(frame.slice(0, dice.below(frame.length)));
    case 1: {
      const other = dice.pick(frames);
      const cut = dice.below(frame.length);
      return reseal(Uint8Array.of(...frame.subarray(0, cut), ...other.subarray(dice.below(other.length))));
    }
    case 2: {
      const bytes = frame.slice();
      bytes[dice.below(3) === 0 ? 0 : dice.below(bytes.length)] = dice.below(256);
      return reseal(bytes);
    }
    case 3: {
      const at = dice.below(frame.length);
      const more = Uint8Array.from({ length: 1 + dice.below(9) }, () =>
        dice.chance(0.5) ? 255 : dice.below(256),
      );
      return reseal(Uint8Array.of(...frame.subarray(0, at), ...more, ...frame.subarray(at)));
    }
    default: {
      const bytes = frame.slice();
      for (let flips = 1 + dice.below(3); flips > 0; flips--) {
        const at = dice.below(bytes.length);
        bytes[at] = (bytes[at] as number) ^ (1 << dice.below(8));
      }
      return reseal(bytes);
    }
  }
}

/** Whether the act was refused; anything but a coded error fails the test. */
function refused(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch (error) {
    if (error instanceof CodedError && error.code.startsWith('frame/')) return true;
    throw error;
  }
}

describe('changed frames', () => {
  it(`are refused whole or taken whole, ${CASES} times`, { timeout: 120_000 }, () => {
    const dice = new Dice(42);
    let refusals = 0;
    let slowestMs = 0;
    for (let done = 0; done < CASES;) {
      const { layer, past, next, batch, after } = stage(dice);
      const columns = streamedColumns(layer.columns, 'sensitive');
      let receiver = receiverAt(layer, past);
      const before = rowsText(receiver.table, columns);
      for (let i = 0; i < PER_LAYER; i++, done++) {
        const started = performance.now();
        if (i % 5 === 4) {
          if (refused(() => ObservationBatch.decode(layer, mutated(dice, [batch])))) refusals++;
        } else if (refused(() => receiver.apply(mutated(dice, next)))) {
          refusals++;
          if (i % 4 === 0) expect(rowsText(receiver.table, columns)).toBe(before);
        } else {
          receiver = receiverAt(layer, past);
        }
        slowestMs = Math.max(slowestMs, performance.now() - started);
      }
      // What receivers keep beside the table is whole too: the next frames fit and lead where they should.
      for (const frame of next) if (!isKey(frame)) receiver.apply(frame);
      expect(rowsText(receiver.table, columns)).toBe(after);
    }
    expect(refusals).toBeGreaterThan(CASES * 0.7);
    // Bounded work: a hang, not a slow machine, would come near this.
    expect(slowestMs).toBeLessThan(5_000);
  });

  it('in packets: lengths that lie are refused', () => {
    const dice = new Dice(5);
    const packet = joinFrames(7, [Uint8Array.of(1, 2, 3), new Uint8Array(0), Uint8Array.of(9)]);
    expect(splitFrames(packet)).toEqual({
      tick: 7,
      frames: [Uint8Array.of(1, 2, 3), new Uint8Array(0), Uint8Array.of(9)],
    });
    for (let i = 0; i < 2000; i++) {
      const bytes = packet.slice(0, 1 + dice.below(packet.length));
      bytes[dice.below(bytes.length)] = dice.below(256);
      refused(() => splitFrames(bytes));
    }
  });
});

const isKey = (frame: Uint8Array): boolean => frame[1] === 0;

function receiverAt(layer: Layer, past: readonly Uint8Array[]): FrameReceiver {
  const receiver = new FrameReceiver(layer, 'sensitive');
  for (const frame of past) receiver.apply(frame);
  return receiver;
}
