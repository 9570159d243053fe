// What the police share of each county: calls to 110 against what is usual, patrols, fatal accidents.
import type { County } from '../city/city.ts';
import { DAY, HOUR } from '../engine/local-time.ts';
import { createRandom, drift, keyOf, unit } from '../engine/random.ts';
import { regionShares } from '../texts/texts.ts';
import type { HttpHost } from '../transport/http-server.ts';
import type { Source, World } from '../world.ts';
import type { EmergencyCalls } from './emergency-calls.ts';
import { serveJsonList } from './json-list.ts';

const FEED = 'police-figures';
const PERIOD_S = 60;
/** Calls to 110, 119 and 120 an hour at a rhythm of 1. */
const CALLS_PER_HOUR = 60;
/** The calls in progress at the start were accepted in the last twelve minutes: the hour before is filled up to there. */
const KNOWN_BEFORE_START_MS = 12 * 60_000;
const WEEKS = 4;
const GRIDS_PER_TOWN = 4;
/** Fatal accidents in 30 days in the whole city. */
const FATAL_30D = 3.5;
const FATAL_DAYS = 30;

/** So many events where `mean` are expected, for one uniform number. */
function poisson(mean: number, draw: number): number {
  let chance = Math.exp(-mean);
  let sum = chance;
  let n = 0;
  while (sum < draw && n < 500) {
    n += 1;
    chance *= mean / n;
    sum += chance;
  }
  return n;
}

class PoliceFigures implements Source {
  private readonly world: World;
  private readonly calls: EmergencyCalls;
  private readonly counties: readonly County[];
  private readonly shares: ReadonlyMap<string, number>;
  /** Calls to 110 before the start. */
  private readonly earlier: readonly { region: string; at: number }[];

  constructor(world: World, calls: EmergencyCalls) {
    this.world = world;
    this.calls = calls;
    this.counties = world.city.counties.filter(({ kind }) => kind === 'county');
    this.shares = regionShares(world.city);
    this.earlier = this.callsBeforeStart();
  }

  private readonly perHour = (at: number): number =>
    CALLS_PER_HOUR * this.calls.policeShare * this.world.rhythm.emergency(at);

  private readonly callsBeforeStart = (): { region: string; at: number }[] => {
    const { seed, startAt } = this.world;
    const random = createRandom(seed, keyOf(FEED));
    const found: { region: string; at: number }[] = [];
    for (let at = startAt - HOUR; at < startAt - KNOWN_BEFORE_START_MS;) {
      at += random.wait(HOUR / this.perHour(at));
      let draw = random.next();
      const region = [...this.shares].find(([, share]) => (draw -= share) <= 0)?.[0];
      if (region !== undefined) found.push({ region, at });
    }
    return found;
  };

  private readonly lastHour = (region: string, at: number): number =>
    this.calls.policeCalls(region, at - HOUR, at) +
    this.earlier.filter((call) => call.region === region && call.at >= at - HOUR && call.at < at).length;

  /** Median of the same hour of four weeks that were as busy as the city usually is. */
  private readonly usual = (region: string, at: number): number => {
    const mean = this.perHour(at - HOUR / 2) * (this.shares.get(region) ?? 0);
    const weeks = Array.from({ length: WEEKS }, (_, week) =>
      poisson(mean, unit(this.world.seed, keyOf(region), Math.floor(at / HOUR), week)),
    ).sort((a, b) => a - b);
    return ((weeks[WEEKS / 2 - 1] ?? 0) + (weeks[WEEKS / 2] ?? 0)) / 2;
  };

  private readonly fatalAccidents = (region: string, at: number): number => {
    const today = Math.round(this.world.time.midnight(at) / DAY);
    const perDay = FATAL_30D / FATAL_DAYS / Math.max(1, this.counties.length);
    let count = 0;
    for (let day = 1; day <= FATAL_DAYS; day++) {
      if (unit(this.world.seed, keyOf(region), today - day, 7) < perDay) count += 1;
    }
    return count;
  };

  private readonly county = ({ code, name }: County, at: number): object => {
    const grids = GRIDS_PER_TOWN * this.world.city.towns.filter((town) => town.countyCode === code).length;
    const covered = 0.935 + 0.035 * drift(at / (3 * HOUR), this.world.seed, keyOf(code));
    return {
      regionCode: code,
      name,
      time: this.world.time.iso(at),
      calls110: this.lastHour(code, at),
      calls110Usual: this.usual(code, at),
      patrolGrids: grids,
      patrolGridsCovered: Math.round(grids * covered),
      fatalAccidents30d: this.fatalAccidents(code, at),
    };
  };

  readonly feeds = [FEED];

  objects(): Readonly<Record<string, number>> {
    return { policeCounties: this.counties.length };
  }

  routes(http: HttpHost): void {
    serveJsonList(this.world, http, {
      feed: FEED,
      system: 'smart-police',
      path: '/police/figures',
      periodS: PERIOD_S,
      items: (at) => this.counties.map((county) => this.county(county, at)),
    });
  }
}

export function createPoliceFigures(world: World, calls: EmergencyCalls): Source {
  return new PoliceFigures(world, calls);
}
