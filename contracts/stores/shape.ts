// Columns of shapes: geometries (coordinates kept as multiples of 1e-5°) and grid blocks (cells as multiples of `step`).
import type { Cells, CellsColumn, Geometry, GeometryColumn, LonLat } from '../column.ts';
import { NULL_QUANTUM } from '../column.ts';
import { PER_DEGREE, lonLatFault } from './position.ts';
import type { SlotArray, Store } from './store.ts';

/** Most coordinate pairs one geometry may hold. */
export const MAX_POINTS = 100_000;

export class GeometryStore implements Store<Geometry | null> {
  readonly kind = 'geometry';
  readonly data: (Geometry | null)[] = [];
  readonly #shapes: readonly string[];

  constructor(column: GeometryColumn) {
    this.#shapes = column.shapes;
  }

  grow(capacity: number): void {
    while (this.data.length < capacity) this.data.push(null);
  }

  get(slot: number): Geometry | null {
    return this.data[slot] ?? null;
  }

  fault(value: Geometry | null): string | null {
    if (value === null) return null;
    if (!this.#shapes.includes(value.type))
      return `${String(value.type)} is not one of ${this.#shapes.join(', ')}`;
    if (value.type === 'TilesetFeature') {
      const named = typeof value.tileset === 'string' && typeof value.id === 'string';
      return named && value.tileset.length <= 200 && value.id.length <= 200
        ? null
        : 'tileset and id are texts of at most 200';
    }
    const points = { count: 0 };
    const bad = coordinatesFault(value.coordinates, DEPTH[value.type], points);
    return bad ?? (points.count > MAX_POINTS ? `${points.count} points: at most ${MAX_POINTS}` : null);
  }

  set(slot: number, value: Geometry | null): boolean {
    const next = value === null ? null : quantisedGeometry(value);
    if (sameGeometry(this.data[slot] ?? null, next)) return false;
    this.data[slot] = next;
    return true;
  }

  value(slot: number): Geometry | null {
    return this.get(slot);
  }

  copy(source: this, from: number, to: number): void {
    this.data[to] = source.data[from] ?? null;
  }

  arrays(): readonly SlotArray[] {
    return [this.data];
  }
}

/** How many arrays deep the coordinates of a type are, a single pair being 0. */
export const DEPTH = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
} as const;

function coordinatesFault(value: unknown, depth: number, points: { count: number }): string | null {
  if (!Array.isArray(value)) return 'coordinates are not nested as the type asks';
  if (depth === 0) {
    points.count++;
    return typeof value[0] === 'number' && typeof value[1] === 'number'
      ? lonLatFault(value[0], value[1])
      : 'a coordinate is not [lon, lat]';
  }
  for (const part of value) {
    const bad = coordinatesFault(part, depth - 1, points);
    if (bad) return bad;
  }
  return null;
}

const rounded = (at: LonLat): LonLat => [
  Math.round(at[0] * PER_DEGREE) / PER_DEGREE,
  Math.round(at[1] * PER_DEGREE) / PER_DEGREE,
];

function quantisedGeometry(of: Geometry): Geometry {
  switch (of.type) {
    case 'Point':
      return { type: of.type, coordinates: rounded(of.coordinates) };
    case 'MultiPoint':
    case 'LineString':
      return { type: of.type, coordinates: of.coordinates.map(rounded) };
    case 'MultiLineString':
    case 'Polygon':
      return { type: of.type, coordinates: of.coordinates.map((line) => line.map(rounded)) };
    case 'MultiPolygon':
      return {
        type: of.type,
        coordinates: of.coordinates.map((rings) => rings.map((ring) => ring.map(rounded))),
      };
    case 'TilesetFeature':
      return { type: of.type, tileset: of.tileset.toWellFormed(), id: of.id.toWellFormed() };
    default:
      return of satisfies never;
  }
}

function sameGeometry(a: Geometry | null, b: Geometry | null): boolean {
  if (a === b) return true;
  if (!a || !b || a.type !== b.type) return false;
  if (a.type === 'TilesetFeature') return b.type === a.type && a.tileset === b.tileset && a.id === b.id;
  return b.type !== 'TilesetFeature' && sameNumbers(a.coordinates, b.coordinates);
}

function sameNumbers(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((part, i) => sameNumbers(part, b[i]));
}

/** Most cells along one side of a block. */
export const MAX_SIDE = 64;

/** A block as kept: integer multiples of the column's step, NULL_QUANTUM where there is no coverage. Never changed in place. */
export interface QuantisedCells {
  readonly nx: number;
  readonly ny: number;
  readonly quanta: Int32Array;
}

export class CellsStore implements Store<Cells | null> {
  readonly kind = 'cells';
  readonly step: number;
  readonly data: (QuantisedCells | null)[] = [];
  readonly #column: CellsColumn;

  constructor(column: CellsColumn) {
    this.#column = column;
    this.step = column.step;
  }

  grow(capacity: number): void {
    while (this.data.length < capacity) this.data.push(null);
  }

  /** Allocates the values, in the column's unit. */
  get(slot: number): Cells | null {
    const block = this.data[slot];
    if (!block) return null;
    const values = new Float32Array(block.quanta.length);
    for (let i = 0; i < values.length; i++) {
      const quantum = block.quanta[i] as number;
      values[i] = quantum === NULL_QUANTUM ? NaN : quantum * this.step;
    }
    return { nx: block.nx, ny: block.ny, values };
  }

  fault(value: Cells | null): string | null {
    if (value === null) return null;
    const { nx, ny, values } = value;
    const whole =
      Number.isInteger(nx) && Number.isInteger(ny) && nx >= 1 && ny >= 1 && nx <= MAX_SIDE && ny <= MAX_SIDE;
    if (!whole || !(values instanceof Float32Array) || values.length !== nx * ny) {
      return `${nx} × ${ny} cells: a block is 1–${MAX_SIDE} cells wide and high and its values are a Float32Array of nx × ny`;
    }
    const { min, max, step } = this.#column;
    for (const cell of values) {
      if (!(Number.isNaN(cell) || (cell >= min - step / 2 && cell <= max + step / 2))) {
        return `cell ${cell} is outside ${min}–${max}`;
      }
    }
    return null;
  }

  set(slot: number, value: Cells | null): boolean {
    const old = this.data[slot] ?? null;
    if (value === null) {
      this.data[slot] = null;
      return old !== null;
    }
    const quanta = new Int32Array(value.values.length);
    let same = old?.nx === value.nx && old.ny === value.ny;
    for (let i = 0; i < quanta.length; i++) {
      const cell = value.values[i] as number;
      quanta[i] = Number.isNaN(cell) ? NULL_QUANTUM : Math.round(cell / this.step);
      same &&= old?.quanta[i] === quanta[i];
    }
    if (!same) this.data[slot] = { nx: value.nx, ny: value.ny, quanta };
    return !same;
  }

  value(slot: number): Cells | null {
    return this.get(slot);
  }

  copy(source: this, from: number, to: number): void {
    this.data[to] = source.data[from] ?? null;
  }

  arrays(): readonly SlotArray[] {
    return [this.data];
  }
}
