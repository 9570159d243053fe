// The road fleet: vehicle terminals that dial in and speak JT/T 808. A link carries one terminal or, as the
// operators' forwarders do, about a hundred.
import type { World, Source } from '../world.ts';
import { keyOf, unit } from '../engine/random.ts';
import { micro, type LonLat } from '../engine/geo.ts';
import { createDrivers, FLEET, gpsFix, VEHICLE_KINDS, type VehicleKind } from '../movers/fleet.ts';
import { advanceVehicle, type Driver } from '../movers/vehicle.ts';
import * as jtt from '../protocols/jtt808.ts';
import { createDialer, type Dialer } from '../transport/tcp-dialer.ts';

const FEED = 'jtt808';
const PER_FORWARDER = 100;
const SINGLES = 40;
/** Registrations of one forwarder are spread over this time. */
const SIGN_ON_MS = 6_000;
const REPLY_WAIT_MS = 15_000;
/** A parked vehicle reports this much less often. */
const PARKED_FACTOR = 4;
const HEARTBEAT_MS = 60_000;
const BATCH_SHARE = 0.03;
const BATCH_SIZE = 3;
/** Positions kept while there is no connection. */
const BLIND_KEEP = 20;
/** A link that hears nothing after this many messages is dialled again. */
const DEAF_AFTER = 1_500;

interface Unit extends jtt.Terminal {
  kind: VehicleKind;
  key: number;
  driver: Driver;
  plate: string;
  serial: number;
  state: 'offline' | 'registering' | 'authenticating' | 'online';
  askedAt: number;
  authCode: string | null;
  link: Link;
  batches: boolean;
  waiting: Buffer[];
  lastReportAt: number;
  lastSentAt: number;
  sosUntil: number;
  /** Raised with the next SOS until it ends. */
  sosAlarm: number;
  /** Where an operator's accident holds the vehicle until the SOS ends. */
  heldAt: LonLat | null;
}

interface Link {
  dialer: Dialer | null;
  units: Unit[];
  unheard: number;
}

interface Position extends jtt.PositionReport {
  phone: string;
}

const STATUS_ACC = 1;
const STATUS_FIXED = 2;
const ALARM_SOS = 1;
/** JT/T 808 table 24, bit 29. */
const ALARM_COLLISION = 2 ** 29;
const ALARM_OVER_SPEED = 2;

function createUnits(world: World): Unit[] {
  const units: Unit[] = [];
  const plate = world.city.plate;
  for (const kind of VEHICLE_KINDS) {
    const count = Math.round(FLEET[kind].count * world.scale);
    createDrivers(world, kind, count).forEach((driver, i) => {
      const n = units.length;
      const key = keyOf(`${kind}${i}`);
      const version: jtt.Version = unit(world.seed, key, 5) < 0.45 ? '2019' : '2013';
      units.push({
        kind,
        key,
        driver,
        version,
        // 199 numbers that no operator has given out; the serial keeps them unique.
        phone: `0199${String(10_000_000 + n).slice(-8)}`,
        plate: `${plate}${kind[0] ?? 'X'}${String(i + 1).padStart(4, '0')}`,
        serial: 0,
        state: 'offline',
        askedAt: 0,
        authCode: null,
        link: { dialer: null, units: [], unheard: 0 },
        batches: unit(world.seed, key, 6) < BATCH_SHARE,
        waiting: [],
        lastReportAt: 0,
        lastSentAt: 0,
        sosUntil: 0,
        sosAlarm: ALARM_SOS,
        heldAt: null,
      });
    });
  }
  return units;
}

/** Every `units.length / SINGLES`-th terminal dials in alone, the others through forwarders of their kind. */
function createLinks(units: readonly Unit[]): Link[] {
  const links: Link[] = [];
  const every = Math.max(2, Math.floor(units.length / SINGLES));
  let forwarder: Link | null = null;
  units.forEach((unitOfLink, i) => {
    const alone = i % every === every - 1;
    if (alone || forwarder === null || forwarder.units.length >= PER_FORWARDER) {
      const link: Link = { dialer: null, units: [], unheard: 0 };
      links.push(link);
      if (!alone) forwarder = link;
      unitOfLink.link = link;
    } else unitOfLink.link = forwarder;
    unitOfLink.link.units.push(unitOfLink);
  });
  return links;
}

export interface TerminalsOptions {
  host: string;
  port: number;
}

class TerminalFleet implements Source {
  private readonly world: World;
  private readonly options: TerminalsOptions;
  private readonly units: Unit[];
  private readonly links: Link[];

  constructor(world: World, options: TerminalsOptions) {
    this.world = world;
    this.options = options;
    this.units = createUnits(this.world);
    this.links = createLinks(this.units);
  }

  private readonly send = (u: Unit, message: { id: number; body: Buffer }, records = 0): void => {
    const bytes = jtt.encodeMessage(u, { ...message, serial: u.serial });
    u.serial = (u.serial + 1) & 0xffff;
    u.lastSentAt = this.world.clock.now();
    this.world.outlet.push(FEED, { bytes, records }, (out) => {
      if (u.link.dialer?.send(out) !== true) return this.world.outlet.drop(FEED);
      u.link.unheard += 1;
      if (u.link.unheard > DEAF_AFTER) {
        u.link.unheard = 0;
        u.link.dialer.redial();
      }
    });
  };

  private readonly signOn = (u: Unit): void => {
    if (u.link.dialer?.connected !== true) return;
    u.askedAt = this.world.clock.now();
    if (u.authCode !== null) {
      u.state = 'authenticating';
      return this.send(u, {
        id: jtt.MESSAGE.authenticate,
        body: jtt.authenticateBody(u.version, u.authCode, `86${u.phone}0`.slice(0, 15)),
      });
    }
    u.state = 'registering';
    const body = jtt.registerBody(u.version, {
      province: Number(this.world.city.code.slice(0, 2)),
      city: Number(this.world.city.code.slice(2)),
      maker: 'SIMCT',
      model: u.kind,
      terminalId: u.phone.slice(-7),
      plateColour: u.kind === 'TAXI' || u.kind === 'OFFICIAL' ? 1 : 2,
      plate: u.plate,
    });
    this.send(u, { id: jtt.MESSAGE.register, body });
  };

  private readonly positionOf = (u: Unit): Position => {
    const now = this.world.clock.now();
    const working = unit(this.world.seed, u.key, 9) < this.world.rhythm.onDuty(now);
    const place = advanceVehicle(this.world, u.driver, { now, working });
    const held = u.sosUntil > now ? u.heldAt : null;
    const [lon, lat] = gpsFix(held ?? place.position, u.key, now);
    const speeding = place.speedKmh > u.driver.habit.maxKmh * 0.98;
    return {
      phone: u.phone,
      alarm: (u.sosUntil > now ? u.sosAlarm : 0) | (speeding ? ALARM_OVER_SPEED : 0),
      status: STATUS_FIXED | (working ? STATUS_ACC : 0),
      lon: micro(lon),
      lat: micro(lat),
      altitudeM: 480 + 260 * unit(u.driver.state.edge, 3),
      speedKmh: held === null ? Math.round(place.speedKmh * 10) / 10 : 0,
      headingDeg: Math.round(place.courseDeg) % 360,
      time: now,
      timeDigits: '',
      mileageKm: u.driver.state.drivenM / 1000,
      satellites: 8 + Math.floor(unit(u.key, Math.floor(now / 60_000)) * 10),
      signal: 18 + Math.floor(unit(u.key, Math.floor(now / 30_000), 2) * 13),
    };
  };

  private readonly flushWaiting = (u: Unit, kind: 0 | 1): void => {
    const bodies = u.waiting.splice(0);
    if (bodies.length > 0)
      this.send(
        u,
        { id: jtt.MESSAGE.positionBatch, body: jtt.positionBatchBody(bodies, kind) },
        bodies.length,
      );
  };

  private readonly report = (u: Unit): void => {
    u.lastReportAt = this.world.clock.now();
    const bodies = this.world.outlet.faults
      .records(FEED, [this.positionOf(u)])
      .map((p) => jtt.positionBody({ ...p, timeDigits: this.world.deviceTime.digits(p.time).slice(2) }));
    if (u.state !== 'online') {
      u.waiting.push(...bodies);
      if (u.waiting.length > BLIND_KEEP) u.waiting.splice(0, u.waiting.length - BLIND_KEEP);
      if (u.state === 'offline' || this.world.clock.now() - u.askedAt > REPLY_WAIT_MS) this.signOn(u);
    } else if (u.batches) {
      u.waiting.push(...bodies);
      if (u.waiting.length >= BATCH_SIZE) this.flushWaiting(u, 0);
    } else for (const body of bodies) this.send(u, { id: jtt.MESSAGE.position, body }, 1);
  };

  private readonly tick = (u: Unit): void => {
    const { reportS } = FLEET[u.kind];
    const parked =
      u.driver.state.speedKmh === 0 &&
      unit(this.world.seed, u.key, 9) >= this.world.rhythm.onDuty(this.world.clock.now());
    const due = u.lastReportAt + reportS * 1000 * (parked ? PARKED_FACTOR : 1) - 500;
    if (u.state !== 'online' || this.world.clock.now() >= due) this.report(u);
    else if (this.world.clock.now() - u.lastSentAt >= HEARTBEAT_MS)
      this.send(u, { id: jtt.MESSAGE.heartbeat, body: Buffer.alloc(0) });
  };

  private readonly hear = (link: Link, byPhone: ReadonlyMap<string, Unit>, message: jtt.Downlink): void => {
    link.unheard = 0;
    const u = byPhone.get(message.phone.slice(-12));
    if (u === undefined) return;
    const { id, body } = message;
    if (id === jtt.MESSAGE.registerReply && body.length >= 3) {
      // 0 done, 1 and 3 already registered: the platform then tells or knows the code.
      if (body[2] === 0) u.authCode = body.toString('latin1', 3);
      if (u.authCode !== null) this.signOn(u);
    } else if (id === jtt.MESSAGE.platformReply && body.length >= 5) {
      if (body.readUInt16BE(2) !== jtt.MESSAGE.authenticate) return;
      if (body[4] === 0) {
        u.state = 'online';
        if (!u.batches) this.flushWaiting(u, 1);
      } else {
        u.authCode = null;
        this.signOn(u);
      }
    } else if (id >= 0x8103) {
      this.send(u, { id: jtt.MESSAGE.terminalReply, body: jtt.terminalReplyBody(message.serial, id, 3) });
    }
  };

  private readonly open = (link: Link, index: number): void => {
    const byPhone = new Map(link.units.map((u) => [u.phone, u]));
    let reader = jtt.createDownlinkReader((message) => this.hear(link, byPhone, message));
    link.dialer = createDialer({
      ...this.options,
      jitter: unit(this.world.seed, index, 77),
      onBytes: (chunk) => this.world.clock.whenOver(() => reader(chunk)),
      onUp: () => {
        reader = jtt.createDownlinkReader((message) => this.hear(link, byPhone, message));
        link.unheard = 0;
        link.units.forEach((u, i) => {
          this.world.clock.at(this.world.clock.now() + (i / link.units.length) * SIGN_ON_MS, () => {
            if (u.state === 'offline') this.signOn(u);
          });
        });
      },
      onDown: () => {
        for (const u of link.units) u.state = 'offline';
      },
    });
  };

  readonly feeds = [FEED];

  objects(): Readonly<Record<string, number>> {
    return {
      ...Object.fromEntries(
        VEHICLE_KINDS.map((kind) => [kind, this.units.filter((u) => u.kind === kind).length]),
      ),
      terminalsOnline: this.units.filter((u) => u.state === 'online').length,
      terminalLinks: this.links.filter((link) => link.dialer?.connected === true).length,
    };
  }

  start(): void {
    this.links.forEach(this.open);
    for (const u of this.units) {
      const period = FLEET[u.kind].reportS * 1000;
      this.world.clock.every(this.world.startAt + unit(this.world.seed, u.key, 8) * period, period, () =>
        this.tick(u),
      );
    }
  }

  stop(): void {
    for (const link of this.links) link.dialer?.stop();
  }

  settled(): boolean {
    return this.links.every(({ dialer }) => dialer?.settled !== false);
  }

  answered(): boolean {
    if (this.world.outlet.faults.transport(FEED).stopped) return true;
    return !this.units.some((u) => u.state === 'registering' || u.state === 'authenticating');
  }

  inject(request: Readonly<Record<string, unknown>>): object | null {
    if (request['kind'] !== 'vehicle-sos') return null;
    const { position, vehicle, collision, forS } = request;
    const now = this.world.clock.now();
    // One that already has an accident does not have another.
    const free = this.units.filter((u) => u.sosUntil <= now && (vehicle === undefined || u.kind === vehicle));
    const u = free[Math.floor(unit(this.world.seed, now & 0x7fffffff) * free.length)];
    if (u === undefined) return { injected: 'vehicle-sos', vehicle: null };
    u.sosUntil = now + Number(forS ?? 300) * 1000;
    u.sosAlarm = collision === true ? ALARM_SOS + ALARM_COLLISION : ALARM_SOS;
    u.heldAt = Array.isArray(position) ? (position as unknown as LonLat) : null;
    this.report(u);
    return { injected: 'vehicle-sos', vehicle: u.phone, plate: u.plate };
  }
}

export function createTerminals(world: World, options: TerminalsOptions): Source {
  return new TerminalFleet(world, options);
}
