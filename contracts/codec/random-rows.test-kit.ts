// Seeded random layers, rows and tables for the codec's property and mutation tests.
import type { Cells, Column, Columns, Geometry, LonLat } from '../column.ts';
import { labels } from '../column.ts';
import { bits, cells, geometry, number, oneOf, position, strings, text, time, title } from '../declare.ts';
import type { Layer, RemoveReason } from '../layer.ts';
import { defineLayer, qualities, removeReasons } from '../layer.ts';
import type { LayerTable, RowInput } from '../table.ts';

const t = title('列', 'column');

/** mulberry32: numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export class Dice {
  readonly next: () => number;

  constructor(seed: number) {
    this.next = seeded(seed);
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(of: number): boolean {
    return this.next() < of;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }
}

const WORDS = [
  '',
  '利州区',
  '昭化',
  'a',
  'A longer text with spaces',
  '𝄞 clef',
  '"quoted"',
  '__proto__',
  '0',
];

function everyColumn(dice: Dice): Column {
  const extra = {
    label: dice.pick(labels),
    ...(dice.chance(0.1) ? { detail: true } : {}),
  };
  switch (dice.below(9)) {
    case 0:
      return number(t, ['m', dice.pick([0.01, 0.1, 0.5, 1, 5]), -1000, 5000], extra);
    case 1:
      return bits(t, { a: t, b: t, c: t }, extra);
    case 2:
      return oneOf(t, { low: t, middle: t, high: t }, extra);
    case 3:
      return text(t, 40, extra);
    case 4:
      return strings(t, [4, 40], extra);
    case 5:
      return time(t, dice.pick([1, 1000, 60_000]), extra);
    case 6:
      return geometry(t, ['Point', 'LineString', 'Polygon', 'MultiPolygon', 'TilesetFeature'], extra);
    case 7:
      return cells(t, ['mm/h', 0.1, 0, 500], extra);
    default:
      return number(t, ['percent', 1, 0, 100], extra);
  }
}

export function randomLayer(dice: Dice): Layer {
  const columns: Record<string, Column> = {};
  const moving = dice.chance(0.5);
  if (moving || dice.chance(0.5)) columns['position'] = position(t);
  const count = 1 + dice.below(8);
  for (let i = 0; i < count; i++) columns[`c${i}`] = everyColumn(dice);
  return defineLayer<Columns>({
    slug: 'random-layer',
    title: t,
    topic: 'system',
    kind: 'table',
    time: dice.chance(0.5) ? 'observed' : 'forecast',
    ...(moving ? { moving: { freshS: 30 } } : {}),
    periodS: 1,
    expireS: null,
    retention: 'minute',
    columns,
  });
}

const lonLat = (dice: Dice): LonLat => [105 + dice.next(), 32 + dice.next()];

function shape(dice: Dice, allowed: readonly Geometry['type'][]): Geometry {
  const ring = (): LonLat[] => Array.from({ length: 1 + dice.below(6) }, () => lonLat(dice));
  const rings = (): LonLat[][] => Array.from({ length: 1 + dice.below(3) }, ring);
  const type = dice.pick(allowed);
  switch (type) {
    case 'Point':
      return { type, coordinates: lonLat(dice) };
    case 'MultiPoint':
    case 'LineString':
      return { type, coordinates: ring() };
    case 'MultiLineString':
    case 'Polygon':
      return { type, coordinates: rings() };
    case 'MultiPolygon':
      return { type, coordinates: Array.from({ length: dice.below(3) }, rings) };
    case 'TilesetFeature':
      return { type, tileset: dice.pick(['districts', 'rivers']), id: String(dice.below(9)) };
    default:
      return type satisfies never;
  }
}

const block = (dice: Dice): Cells => {
  const [nx, ny] = dice.chance(0.8) ? [6, 5] : [1 + dice.below(8), 1 + dice.below(8)];
  const values = Float32Array.from({ length: nx * ny }, () =>
    dice.chance(0.3) ? NaN : dice.chance(0.6) ? 0 : dice.next() * 500,
  );
  return { nx, ny, values };
};

export function randomValue(dice: Dice, column: Column): unknown {
  if (dice.chance(0.12)) return null;
  switch (column.type) {
    case 'number':
      return column.min + (column.max - column.min) * dice.next();
    case 'flags':
      return dice.below(8);
    case 'time':
      return 1_700_000_000_000 + dice.below(1e9);
    case 'enum':
      return dice.pick(Object.keys(column.values));
    case 'position':
      return lonLat(dice);
    case 'text':
      return dice.pick(WORDS);
    case 'strings':
      return Array.from({ length: dice.below(4) }, () => dice.pick(WORDS));
    case 'geometry':
      return shape(dice, column.shapes);
    case 'cells':
      return block(dice);
    default:
      return column satisfies never;
  }
}

function someValues(dice: Dice, layer: Layer, share: number): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(layer.columns)) {
    if (dice.chance(share)) values[name] = randomValue(dice, column);
  }
  return values;
}

export const regions = ['', '510802', '510811', '510812'] as const;

function someHead(dice: Dice): Partial<RowInput> {
  return {
    ...(dice.chance(0.2) ? { regionCode: dice.pick(regions) } : {}),
    ...(dice.chance(0.1) ? { quality: dice.pick(qualities) } : {}),
    ...(dice.chance(0.1) ? { source: dice.pick(['feed-a', 'feed-b']) } : {}),
    ...(dice.chance(0.1) ? { synthetic: dice.chance(0.5) } : {}),
    ...(dice.chance(0.1) ? { issuedAt: dice.chance(0.3) ? null : 1_700_000_000_000 + dice.below(1e6) } : {}),
  };
}

/** Some puts, patches and removes; keys come and go, so that slots are used again. */
export function churn(dice: Dice, table: LayerTable, nowMs: number): void {
  for (let ops = dice.below(12); ops > 0; ops--) {
    const key = dice.chance(0.02) ? '__proto__' : `key-${dice.below(30)}`;
    const slot = table.slotOf(key);
    const validAt = nowMs + dice.below(2000) - 500;
    if (slot >= 0 && dice.chance(0.15)) {
      table.remove(slot, dice.pick<RemoveReason>(removeReasons.slice(0, 4)));
    } else if (slot >= 0 && dice.chance(0.8)) {
      const values = someValues(dice, table.layer, 0.3) as RowInput['values'];
      table.patch(slot, { ...someHead(dice), ...(dice.chance(0.8) ? { validAt } : {}), values });
    } else {
      const values = someValues(dice, table.layer, 0.8) as RowInput['values'];
      table.put({ source: 'feed-a', ...someHead(dice), key, validAt, values });
    }
  }
}

/** The live rows as text, by key; columns not named are left out. */
export function rowsText(table: LayerTable, columns: readonly string[]): string {
  const rows = [...table.rows()].map((row) => {
    const values = columns.map((name) => {
      const value: unknown = row.values[name];
      return value !== null && typeof value === 'object' && 'nx' in value
        ? [(value as Cells).nx, (value as Cells).ny, Array.from((value as Cells).values, String)]
        : value;
    });
    return JSON.stringify({ ...row, values });
  });
  return rows.sort().join('\n');
}
