// Incidents, works and closures on the roads: about eight at a time, each with a life of its own, over SSE.
// They also slow the traffic near them, and what the weather does makes more of them.
import { bearingDeg, distanceM, type LonLat } from '../engine/geo.ts';
import { createRandom, keyOf, type Random } from '../engine/random.ts';
import { createEventStream, type EventStream } from '../transport/event-stream.ts';
import { RequestError, type HttpHost } from '../transport/http-server.ts';
import type { Source, World } from '../world.ts';

const FEED = 'road-event';
const WANTED = 8;
/** Looks at the roads this often. */
const PATROL_MS = 60_000;

export type EventKind = 'accident' | 'works' | 'closure' | 'congestion' | 'hazard' | 'weather';

export interface RoadEvent {
  id: string;
  kind: EventKind;
  severity: 1 | 2 | 3 | 4;
  status: 'active' | 'clearing' | 'closed';
  title: string;
  road: string;
  direction: 'up' | 'down' | 'both';
  kMark: number;
  position: LonLat;
  line: LonLat[] | null;
  /** Asked for: closed so far around its place, metres. */
  lengthM?: number;
  lanesClosed: number;
  queueM: number;
  startAt: number;
  /** When it will be cleared, and when its queue has gone. */
  clearAt: number;
  closeAt: number;
  reportedAt: number;
}

const TITLES: Readonly<Record<EventKind, readonly string[]>> = {
  accident: ['两车追尾', '货车侧翻', '小客车撞护栏', '多车事故'],
  works: ['路面养护施工', '桥梁检修占道', '隧道机电检修', '边坡加固施工'],
  closure: ['临时交通管制', '道路封闭'],
  congestion: ['车流量大通行缓慢', '路口排队较长'],
  hazard: ['路面有落石', '路面有遗撒物', '车辆故障占道'],
  weather: ['路面积水', '团雾能见度低', '路面湿滑多发侧滑'],
};
const LIFE_MIN: Readonly<Record<EventKind, readonly [number, number]>> = {
  accident: [25, 90],
  works: [180, 900],
  closure: [40, 240],
  congestion: [15, 70],
  hazard: [15, 60],
  weather: [30, 120],
};

export interface RoadEvents extends Source {
  active(): readonly RoadEvent[];
}

function pickKind(world: World, random: Random, place: LonLat): EventKind {
  const now = world.clock.now();
  if (world.weather.rainMmH(place, now) > 4 && random.chance(0.55)) return 'weather';
  const busy = world.rhythm.traffic(now);
  const draw = random.next();
  if (draw < 0.3) return 'accident';
  if (draw < 0.3 + 0.3 * busy) return 'congestion';
  if (draw < 0.84) return 'works';
  return draw < 0.93 ? 'hazard' : 'closure';
}

/** An edge of a road the map has, the longer the likelier; package roads come first in the list of names. */
function pickEdge({ graph, city }: World, random: Random): number {
  let sum = 0;
  const last = graph.road.findLastIndex((road) => road < city.roads.length);
  for (let e = 0; e <= last; e++) if ((graph.road[e] ?? 0) < city.roads.length) sum += graph.lengthM[e] ?? 0;
  let draw = random.next() * sum;
  for (let e = 0; e <= last; e++) {
    if ((graph.road[e] ?? 0) < city.roads.length) draw -= graph.lengthM[e] ?? 0;
    if (draw <= 0) return e;
  }
  return last;
}

/** The edge whose middle is nearest to a place; null: none within two kilometres. */
function edgeAt({ graph }: World, place: LonLat): number | null {
  let [best, away] = [-1, 2000];
  for (let e = 0; e < graph.from.length; e += 2) {
    const a = graph.nodes[graph.from[e] ?? 0] as LonLat;
    const b = graph.nodes[graph.to[e] ?? 0] as LonLat;
    const metres = distanceM(place, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
    if (metres < away) [best, away] = [e, metres];
  }
  return best < 0 ? null : best;
}

/** The whole way between two junctions, or so much of it around a place. */
function stretchOf([a, b]: readonly [LonLat, LonLat], at: LonLat, lengthM: number | undefined): LonLat[] {
  const whole = distanceM(a, b);
  if (lengthM === undefined || lengthM >= whole) return [a, b];
  const share = lengthM / 2 / whole;
  const moved = (by: number): LonLat => [at[0] + (b[0] - a[0]) * by, at[1] + (b[1] - a[1]) * by];
  return [moved(-share), moved(share)];
}

function createEvent(
  world: World,
  random: Random,
  { serial, wanted }: { serial: number; wanted: Partial<RoadEvent> },
): RoadEvent | null {
  const { graph, clock, time } = world;
  const drawn = pickEdge(world, random);
  // What is wanted at a place closes the road there, not the one that was drawn.
  const edge = wanted.position ? (edgeAt(world, wanted.position) ?? drawn) : drawn;
  if (edge < 0) return null;
  const a = graph.nodes[graph.from[edge] ?? 0] as LonLat;
  const b = graph.nodes[graph.to[edge] ?? 0] as LonLat;
  const f = random.between(0.2, 0.8);
  const position: LonLat = wanted.position ?? [a[0] + (b[0] - a[0]) * f, a[1] + (b[1] - a[1]) * f];
  const kind = wanted.kind ?? pickKind(world, random, position);
  const roadName = wanted.road ?? graph.roadNames[graph.road[edge] ?? 0] ?? '';
  const now = Math.floor(clock.now() / 1000) * 1000;
  const drawnMs = random.between(...LIFE_MIN[kind]) * 60_000;
  const lifeMs = wanted.closeAt === undefined ? drawnMs : wanted.closeAt - now;
  const heading = bearingDeg(a, b);
  const kMark = Math.round(random.between(3, 400) * 10) / 10;
  const severity =
    wanted.severity ??
    ((kind === 'closure' ? 3 : 1 + random.below(kind === 'accident' ? 3 : 2)) as 1 | 2 | 3);
  return {
    id: `RE${time.date(now).replaceAll('-', '')}-${String(serial).padStart(5, '0')}`,
    kind,
    severity,
    status: 'active',
    title: `${roadName} K${Math.floor(kMark)}+${Math.round((kMark % 1) * 10) * 100} ${wanted.title ?? random.pick(TITLES[kind])}`,
    road: roadName,
    direction: kind === 'closure' ? 'both' : heading < 180 ? 'up' : 'down',
    kMark,
    position,
    line: kind === 'works' || kind === 'closure' ? stretchOf([a, b], position, wanted.lengthM) : null,
    lanesClosed:
      wanted.lanesClosed ?? (kind === 'closure' ? 2 : kind === 'accident' || kind === 'works' ? 1 : 0),
    queueM: wanted.queueM ?? (kind === 'works' ? 100 : Math.round(random.between(100, 1_800) / 50) * 50),
    startAt: now,
    clearAt: now + lifeMs * 0.8,
    closeAt: now + lifeMs,
    reportedAt: now,
  };
}

class RoadPatrol implements RoadEvents {
  private readonly world: World;
  private readonly random: Random;
  private readonly events: Map<string, RoadEvent>;
  private serial: number;
  private readonly stream: EventStream;

  constructor(world: World) {
    this.world = world;
    this.random = createRandom(this.world.seed, keyOf(FEED));
    this.events = new Map<string, RoadEvent>();
    this.serial = 0;
    this.stream = createEventStream(FEED, this.world, () =>
      [...this.events.values()].map((e) => ({ event: 'upsert', payload: this.message(e) })),
    );
  }

  private readonly message = (e: RoadEvent): object => ({
    id: e.id,
    kind: e.kind,
    severity: e.severity,
    status: e.status,
    title: e.title,
    road: e.road,
    direction: e.direction,
    kMark: e.kMark,
    lon: Math.round(e.position[0] * 1e5) / 1e5,
    lat: Math.round(e.position[1] * 1e5) / 1e5,
    line: e.line,
    lanesClosed: e.lanesClosed,
    queueM: e.queueM,
    startAt: this.world.time.iso(e.startAt),
    endAt: e.status === 'closed' ? this.world.time.iso(e.reportedAt) : null,
    reportedAt: this.world.time.iso(e.reportedAt),
    synthetic: true,
  });

  private readonly tell = (e: RoadEvent): void => {
    e.reportedAt = Math.floor(this.world.clock.now() / 1000) * 1000;
    this.stream.publish('upsert', this.message(e));
    this.world.traffic.setDisturbances(
      [...this.events.values()].map((d) => ({
        position: d.position,
        road: d.road,
        radiusM: 600 + d.queueM,
        loss: d.status === 'clearing' ? 0.3 : 0.35 + 0.14 * d.severity,
      })),
    );
  };

  private readonly open = (wanted: Partial<RoadEvent>): RoadEvent | null => {
    const e = createEvent(this.world, this.random, { serial: ++this.serial, wanted });
    if (e === null) return null;
    this.events.set(e.id, e);
    this.tell(e);
    return e;
  };

  private readonly patrol = (): void => {
    const now = this.world.clock.now();
    for (const e of this.events.values()) {
      if (now >= e.closeAt) {
        e.status = 'closed';
        this.events.delete(e.id);
        this.tell(e);
        this.stream.publish('remove', { id: e.id, reportedAt: this.world.time.iso(e.reportedAt) });
      } else if (now >= e.clearAt && e.status === 'active') {
        e.status = 'clearing';
        e.queueM = Math.round(e.queueM * 0.5);
        e.lanesClosed = 0;
        this.tell(e);
      } else if (e.kind !== 'works' && this.random.chance(0.3)) {
        e.queueM = Math.max(50, Math.round((e.queueM * this.random.between(0.8, 1.25)) / 50) * 50);
        this.tell(e);
      }
    }
    const rush = 0.6 + this.world.rhythm.traffic(now);
    if (this.world.quiet.has('road-events')) return;
    if (this.events.size < WANTED && this.random.chance(0.5 * rush)) this.open({});
  };

  readonly feeds = [FEED];

  active() {
    return [...this.events.values()];
  }

  objects(): Readonly<Record<string, number>> {
    return { roadEvents: this.events.size };
  }

  routes(http: HttpHost): void {
    return http.on('GET', '/traffic/events', (exchange) => this.stream.connect(exchange));
  }

  start(): void {
    const first = this.world.quiet.has('road-events') ? 0 : WANTED;
    for (let i = 0; i < first; i++) this.world.clock.at(this.world.startAt + i * 900, () => this.open({}));
    this.world.clock.every(this.world.startAt + PATROL_MS, PATROL_MS, this.patrol);
  }

  stop(): void {
    return this.stream.close();
  }

  inject(request: Readonly<Record<string, unknown>>): object | null {
    if (request['kind'] === 'road-clear') return this.clear(String(request['of']));
    if (request['kind'] !== 'road-event') return null;
    const { position, title, road, queueM, lanesClosed, forS, lengthM } = request;
    const kinds = Object.keys(TITLES) as EventKind[];
    const event = this.open({
      ...(kinds.includes(request['event'] as EventKind) ? { kind: request['event'] as EventKind } : {}),
      ...(Array.isArray(position) ? { position: position as unknown as LonLat } : {}),
      ...(typeof title === 'string' ? { title } : {}),
      ...(typeof road === 'string' ? { road } : {}),
      ...(typeof queueM === 'number' ? { queueM } : {}),
      ...(typeof lengthM === 'number' ? { lengthM } : {}),
      ...(typeof lanesClosed === 'number' ? { lanesClosed } : {}),
      ...(typeof forS === 'number' ? { closeAt: this.world.clock.now() + forS * 1000 } : {}),
      severity: Math.min(4, Math.max(1, Number(request['severity'] ?? 3))) as 1 | 2 | 3 | 4,
    });
    return { injected: 'road-event', id: event?.id ?? null };
  }

  /** Cleared now: the next patrol says so. */
  private clear(id: string): object {
    const event = this.events.get(id);
    if (event === undefined)
      throw new RequestError(400, `of: ${id} → the id of a road event that is not over`);
    event.closeAt = this.world.clock.now();
    return { cleared: id };
  }
}

export function createRoadEvents(world: World): RoadEvents {
  return new RoadPatrol(world);
}
