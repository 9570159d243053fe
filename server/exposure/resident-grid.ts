// Where people live, on cells of 250 m: each town's residents over the ground that is nearest to it, most of them around
// its middle, or where its buildings stand once they are known. Sums of towns are kept. Made once; schematic (示意).
import type { LonLat } from '../../contracts/column.ts';
import type { CellGrid } from './cover.ts';

/** Side of a cell, m: a few streets; finer than anything towns tell. */
const CELL_M = 250;
const METRES_PER_DEGREE = 111_195;
const RAD = Math.PI / 180;
/** Most people a km² around the middle of a street of the core and of a town (≈). */
const PEAK_PER_KM2 = { core: 15_000, town: 5_000 } as const;
/** Share that lives around the middle; the rest lives spread over the fields (≈). */
const MIDDLE_SHARE = { core: 0.9, town: 0.45 } as const;
const LEAST_SPREAD_M = 150;

export type Settled = keyof typeof PEAK_PER_KM2;

export interface SettledTown {
  readonly code: string;
  readonly at: LonLat;
  readonly residents: number;
  /** Streets of the urban core, and everything else: the hours of the day act differently on them. */
  readonly settled: Settled;
}

export interface LivedIn {
  readonly at: LonLat;
  readonly residents: number;
}

export interface ResidentGridOptions {
  /** West, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
  readonly towns: readonly SettledTown[];
  /** Code of the town a place belongs to. */
  readonly townAt: (lon: number, lat: number) => string;
  /** Buildings with the people who live in them; empty: none are known. */
  readonly buildings?: Iterable<LivedIn>;
}

interface Spread {
  readonly town: SettledTown;
  readonly sigmaM: number;
  readonly cells: number[];
  readonly weights: number[];
  weight: number;
  /** Residents that buildings account for. */
  housed: number;
}

export class ResidentGrid implements CellGrid {
  readonly west: number;
  readonly south: number;
  readonly stepLon: number;
  readonly stepLat: number;
  readonly nx: number;
  readonly ny: number;
  /** Residents by cell, south-west first, row by row. */
  readonly core: Float32Array;
  readonly town: Float32Array;
  readonly #towns: ReadonlyMap<string, Spread>;

  constructor({ bounds, towns, townAt, buildings = [] }: ResidentGridOptions) {
    const [west, south, east, north] = bounds;
    this.stepLat = CELL_M / METRES_PER_DEGREE;
    this.stepLon = this.stepLat / Math.cos(((south + north) / 2) * RAD);
    this.west = west;
    this.south = south;
    this.nx = Math.ceil((east - west) / this.stepLon);
    this.ny = Math.ceil((north - south) / this.stepLat);
    this.core = new Float32Array(this.nx * this.ny);
    this.town = new Float32Array(this.nx * this.ny);
    this.#towns = new Map(towns.map((town) => [town.code, spreadOf(town)]));
    this.#own(townAt);
    const housed = this.#house(buildings, townAt);
    for (const spread of this.#towns.values()) this.#settle(spread, housed);
  }

  /** All residents of the grid. */
  get residents(): number {
    return sum(this.core) + sum(this.town);
  }

  cellAt([lon, lat]: LonLat): number {
    const [x, y] = [
      Math.floor((lon - this.west) / this.stepLon),
      Math.floor((lat - this.south) / this.stepLat),
    ];
    return x < 0 || y < 0 || x >= this.nx || y >= this.ny ? -1 : y * this.nx + x;
  }

  #middle(cell: number): LonLat {
    const [x, y] = [cell % this.nx, Math.floor(cell / this.nx)];
    return [this.west + (x + 0.5) * this.stepLon, this.south + (y + 0.5) * this.stepLat];
  }

  #own(townAt: ResidentGridOptions['townAt']): void {
    for (let cell = 0; cell < this.core.length; cell++) {
      const at = this.#middle(cell);
      const spread = this.#towns.get(townAt(at[0], at[1]));
      if (!spread) continue;
      const metres = metresBetween(at, spread.town.at);
      const weight = Math.exp(-(metres * metres) / (2 * spread.sigmaM ** 2));
      spread.cells.push(cell);
      spread.weights.push(weight);
      spread.weight += weight;
    }
  }

  /** People in buildings by cell, and how many of each town that are. */
  #house(buildings: Iterable<LivedIn>, townAt: ResidentGridOptions['townAt']): Float32Array {
    const housed = new Float32Array(this.core.length);
    for (const { at, residents } of buildings) {
      const cell = this.cellAt(at);
      if (cell < 0) continue;
      const middle = this.#middle(cell);
      const spread = this.#towns.get(townAt(middle[0], middle[1]));
      if (!spread) continue;
      housed[cell] = (housed[cell] as number) + residents;
      spread.housed += residents;
    }
    return housed;
  }

  #settle({ town, cells, weights, weight, housed }: Spread, inBuildings: Float32Array): void {
    const into = this[town.settled];
    if (cells.length === 0) {
      const cell = this.cellAt(town.at);
      if (cell >= 0) into[cell] = (into[cell] as number) + town.residents;
      return;
    }
    // Buildings say where; how many there are in all is what the town says.
    const scale = housed > town.residents ? town.residents / housed : 1;
    const left = town.residents - housed * scale;
    const middle = weight > 0 ? MIDDLE_SHARE[town.settled] : 0;
    for (const [i, cell] of cells.entries()) {
      const near = weight > 0 ? (middle * (weights[i] as number)) / weight : 0;
      const spread = near + (1 - middle) / cells.length;
      into[cell] = (into[cell] as number) + (inBuildings[cell] as number) * scale + left * spread;
    }
  }
}

function spreadOf(town: SettledTown): Spread {
  const around = town.residents * MIDDLE_SHARE[town.settled];
  const sigmaM = Math.sqrt(around / (2 * Math.PI * PEAK_PER_KM2[town.settled])) * 1000;
  return { town, sigmaM: Math.max(LEAST_SPREAD_M, sigmaM), cells: [], weights: [], weight: 0, housed: 0 };
}

function metresBetween([lonA, latA]: LonLat, [lonB, latB]: LonLat): number {
  const north = (latB - latA) * METRES_PER_DEGREE;
  const east = (lonB - lonA) * METRES_PER_DEGREE * Math.cos(((latA + latB) / 2) * RAD);
  return Math.hypot(north, east);
}

const sum = (cells: Float32Array): number => cells.reduce((all, one) => all + one, 0);
