// What the transport bureau publishes as JSON: count stations, roadside points, road segments and their speeds.
import type { Line } from '../city/city.ts';
import { createPath, type LonLat, type Path } from '../engine/geo.ts';
import { HOUR } from '../engine/local-time.ts';
import { drift, keyOf, unit } from '../engine/random.ts';
import type { HttpHost } from '../transport/http-server.ts';
import type { Source, World } from '../world.ts';
import { isOnline, routeStills, stillAddress } from './camera-stills.ts';
import { round, serveJsonList } from './json-list.ts';
import type { RoadEvent } from './road-events.ts';

const FLOW_PERIOD_S = 300;
const ROADSIDE_PERIOD_S = 60;
const SPEED_PERIOD_S = 60;
const DAY_S = 86_400;
/** Vehicles an hour at the busiest time, both directions, by class. */
const PEAK_VOLUME: Readonly<Record<string, number>> = {
  expressway: 2600,
  national: 900,
  provincial: 600,
  street: 1500,
};
const SEGMENT_M: Readonly<Record<string, number>> = {
  expressway: 2_500,
  national: 2_000,
  provincial: 2_000,
  street: 500,
};

interface Segment {
  id: string;
  name: string;
  road: Line;
  direction: 'up' | 'down';
  key: number;
  lengthM: number;
  line: LonLat[];
  middle: LonLat;
}

function slice(path: Path, from: number, to: number): LonLat[] {
  const inner = path.points.filter(
    (_, i) => (path.lengths[i] ?? 0) > from + 1 && (path.lengths[i] ?? 0) < to - 1,
  );
  return [path.at(from).position, ...inner, path.at(to).position].map((p) => [
    round(p[0], 6),
    round(p[1], 6),
  ]);
}

function createSegments(roads: readonly Line[]): Segment[] {
  return roads.flatMap((road, index) => {
    const path = createPath(road.points);
    const count = Math.max(1, Math.round(path.lengthM / (SEGMENT_M[road.class] ?? 2_000)));
    return Array.from({ length: count }, (_, i) => {
      const from = (path.lengthM * i) / count;
      const to = (path.lengthM * (i + 1)) / count;
      const line = slice(path, from, to);
      const middle = path.at((from + to) / 2).position;
      return (['up', 'down'] as const).map((direction, side): Segment => ({
        id: `${road.id}-${String(i + 1).padStart(3, '0')}-${direction}`,
        name: `${road.name} ${i + 1}段${direction === 'up' ? '上行' : '下行'}`,
        road,
        direction,
        // The same key vehicles use for this road and direction.
        key: index * 2 + side,
        lengthM: Math.round(to - from),
        line: direction === 'up' ? line : [...line].reverse(),
        middle,
      }));
    }).flat();
  });
}

class TrafficLists implements Source {
  private readonly world: World;
  private readonly roadEvents: () => readonly RoadEvent[];
  private readonly segments: Segment[];
  private readonly roadIndex: Map<string, number>;

  constructor(world: World, roadEvents: () => readonly RoadEvent[]) {
    this.world = world;
    this.roadEvents = roadEvents;
    this.segments = createSegments(this.world.city.roads);
    this.roadIndex = new Map(this.world.city.roads.map((road, i) => [road.name, i]));
  }

  private readonly ratioAt = (
    place: LonLat,
    [name, roadClass]: readonly [string, string],
    at: number,
  ): number =>
    this.world.traffic.ratio(
      place,
      { key: (this.roadIndex.get(name) ?? keyOf(name)) * 2, name, class: roadClass },
      at,
    );

  private readonly flowStations = (at: number): object[] =>
    this.world.city.stations('flow-stations').map((row) => {
      const id = row['id'] ?? '';
      const key = keyOf(id);
      const roadClass = row['class'] || 'national';
      const road = row['road'] ?? '';
      const place: LonLat = [Number(row['lon']), Number(row['lat'])];
      const busy =
        this.world.rhythm.traffic(at) *
        Math.sqrt(this.world.rhythm.tourism(at)) *
        (0.7 + 0.6 * unit(this.world.seed, key));
      const perHour =
        (PEAK_VOLUME[roadClass] ?? 700) *
        Math.max(0.03, busy * (1 + 0.12 * drift(at / HOUR, this.world.seed, key)));
      const heavyShare =
        0.18 + 0.3 * (1 - this.world.rhythm.traffic(at)) * (roadClass === 'street' ? 0.3 : 1);
      const volume = Math.round((perHour * FLOW_PERIOD_S) / 3600);
      const free = this.world.city.roads[this.roadIndex.get(road) ?? -1]?.freeFlowKmh ?? 60;
      const speedKmh = free * this.ratioAt(place, [road, roadClass], at);
      const fault = unit(this.world.seed, key, Math.floor(at / (8 * HOUR))) < 0.03;
      return {
        id,
        name: row['name'] ?? id,
        lon: place[0],
        lat: place[1],
        road,
        direction: 'both',
        time: this.world.time.iso(at),
        windowS: FLOW_PERIOD_S,
        volume: fault ? 0 : volume,
        heavyVolume: fault ? 0 : Math.round(volume * heavyShare),
        speedKmh: fault ? 0 : round(speedKmh, 1),
        // Occupancy from flow and speed with a mean vehicle of 6 m on four lanes.
        occupancyPct: fault ? 0 : round(Math.min(95, (perHour / 4 / Math.max(5, speedKmh)) * 0.6), 1),
        status: fault ? 'fault' : 'normal',
      };
    });

  private readonly roadside = (at: number): object[] =>
    this.world.city.stations('roadside').map((row) => {
      const id = row['id'] ?? '';
      const kind = row['kind'] ?? 'camera';
      const place: LonLat = [Number(row['lon']), Number(row['lat'])];
      const online = isOnline(this.world, id, at);
      const senses = kind === 'weather' && online;
      const roadTempC = this.world.weather.tempC(place, 650, at) + 3 * (this.world.rhythm.traffic(at) - 0.4);
      const raining = this.world.weather.rainMmH(place, at) > 0.3;
      const event = this.roadEvents().find((e) => e.road === row['road']);
      const advice = raining ? '雨天路滑 减速慢行' : '安全行车 请勿疲劳驾驶';
      return {
        id,
        name: row['name'] ?? id,
        lon: place[0],
        lat: place[1],
        road: row['road'] ?? '',
        kind,
        time: this.world.time.iso(at),
        online,
        visibilityM: senses ? this.world.weather.visibilityM(place, at) : null,
        roadTempC: senses ? round(roadTempC, 1) : null,
        roadState: senses ? (roadTempC < 0 ? (raining ? 'snow' : 'ice') : raining ? 'wet' : 'dry') : null,
        stillUrl: kind === 'camera' ? stillAddress(id) : null,
        message:
          kind === 'vms' && online ? (event === undefined ? advice : `前方${event.title} 注意避让`) : null,
      };
    });

  private readonly speeds = (at: number): object[] =>
    this.segments.map((s) => {
      const ratio = this.world.traffic.ratio(
        s.middle,
        { key: s.key, name: s.road.name, class: s.road.class },
        at,
      );
      const own = 1 + 0.05 * drift(at / 600_000, this.world.seed, keyOf(s.id));
      return {
        id: s.id,
        time: this.world.time.iso(at),
        speedKmh: round(Math.max(3, s.road.freeFlowKmh * ratio * own), 1),
        samples: Math.round(
          3 +
            40 * this.world.rhythm.traffic(at) * unit(this.world.seed, keyOf(s.id), Math.floor(at / 60_000)),
        ),
      };
    });

  private readonly describe = (): object[] =>
    this.segments.map((s) => ({
      id: s.id,
      name: s.name,
      road: s.road.name,
      class: s.road.class,
      direction: s.direction,
      lengthM: s.lengthM,
      freeFlowKmh: s.road.freeFlowKmh,
      line: s.line,
    }));

  readonly feeds = ['traffic-flow', 'roadside', 'road-speed'];

  objects(): Readonly<Record<string, number>> {
    return {
      flowStations: this.world.city.stations('flow-stations').length,
      roadsidePoints: this.world.city.stations('roadside').length,
      roadSegments: this.segments.length,
    };
  }

  routes(http: HttpHost): void {
    const system = 'smart-transport';
    routeStills(this.world, http);
    serveJsonList(this.world, http, {
      feed: 'traffic-flow',
      system,
      path: '/traffic/flow-stations',
      periodS: FLOW_PERIOD_S,
      items: this.flowStations,
    });
    serveJsonList(this.world, http, {
      feed: 'roadside',
      system,
      path: '/traffic/roadside-points',
      periodS: ROADSIDE_PERIOD_S,
      items: this.roadside,
    });
    serveJsonList(this.world, http, {
      feed: 'road-speed',
      system,
      path: '/traffic/segments',
      periodS: DAY_S,
      items: this.describe,
    });
    serveJsonList(this.world, http, {
      feed: 'road-speed',
      system,
      path: '/traffic/segment-speeds',
      periodS: SPEED_PERIOD_S,
      items: this.speeds,
    });
  }
}

export function createTrafficLists(world: World, roadEvents: () => readonly RoadEvent[]): Source {
  return new TrafficLists(world, roadEvents);
}
