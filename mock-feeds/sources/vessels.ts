// Ships on the navigable waterways, reporting over MQTT: 30 s under way, 180 s moored.
import { micro, offset, type LonLat } from '../engine/geo.ts';
import { createRandom, keyOf, unit, type Random } from '../engine/random.ts';
import { gpsFix } from '../movers/fleet.ts';
import { createWaterways, type Waterway } from '../movers/waterway.ts';
import type { MqttPublisher } from '../transport/mqtt-publisher.ts';
import type { Source, World } from '../world.ts';

const FEED = 'vessel-mqtt';
const COUNT = 180;
const UNDER_WAY_MS = 30_000;
const MOORED_MS = 180_000;
/** Sailing is suspended above this flow or below this sight. */
const SUSPEND_FLOW = 3_000;
const SUSPEND_VISIBILITY_M = 500;
const KNOT_MS = 0.514444;
/** Ships keep to starboard of the centre line. */
const STARBOARD_M = 28;

type VesselKind = 'cargo' | 'ferry' | 'tour' | 'patrol';

const KINDS: Readonly<
  Record<VesselKind, { speedKn: number; rangeM: number; stayS: number; draughtM: number; nights: boolean }>
> = {
  cargo: { speedKn: 6.5, rangeM: Infinity, stayS: 3_600, draughtM: 2.1, nights: true },
  ferry: { speedKn: 7, rangeM: 2_200, stayS: 420, draughtM: 1.1, nights: false },
  tour: { speedKn: 9, rangeM: 7_000, stayS: 900, draughtM: 1.2, nights: false },
  patrol: { speedKn: 13, rangeM: 20_000, stayS: 1_200, draughtM: 0.9, nights: true },
};

interface Vessel {
  mmsi: string;
  name: string;
  kind: VesselKind;
  way: Waterway;
  random: Random;
  key: number;
  homeM: number;
  alongM: number;
  targetM: number;
  mooredUntil: number;
  at: number;
  speedKn: number;
  draughtM: number;
  hazardous: boolean;
  lastReportAt: number;
  sosUntil: number;
}

const kindOf = (i: number): VesselKind =>
  i % 18 < 3 ? 'ferry' : i % 18 < 6 ? 'tour' : i % 18 === 6 ? 'patrol' : 'cargo';
const PREFIX: Readonly<Record<VesselKind, string>> = { cargo: '货', ferry: '渡', tour: '游', patrol: '海巡' };

function createVessel(world: World, ways: readonly Waterway[], i: number): Vessel {
  const random = createRandom(world.seed, keyOf('vessel'), i);
  // The more ports a waterway has, the more ships; each port is one lot.
  const way = random.pick(ways.flatMap((w) => w.ports.map(() => w)));
  const kind = kindOf(i);
  const home = random.pick(way.ports);
  const [first, last] = [way.ports[0]?.alongM ?? 0, way.ports.at(-1)?.alongM ?? 0];
  const alongM = kind === 'cargo' && random.chance(0.55) ? random.between(first, last) : home.alongM;
  return {
    mmsi: String(413_900_000 + i),
    name: `${world.city.shortName}${PREFIX[kind]}${String(i + 1).padStart(3, '0')}`,
    kind,
    way,
    random,
    key: keyOf(`vessel${i}`),
    homeM: home.alongM,
    alongM,
    targetM: kind === 'cargo' ? random.pick(way.ports).alongM : alongM,
    mooredUntil: alongM === home.alongM ? world.startAt + random.wait(600) * 1000 : 0,
    at: world.startAt,
    speedKn: 0,
    draughtM: KINDS[kind].draughtM * random.between(0.6, 1.25),
    hazardous: kind === 'cargo' && random.chance(0.08),
    lastReportAt: 0,
    sosUntil: 0,
  };
}

function nextTarget(v: Vessel): number {
  const { rangeM } = KINDS[v.kind];
  if (rangeM === Infinity) return v.random.pick(v.way.ports).alongM;
  const [first, last] = [v.way.ports[0]?.alongM ?? 0, v.way.ports.at(-1)?.alongM ?? 0];
  const away = Math.abs(v.alongM - v.homeM) > 200;
  const wanted = away ? v.homeM : v.homeM + v.random.between(-rangeM, rangeM);
  return Math.min(last, Math.max(first, wanted));
}

/** Sails the vessel to a moment; `mayLeave` false keeps what is moored moored. */
function sail(v: Vessel, now: number, mayLeave: boolean): void {
  const { speedKn, stayS } = KINDS[v.kind];
  for (let guard = 0; v.at < now && guard < 50; guard++) {
    if (v.mooredUntil > v.at || Math.abs(v.targetM - v.alongM) < 1) {
      v.speedKn = 0;
      if (v.mooredUntil > now) v.at = now;
      else if (!mayLeave) [v.at, v.mooredUntil] = [now, now + 300_000];
      else {
        v.at = Math.max(v.at, v.mooredUntil);
        v.targetM = nextTarget(v);
        v.mooredUntil = 0;
        if (Math.abs(v.targetM - v.alongM) < 50) v.mooredUntil = v.at + (60 + v.random.wait(stayS)) * 1000;
      }
      continue;
    }
    v.speedKn = speedKn * (0.85 + 0.3 * v.random.next());
    const reach = (v.speedKn * KNOT_MS * (now - v.at)) / 1000;
    const left = v.targetM - v.alongM;
    if (reach < Math.abs(left)) {
      v.alongM += Math.sign(left) * reach;
      v.at = now;
    } else {
      v.alongM = v.targetM;
      v.at += (Math.abs(left) / (v.speedKn * KNOT_MS)) * 1000;
      v.mooredUntil = v.at + (60 + v.random.wait(stayS)) * 1000;
    }
  }
}

function placeOf(v: Vessel): { position: LonLat; courseDeg: number } {
  const { position, courseDeg } = v.way.path.at(v.alongM);
  const upstream = v.targetM < v.alongM;
  const course = upstream ? (courseDeg + 180) % 360 : courseDeg;
  const side = ((course + 90) / 180) * Math.PI;
  // Moored ships lie along the bank beside each other, not on one spot.
  const out = v.speedKn === 0 ? STARBOARD_M + 30 * unit(v.key, 5) : STARBOARD_M;
  const along = v.speedKn === 0 ? 400 * (unit(v.key, 6) - 0.5) : 0;
  const ahead = (course / 180) * Math.PI;
  return {
    position: offset(
      position,
      out * Math.sin(side) + along * Math.sin(ahead),
      out * Math.cos(side) + along * Math.cos(ahead),
    ),
    courseDeg: course,
  };
}

class VesselFleet implements Source {
  private readonly world: World;
  private readonly publisher: MqttPublisher;
  private readonly ways: Waterway[];
  private readonly vessels: Vessel[];

  constructor(world: World, publisher: MqttPublisher) {
    this.world = world;
    this.publisher = publisher;
    this.ways = createWaterways(this.world.city);
    this.vessels =
      this.ways.length === 0
        ? []
        : Array.from({ length: Math.round(COUNT * this.world.scale) }, (_, i) =>
            createVessel(this.world, this.ways, i),
          );
  }

  private readonly report = (v: Vessel): void => {
    const now = this.world.clock.now();
    const here = v.way.path.at(v.alongM).position;
    const hour = this.world.time.hour(now);
    const mayLeave =
      (KINDS[v.kind].nights || (hour >= 6.5 && hour < 21)) &&
      this.world.hydrology.flowNear(here) < SUSPEND_FLOW &&
      this.world.weather.visibilityM(here, now) > SUSPEND_VISIBILITY_M;
    sail(v, now, mayLeave);
    v.lastReportAt = now;
    const { position, courseDeg } = placeOf(v);
    const [lon, lat] = gpsFix(position, v.key, now);
    this.publisher.publish(FEED, {
      topic: `gy/smart-transport/${this.world.city.regionOf(position)}/vessel/${v.mmsi}`,
      payload: {
        mmsi: v.mmsi,
        name: v.name,
        kind: v.kind,
        time: this.world.time.iso(Math.floor(now / 1000) * 1000),
        lon: micro(lon),
        lat: micro(lat),
        speedKn: Math.round(v.speedKn * 10) / 10,
        courseDeg: Math.round(courseDeg) % 360,
        draughtM: Math.round(v.draughtM * 10) / 10,
        hazardousCargo: v.hazardous,
        moored: v.speedKn === 0,
        sos: v.sosUntil > now,
        synthetic: true,
      },
      retain: false,
    });
  };

  readonly feeds = [FEED];

  objects(): Readonly<Record<string, number>> {
    return {
      vessels: this.vessels.length,
      vesselsUnderWay: this.vessels.filter((v) => v.speedKn > 0).length,
    };
  }

  start(): void {
    for (const v of this.vessels) {
      const period = (): number => (v.speedKn === 0 ? MOORED_MS : UNDER_WAY_MS);
      this.world.clock.every(this.world.startAt + unit(this.world.seed, v.key, 3) * 15_000, period, () =>
        this.report(v),
      );
    }
  }

  inject(request: Readonly<Record<string, unknown>>): object | null {
    if (request['kind'] !== 'vessel-sos') return null;
    const v = this.vessels.find((vessel) => vessel.mmsi === request['mmsi']) ?? this.vessels[0];
    if (v === undefined) return { injected: 'vessel-sos', mmsi: null };
    v.sosUntil = this.world.clock.now() + 600_000;
    this.report(v);
    return { injected: 'vessel-sos', mmsi: v.mmsi };
  }
}

export function createVessels(world: World, publisher: MqttPublisher): Source {
  return new VesselFleet(world, publisher);
}
