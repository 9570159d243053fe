// The weather: cells of rain that are born, move over the city and die, on top of the climate of the month.
// A pure function of (seed, place, moment) plus what an operator injected.
import type { LocalTime } from './local-time.ts';
import { HOUR } from './local-time.ts';
import { distanceM, offset, type LonLat } from './geo.ts';
import { createRandom, drift, keyOf, unit } from './random.ts';

export interface RainCell {
  from: number;
  to: number;
  centre: LonLat;
  eastMs: number;
  northMs: number;
  radiusM: number;
  peakMmH: number;
  injected: boolean;
}

export interface Weather {
  rainMmH(place: LonLat, at: number): number;
  /** Rain of a span, mm, sampled at its middle steps. */
  rainMm(place: LonLat, from: number, to: number, steps: number): number;
  /** Cells alive at a moment, with their places then. */
  cells(at: number): RainCell[];
  tempC(place: LonLat, elevationM: number, at: number): number;
  humidityPct(place: LonLat, at: number): number;
  windMs(place: LonLat, at: number): number;
  windDirDeg(place: LonLat, at: number): number;
  visibilityM(place: LonLat, at: number): number;
  pressureHpa(elevationM: number, at: number): number;
  inject(cell: { rainMmH: number; centre: LonLat; radiusKm: number; from: number; forS: number }): void;
  /** Grows with each injection, for caches. */
  readonly revision: number;
}

// Monthly normals (January first): rain mm, mean temperature °C.
const RAIN_MM = [6, 9, 24, 52, 85, 110, 215, 180, 160, 65, 27, 9];
const MEAN_C = [5, 8, 12, 17, 21, 25, 27, 26, 21, 17, 11, 6];
/** Cells are drawn per block of this length and live at most as long. */
const BLOCK_MS = 3 * HOUR;
const LAPSE_C_PER_M = 0.006;
const REFERENCE_ELEVATION_M = 500;

export interface WeatherOptions {
  seed: number;
  bbox: readonly [number, number, number, number];
  time: LocalTime;
}

function drawBlock(options: WeatherOptions, block: number): RainCell[] {
  const random = createRandom(options.seed, keyOf('rain'), block);
  const start = block * BLOCK_MS;
  const rain = RAIN_MM[options.time.month(start)] ?? 50;
  const mean = 1.6 + rain / 70;
  const count = Math.min(9, Math.floor(random.wait(mean) + 0.35));
  const [west, south, east, north] = options.bbox;
  return Array.from({ length: count }, () => {
    const from = start + random.next() * BLOCK_MS;
    return {
      from,
      to: from + random.between(0.6, 2.9) * HOUR,
      centre: [random.between(west, east), random.between(south, north)] as const,
      eastMs: random.between(2, 9),
      northMs: random.between(-3, 4),
      radiusM: random.between(5_000, 22_000),
      peakMmH: 1.5 * Math.exp(random.next() * Math.log(1 + rain / 6)),
      injected: false,
    };
  });
}

const alive = (cell: RainCell, at: number): boolean => at >= cell.from && at < cell.to;

function strength(cell: RainCell, at: number): number {
  if (cell.injected) return Math.min(1, (at - cell.from) / 120_000, (cell.to - at) / 120_000);
  return Math.sin((Math.PI * (at - cell.from)) / (cell.to - cell.from));
}

function movedTo(cell: RainCell, at: number): LonLat {
  const s = (at - cell.from) / 1000;
  return offset(cell.centre, cell.eastMs * s, cell.northMs * s);
}

export function createWeather(options: WeatherOptions): Weather {
  const { seed, time } = options;
  const blocks = new Map<number, RainCell[]>();
  const injected: RainCell[] = [];
  const blockCells = (block: number): RainCell[] => {
    const known = blocks.get(block);
    if (known !== undefined) return known;
    if (blocks.size > 64) blocks.clear();
    const drawn = drawBlock(options, block);
    blocks.set(block, drawn);
    return drawn;
  };
  const living = (at: number): RainCell[] => {
    const block = Math.floor(at / BLOCK_MS);
    return [...blockCells(block - 1), ...blockCells(block), ...injected].filter((cell) => alive(cell, at));
  };
  const rainOf = (cells: readonly RainCell[], place: LonLat, at: number): number => {
    let sum = 0;
    for (const cell of cells) {
      const d = distanceM(place, movedTo(cell, at)) / cell.radiusM;
      if (d < 2.2) sum += cell.peakMmH * strength(cell, at) * Math.exp(-d * d);
    }
    return sum < 0.05 ? 0 : sum;
  };
  // One moment is asked for many places: keep its living cells.
  let cachedAt = NaN;
  let cachedCells: RainCell[] = [];
  const rainMmH = (place: LonLat, at: number): number => {
    if (at !== cachedAt) [cachedAt, cachedCells] = [at, living(at)];
    return rainOf(cachedCells, place, at);
  };
  const hourAngle = (at: number): number => Math.cos(((time.hour(at) - 15) / 12) * Math.PI);
  const zone = (place: LonLat): number => Math.round(place[0] * 8) * 1009 + Math.round(place[1] * 8);
  const humidityPct = (place: LonLat, at: number): number => {
    const wet = rainMmH(place, at) > 0.2 ? 18 : 0;
    const value = 70 - 12 * hourAngle(at) + 10 * drift(at / (7 * HOUR), seed, 31, zone(place)) + wet;
    return Math.round(Math.min(100, Math.max(22, value)));
  };
  const windMs = (place: LonLat, at: number): number => {
    const calm = 1.4 + 0.5 * hourAngle(at) + 0.9 * drift(at / (1.5 * HOUR), seed, 41, zone(place));
    return Math.max(0.1, calm + Math.min(9, rainMmH(place, at) / 6));
  };
  return {
    rainMmH,
    rainMm: (place, from, to, steps) => {
      const step = (to - from) / steps;
      let sum = 0;
      for (let i = 0; i < steps; i++) sum += rainMmH(place, from + (i + 0.5) * step);
      return (sum * step) / HOUR;
    },
    cells: (at) => living(at).map((cell) => ({ ...cell, centre: movedTo(cell, at) })),
    tempC: (place, elevationM, at) => {
      const mean = MEAN_C[time.month(at)] ?? 16;
      const day = 4.2 * hourAngle(at) + 2.5 * drift(at / (19 * HOUR), seed, 51);
      const cooled = Math.min(4, rainMmH(place, at) * 0.25);
      return mean + day - cooled - LAPSE_C_PER_M * (elevationM - REFERENCE_ELEVATION_M);
    },
    humidityPct,
    windMs,
    windDirDeg: (place, at) => {
      const valley = time.hour(at) > 9 && time.hour(at) < 19 ? 190 : 25;
      return Math.round((valley + 50 * drift(at / (2 * HOUR), seed, 61, zone(place)) + 360) % 360);
    },
    visibilityM: (place, at) => {
      const rain = rainMmH(place, at);
      const haze = 14_000 + 5_000 * drift(at / (5 * HOUR), seed, 71, zone(place));
      const hour = time.hour(at);
      const foggy = hour > 3 && hour < 9 && unit(seed, 73, Math.floor(at / (24 * HOUR)), zone(place)) < 0.06;
      const fog = foggy ? 150 + 400 * Math.abs(hour - 6) : Infinity;
      return Math.round(Math.max(50, Math.min(haze, 22_000 / (1 + rain / 2.5), fog)));
    },
    pressureHpa: (elevationM, at) =>
      1013.25 * Math.exp(-elevationM / 8430) + 4 * drift(at / (30 * HOUR), seed, 81) + 0.8 * hourAngle(at),
    inject: ({ rainMmH: peakMmH, centre, radiusKm, from, forS }) => {
      injected.push({
        from: from - 1,
        to: from + forS * 1000,
        centre,
        eastMs: 1.5,
        northMs: 0.5,
        radiusM: radiusKm * 1000,
        peakMmH,
        injected: true,
      });
      cachedAt = NaN;
    },
    get revision() {
      return injected.length;
    },
  };
}
