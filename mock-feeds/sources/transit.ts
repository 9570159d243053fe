// The bus company: static GTFS and GTFS-Realtime vehicle positions, trip updates and alerts.
import GtfsRealtime from 'gtfs-realtime-bindings';
import { distanceM, micro } from '../engine/geo.ts';
import { drift, keyOf, unit } from '../engine/random.ts';
import {
  activeTrip,
  createBusNetwork,
  placeOnRun,
  type ActiveTrip,
  type BusLine,
  type BusStop,
} from '../movers/bus-network.ts';
import { gpsFix } from '../movers/fleet.ts';
import { gtfsTables, gtfsZip } from '../protocols/gtfs-static.ts';
import { servePolled } from '../transport/polled-document.ts';
import type { Exchange, HttpHost } from '../transport/http-server.ts';
import type { Source, World } from '../world.ts';
import type { RoadEvent } from './road-events.ts';

const { FeedMessage, FeedHeader, VehiclePosition, Alert } = GtfsRealtime.transit_realtime;
type Entity = GtfsRealtime.transit_realtime.IFeedEntity;

const FEED = 'gtfs-realtime';
const PERIOD_S = 15;
const PROTOBUF = 'application/x-protobuf';
const DAY_S = 86_400;

interface RunningBus {
  id: string;
  label: string;
  line: BusLine;
  trip: ActiveTrip;
  delayS: number;
  key: number;
}

interface BusRecord {
  id: string;
  lon: number;
  lat: number;
  bearing: number;
  speed: number;
  time: number;
}

class BusCompany implements Source {
  private readonly world: World;
  private readonly roadEvents: () => readonly RoadEvent[];
  private readonly network: { lines: BusLine[]; stops: BusStop[] };
  private zip: Buffer | null;

  constructor(world: World, roadEvents: () => readonly RoadEvent[]) {
    this.world = world;
    this.roadEvents = roadEvents;
    this.network = createBusNetwork(this.world.city, this.world.graph, this.world);
    this.zip = null;
  }

  /** Lateness of a bus: it grows and shrinks slowly, more so in the rush hour and in the rain. */
  private readonly delayOf = (key: number, line: BusLine, at: number): number => {
    const rain = this.world.weather.rainMmH(line.runs[0].path.points[0] ?? this.world.city.centre, at);
    const strain = 40 + 110 * this.world.rhythm.traffic(at) + Math.min(80, rain * 6);
    return Math.round(strain * (0.35 + drift(at / 1_500_000, this.world.seed, key)));
  };

  private readonly running = (at: number): RunningBus[] => {
    const second = Math.floor((at - this.world.time.midnight(at)) / 1000);
    const workday = this.world.rhythm.dayKind(at) === 'workday';
    const buses: RunningBus[] = [];
    for (const line of this.network.lines) {
      if (line.workdaysOnly && !workday) continue;
      for (let bus = 0; bus < line.buses; bus++) {
        const id = `${line.id}-B${bus + 1}`;
        const key = keyOf(id);
        const trip = activeTrip(line, bus, second);
        if (trip !== null) {
          buses.push({
            id,
            label: `${line.shortName} ${bus + 1}号车`,
            line,
            trip,
            delayS: this.delayOf(key, line, at),
            key,
          });
        }
      }
    }
    return buses;
  };

  private readonly serviceDate = (trip: ActiveTrip, at: number): string =>
    this.world.time.date(at + trip.dayOffset * DAY_S * 1000).replaceAll('-', '');

  private readonly tripOf = (bus: RunningBus, at: number) => ({
    tripId: bus.trip.tripId,
    routeId: bus.line.id,
    directionId: bus.trip.direction,
    startDate: this.serviceDate(bus.trip, at),
  });

  private readonly encode = (at: number, entity: Entity[]): { body: Buffer; records: number } => {
    const header = {
      gtfsRealtimeVersion: '2.0',
      incrementality: FeedHeader.Incrementality.FULL_DATASET,
      timestamp: Math.floor(at / 1000),
    };
    return { body: Buffer.from(FeedMessage.encode({ header, entity }).finish()), records: entity.length };
  };

  private readonly congestion = (at: number, key: number): number => {
    const busy = this.world.rhythm.traffic(at) + 0.2 * drift(at / 900_000, key);
    const { CongestionLevel: level } = VehiclePosition;
    if (busy > 0.95) return level.CONGESTION;
    return busy > 0.8 ? level.STOP_AND_GO : level.RUNNING_SMOOTHLY;
  };

  private readonly occupancy = (at: number, key: number): number => {
    const load = this.world.rhythm.traffic(at) * 0.9 + 0.35 * (unit(key, Math.floor(at / 600_000)) - 0.4);
    const { OccupancyStatus: status } = VehiclePosition;
    if (load > 0.95) return status.STANDING_ROOM_ONLY;
    if (load > 0.6) return status.FEW_SEATS_AVAILABLE;
    return load > 0.15 ? status.MANY_SEATS_AVAILABLE : status.EMPTY;
  };

  private readonly vehiclePositions = (at: number): { body: Buffer; records: number } => {
    const buses = new Map(this.running(at).map((bus) => [bus.id, bus]));
    const places = new Map(
      [...buses].map(([id, bus]) => [
        id,
        placeOnRun(bus.line.runs[bus.trip.direction], bus.trip.elapsedS - bus.delayS),
      ]),
    );
    const records = [...buses.values()].map((bus): BusRecord => {
      const place = places.get(bus.id) as ReturnType<typeof placeOnRun>;
      // Each bus was heard at its own moment within the period.
      const heardAt = at - Math.floor(unit(this.world.seed, bus.key, 17) * PERIOD_S) * 1000;
      const [lon, lat] = gpsFix(place.position, bus.key, at);
      return {
        id: bus.id,
        lon: micro(lon),
        lat: micro(lat),
        bearing: Math.round(place.courseDeg),
        speed: place.speedMs,
        time: heardAt,
      };
    });
    const { VehicleStopStatus: stopStatus } = VehiclePosition;
    const entities = this.world.outlet.faults.records(FEED, records).map((record, i): Entity => {
      const bus = buses.get(record.id) as RunningBus;
      const place = places.get(record.id) as ReturnType<typeof placeOnRun>;
      const run = bus.line.runs[bus.trip.direction];
      const status = {
        stopped: stopStatus.STOPPED_AT,
        incoming: stopStatus.INCOMING_AT,
        transit: stopStatus.IN_TRANSIT_TO,
      };
      return {
        id: i < buses.size ? `vp-${record.id}` : `vp-${record.id}-${i}`,
        vehicle: {
          trip: this.tripOf(bus, at),
          vehicle: { id: bus.id, label: bus.label },
          position: {
            latitude: record.lat,
            longitude: record.lon,
            bearing: record.bearing,
            speed: record.speed,
          },
          currentStopSequence: place.stop + 1,
          stopId: run.stops[place.stop]?.id ?? '',
          currentStatus: status[place.status],
          timestamp: Math.floor(record.time / 1000),
          congestionLevel: this.congestion(at, bus.key),
          occupancyStatus: this.occupancy(at, bus.key),
        },
      };
    });
    return this.encode(at, entities);
  };

  private readonly tripUpdates = (at: number): { body: Buffer; records: number } =>
    this.encode(
      at,
      this.running(at).map((bus): Entity => {
        const run = bus.line.runs[bus.trip.direction];
        const { stop } = placeOnRun(run, bus.trip.elapsedS - bus.delayS);
        return {
          id: `tu-${bus.trip.tripId}`,
          tripUpdate: {
            trip: this.tripOf(bus, at),
            vehicle: { id: bus.id, label: bus.label },
            timestamp: Math.floor(at / 1000),
            delay: bus.delayS,
            stopTimeUpdate: run.stops.slice(stop, stop + 4).map((s, i) => ({
              stopSequence: stop + i + 1,
              stopId: s.id,
              arrival: { delay: bus.delayS },
              departure: { delay: Math.max(0, bus.delayS - 5 * i) },
            })),
          },
        };
      }),
    );

  private readonly alertOf = (event: RoadEvent): Entity | null => {
    const lines = this.network.lines.filter((line) =>
      line.runs[0].path.points.some((p) => distanceM(p, event.position) < 700),
    );
    if (lines.length === 0) return null;
    const causes = {
      accident: 'ACCIDENT',
      works: 'CONSTRUCTION',
      weather: 'WEATHER',
      closure: 'POLICE_ACTIVITY',
    } as const;
    const cause = causes[event.kind as keyof typeof causes] ?? 'OTHER_CAUSE';
    const closed = event.kind === 'closure';
    const text = (zh: string, en: string) => ({
      translation: [
        { text: zh, language: 'zh' },
        { text: en, language: 'en' },
      ],
    });
    return {
      id: `alert-${event.id}`,
      alert: {
        activePeriod: [{ start: Math.floor(event.startAt / 1000), end: Math.floor(event.closeAt / 1000) }],
        informedEntity: lines.slice(0, 20).map((line) => ({ agencyId: 'A1', routeId: line.id })),
        cause: Alert.Cause[cause],
        effect: closed ? Alert.Effect.DETOUR : Alert.Effect.SIGNIFICANT_DELAYS,
        headerText: text(
          `${event.title}，${lines.length}条线路受影响`,
          `${lines.length} lines affected at ${event.road}`,
        ),
        descriptionText: text(
          `${event.title}。${closed ? '途经车辆绕行' : '途经车辆可能晚点'}，请合理安排出行。（演示数据）`,
          `${closed ? 'Buses are diverted' : 'Buses may be late'}. (Synthetic)`,
        ),
      },
    };
  };

  private readonly compact = (dates: ReadonlySet<string>): string[] =>
    [...dates].sort().map((d) => d.replaceAll('-', ''));

  private readonly staticZip = (): Buffer =>
    gtfsZip(
      gtfsTables({
        ...this.network,
        agency: `${this.world.city.shortName}公交`,
        timeZone: this.world.city.timeZone,
        validFrom: this.world.time.date(this.world.startAt - 30 * DAY_S * 1000).replaceAll('-', ''),
        validTo: this.world.time.date(this.world.startAt + 335 * DAY_S * 1000).replaceAll('-', ''),
        holidays: this.compact(this.world.city.calendar.holidays),
        shiftedWorkdays: this.compact(this.world.city.calendar.shiftedWorkdays),
      }),
    );

  readonly feeds = [FEED];

  objects(): Readonly<Record<string, number>> {
    return {
      buses: this.network.lines.reduce((sum, line) => sum + line.buses, 0),
      busesRunning: this.running(this.world.clock.now()).length,
      busLines: this.network.lines.length,
      busStops: this.network.stops.length,
    };
  }

  routes(http: HttpHost) {
    const poll = (
      path: string,
      build: (at: number, exchange: Exchange) => { body: Buffer; records: number },
      { contentType, periodS } = { contentType: PROTOBUF, periodS: PERIOD_S },
    ): void =>
      http.on(
        'GET',
        path,
        servePolled(this.world.clock, this.world.outlet, { feed: FEED, contentType, periodS, build }),
      );
    const zip = (): { body: Buffer; records: number } => ({
      body: (this.zip ??= this.staticZip()),
      records: this.network.lines.length,
    });
    poll('/gtfs/gtfs.zip', zip, { contentType: 'application/zip', periodS: DAY_S });
    poll('/gtfs-rt/vehicle-positions.pb', this.vehiclePositions);
    poll('/gtfs-rt/trip-updates.pb', this.tripUpdates);
    poll('/gtfs-rt/alerts.pb', (at) =>
      this.encode(
        at,
        this.roadEvents()
          .map(this.alertOf)
          .filter((entity) => entity !== null),
      ),
    );
  }
}

export function createTransit(world: World, roadEvents: () => readonly RoadEvent[]): Source {
  return new BusCompany(world, roadEvents);
}
