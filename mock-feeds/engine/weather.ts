// The weather: cells of rain that are born, move over the city and die, on top of the climate of the month.
// A pure function of (seed, place, moment) plus what an operator injected.
import { valueAt, type TimedCurve } from './curve.ts';
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
  rainMm(place: LonLat, span: readonly [number, number], steps: number): number;
  /** Cells alive at a moment, with their places then. */
  cells(at: number): RainCell[];
  tempC(place: LonLat, elevationM: number, at: number): number;
  humidityPct(place: LonLat, at: number): number;
  windMs(place: LonLat, at: number): number;
  windDirDeg(place: LonLat, at: number): number;
  visibilityM(place: LonLat, at: number): number;
  pressureHpa(elevationM: number, at: number): number;
  inject(cell: WantedCell): void;
  /** Sight and wind around a place as an operator wants them. */
  cover(area: WantedAir): void;
  /** Grows with each injection, for caches. */
  readonly revision: number;
}

export interface WantedCell {
  rainMmH: number;
  centre: LonLat;
  radiusKm: number;
  from: number;
  forS: number;
  /** Drift, m/s. */
  eastMs?: number | undefined;
  northMs?: number | undefined;
}

export interface WantedAir {
  centre: LonLat;
  radiusKm: number;
  until: number;
  visibilityM?: TimedCurve;
  wind?: { directionDeg: TimedCurve; speedMs: number };
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
  /** No rain but what is injected. */
  quiet?: boolean;
}

function drawBlock(options: WeatherOptions, block: number): RainCell[] {
  const random = createRandom(options.seed, keyOf('rain'), block);
  const start = block * BLOCK_MS;
  const rain = RAIN_MM[options.time.month(start)] ?? 50;
  const mean = 2.2 + rain / 60;
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

class WeatherField implements Weather {
  private readonly options: WeatherOptions;
  private readonly blocks: Map<number, RainCell[]>;
  private readonly injected: RainCell[];
  private readonly air: WantedAir[];
  // One moment is asked for many places: keep its living cells.
  private cachedAt: number;
  private cachedCells: RainCell[];

  constructor(options: WeatherOptions) {
    this.options = options;
    this.blocks = new Map<number, RainCell[]>();
    this.injected = [];
    this.air = [];
    this.cachedAt = NaN;
    this.cachedCells = [];
  }

  private readonly blockCells = (block: number): RainCell[] => {
    const known = this.blocks.get(block);
    if (known !== undefined) return known;
    if (this.blocks.size > 64) this.blocks.clear();
    const drawn = drawBlock(this.options, block);
    this.blocks.set(block, drawn);
    return drawn;
  };

  private readonly living = (at: number): RainCell[] => {
    const block = Math.floor(at / BLOCK_MS);
    const injected = this.injected.filter((cell) => alive(cell, at));
    if (this.options.quiet === true) return injected;
    const own = [...this.blockCells(block - 1), ...this.blockCells(block)];
    return [...own.filter((cell) => alive(cell, at)), ...injected];
  };

  private readonly rainOf = (cells: readonly RainCell[], place: LonLat, at: number): number => {
    let sum = 0;
    for (const cell of cells) {
      const d = distanceM(place, movedTo(cell, at)) / cell.radiusM;
      if (d < 2.2) sum += cell.peakMmH * strength(cell, at) * Math.exp(-d * d);
    }
    return sum < 0.05 ? 0 : sum;
  };

  readonly rainMmH = (place: LonLat, at: number): number => {
    if (at !== this.cachedAt) [this.cachedAt, this.cachedCells] = [at, this.living(at)];
    return this.rainOf(this.cachedCells, place, at);
  };

  private readonly hourAngle = (at: number): number =>
    Math.cos(((this.options.time.hour(at) - 15) / 12) * Math.PI);

  private readonly zone = (place: LonLat): number =>
    Math.round(place[0] * 8) * 1009 + Math.round(place[1] * 8);

  readonly humidityPct = (place: LonLat, at: number): number => {
    const wet = this.rainMmH(place, at) > 0.2 ? 18 : 0;
    const value =
      70 -
      12 * this.hourAngle(at) +
      10 * drift(at / (7 * HOUR), this.options.seed, 31, this.zone(place)) +
      wet;
    return Math.round(Math.min(100, Math.max(22, value)));
  };

  private readonly airAt = (place: LonLat, at: number): WantedAir[] =>
    this.air.filter((a) => a.until > at && distanceM(a.centre, place) <= a.radiusKm * 1000);

  readonly windMs = (place: LonLat, at: number): number => {
    const wanted = this.airAt(place, at).findLast((a) => a.wind !== undefined)?.wind;
    if (wanted !== undefined) return wanted.speedMs;
    const calm =
      1.4 +
      0.5 * this.hourAngle(at) +
      0.9 * drift(at / (1.5 * HOUR), this.options.seed, 41, this.zone(place));
    return Math.max(0.1, calm + Math.min(9, this.rainMmH(place, at) / 6));
  };

  readonly rainMm: Weather['rainMm'] = (place, [from, to], steps) => {
    // Without rain of its own, and with none injected for then, it stayed dry: hundreds of gauges ask for a whole day.
    const isDry = this.options.quiet === true && !this.injected.some((c) => c.from <= to && c.to > from);
    if (isDry) return 0;
    const step = (to - from) / steps;
    let sum = 0;
    for (let i = 0; i < steps; i++) sum += this.rainMmH(place, from + (i + 0.5) * step);
    return (sum * step) / HOUR;
  };

  readonly cells: Weather['cells'] = (at) =>
    this.living(at).map((cell) => ({ ...cell, centre: movedTo(cell, at) }));

  readonly tempC: Weather['tempC'] = (place, elevationM, at) => {
    const mean = MEAN_C[this.options.time.month(at)] ?? 16;
    const day = 4.2 * this.hourAngle(at) + 2.5 * drift(at / (19 * HOUR), this.options.seed, 51);
    const cooled = Math.min(4, this.rainMmH(place, at) * 0.25);
    return mean + day - cooled - LAPSE_C_PER_M * (elevationM - REFERENCE_ELEVATION_M);
  };

  readonly windDirDeg: Weather['windDirDeg'] = (place, at) => {
    const wanted = this.airAt(place, at).findLast((a) => a.wind !== undefined)?.wind;
    if (wanted !== undefined) return Math.round(valueAt(wanted.directionDeg, at) + 360) % 360;
    const valley = this.options.time.hour(at) > 9 && this.options.time.hour(at) < 19 ? 190 : 25;
    return Math.round(
      (valley + 50 * drift(at / (2 * HOUR), this.options.seed, 61, this.zone(place)) + 360) % 360,
    );
  };

  readonly visibilityM: Weather['visibilityM'] = (place, at) => {
    const wanted = this.airAt(place, at).findLast((a) => a.visibilityM !== undefined)?.visibilityM;
    if (wanted !== undefined) return Math.round(valueAt(wanted, at));
    const rain = this.rainMmH(place, at);
    const haze = 14_000 + 5_000 * drift(at / (5 * HOUR), this.options.seed, 71, this.zone(place));
    const hour = this.options.time.hour(at);
    const foggy =
      hour > 3 &&
      hour < 9 &&
      unit(this.options.seed, 73, Math.floor(at / (24 * HOUR)), this.zone(place)) < 0.06;
    const fog = foggy ? 150 + 400 * Math.abs(hour - 6) : Infinity;
    return Math.round(Math.max(50, Math.min(haze, 22_000 / (1 + rain / 2.5), fog)));
  };

  readonly pressureHpa: Weather['pressureHpa'] = (elevationM, at) =>
    1013.25 * Math.exp(-elevationM / 8430) +
    4 * drift(at / (30 * HOUR), this.options.seed, 81) +
    0.8 * this.hourAngle(at);

  readonly cover: Weather['cover'] = (area) => {
    this.air.push(area);
  };

  readonly inject: Weather['inject'] = (wanted) => {
    const { rainMmH: peakMmH, centre, radiusKm, from, forS } = wanted;
    this.injected.push({
      from: from - 1,
      to: from + forS * 1000,
      centre,
      eastMs: wanted.eastMs ?? 1.5,
      northMs: wanted.northMs ?? 0.5,
      radiusM: radiusKm * 1000,
      peakMmH,
      injected: true,
    });
    this.cachedAt = NaN;
  };

  get revision(): number {
    return this.injected.length;
  }
}

export function createWeather(options: WeatherOptions): Weather {
  return new WeatherField(options);
}
