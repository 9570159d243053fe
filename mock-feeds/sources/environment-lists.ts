// What the environment bureau publishes as JSON: river sections, noise and radiation stations.
import type { Row } from '../city/csv.ts';
import type { LonLat } from '../engine/geo.ts';
import { DAY, HOUR } from '../engine/local-time.ts';
import { drift, gauss, keyOf, unit } from '../engine/random.ts';
import type { HttpHost } from '../transport/http-server.ts';
import type { Source, World } from '../world.ts';
import { round, serveJsonList } from './json-list.ts';

const WATER_PERIOD_S = 600;
const NOISE_PERIOD_S = 60;
const RADIATION_PERIOD_S = 300;

/** Typical values of a clean class-Ⅱ river: item code of HJ 525 → middle, spread, decimals. */
const WATER_ITEMS: Readonly<Record<string, readonly [number, number, number]>> = {
  w01001: [7.9, 0.25, 2],
  w01009: [8.4, 0.9, 2],
  w01019: [2.3, 0.5, 1],
  w01018: [9, 2.5, 0],
  w21003: [0.12, 0.06, 3],
  w21011: [0.05, 0.02, 3],
  w20127: [0.000012, 0.000006, 6],
  w20122b: [0.0011, 0.0005, 5],
};
/** GB 3096 day and night limits by zone, dB(A); stations lie a little under them. */
const NOISE_LIMITS: Readonly<Record<string, readonly [number, number]>> = {
  '0': [50, 40],
  '1': [55, 45],
  '2': [60, 50],
  '3': [65, 55],
  '4a': [70, 55],
  '4b': [70, 60],
};

const place = (row: Row): LonLat => [Number(row['lon']), Number(row['lat'])];

class EnvironmentLists implements Source {
  private readonly world: World;
  private readonly rivers: Map<string, string>;
  /** An operator's pollution: factor on one item of one section until a moment. */
  private readonly spills: { section: string; item: string; factor: number; until: number }[];

  constructor(world: World) {
    this.world = world;
    this.rivers = new Map(this.world.city.rivers.map((river) => [river.id, river.name]));
    this.spills = [];
  }

  private readonly section = (row: Row, at: number): object => {
    const id = row['id'] ?? '';
    const key = keyOf(id);
    const p = place(row);
    const rain = this.world.weather.rainMm(p, [at - 6 * HOUR, at], 12);
    const tempC = this.world.weather.tempC(p, 480, at - 3 * HOUR) * 0.7 + 4;
    const values: Record<string, number> = {
      w01010: round(tempC, 1),
      w01003: round(6 + 3 * (1 + drift(at / DAY, this.world.seed, key)) + rain * 9, 1),
    };
    const flags: Record<string, string> = { w01010: 'N', w01003: 'N' };
    for (const [code, [middle, spread, digits]] of Object.entries(WATER_ITEMS)) {
      const slow =
        drift(at / (9 * HOUR), this.world.seed, key, keyOf(code)) +
        0.25 * drift(at / HOUR, this.world.seed, key, keyOf(code), 1);
      // Rain washes nutrients in, cold water holds more oxygen.
      const washed = code === 'w01001' || code === 'w01009' ? 0 : Math.min(1.5, rain / 25);
      const warm = code === 'w01009' ? (15 - tempC) * 0.12 : 0;
      let value = Math.max(middle * 0.05, middle + spread * (slow + washed) + warm);
      for (const s of this.spills) if (s.section === id && s.item === code && s.until > at) value *= s.factor;
      values[code] = round(value, digits);
      const fault = unit(this.world.seed, key, keyOf(code), Math.floor(at / (4 * HOUR))) < 0.006;
      flags[code] = fault ? 'D' : 'N';
    }
    return {
      id,
      name: row['name'] ?? id,
      river: this.rivers.get(row['river'] ?? '') ?? row['river'] ?? '',
      lon: p[0],
      lat: p[1],
      target: row['target'] || 'Ⅱ',
      time: this.world.time.iso(at),
      values,
      flags,
    };
  };

  private readonly noise = (row: Row, at: number): object => {
    const id = row['id'] ?? '';
    const key = keyOf(id);
    const zone = row['zone'] || '2';
    const [day, night] = NOISE_LIMITS[zone] ?? [60, 50];
    const hour = this.world.time.hour(at);
    const dark = hour >= 22 || hour < 6;
    const busy = this.world.rhythm.traffic(at) - 0.6;
    const storm = Math.min(6, this.world.weather.rainMmH(place(row), at) * 0.4);
    const minute = Math.floor(at / 60_000);
    const leq =
      (dark ? night : day) -
      4 +
      4 * busy +
      storm +
      2 * drift(at / HOUR, this.world.seed, key) +
      1.1 * gauss(this.world.seed, key, minute);
    const passing = unit(this.world.seed, key, minute, 3) < 0.02 ? 8 : 0;
    return {
      id,
      name: row['name'] ?? id,
      zone,
      lon: Number(row['lon']),
      lat: Number(row['lat']),
      time: this.world.time.iso(at),
      leqDbA: round(leq + passing, 1),
      l10DbA: round(leq + passing + 2.8 + unit(key, minute), 1),
      l90DbA: round(leq - 3.5 - unit(key, minute, 2), 1),
    };
  };

  private readonly radiation = (row: Row, at: number): object => {
    const id = row['id'] ?? '';
    const key = keyOf(id);
    // Rain brings radon daughters down: the natural dose rate rises for an hour or two.
    const washout = Math.min(30, this.world.weather.rainMm(place(row), [at - HOUR, at], 6) * 3);
    const dose =
      78 +
      14 * unit(this.world.seed, key) +
      washout +
      1.6 * gauss(this.world.seed, key, Math.floor(at / 300_000));
    return {
      id,
      name: row['name'] ?? id,
      lon: Number(row['lon']),
      lat: Number(row['lat']),
      time: this.world.time.iso(at),
      doseRateNGyH: round(dose, 1),
    };
  };

  readonly feeds = ['water-section', 'noise', 'radiation'];

  objects(): Readonly<Record<string, number>> {
    return {
      waterSections: this.world.city.stations('water-sections').length,
      noiseStations: this.world.city.stations('noise').length,
      radiationStations: this.world.city.stations('radiation').length,
    };
  }

  routes(http: HttpHost): void {
    const lists = [
      { feed: 'water-section', file: 'water-sections', periodS: WATER_PERIOD_S, item: this.section },
      { feed: 'noise', file: 'noise', periodS: NOISE_PERIOD_S, item: this.noise },
      { feed: 'radiation', file: 'radiation', periodS: RADIATION_PERIOD_S, item: this.radiation },
    ];
    for (const { feed, file, periodS, item } of lists) {
      serveJsonList(this.world, http, {
        feed,
        system: 'eco-monitoring',
        path: `/eco/${file}`,
        periodS,
        items: (at) => this.world.city.stations(file).map((row) => item(row, at)),
      });
    }
  }

  inject(request: Readonly<Record<string, unknown>>): object | null {
    if (request['kind'] !== 'water-spill') return null;
    const sections = this.world.city.stations('water-sections');
    const id = String(request['id'] ?? sections[0]?.['id'] ?? '');
    const spill = {
      section: id,
      item: String(request['item'] ?? 'w20127'),
      factor: Number(request['factor'] ?? 30),
      until: this.world.clock.now() + Number(request['forS'] ?? 7200) * 1000,
    };
    this.spills.push(spill);
    return { injected: 'water-spill', ...spill };
  }
}

export function createEnvironmentLists(world: World): Source {
  return new EnvironmentLists(world);
}
