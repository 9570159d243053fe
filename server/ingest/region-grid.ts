// Which county and town a position lies in: a pre-rastered owner grid, exact at the borders.
// Towns are the nearest listed town inside the county (示意: town borders are not public).
import { BorderCell } from './border-cell.ts';
import type { Bounds, Regions, Rings } from './port.ts';

/** Degrees per grid cell: about 500 m, small against a county and 150k cells for a city. */
const STEP = 0.005;
const OUTSIDE = 0;
const BORDER = 255;
const UNKNOWN = -2;

type Rings2 = [number, number][][];
interface County {
  readonly code: string;
  readonly polygons: readonly Rings2[];
  readonly towns: readonly number[];
}

export class RegionGrid {
  readonly #west: number;
  readonly #south: number;
  readonly #nx: number;
  readonly #ny: number;
  /** 0 outside, 1… county number, 255 a border runs through. */
  readonly #owner: Uint8Array;
  /** Town number of a whole cell, filled on first use; −1 the county lists none. */
  readonly #town: Int16Array;
  /** Cells a border runs through, made on first use. */
  readonly #borders = new Map<number, BorderCell>();
  readonly #counties: readonly County[];
  readonly #towns: Regions['towns'];

  constructor(regions: Regions) {
    if (regions.counties.length >= BORDER)
      throw new Error(`${regions.counties.length} counties: at most ${BORDER - 1} fit`);
    const [west, south, east, north] = extent(regions);
    this.#west = west;
    this.#south = south;
    this.#nx = Math.ceil((east - west) / STEP) + 1;
    this.#ny = Math.ceil((north - south) / STEP) + 1;
    this.#owner = new Uint8Array(this.#nx * this.#ny);
    this.#town = new Int16Array(this.#nx * this.#ny).fill(UNKNOWN);
    this.#towns = regions.towns;
    this.#counties = regions.counties.map(({ code, polygons }) => ({
      code,
      polygons: polygons.map((polygon) =>
        polygon.map((ring) => ring.map(([lon, lat]): [number, number] => [lon, lat])),
      ),
      towns: regions.towns.flatMap((town, index) => (town.county === code ? [index] : [])),
    }));
    for (const [index, county] of this.#counties.entries()) this.#fill(county, index + 1);
    for (const county of this.#counties) this.#markBorder(county);
  }

  /** Code of the town, or of the county where it lists none; '' outside every county. Of one cell and county: one town. */
  regionAt(lon: number, lat: number): string {
    const cell = this.#cellAt(lon, lat);
    if (cell < 0) return '';
    const owner = this.#owner[cell] ?? OUTSIDE;
    if (owner === OUTSIDE) return '';
    if (owner === BORDER) return this.#borderAt(cell).codeAt(lon, lat);
    const county = this.#counties[owner - 1];
    if (!county) return '';
    let town = this.#town[cell] ?? UNKNOWN;
    if (town === UNKNOWN) this.#town[cell] = town = this.#townOf(cell, county);
    return this.#codeOf(county, town);
  }

  #codeOf(county: County, town: number): string {
    return this.#towns[town]?.code ?? county.code;
  }

  /** The town nearest to the middle of a cell, whichever place in it is asked for first. */
  #townOf(cell: number, county: County): number {
    const lon = this.#west + ((cell % this.#nx) + 0.5) * STEP;
    const lat = this.#south + (Math.floor(cell / this.#nx) + 0.5) * STEP;
    return this.#nearestTown(county, lon, lat);
  }

  #cellAt(lon: number, lat: number): number {
    const x = Math.floor((lon - this.#west) / STEP);
    const y = Math.floor((lat - this.#south) / STEP);
    return x >= 0 && y >= 0 && x < this.#nx && y < this.#ny ? y * this.#nx + x : -1;
  }

  #borderAt(cell: number): BorderCell {
    const known = this.#borders.get(cell);
    if (known) return known;
    const west = this.#west + (cell % this.#nx) * STEP;
    const south = this.#south + Math.floor(cell / this.#nx) * STEP;
    const counties = this.#counties.map((county) => ({
      code: this.#codeOf(county, this.#townOf(cell, county)),
      polygons: county.polygons,
    }));
    const border = new BorderCell({ west, south, east: west + STEP, north: south + STEP }, counties);
    this.#borders.set(cell, border);
    return border;
  }

  #nearestTown(county: County, lon: number, lat: number): number {
    const shrink = Math.cos((lat * Math.PI) / 180);
    let best = -1;
    let least = Infinity;
    for (const index of county.towns) {
      const town = this.#towns[index];
      if (!town) continue;
      const dx = (town.lon - lon) * shrink;
      const dy = town.lat - lat;
      const distance = dx * dx + dy * dy;
      if (distance < least) {
        least = distance;
        best = index;
      }
    }
    return best;
  }

  /** Scan lines through cell centres, even-odd over all rings of a polygon. */
  #fill(county: County, number: number): void {
    for (const polygon of county.polygons) {
      for (let y = 0; y < this.#ny; y += 1) {
        const lat = this.#south + (y + 0.5) * STEP;
        const crossings = crossingsAt(polygon, lat);
        for (let at = 0; at + 1 < crossings.length; at += 2) {
          const from = Math.max(0, Math.ceil(((crossings[at] ?? 0) - this.#west) / STEP - 0.5));
          const to = Math.min(this.#nx - 1, Math.floor(((crossings[at + 1] ?? 0) - this.#west) / STEP - 0.5));
          for (let x = from; x <= to; x += 1) this.#owner[y * this.#nx + x] = number;
        }
      }
    }
  }

  /** Every cell an edge touches: walked in quarter-cell steps, with its neighbours so that no corner is missed. */
  #markBorder(county: County): void {
    for (const ring of county.polygons.flat()) {
      for (let at = 0; at + 1 < ring.length; at += 1) {
        const [x0 = 0, y0 = 0] = ring[at] ?? [];
        const [x1 = 0, y1 = 0] = ring[at + 1] ?? [];
        const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)) / (STEP / 4)));
        for (let step = 0; step <= steps; step += 1) {
          this.#markAround(x0 + ((x1 - x0) * step) / steps, y0 + ((y1 - y0) * step) / steps);
        }
      }
    }
  }

  #markAround(lon: number, lat: number): void {
    for (const dx of [-STEP / 4, STEP / 4]) {
      for (const dy of [-STEP / 4, STEP / 4]) {
        const cell = this.#cellAt(lon + dx, lat + dy);
        if (cell >= 0) this.#owner[cell] = BORDER;
      }
    }
  }
}

function extent(regions: Regions): Bounds {
  let [west, south, east, north] = regions.bounds;
  const polygons: Rings = regions.counties.flatMap((county) => county.polygons);
  for (const [lon, lat] of polygons.flat(2)) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return [west, south, east, north];
}

function crossingsAt(polygon: Rings2, lat: number): number[] {
  const found: number[] = [];
  for (const ring of polygon) {
    for (let at = 0; at + 1 < ring.length; at += 1) {
      const [x0 = 0, y0 = 0] = ring[at] ?? [];
      const [x1 = 0, y1 = 0] = ring[at + 1] ?? [];
      if (y0 > lat !== y1 > lat) found.push(x0 + ((lat - y0) / (y1 - y0)) * (x1 - x0));
    }
  }
  return found.sort((a, b) => a - b);
}
