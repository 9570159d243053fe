// The named alternative: a Socket.IO server that sends JSON objects, changed ones every tick, all of them on joining.
// Made as well as its kind allows: WebSocket only, no compression, one encoding a tick for everybody in the room.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { answer } from '../children.ts';
import { CityModel } from '../city-model.ts';
import type { SubjectCommands } from '../subject/commands.ts';
import { createMeter, listen } from '../subject/commands.ts';
import type { JsonObject } from './json-messages.ts';

const ROOM = 'city';
/** Five decimals: 1 m, as the cockpit's positions. */
const PER_DEGREE = 1e5;

const meter = createMeter();
const http = createServer();
const io = new Server(http, {
  transports: ['websocket'],
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
  pingInterval: 20_000,
  pingTimeout: 60_000,
});
let model = new CityModel(0);
let objects: JsonObject[] = [];
let tick = 0;
/** The time of the city: one second a tick, whatever the pace of the bench. */
let now = Date.now();

io.on('connection', (socket) => {
  void socket.join(ROOM);
  socket.emit('snapshot', { tick, at: now, objects });
});

function take(object: JsonObject, index: number): JsonObject {
  object.lon = Math.round((model.lon[index] as number) * PER_DEGREE) / PER_DEGREE;
  object.lat = Math.round((model.lat[index] as number) * PER_DEGREE) / PER_DEGREE;
  object.headingDeg = model.headingDeg[index] as number;
  object.speedKmh = model.speedKmh[index] as number;
  object.validAt = now;
  return object;
}

const commands: SubjectCommands = {
  open: async (body) => {
    model = new CityModel(body.objects, body.seed);
    objects = Array.from({ length: body.objects }, (_, index) =>
      take({ id: `v:${100_000 + index}`, lon: 0, lat: 0, headingDeg: 0, speedKmh: 0, validAt: 0 }, index),
    );
    return { port: await listen(http) };
  },
  tick: () => {
    meter.exclude(() => model.step());
    tick += 1;
    now += 1000;
    return meter.timeTick(tick, () => {
      const changed: JsonObject[] = [];
      for (let at = 0; at < model.reportedCount; at += 1) {
        const index = model.reported[at] as number;
        changed.push(take(objects[index] as JsonObject, index));
      }
      io.to(ROOM).emit('delta', { tick, at: now, objects: changed });
    });
  },
  begin: () => meter.begin(),
  report: () => ({ ...meter.report(), clients: io.engine.clientsCount, skippedPackets: 0 }),
};

answer(commands);
