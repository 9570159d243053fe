// Areas that can be reached in time (isochrones): times at the nodes spread over the land beside the roads, as a raster, and
// its lines of equal time as areas.
import type { LonLat } from '../../contracts/column.ts';
import type { RoadConditions } from './conditions.ts';
import { contour, signedArea } from './contour.ts';
import { isInside } from './edge-grid.ts';
import { METRES_PER_DEGREE } from './graph.ts';
import type { RoadGround } from './ground.ts';
import type { RoadSearch } from './search.ts';

/** Side of a cell of the raster, metres. */
const CELL_M = 300;
/** From a road over the land, at this speed and so far at most (≈: on foot and on tracks). */
const BESIDE_KMH = 5;
const BESIDE_M = 1200;

export interface ReachArea {
  readonly minutes: number;
  /** Polygons of rings: outside first, then its holes. */
  readonly polygons: readonly (readonly (readonly LonLat[])[])[];
  /** Residents of towns and villages in it, as the city package says. */
  readonly residents: number;
  readonly towns: number;
}

/** From a place, the areas by time, the shortest first. @param minutes rising */
export function reachAreas(
  {
    ground,
    search,
    conditions,
  }: { readonly ground: RoadGround; readonly search: RoadSearch; readonly conditions: RoadConditions },
  at: LonLat,
  minutes: readonly number[],
): ReachArea[] {
  const most = Math.max(...minutes) * 60;
  const { graph, settlements } = ground;
  const { node, seconds } = ground.access(at);
  search.begin(conditions.along);
  if (node >= 0) search.from(node, seconds);
  const reached: number[] = [];
  for (let next = search.next(); next >= 0 && search.secondsTo(next) <= most; next = search.next())
    reached.push(next);
  const raster = new Raster(reached.map((one) => [graph.lon[one] as number, graph.lat[one] as number]));
  for (const one of reached)
    raster.spread([graph.lon[one] as number, graph.lat[one] as number], search.secondsTo(one));
  return minutes.map((limit) => {
    const inTime = settlements.filter(({ node: at }) => search.secondsTo(at) <= limit * 60);
    return {
      minutes: limit,
      polygons: raster.areas(limit * 60),
      residents: inTime.reduce((sum, { residents }) => sum + residents, 0),
      towns: inTime.filter(({ kind }) => kind === 'town').length,
    };
  });
}

class Raster {
  readonly #west: number;
  readonly #south: number;
  readonly #dLon: number;
  readonly #dLat: number;
  readonly #width: number;
  readonly #height: number;
  readonly #values: Float32Array;

  constructor(places: readonly LonLat[]) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [lon, lat] of places) {
      [west, east] = [Math.min(west, lon), Math.max(east, lon)];
      [south, north] = [Math.min(south, lat), Math.max(north, lat)];
    }
    const shrink = Math.cos(((south + north) * Math.PI) / 360);
    // A margin wider than what is beside a road keeps the border outside.
    const margin = Math.ceil(BESIDE_M / CELL_M) + 2;
    this.#dLat = CELL_M / METRES_PER_DEGREE;
    this.#dLon = this.#dLat / shrink;
    this.#west = west - margin * this.#dLon;
    this.#south = south - margin * this.#dLat;
    const isEmpty = places.length === 0;
    this.#width = isEmpty ? 0 : Math.ceil((east - this.#west) / this.#dLon) + margin;
    this.#height = isEmpty ? 0 : Math.ceil((north - this.#south) / this.#dLat) + margin;
    this.#values = new Float32Array(this.#width * this.#height).fill(1e9);
  }

  spread([lon, lat]: LonLat, seconds: number): void {
    const [cx, cy] = [(lon - this.#west) / this.#dLon, (lat - this.#south) / this.#dLat];
    const radius = BESIDE_M / CELL_M;
    const perCell = (CELL_M / BESIDE_KMH) * 3.6;
    for (let y = Math.ceil(cy - radius); y <= cy + radius; y++) {
      for (let x = Math.ceil(cx - radius); x <= cx + radius; x++) {
        const away = Math.hypot(x - cx, y - cy);
        if (away > radius) continue;
        const cell = y * this.#width + x;
        this.#values[cell] = Math.min(this.#values[cell] as number, seconds + away * perCell);
      }
    }
  }

  areas(seconds: number): LonLat[][][] {
    // What nothing reaches lies a little above the level: the line then runs beside the last cell, not through it.
    const capped = this.#values.map((value) => Math.min(value, seconds * 2 + 600));
    const rings = contour({ values: capped, width: this.#width, height: this.#height }, seconds).map(
      (ring) => ({
        area: signedArea(ring),
        points: ring.map(([x, y]): LonLat => [
          Math.round((this.#west + x * this.#dLon) * 1e5) / 1e5,
          Math.round((this.#south + y * this.#dLat) * 1e5) / 1e5,
        ]),
      }),
    );
    const outer = rings.filter(({ area }) => area > 0).map(({ area, points }) => ({ area, rings: [points] }));
    for (const { area, points } of rings) {
      if (area > 0) continue;
      const [around] = outer
        .filter((one) => isInside(one.rings[0] ?? [], points[0] as LonLat))
        .sort((a, b) => a.area - b.area);
      around?.rings.push(points);
    }
    return outer.sort((a, b) => b.area - a.area).map((one) => one.rings);
  }
}
