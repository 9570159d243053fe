// Roads to every town that the list of main roads leaves out: the easiest way over the land to the network (示意).
import type { Ground, Line } from './ground.ts';
import type { Town } from './towns.ts';

/** Side of a cell, metres: finer than the bends of a valley, coarse enough for a province. */
const CELL_M = 250;
// Climbing costs this much more than level ground: 10 % of slope doubles the way, squared beyond.
const SLOPE_COST = 10;
const STEEP_COST = 160;
// Crossing water costs like this many metres more: a bridge is built where the river is met, not along it.
const BRIDGE_M = 900;
// A town this near to a road needs no road of its own, metres.
const NEAR_M = 120;
// A search gives up after so many cells: the town lies on another shore or outside the heights.
const MOST_CELLS = 60_000;
const HALF_WIDTH_M = 7;

export interface MinorRoad {
  line: Line;
  /** Town it was laid for. */
  town: string;
}

/** Adds the roads to the ground as it goes: a later town may join an earlier one's road. */
export function layMinorRoads(ground: Ground, towns: readonly Town[]): MinorRoad[] {
  const roads: MinorRoad[] = [];
  const toNetwork = (town: Town): number => ground.roadAt(town.x, town.y)?.distance ?? Infinity;
  // Towns near the network first, so that the far ones find a short way.
  const order = [...towns].sort((a, b) => toNetwork(a) - toNetwork(b) || a.code.localeCompare(b.code));
  for (const town of order) {
    if (toNetwork(town) < NEAR_M) continue;
    const path = searchWay(ground, town);
    if (path.length < 2) continue;
    const line = smoothed(path);
    ground.addRoad(line, HALF_WIDTH_M);
    roads.push({ line, town: town.code });
  }
  return roads;
}

/** Dijkstra from the town over eight neighbours until a road is met. */
function searchWay(ground: Ground, town: Town): Line {
  const best = new Map<number, number>();
  const from = new Map<number, number>();
  const heap = new Heap();
  const keyOf = (ix: number, iy: number): number => (ix + 4096) * 8192 + iy + 4096;
  const placeOf = (key: number): [number, number] => [
    town.x + (Math.floor(key / 8192) - 4096) * CELL_M,
    town.y + ((key % 8192) - 4096) * CELL_M,
  ];
  const start = keyOf(0, 0);
  best.set(start, 0);
  heap.push(start, 0);
  const closed = new Set<number>();
  for (;;) {
    const key = heap.pop();
    if (key === undefined || closed.size > MOST_CELLS) return [];
    if (closed.has(key)) continue;
    closed.add(key);
    const [x, y] = placeOf(key);
    const road = ground.roadAt(x, y);
    if (key !== start && road && road.distance < CELL_M * 0.75)
      return [...trace(from, key, placeOf), [road.x, road.y]];
    const height = ground.heightAt(x, y);
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        if (dx === 0 && dy === 0) continue;
        const next = key + dx * 8192 + dy;
        if (closed.has(next)) continue;
        const [nx, ny] = [x + dx * CELL_M, y + dy * CELL_M];
        const run = Math.hypot(dx, dy) * CELL_M;
        const slope = Math.abs(ground.heightAt(nx, ny) - height) / run;
        const wet = ground.dryAt(nx, ny) <= 0 ? BRIDGE_M : 0;
        const cost = best.get(key)! + run * (1 + SLOPE_COST * slope + STEEP_COST * slope * slope) + wet;
        if (cost >= (best.get(next) ?? Infinity)) continue;
        best.set(next, cost);
        from.set(next, key);
        heap.push(next, cost);
      }
    }
  }
}

/** From the town to where the search ended. */
function trace(from: Map<number, number>, end: number, placeOf: (key: number) => [number, number]): Line {
  const line: Line = [];
  for (let key: number | undefined = end; key !== undefined; key = from.get(key)) line.push(placeOf(key));
  return line.reverse();
}

/** Cuts the corners of the raster twice (Chaikin); both ends stay. */
function smoothed(line: Line): Line {
  let points = line;
  for (let round = 0; round < 2; round++) {
    const next: Line = [points[0]!];
    for (let k = 0; k + 1 < points.length; k++) {
      const [ax, ay] = points[k]!;
      const [bx, by] = points[k + 1]!;
      if (k > 0) next.push([ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25]);
      if (k + 2 < points.length) next.push([ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75]);
    }
    next.push(points.at(-1)!);
    points = next;
  }
  return points;
}

/** A binary heap of numbers by cost; equal costs come in the order of their keys. */
class Heap {
  readonly #keys: number[] = [];
  readonly #costs: number[] = [];

  push(key: number, cost: number): void {
    let i = this.#keys.length;
    this.#keys.push(key);
    this.#costs.push(cost);
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (!this.#before(i, up)) break;
      this.#swap(i, up);
      i = up;
    }
  }

  pop(): number | undefined {
    const top = this.#keys[0];
    if (top === undefined) return undefined;
    this.#swap(0, this.#keys.length - 1);
    this.#keys.pop();
    this.#costs.pop();
    for (let i = 0; ;) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2])
        if (child < this.#keys.length && this.#before(child, least)) least = child;
      if (least === i) return top;
      this.#swap(i, least);
      i = least;
    }
  }

  #before(a: number, b: number): boolean {
    const difference = this.#costs[a]! - this.#costs[b]!;
    return difference < 0 || (difference === 0 && this.#keys[a]! < this.#keys[b]!);
  }

  #swap(a: number, b: number): void {
    [this.#keys[a], this.#keys[b]] = [this.#keys[b]!, this.#keys[a]!];
    [this.#costs[a], this.#costs[b]] = [this.#costs[b]!, this.#costs[a]!];
  }
}
