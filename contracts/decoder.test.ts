// The decoders of docs/decoder, written from the specification alone, read what the encoder makes.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { Dice, churn, randomLayer, regions } from './codec/random-rows.test-kit.ts';
import { streamedColumns, visibleColumns } from './codec/layout.ts';
import type { Vectors } from './codec/vectors.test-kit.ts';
import { bytesOf, makeVectors } from './codec/vectors.test-kit.ts';
import type { Cells, Column } from './column.ts';
import { FrameReceiver, ObservationBatch, StreamEncoder } from './frame.ts';
import type { Layer } from './layer.ts';
import { busPosition } from './layers/bus-position.ts';
import { LayerTable } from './table.ts';

interface Described {
  readonly name: string;
  readonly type: string;
  readonly step?: number;
  readonly codes?: readonly string[];
}
interface Shown {
  readonly key: string;
  readonly values: Readonly<Record<string, unknown>>;
}
interface FullDecoder {
  apply(frame: Uint8Array): unknown;
  rows(): Map<string, Shown>;
  batch(frame: Uint8Array): (Shown & { validAt: number })[];
}
interface Full {
  readonly Decoder: new (layer: { moving: boolean; columns: readonly Described[] }) => FullDecoder;
}
interface Points {
  readonly PointsDecoder: new (
    columns: readonly Described[],
    moving: boolean,
  ) => {
    apply(frame: Uint8Array): unknown;
    rows(): { key: string; [column: string]: unknown }[];
  };
}

let full: Full;
let points: Points;
const at = (name: string): URL => new URL(`../docs/decoder/${name}`, import.meta.url);

beforeAll(async () => {
  full = (await import(at('full.mjs').href)) as Full;
  points = (await import(at('points.mjs').href)) as Points;
});

function described(layer: Layer, names: readonly string[]): Described[] {
  return names.map((name) => {
    const column = layer.columns[name] as Column;
    switch (column.type) {
      case 'number':
      case 'cells':
        return { name, type: column.type, step: column.step };
      case 'time':
        return { name, type: column.type, step: column.stepMs };
      case 'enum':
        return { name, type: column.type, codes: Object.keys(column.values) };
      default:
        return { name, type: column.type };
    }
  });
}

/** Grid cells as plain numbers of single precision, as tables hand them out. */
const plain = (row: unknown): unknown =>
  JSON.parse(
    JSON.stringify(row, (_, value: unknown) => {
      if (value === null || typeof value !== 'object' || !('nx' in value)) return value;
      const { nx, ny, values } = value as Cells;
      return {
        nx,
        ny,
        values: Array.from(values, (cell) =>
          cell === null || Number.isNaN(cell) ? null : Math.fround(cell),
        ),
      };
    }),
  );

const only = (row: Shown, names: readonly string[]): Shown => ({
  ...row,
  values: Object.fromEntries(names.map((name) => [name, row.values[name]])),
});

describe('the decoders of the documentation', () => {
  it('read every test vector, and the vectors are up to date', async () => {
    await expect(`${JSON.stringify(makeVectors(), null, 2)}\n`).toMatchFileSnapshot(
      at('vectors.json').pathname,
    );
    const vectors = JSON.parse(readFileSync(at('vectors.json'), 'utf8')) as Vectors;
    const decoder = new full.Decoder({ moving: true, columns: vectors.columns });
    const small = new points.PointsDecoder(vectors.columns, true);
    for (const { hex, rows } of vectors.frames) {
      decoder.apply(bytesOf(hex));
      small.apply(bytesOf(hex));
      const truth = rows as Shown[];
      expect([...decoder.rows().values()].sort(byKey)).toEqual([...truth].sort(byKey));
      for (const row of small.rows()) {
        const same = truth.find(({ key }) => key === row.key) as Shown & { validAt: number };
        const [lon, lat] = (same.values['position'] as [number, number] | null) ?? [NaN, NaN];
        expect(row['position']).toEqual(
          Number.isNaN(lon) ? null : [Math.round(lon * 1e5), Math.round(lat * 1e5)],
        );
        expect(row['validAt']).toBe(same.validAt);
        expect(row['stop']).toBe(same.values['stop']);
      }
    }
    expect(decoder.batch(bytesOf(vectors.batch.hex))).toEqual(vectors.batch.observations);
  });

  it('follow random layers through puts, patches, removes, moves between cells and key frames', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const dice = new Dice(seed);
      const layer = randomLayer(dice);
      const table = new LayerTable(layer);
      const cellOf = (slot: number): number =>
        regions.indexOf(table.regionAt(slot) as (typeof regions)[number]);
      const encoder = new StreamEncoder(table, {
        world: 'w',
        label: 'internal',
        rateS: 1,
        cells: regions,
        cellOf,
      });
      const names = streamedColumns(layer.columns, 'internal');
      const of = { moving: layer.moving !== undefined, columns: described(layer, names) };
      let decoder = new full.Decoder(of);
      const receiver = new FrameReceiver(layer, 'internal');
      for (let tick = 1; tick <= 30; tick++) {
        churn(dice, table, 1_700_000_000_000 + tick * 1000);
        encoder.note();
        table.clearChanges();
        for (const { bytes } of encoder.encode(tick, tick)) {
          decoder.apply(bytes);
          receiver.apply(bytes);
        }
        if (dice.chance(0.2)) {
          decoder = new full.Decoder(of);
          regions.forEach((_, cell) => decoder.apply(encoder.key(cell, tick, tick)));
        }
        const truth = [...receiver.table.rows()].map((row) => plain(only(row, names))) as Shown[];
        expect([...decoder.rows().values()].map(plain).sort(byKey)).toEqual(truth.sort(byKey));
      }
    }
  });

  it('follow a layer of points with the small decoder alone', () => {
    const dice = new Dice(11);
    const layer = busPosition as unknown as Layer;
    const table = new LayerTable(layer);
    const encoder = new StreamEncoder(table, {
      world: 'w',
      label: 'public',
      rateS: 1,
      cells: ['c'],
      cellOf: () => 0,
    });
    const names = streamedColumns(layer.columns, 'public');
    let decoder = new points.PointsDecoder(described(layer, names), true);
    for (let tick = 1; tick <= 200; tick++) {
      churn(dice, table, 1_700_000_000_000 + tick * 1000);
      encoder.note();
      table.clearChanges();
      for (const { bytes } of encoder.encode(tick, tick)) decoder.apply(bytes);
      if (dice.chance(0.1)) {
        decoder = new points.PointsDecoder(described(layer, names), true);
        decoder.apply(encoder.key(0, tick, tick));
      }
      expect(decoder.rows().length).toBe(table.size);
      for (const row of decoder.rows()) {
        const { validAt, values } = table.row(table.slotOf(row.key));
        expect(row['validAt']).toBe(validAt);
        expect(row['speedKmh']).toBe(values['speedKmh']);
        expect(row['stopName']).toBe(values['stopName']);
        const at = values['position'] as readonly [number, number] | null;
        expect(row['position']).toEqual(at && [Math.round(at[0] * 1e5), Math.round(at[1] * 1e5)]);
      }
    }
  });

  it('read batches of random layers', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const dice = new Dice(seed);
      const layer = randomLayer(dice);
      const table = new LayerTable(layer);
      const batch = new ObservationBatch(layer);
      for (let tick = 1; tick <= 12; tick++) {
        churn(dice, table, 1_700_000_000_000 + tick * 1000);
        for (const row of table.rows())
          if (dice.chance(0.4)) batch.append({ ...row, revision: dice.below(3) });
        table.clearChanges();
      }
      const bytes = batch.encode({ world: 'w', tick: 1, knownAt: 1 });
      const back = ObservationBatch.decode(layer, bytes);
      const rows = (from: ObservationBatch): unknown[] =>
        Array.from({ length: from.count }, (_, i) => plain(from.row(i)));
      const order = (list: unknown[]): string[] => list.map((row) => JSON.stringify(row)).sort();
      expect(order(rows(back))).toEqual(order(rows(batch)));
      const columns = described(layer, visibleColumns(layer.columns, 'sensitive'));
      const decoder = new full.Decoder({ moving: layer.moving !== undefined, columns });
      expect(decoder.batch(bytes).map(plain)).toEqual(rows(back));
    }
  });
});

it('taking over a batch whole is taking over its observations one by one, whatever each numbers first', () => {
  const dice = new Dice(2026);
  for (let round = 0; round < 20; round++) {
    const layer = randomLayer(dice);
    const [whole, single] = [new ObservationBatch(layer), new ObservationBatch(layer)];
    for (let part = 0; part < 3; part++) {
      const [table, from] = [new LayerTable(layer), new ObservationBatch(layer)];
      for (let step = 0; step < 4; step++) {
        churn(dice, table, 1_700_000_000_000 + step * 1000);
        for (const row of table.rows())
          if (dice.chance(0.4)) from.append({ ...row, revision: dice.below(3) });
        table.clearChanges();
      }
      whole.addAll(from);
      for (let i = 0; i < from.count; i++) single.append(from.row(i));
    }
    const rows = (of: ObservationBatch): unknown[] =>
      Array.from({ length: of.count }, (_, i) => plain(of.row(i)));
    expect(whole.count).toBeGreaterThan(0);
    expect(rows(whole)).toEqual(rows(single));
  }
});

const byKey = (a: unknown, b: unknown): number => ((a as Shown).key < (b as Shown).key ? -1 : 1);
