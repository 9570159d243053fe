// The city the benches drive: objects at constant speed with random turns, a quarter of them parked at the start, each
// moving one reporting at 1 Hz with the noise of a satellite receiver. Deterministic by seed; a step allocates nothing.

/** Standard deviations of what is reported: metres per axis, degrees, km/h. */
export interface Noise {
  readonly positionM: number;
  readonly headingDeg: number;
  readonly speedKmh: number;
}

/** 2 m in place; course and speed from Doppler, an order better. */
export const receiverNoise: Noise = { positionM: 2, headingDeg: 0.5, speedKmh: 0.3 };
export const positionNoise: Noise = { positionM: 2, headingDeg: 0, speedKmh: 0 };
const PARKED_AT_START = 0.25;
/** Chance of a turn, of parking and of leaving in a second: about 78 % of the objects move at any time. */
const [TURN, PARK, LEAVE] = [0.05, 0.002, 0.007];

/** The square the city lies in, degrees, and its counties: SIDE × SIDE squares. */
const [WEST, EAST, SOUTH, NORTH] = [105.2, 106.2, 31.9, 32.9];
const SIDE = 3;
const METRES_PER_LAT_DEG = 111_200;
const METRES_PER_LON_DEG = METRES_PER_LAT_DEG * Math.cos((32.4 * Math.PI) / 180);

/** Six-digit codes, south-west first. */
export const countyCodes: readonly string[] = Array.from(
  { length: SIDE * SIDE },
  (_, index) => `9900${10 + index}`,
);

export class CityModel {
  readonly count: number;
  /** What was last reported: degrees with noise, whole degrees, km/h, index into countyCodes. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly headingDeg: Int16Array;
  readonly speedKmh: Int16Array;
  readonly county: Uint8Array;
  /** Objects that reported in the last step: the first `reportedCount`. */
  readonly reported: Uint32Array;
  reportedCount = 0;
  readonly #trueLon: Float64Array;
  readonly #trueLat: Float64Array;
  readonly #course: Float64Array;
  readonly #speed: Float64Array;
  readonly #moves: Uint8Array;
  readonly #noise: Noise;
  #state: number;
  #spare = NaN;

  constructor(count: number, seed = 1, noise = positionNoise) {
    this.count = count;
    this.#noise = noise;
    this.#state = seed >>> 0;
    this.lon = new Float64Array(count);
    this.lat = new Float64Array(count);
    this.headingDeg = new Int16Array(count);
    this.speedKmh = new Int16Array(count);
    this.county = new Uint8Array(count);
    this.reported = new Uint32Array(count);
    this.#trueLon = new Float64Array(count);
    this.#trueLat = new Float64Array(count);
    this.#course = new Float64Array(count);
    this.#speed = new Float64Array(count);
    this.#moves = new Uint8Array(count);
    for (let object = 0; object < count; object += 1) {
      this.#trueLon[object] = WEST + (EAST - WEST) * this.#random();
      this.#trueLat[object] = SOUTH + (NORTH - SOUTH) * this.#random();
      this.#course[object] = 360 * this.#random();
      this.#speed[object] = 3 + 17 * this.#random();
      this.#moves[object] = this.#random() < PARKED_AT_START ? 0 : 1;
      this.#report(object);
    }
  }

  /** One second on. */
  step(): void {
    this.stepTurn(0, 1);
  }

  /**
   * One second on for those whose turn it is: every so many seconds each object goes on by as many at once and, if it moves,
   * reports. `turn`: 0 ≤ turn < every, one after the other.
   */
  stepTurn(turn: number, every: number): void {
    this.reportedCount = 0;
    const [park, leave, bend] = [PARK, LEAVE, TURN].map((chance) => 1 - (1 - chance) ** every) as [
      number,
      number,
      number,
    ];
    for (let object = turn; object < this.count; object += every) {
      const isMoving = this.#moves[object] === 1;
      if (this.#random() < (isMoving ? park : leave)) this.#moves[object] = isMoving ? 0 : 1;
      if (!isMoving) continue;
      this.#drive(object, every, bend);
      this.#report(object);
    }
  }

  #drive(object: number, seconds: number, bend: number): void {
    let course = this.#course[object] as number;
    if (this.#random() < bend) course = (course + 120 * (this.#random() - 0.5) + 360) % 360;
    const angle = (course * Math.PI) / 180;
    const speed = (this.#speed[object] as number) * seconds;
    const lon = (this.#trueLon[object] as number) + (speed * Math.sin(angle)) / METRES_PER_LON_DEG;
    const lat = (this.#trueLat[object] as number) + (speed * Math.cos(angle)) / METRES_PER_LAT_DEG;
    const isOutside = lon < WEST || lon > EAST || lat < SOUTH || lat > NORTH;
    this.#course[object] = isOutside ? (course + 180) % 360 : course;
    if (isOutside) return;
    this.#trueLon[object] = lon;
    this.#trueLat[object] = lat;
  }

  #report(object: number): void {
    const { positionM, headingDeg, speedKmh } = this.#noise;
    const lon = (this.#trueLon[object] as number) + (positionM * this.#normal()) / METRES_PER_LON_DEG;
    const lat = (this.#trueLat[object] as number) + (positionM * this.#normal()) / METRES_PER_LAT_DEG;
    const courseNoise = headingDeg === 0 ? 0 : headingDeg * this.#normal();
    const speedNoise = speedKmh === 0 ? 0 : speedKmh * this.#normal();
    this.lon[object] = lon;
    this.lat[object] = lat;
    this.headingDeg[object] = Math.floor((this.#course[object] as number) + courseNoise + 360) % 360;
    this.speedKmh[object] = Math.max(0, Math.round((this.#speed[object] as number) * 3.6 + speedNoise));
    this.county[object] = band(lat, SOUTH, NORTH) * SIDE + band(lon, WEST, EAST);
    this.reported[this.reportedCount] = object;
    this.reportedCount += 1;
  }

  /** Mulberry32: [0, 1). */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
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

function band(value: number, low: number, high: number): number {
  return Math.max(0, Math.min(SIDE - 1, Math.floor(((value - low) / (high - low)) * SIDE)));
}
