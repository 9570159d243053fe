// What the emergency bureau publishes of its resources: teams, engines, stores, shelters and beds, and how they go down
// while it rains hard: people come into the shelters of the county, and its stores hand out what they sleep on.
import type { Facility } from '../city/city.ts';
import { HOUR } from '../engine/local-time.ts';
import { drift, keyOf, unit } from '../engine/random.ts';
import type { HttpHost } from '../transport/http-server.ts';
import type { Source, World } from '../world.ts';
import { serveJsonList } from './json-list.ts';

const FEED = 'resource';
const PERIOD_S = 300;
/** People leave their homes beside a shelter from such rain on, mm/h, and go back an hour after it. */
const LEAVE_MM_H = 16;
/** Share of the places of a shelter that fills in an hour of 50 mm/h, and that empties in an hour without (≈). */
const FILLS_PER_H = 0.18;
const EMPTIES_PER_H = 0.08;
/** Handed out for a person who comes: a quilt, half a camp bed, a tenth of a tent (≈). */
const HANDED: Readonly<Record<string, number>> = { quilts: 1, cots: 0.5, tents: 0.1 };

type Amounts = Record<string, number>;
interface Held {
  place: Facility;
  kind: string;
  key: number;
  totals: Amounts;
  /** As it stands now, fractions and all. */
  now: Amounts;
}

/** Kinds of the package → kind on the wire, and which of its numbers are counted under which name. */
const KINDS: Readonly<Record<string, { kind: string; counts: Readonly<Record<string, string>> }>> = {
  'rescue-team': { kind: 'team', counts: { people: 'people', vehicles: 'vehicles' } },
  'fire-station': { kind: 'fire-station', counts: { engines: 'vehicles' } },
  'emergency-centre': { kind: 'ambulance', counts: { ambulances: 'vehicles' } },
  'relief-store': {
    kind: 'store',
    counts: {
      tents: 'tents',
      beds: 'cots',
      quilts: 'quilts',
      pumps: 'pumps',
      boats: 'boats',
      generators: 'generators',
    },
  },
  shelter: { kind: 'shelter', counts: { capacity: 'places' } },
  hospital: { kind: 'hospital', counts: { beds: 'beds', icuBeds: 'icuBeds' } },
};

function heldOf(place: Facility): Held[] {
  const of = KINDS[place.kind];
  const facts = place.properties;
  const totals = Object.entries(of?.counts ?? {}).flatMap(([name, item]) =>
    typeof facts[name] === 'number' ? [[item, facts[name]] as const] : [],
  );
  if (of === undefined || totals.length === 0) return [];
  const all: Amounts = Object.fromEntries(totals);
  return [{ place, kind: of.kind, key: keyOf(place.id), totals: all, now: { ...all } }];
}

class Resources implements Source {
  readonly feeds = [FEED];
  private readonly world: World;
  private readonly held: Held[];
  private steppedAt: number;

  constructor(world: World) {
    this.world = world;
    this.held = world.city.places.flatMap(heldOf);
    this.steppedAt = world.startAt;
  }

  objects(): Readonly<Record<string, number>> {
    return { resources: this.held.length };
  }

  start(): void {
    const { clock, startAt } = this.world;
    clock.every(startAt + PERIOD_S * 1000, PERIOD_S * 1000, this.step);
  }

  routes(http: HttpHost): void {
    serveJsonList(this.world, http, {
      feed: FEED,
      system: 'smart-emergency',
      path: '/emergency/resources',
      periodS: PERIOD_S,
      items: (at) => this.held.map((held) => this.item(held, at)),
    });
  }

  private readonly step = (): void => {
    const { clock, weather } = this.world;
    const at = clock.now();
    const hours = (at - this.steppedAt) / HOUR;
    this.steppedAt = at;
    for (const shelter of this.held.filter(({ kind }) => kind === 'shelter')) {
      const [free = 0, total = 0] = [shelter.now['places'], shelter.totals['places']];
      const rain = weather.rainMmH(shelter.place.position, at);
      const isWet = rain >= LEAVE_MM_H;
      const isQuiet = weather.rainMmH(shelter.place.position, at - HOUR) < LEAVE_MM_H;
      if (isWet) {
        const come = Math.min(free, total * FILLS_PER_H * (rain / 50) * hours);
        shelter.now['places'] = free - come;
        this.handOut(shelter, come);
      } else if (isQuiet) shelter.now['places'] = Math.min(total, free + total * EMPTIES_PER_H * hours);
    }
  };

  /** By the store of the county with most of it. */
  private handOut({ place }: Held, people: number): void {
    const county = this.world.city.regionOf(place.position);
    for (const [item, each] of Object.entries(HANDED)) {
      const [store] = this.held
        .filter((one) => one.kind === 'store' && this.world.city.regionOf(one.place.position) === county)
        .sort((a, b) => (b.now[item] ?? 0) - (a.now[item] ?? 0));
      if (store?.now[item] !== undefined) store.now[item] = Math.max(0, store.now[item] - people * each);
    }
  }

  private item({ place, kind, key, totals, now }: Held, at: number): object {
    const values = Object.fromEntries(
      Object.entries(now).map(([item, amount]) => [
        item,
        Math.round(amount * this.freeShare({ kind, key }, at)),
      ]),
    );
    const facts = place.properties;
    const isFull = kind === 'shelter' && values['places'] === 0;
    const isAway = Object.values(values).every((amount) => amount === 0);
    return {
      id: place.id,
      kind,
      name: place.name,
      lon: place.position[0],
      lat: place.position[1],
      time: this.world.time.iso(at),
      state: isFull ? 'full' : isAway ? 'busy' : 'ready',
      speciality: typeof facts['speciality'] === 'string' ? facts['speciality'] : null,
      owner: null,
      notFor: Array.isArray(facts['notFor']) ? facts['notFor'] : [],
      values,
      totals,
    };
  }

  /** Of an ordinary day: most beds are taken, some engines are out, some of a team are off duty. */
  private freeShare({ kind, key }: Pick<Held, 'kind' | 'key'>, at: number): number {
    const { seed } = this.world;
    const swing = drift(at / (3 * HOUR), seed, key);
    if (kind === 'hospital') return 0.17 + 0.05 * swing;
    if (kind === 'team') return 0.9 + 0.1 * swing;
    if (kind === 'fire-station' || kind === 'ambulance') return 0.85 + 0.15 * swing;
    // What a stock-taking finds missing does not change from hour to hour.
    return kind === 'store' ? 1 - 0.04 * unit(seed, key) : 1;
  }
}

export const createResources = (world: World): Source => new Resources(world);
