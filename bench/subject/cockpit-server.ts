// The server of the cockpit without feeds: real world, gateway and codec, its one layer driven by the city model.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LIVE_WORLD } from '../../contracts/records/world.ts';
import { allow, demoSubject } from '../../server/access/allow.ts';
import { createSystemClock } from '../../server/kit/clock.ts';
import { Cells } from '../../server/realtime/cells.ts';
import { Gateway } from '../../server/realtime/gateway.ts';
import { Room } from '../../server/realtime/room.ts';
import { LiveWorld } from '../../server/state/live-world.ts';
import { TickCounter } from '../../server/state/tick-counter.ts';
import { answer } from '../children.ts';
import { CityModel, countyCodes } from '../city-model.ts';
import type { SubjectCommands } from './commands.ts';
import { createMeter, listen } from './commands.ts';
import type { FleetTable } from '../fleet.ts';
import { fleet, FleetWriter } from '../fleet.ts';
import { silent } from './silent-log.ts';

const meter = createMeter();
const clock = createSystemClock();
const folder = mkdtempSync(path.join(tmpdir(), 'cockpit-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const ticks = new TickCounter(path.join(folder, 'tick'));
ticks.open(clock.now());
const world = new LiveWorld({ id: LIVE_WORLD, kind: 'live', parent: null }, [fleet], ticks);
const gateway = new Gateway({
  allow,
  audit: null,
  door: {
    callerOf: () => ({
      subject: demoSubject,
      session: null,
      mustChange: false,
      mustEnrol: false,
      hasFactor: true,
      isFresh: true,
    }),
  },
});
const room = new Room({
  world,
  cells: new Cells(countyCodes),
  clock,
  log: silent,
  allow,
  facts: { build: 'bench', city: 'bench', tickMs: 1000, startedAt: clock.now(), demo: false },
});
world.follow(room);
gateway.add(room);

const table = world.table(fleet.slug) as FleetTable;
let model = new CityModel(0);
/** The time of the city: one second a tick, whatever the pace of the bench. */
let now = clock.now();
let writer: FleetWriter | null = null;

const commands: SubjectCommands = {
  open: async (body) => {
    model = new CityModel(body.objects, body.seed);
    writer = new FleetWriter(table, model, now);
    world.advance(now);
    const http = createServer();
    gateway.attach(http);
    return { port: await listen(http) };
  },
  tick: () => {
    meter.exclude(() => model.step());
    now += 1000;
    return meter.timeTick(world.tick + 1, () => {
      writer?.report(now);
      world.advance(now);
    });
  },
  begin: () => meter.begin(),
  report: () => {
    const { clients, skippedPackets } = room.report();
    return { ...meter.report(), clients, skippedPackets };
  },
};

answer(commands);
