// The workload of the wire benches: things that drive at constant speed with random turns, a quarter of them parked,
// reporting at 1 Hz with the noise of a satellite receiver. Deterministic by seed.
import { number, position, title } from '../contracts/declare.ts';
import { defineLayer } from '../contracts/layer.ts';
import type { LayerTable } from '../contracts/table.ts';

export const benchMoving = defineLayer({
  slug: 'bench-moving',
  title: title('移动对象', 'Moving objects'),
  topic: 'traffic',
  kind: 'table',
  time: 'observed',
  moving: { freshS: 30 },
  periodS: 1,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    headingDeg: number(title('航向', 'Heading'), ['degree', 1, 0, 359]),
    speedKmh: number(title('速度', 'Speed'), ['km/h', 1, 0, 250]),
  },
});
export type MovingTable = LayerTable<typeof benchMoving.columns>;

export interface Noise {
  /** Standard deviations of what is reported: metres per axis, degrees, km/h. */
  readonly positionM: number;
  readonly headingDeg: number;
  readonly speedKmh: number;
}

/** 2 m in place; course and speed from Doppler, an order better. */
export const receiverNoise: Noise = { positionM: 2, headingDeg: 0.5, speedKmh: 0.3 };
export const positionNoise: Noise = { positionM: 2, headingDeg: 0, speedKmh: 0 };

const [WEST, EAST, SOUTH, NORTH] = [105.2, 106.2, 31.9, 32.9];
const M_PER_LAT_DEG = 111_200;
const M_PER_LON_DEG = M_PER_LAT_DEG * Math.cos((32.4 * Math.PI) / 180);
/** Chance of a turn, of parking and of leaving in a second. */
const [TURN, PARK, LEAVE] = [0.05, 0.002, 0.007];

export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export class MovingCity {
  readonly count: number;
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly heading: Float64Array;
  readonly speed: Float64Array;
  readonly moves: Uint8Array;
  readonly #noise: Noise;
  readonly #random: () => number;
  #spare = NaN;

  constructor(count: number, noise: Noise, seed = 1) {
    this.count = count;
    this.#noise = noise;
    this.#random = seededRandom(seed);
    this.lon = new Float64Array(count);
    this.lat = new Float64Array(count);
    this.heading = new Float64Array(count);
    this.speed = new Float64Array(count);
    this.moves = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      this.lon[i] = WEST + (EAST - WEST) * this.#random();
      this.lat[i] = SOUTH + (NORTH - SOUTH) * this.#random();
      this.heading[i] = 360 * this.#random();
      this.speed[i] = 3 + 17 * this.#random();
      this.moves[i] = this.#random() < 0.25 ? 0 : 1;
    }
  }

  /** One second on. */
  step(): void {
    const random = this.#random;
    for (let i = 0; i < this.count; i++) {
      const moving = this.moves[i] === 1;
      if (random() < (moving ? PARK : LEAVE)) this.moves[i] = moving ? 0 : 1;
      if (!moving) continue;
      let heading = this.heading[i] as number;
      if (random() < TURN) heading = (heading + 120 * (random() - 0.5) + 360) % 360;
      const angle = (heading * Math.PI) / 180;
      const lon = (this.lon[i] as number) + ((this.speed[i] as number) * Math.sin(angle)) / M_PER_LON_DEG;
      const lat = (this.lat[i] as number) + ((this.speed[i] as number) * Math.cos(angle)) / M_PER_LAT_DEG;
      const outside = lon < WEST || lon > EAST || lat < SOUTH || lat > NORTH;
      this.heading[i] = outside ? (heading + 180) % 360 : heading;
      if (outside) continue;
      this.lon[i] = lon;
      this.lat[i] = lat;
    }
  }

  /** Puts (`first`) or reports every object that moves into the table through the stores, as ingest does. */
  report(table: MovingTable, atMs: number, first: boolean): void {
    const place = table.column('position');
    const headings = table.column('headingDeg');
    const speeds = table.column('speedKmh');
    for (let i = 0; i < this.count; i++) {
      if (first)
        table.put({
          key: `v:${100_000 + i}`,
          validAt: atMs,
          source: 'bench',
          regionCode: '510802',
          values: {},
        });
      else if (this.moves[i] === 0) continue;
      const { positionM, headingDeg, speedKmh } = this.#noise;
      place.setLonLat(
        i,
        (this.lon[i] as number) + (positionM * this.#normal()) / M_PER_LON_DEG,
        (this.lat[i] as number) + (positionM * this.#normal()) / M_PER_LAT_DEG,
      );
      headings.set(i, Math.floor((this.heading[i] as number) + headingDeg * this.#normal() + 360) % 360);
      speeds.set(i, Math.max(0, Math.round((this.speed[i] as number) * 3.6 + speedKmh * this.#normal())));
      table.stores.validAt.set(i, atMs);
      table.touch(i);
    }
  }

  /** Box–Muller, two at a time. */
  #normal(): number {
    if (!Number.isNaN(this.#spare)) {
      const kept = this.#spare;
      this.#spare = NaN;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.#random()));
    const angle = 2 * Math.PI * this.#random();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}

export interface JsonObject {
  readonly id: string;
  lon: number;
  lat: number;
  heading: number;
  speed: number;
}

/** The Socket.IO event of a peer that sends each changed object: `42["delta",[…]]`, coordinates to five decimals. */
export function jsonDelta(table: MovingTable): string {
  const place = table.column('position');
  const headings = table.column('headingDeg');
  const speeds = table.column('speedKmh');
  const changed: JsonObject[] = [];
  for (let i = 0; i < table.changedCount; i++) {
    const slot = table.changedSlots[i] as number;
    changed.push({
      id: table.keyAt(slot),
      lon: place.lon(slot),
      lat: place.lat(slot),
      heading: headings.get(slot),
      speed: speeds.get(slot),
    });
  }
  return `42["delta",${JSON.stringify(changed)}]`;
}

/** Eight strips from west to east stand for the counties. */
export function countyOf(table: MovingTable, slot: number, counties: number): number {
  const share = (table.column('position').lon(slot) - WEST) / (EAST - WEST);
  return Math.max(0, Math.min(counties - 1, Math.floor(share * counties)));
}
