// Rows of a moving or fixed layer by place: a counting-sort grid over the slots, rebuilt when asked after a change.
// One pass to count, one to place: no allocation per row, and nothing is paid while nobody asks.
import type { PositionStore } from '../../contracts/stores/position.ts';
import type { LayerTable } from '../../contracts/table.ts';

/** Cells aimed at per row: queries then look at a handful of rows each. */
const ROWS_PER_CELL = 2;
const MAX_SIDE = 512;
const METRES_PER_DEGREE = 111_320;

/** WGS-84 degrees. */
export interface Place {
  readonly lon: number;
  readonly lat: number;
}

export interface Near {
  readonly slot: number;
  readonly metres: number;
}

export class SpatialIndex {
  readonly #table: LayerTable;
  readonly #positions: PositionStore;
  #builtAt = -1;
  #west = 0;
  #south = 0;
  #stepX = 1;
  #stepY = 1;
  #nx = 1;
  #ny = 1;
  /** Slots of cell c: #slots[#starts[c]] … #slots[#starts[c + 1] − 1]. */
  #starts = new Uint32Array(2);
  #slots = new Uint32Array(0);
  #cellOf = new Int32Array(0);

  /** null where the layer has no position column. */
  static of(table: LayerTable): SpatialIndex | null {
    for (const store of table.stores.columns.values()) {
      if (store.kind === 'position') return new SpatialIndex(table, store);
    }
    return null;
  }

  private constructor(table: LayerTable, positions: PositionStore) {
    this.#table = table;
    this.#positions = positions;
  }

  /** Slots inside a box [west, south, east, north] in degrees. `tick`: when the table last changed. */
  within(box: readonly [number, number, number, number], tick: number, visit: (slot: number) => void): void {
    this.#build(tick);
    const [west, south, east, north] = box.map((degrees) => Math.round(degrees * 1e5)) as [
      number,
      number,
      number,
      number,
    ];
    const x0 = this.#column(west);
    const x1 = this.#column(east);
    for (let y = this.#row(south); y <= this.#row(north); y += 1) {
      for (let cell = y * this.#nx + x0; cell <= y * this.#nx + x1; cell += 1) {
        for (let at = this.#starts[cell] as number; at < (this.#starts[cell + 1] as number); at += 1) {
          const slot = this.#slots[at] as number;
          const x = this.#positions.x[slot] as number;
          const y = this.#positions.y[slot] as number;
          const isInside = x >= west && x <= east && y >= south && y <= north;
          if (isInside && this.#table.alive[slot] === 1) visit(slot);
        }
      }
    }
  }

  /** The `count` nearest rows within `maxMetres`, nearest first. */
  nearest(place: Place, limit: { count: number; maxMetres: number }, tick: number): Near[] {
    let metres = Math.min(limit.maxMetres, 1000);
    for (;;) {
      const found = this.#around(place, metres, tick);
      if (found.length >= limit.count || metres >= limit.maxMetres) {
        return found.sort((a, b) => a.metres - b.metres).slice(0, limit.count);
      }
      metres = Math.min(limit.maxMetres, metres * 4);
    }
  }

  #around({ lon, lat }: Place, metres: number, tick: number): Near[] {
    const shrink = Math.max(0.01, Math.cos((lat * Math.PI) / 180));
    const dy = metres / METRES_PER_DEGREE;
    const dx = dy / shrink;
    const found: Near[] = [];
    this.within([lon - dx, lat - dy, lon + dx, lat + dy], tick, (slot) => {
      const east = (this.#positions.lon(slot) - lon) * shrink * METRES_PER_DEGREE;
      const north = (this.#positions.lat(slot) - lat) * METRES_PER_DEGREE;
      const distance = Math.hypot(east, north);
      if (distance <= metres) found.push({ slot, metres: distance });
    });
    return found;
  }

  #build(tick: number): void {
    if (tick === this.#builtAt) return;
    this.#builtAt = tick;
    this.#fit();
    const { highWater } = this.#table;
    const cells = this.#nx * this.#ny;
    this.#starts = new Uint32Array(cells + 1);
    if (this.#cellOf.length < highWater) {
      this.#cellOf = new Int32Array(highWater * 2);
      this.#slots = new Uint32Array(highWater * 2);
    }
    for (let slot = 0; slot < highWater; slot += 1) {
      const cell = this.#cell(slot);
      this.#cellOf[slot] = cell;
      if (cell >= 0) this.#starts[cell + 1] = (this.#starts[cell + 1] as number) + 1;
    }
    for (let cell = 0; cell < cells; cell += 1) {
      this.#starts[cell + 1] = (this.#starts[cell + 1] as number) + (this.#starts[cell] as number);
    }
    const next = this.#starts.slice(0, cells);
    for (let slot = 0; slot < highWater; slot += 1) {
      const cell = this.#cellOf[slot] as number;
      if (cell < 0) continue;
      this.#slots[next[cell] as number] = slot;
      next[cell] = (next[cell] as number) + 1;
    }
  }

  #fit(): void {
    let west = Infinity;
    let south = Infinity;
    let east = -Infinity;
    let north = -Infinity;
    for (let slot = 0; slot < this.#table.highWater; slot += 1) {
      if (this.#table.alive[slot] !== 1 || this.#positions.isNull(slot)) continue;
      const x = this.#positions.x[slot] as number;
      const y = this.#positions.y[slot] as number;
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < south) south = y;
      if (y > north) north = y;
    }
    if (west > east) west = east = south = north = 0;
    const side = Math.max(1, Math.min(MAX_SIDE, Math.ceil(Math.sqrt(this.#table.size / ROWS_PER_CELL))));
    this.#west = west;
    this.#south = south;
    this.#nx = side;
    this.#ny = side;
    this.#stepX = Math.max(1, (east - west + 1) / side);
    this.#stepY = Math.max(1, (north - south + 1) / side);
  }

  #cell(slot: number): number {
    if (this.#table.alive[slot] !== 1 || this.#positions.isNull(slot)) return -1;
    return (
      this.#row(this.#positions.y[slot] as number) * this.#nx +
      this.#column(this.#positions.x[slot] as number)
    );
  }

  #column(x: number): number {
    return Math.max(0, Math.min(this.#nx - 1, Math.floor((x - this.#west) / this.#stepX)));
  }

  #row(y: number): number {
    return Math.max(0, Math.min(this.#ny - 1, Math.floor((y - this.#south) / this.#stepY)));
  }
}
