import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { busPosition } from '../../../contracts/layers/bus-position.ts';
import { transitAlert } from '../../../contracts/layers/transit-alert.ts';
import { createManualClock } from '../../kit/clock.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { createTestContext } from '../../kit/test-context.ts';
import { readDelays } from './delays.ts';
import feed from './feed.ts';
import { decodeMessage } from './message.ts';
import { alertEntity, int, messageOf, nest, text, tripEntity, vehicleEntity } from './message.fixture.ts';
import type { Vehicle } from './message.fixture.ts';
import { parseTransitSample } from './parse.ts';
import { parseSchedule } from './schedule.ts';

const AT = 1_784_183_400;
const bus: Vehicle = { id: 'b1', lon: 105.75, lat: 32.5, timestamp: AT };

const zip = (): Uint8Array =>
  zipSync({
    'routes.txt': strToU8('route_id,route_short_name,route_long_name\nr1,1路,东坝—上西\nr2,,城际快线\n'),
    'stops.txt': strToU8('stop_id,stop_name\ns1,"东坝, 广场"\n'),
    'trips.txt': strToU8('route_id,service_id,trip_id,direction_id\nr1,wk,t1,1\n'),
    'stop_times.txt': strToU8('trip_id\n'),
  });

function read(...entities: Buffer[]) {
  const sink = createCollectingSink();
  parseTransitSample(messageOf(AT, ...entities), { sink, receivedAt: AT * 1000 });
  return sink;
}

describe('vehicle positions', () => {
  it('map every field of the agreement', () => {
    const sink = read(
      vehicleEntity('e1', {
        ...bus,
        label: '川H01234D',
        bearing: 271.6,
        speed: 10,
        routeId: 'r1',
        tripId: 't1',
        direction: 1,
        sequence: 5,
        status: 1,
        congestion: 3,
        occupancy: 5,
        stopId: 's1',
      }),
      tripEntity('t', 't1', [
        [3, 60],
        [5, -30],
      ]),
    );
    expect(sink.rowsOf(busPosition)).toEqual([
      {
        id: 'b1',
        validAt: AT * 1000,
        values: {
          position: [105.75, 32.5],
          headingDeg: 272,
          speedKmh: 36,
          name: '川H01234D',
          route: 'r1',
          direction: 'down',
          delayS: -30,
          occupancy: 'full',
          congestion: 'congested',
          stopStatus: 'stopped',
          stopName: null,
        },
      },
    ]);
  });

  it('leave what is not said null, not at the defaults of protobuf', () => {
    expect(read(vehicleEntity('e1', bus)).rowsOf(busPosition)[0]?.values).toEqual({
      position: [105.75, 32.5],
      headingDeg: null,
      speedKmh: null,
      name: 'b1',
      route: null,
      direction: null,
      delayS: null,
      occupancy: null,
      congestion: null,
      stopStatus: null,
      stopName: null,
    });
  });

  it('take the time of the header when the vehicle has none', () => {
    const { timestamp: _, ...untimed } = bus;
    expect(read(vehicleEntity('e1', untimed)).rows[0]?.row.validAt).toBe(AT * 1000);
    const sink = createCollectingSink();
    parseTransitSample(messageOf(0, vehicleEntity('e1', untimed)), { sink, receivedAt: 0 });
    expect(sink.rejects.map(({ code }) => code)).toEqual(['record/time']);
  });

  it('count numbers that a later standard adds', () => {
    const sink = read(vehicleEntity('e1', { ...bus, occupancy: 42, congestion: 4 }));
    expect(sink.rowsOf(busPosition)[0]?.values).toMatchObject({ occupancy: null, congestion: 'severe' });
    expect([...sink.ignored.keys()]).toEqual(['occupancy_status outside the standard']);
  });

  it('without a place are rejected alone', () => {
    const sink = read(vehicleEntity('e1', { ...bus, lon: NaN }), vehicleEntity('e2', { ...bus, id: 'b2' }));
    expect(sink.rejects.map(({ code }) => code)).toEqual(['record/place']);
    expect(sink.rows).toHaveLength(1);
  });

  it('survive the way there and back', () => {
    const vehicles = fc.record({
      id: fc.string({ minLength: 1, maxLength: 20 }),
      lon: fc.float({ min: -180, max: 180, noNaN: true }),
      lat: fc.float({ min: -90, max: 90, noNaN: true }),
      timestamp: fc.integer({ min: 1, max: 4_000_000_000 }),
      bearing: fc.integer({ min: 0, max: 359 }),
      occupancy: fc.nat(6),
    });
    fc.assert(
      fc.property(fc.array(vehicles, { maxLength: 10 }), (given) => {
        const sink = read(...given.map((vehicle, index) => vehicleEntity(String(index), vehicle)));
        expect(sink.rejects).toEqual([]);
        expect(
          sink
            .rowsOf(busPosition)
            .map(({ id, validAt, values }) => [id, validAt, values.position, values.headingDeg]),
        ).toEqual(
          given.map(({ id, timestamp, lon, lat, bearing }) => [id, timestamp * 1000, [lon, lat], bearing]),
        );
      }),
      { seed: 15 },
    );
  });
});

describe('trip updates', () => {
  // The example of the specification: 5 s late at stop 3, 1 s at stop 8, on time from stop 10.
  const example = tripEntity('simple-trip', 'trip-1', [
    [3, 5],
    [8, 1],
    [10, 0],
  ]);
  it.each([
    [2, 5],
    [3, 5],
    [4, 5],
    [8, 1],
    [9, 1],
    [10, 0],
    [99, 0],
  ])('bound for stop %d: %d s', (sequence, expected) => {
    const sink = createCollectingSink();
    const message = decodeMessage(messageOf(AT, example), sink);
    const delays = message && readDelays(message, sink);
    expect(delays?.at('trip-1', { sequence, stopId: null })).toBe(expected);
    expect(delays?.at('trip-2', { sequence, stopId: null })).toBeNull();
  });

  it('without delay or trip are counted', () => {
    const sink = read(
      Buffer.concat([text(1, 'x'), nest(3, nest(1, text(1, 't')), nest(2, int(1, 4), nest(2, int(2, AT))))]),
      Buffer.concat([text(1, 'y'), nest(3, nest(1, text(5, 'r')))]),
      Buffer.concat([text(1, 'z'), nest(3, nest(1, text(1, 't2'), int(4, 3)))]),
    );
    expect([...sink.ignored.keys()]).toEqual([
      'stop time without delay',
      'trip update without trip_id',
      'cancelled trip',
    ]);
  });
});

describe('alerts', () => {
  const alert = {
    period: [AT - 100, AT + 100] as const,
    routes: ['219', '219', '7'],
    cause: 10,
    effect: 4,
    header: [
      ['Stop at Elm street is closed', 'en'],
      ['榆树街站关闭', 'zh-CN'],
    ] as const,
    description: [
      ['改停橡树街', 'zh'],
      ['Temporary stop at Oak street', 'en'],
    ] as const,
  };

  it('carry Chinese first and English beside it', () => {
    expect(read(alertEntity('a1', alert)).rowsOf(transitAlert)).toEqual([
      {
        id: 'a1',
        validAt: AT * 1000,
        values: {
          title: '榆树街站关闭',
          cause: 'construction',
          effect: 'detour',
          routes: ['219', '7'],
          startAt: (AT - 100) * 1000,
          endAt: (AT + 100) * 1000,
          description: '改停橡树街\n\nStop at Elm street is closed\nTemporary stop at Oak street',
        },
      },
    ]);
  });

  it('may say little', () => {
    const bare = { routes: [], header: [['Only text', '']], description: [] } as const;
    expect(read(alertEntity('a1', bare)).rowsOf(transitAlert)[0]?.values).toEqual({
      title: 'Only text',
      cause: 'unknown',
      effect: 'unknown',
      routes: [],
      startAt: null,
      endAt: null,
      description: null,
    });
  });
});

describe('the static zip', () => {
  it('gives names and directions', () => {
    const schedule = parseSchedule(zip(), createCollectingSink());
    expect(schedule?.routes.get('r1')).toBe('1路');
    expect(schedule?.routes.get('r2')).toBe('城际快线');
    expect(schedule?.stops.get('s1')).toBe('东坝, 广场');
    expect(schedule?.trips.get('t1')).toEqual({ routeId: 'r1', direction: '1' });
  });

  it.each([
    ['no zip', strToU8('PK no zip'), 'record/parse'],
    ['a zip of something else', zipSync({ 'routes.txt': strToU8('route_id\n') }), 'record/shape'],
  ])('%s is rejected', (_, bytes, code) => {
    const sink = createCollectingSink();
    expect(parseSchedule(bytes, sink)).toBeNull();
    expect(sink.rejects.map((reject) => reject.code)).toEqual([code]);
  });
});

describe('the feed', () => {
  let server: Server | null = null;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  it('joins the four addresses, reads the zip once, ends what is no longer listed', async () => {
    const asked: string[] = [];
    const bodies: Record<string, Uint8Array> = {
      '/gtfs/gtfs.zip': zip(),
      '/gtfs-rt/trip-updates.pb': messageOf(AT, tripEntity('u', 't1', [[1, 90]])),
      '/gtfs-rt/vehicle-positions.pb': messageOf(
        AT,
        vehicleEntity('e', { ...bus, tripId: 't1', sequence: 1, stopId: 's1' }),
      ),
      '/gtfs-rt/alerts.pb': messageOf(AT),
    };
    const listening = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (request.headers['if-none-match']) response.writeHead(304).end();
      else response.writeHead(200, { etag: '"1"' }).end(bodies[request.url ?? '']);
    });
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/`;
    const clock = createManualClock(AT * 1000);
    const test = createTestContext(feed.settings.parse({}), { base, clock });
    await feed.connect(test.context);
    await expect.poll(() => test.contacts()).toBe(1);
    expect(test.sink.rowsOf(busPosition)[0]?.values).toMatchObject({
      route: '1路',
      direction: 'down',
      delayS: 90,
      stopName: '东坝, 广场',
    });
    expect(test.completed).toEqual([
      { layer: 'bus-position', ids: ['b1'] },
      { layer: 'transit-alert', ids: [] },
    ]);
    await expect.poll(() => clock.waiting).toBe(1);
    clock.advance(30_000);
    await expect.poll(() => test.contacts()).toBe(2);
    test.stop();
    expect(asked.filter((url) => url.endsWith('.zip'))).toHaveLength(1);
    expect(test.failures).toEqual([]);
    expect(test.sink.rejects).toEqual([]);
  });
});
