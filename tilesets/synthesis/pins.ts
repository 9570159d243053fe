// The cells whose height is known: river beds, pools, seats and broad valley floors, burnt into a raster.
import type { City, Place } from '../city/read-city.ts';
import type { Grid } from '../dem/grid.ts';
import { eachNodeInside } from './rings.ts';
import { createNoise, seedOf } from './noise.ts';
import { footOn, smoothLine, type Plane } from './plane.ts';
import type { Relief } from './read-relief.ts';
import { createThalwegs, type Thalweg } from './river-profile.ts';

export interface Facts {
  plane: Plane;
  city: City;
  relief: Relief;
  rivers: Thalweg[];
  /** Rivers and the valleys around the city. */
  channels: Thalweg[];
  floors: Floor[];
}

interface Floor {
  line: Float64Array;
  radiusKm: number;
  heightM: number;
}

/** Half width of a valley floor, km, by order; the raster adds what its cells need to hold it. */
const HALF_FLOOR_KM = [0.3, 0.28, 0.2, 0.12, 0.1];
const SEAT_RADIUS_KM = 0.9;
/** A terrace rises from the river bank this fast, m per km. */
const BANK_RISE = 70;

export function gatherFacts(city: City, relief: Relief, plane: Plane): Facts {
  const rivers = createThalwegs(city, relief.profile, plane);
  const valleys = relief.valleys.map((valley, i) => toValley(valley.line, `valley-${i}`, plane));
  const floors = relief.basins.map((basin) => ({ ...basin, line: flat(basin.line, plane) }));
  for (const seat of city.seats) {
    floors.push({ line: flat([seat.at, seat.at], plane), radiusKm: SEAT_RADIUS_KM, heightM: seat.heightM });
  }
  return { plane, city, relief, rivers, channels: [...rivers, ...valleys], floors };
}

function flat(line: Place[], plane: Plane): Float64Array {
  return Float64Array.from(line.flatMap(([lon, lat]) => [plane.x(lon), plane.y(lat)]));
}

function toValley(line: [number, number, number][], id: string, plane: Plane): Thalweg {
  const vertices = line.map(([lon, lat]): [number, number] => [plane.x(lon), plane.y(lat)]);
  const dense = smoothLine(vertices, 0.1);
  const along = new Float64Array(dense.length);
  for (let i = 1; i < dense.length; i++) {
    along[i] = along[i - 1]! + Math.hypot(dense[i]![0] - dense[i - 1]![0], dense[i]![1] - dense[i - 1]![1]);
  }
  const level = new Float64Array(dense.length);
  let k = 0;
  const stations = vertices.map(
    ([x, y]) => along[dense.findIndex((p) => Math.hypot(p[0] - x, p[1] - y) < 1e-6)] ?? 0,
  );
  for (let i = 0; i < dense.length; i++) {
    while (k < line.length - 2 && along[i]! > stations[k + 1]!) k++;
    const share = Math.min(
      1,
      Math.max(0, (along[i]! - stations[k]!) / Math.max(1e-9, stations[k + 1]! - stations[k]!)),
    );
    level[i] = line[k]![2] + share * (line[k + 1]![2] - line[k]![2]);
  }
  return {
    id,
    order: 2,
    x: Float64Array.from(dense, (p) => p[0]),
    y: Float64Array.from(dense, (p) => p[1]),
    level,
    along,
  };
}

export interface Pins {
  /** Height of cells that are known, m; NaN elsewhere. */
  level: Float32Array;
  /** Distance to the nearest channel, km, up to 2 km; farther is Infinity. */
  channelKm: Float32Array;
  /** Level of that channel, m. */
  channelLevel: Float32Array;
}

const REACH_KM = 2;

/** Burns the facts into a raster of the grid's size. Throws nothing; what lies outside is left out. */
export function burnPins(facts: Facts, grid: Grid): Pins {
  const size = grid.nx * grid.ny;
  const pins: Pins = {
    level: new Float32Array(size).fill(Number.NaN),
    channelKm: new Float32Array(size).fill(Infinity),
    channelLevel: new Float32Array(size).fill(Number.NaN),
  };
  const frame = createFrame(facts.plane, grid);
  const floorHalf = new Float32Array(size);
  const owner = new Int16Array(size).fill(-1);
  // Main rivers come before their tributaries in the list, so they are burnt last.
  const smallFirst = [...facts.channels].reverse().sort((a, b) => b.order - a.order);
  smallFirst.forEach((channel, number) =>
    stampChannel({ channel, number }, frame, { pins, floorHalf, owner }),
  );
  stampLakes(facts, grid, pins);
  const wobble = createNoise(seedOf(`${facts.relief.seed}/floors`));
  for (const floor of facts.floors) stampFloor(floor, frame, { pins, wobble: wobble.at });
  const coarse = Math.max(frame.cellX, frame.cellY);
  for (let i = 0; i < size; i++) {
    const level = pins.channelLevel[i]!;
    if (level !== level) continue;
    const bank = pins.channelKm[i]! - Math.max(floorHalf[i]!, leastHalf(frame));
    const reach = coarse > 0.4 ? pins.channelKm[i]! - 0.71 * coarse : bank;
    if (reach <= 0) pins.level[i] = level;
    else if (pins.level[i] === pins.level[i]) {
      pins.level[i] = Math.max(level, Math.min(pins.level[i]!, level + BANK_RISE * Math.max(0, bank)));
    }
  }
  return pins;
}

interface Frame {
  nx: number;
  ny: number;
  /** Plane position of the first node and cell size, km; y grows to the north. */
  x0: number;
  y0: number;
  cellX: number;
  cellY: number;
}

export function createFrame(plane: Plane, grid: Grid): Frame {
  const x0 = plane.x(grid.west);
  const y0 = plane.y(grid.north);
  const cellX = plane.x(grid.west + grid.stepLon) - x0;
  return { nx: grid.nx, ny: grid.ny, x0, y0, cellX, cellY: y0 - plane.y(grid.north - grid.stepLat) };
}

/** A bed has to be this wide for the raster to hold it, km. */
function leastHalf(frame: Frame): number {
  return Math.min(0.32, 1.05 * Math.hypot(frame.cellX, frame.cellY));
}

function eachCell(
  frame: Frame,
  box: { x: number; y: number; radius: number },
  visit: (i: number, x: number, y: number) => void,
): void {
  const ix0 = Math.max(0, Math.ceil((box.x - box.radius - frame.x0) / frame.cellX));
  const ix1 = Math.min(frame.nx - 1, Math.floor((box.x + box.radius - frame.x0) / frame.cellX));
  const iy0 = Math.max(0, Math.ceil((frame.y0 - box.y - box.radius) / frame.cellY));
  const iy1 = Math.min(frame.ny - 1, Math.floor((frame.y0 - box.y + box.radius) / frame.cellY));
  for (let iy = iy0; iy <= iy1; iy++) {
    for (let ix = ix0; ix <= ix1; ix++)
      visit(iy * frame.nx + ix, frame.x0 + ix * frame.cellX, frame.y0 - iy * frame.cellY);
  }
}

function stampChannel(
  { channel, number }: { channel: Thalweg; number: number },
  frame: Frame,
  { pins, floorHalf, owner }: { pins: Pins; floorHalf: Float32Array; owner: Int16Array },
): void {
  const base = HALF_FLOOR_KM[Math.min(HALF_FLOOR_KM.length - 1, channel.order)]!;
  for (let k = 0; k < channel.x.length; k++) {
    const [x, y] = [channel.x[k]!, channel.y[k]!];
    // Valleys open and close along the way: gorges and basins.
    const half =
      base *
      (0.75 + 0.5 * Math.sin(channel.along[k]! * 0.9 + channel.x[0]!) * Math.sin(channel.along[k]! * 0.23));
    // Far from the river nobody needs the distance to a metre: full reach at every third point only.
    const radius = k % 3 === 0 ? REACH_KM : Math.max(0.5, half + frame.cellX);
    eachCell(frame, { x, y, radius }, (i, cx, cy) => {
      const distance = Math.hypot(cx - x, cy - y);
      // In its own bed the larger river has its way against a tributary that comes in steeply.
      const inBed = distance < Math.max(half, leastHalf(frame)) && owner[i] !== number;
      if (distance >= pins.channelKm[i]! && !inBed) return;
      owner[i] = number;
      pins.channelKm[i] = distance;
      pins.channelLevel[i] = channel.level[k]!;
      floorHalf[i] = half;
    });
  }
}

/** A lake lies at the level of the river in it: flat behind the dam, rising only at its head. */
function stampLakes(facts: Facts, grid: Grid, pins: Pins): void {
  for (const lake of facts.city.lakes) {
    eachNodeInside(lake.rings, grid, (i) => {
      const level = pins.channelLevel[i]!;
      if (level === level) pins.level[i] = level;
    });
  }
}

function stampFloor(
  floor: Floor,
  frame: Frame,
  { pins, wobble }: { pins: Pins; wobble: (x: number, y: number) => number },
): void {
  const xs = floor.line.filter((_, k) => k % 2 === 0);
  const ys = floor.line.filter((_, k) => k % 2 === 1);
  const x = (Math.min(...xs) + Math.max(...xs)) / 2;
  const y = (Math.min(...ys) + Math.max(...ys)) / 2;
  const radius = Math.max(Math.max(...xs) - x, Math.max(...ys) - y) + floor.radiusKm * 1.6;
  eachCell(frame, { x, y, radius }, (i, cx, cy) => {
    const edge =
      floor.radiusKm * (1 + 0.35 * wobble(cx / 0.9, cy / 0.9) + 0.2 * wobble(cx / 0.35, cy / 0.35));
    if (footOn(floor.line, cx, cy).distance <= Math.max(0.35, edge)) pins.level[i] = floor.heightM;
  });
}
