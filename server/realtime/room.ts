// The screens of one world: hello, subscribe, resume, back-pressure, heartbeat. Frames go out as prepared bytes, built once.
import type { Socket } from 'socket.io';
import { CodedError } from '../../contracts/errors.ts';
import { isWithin, layerLabels, reachOf } from '../../contracts/records/reach.ts';
import type { Present } from '../../contracts/records/evidence-pack.ts';
import type { ClockBeat, Hello, Subscribe, Subscribed } from '../../contracts/wire.ts';
import { appliedSchema, PROTOCOL, subscribeSchema, wireEvents } from '../../contracts/wire.ts';
import type { Allow, Subject } from '../access/port.ts';
import type { Clock, Timer } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { TickFollower, World } from '../state/port.ts';
import type { Cells } from './cells.ts';
import { ClientBudget } from './client-budget.ts';
import type { Pace, RealtimeReport } from './port.ts';
import type { Prepared } from './prepared.ts';
import type { Group, Wanted } from './stream-hub.ts';
import { StreamHub } from './stream-hub.ts';

/** Screens notice after two silent ones that the server is gone; frames are a sign of life as good as a beat. */
const HEARTBEAT_MS = 1000;
/** Every so many beats go to everybody, those who get frames included: screens set their clock by them. */
const CLOCK_BEATS = 10;
/** Subscriptions one client may make in ten seconds: each may cost a key packet. */
const MAX_SUBSCRIBES = 20;

export interface RoomOptions {
  readonly world: World;
  readonly cells: Cells;
  /** What screens wait by: heartbeats and limits go on while the clock of the world stands still. */
  readonly clock: Clock;
  /** The clock of the world, epoch ms; absent: `clock`. */
  readonly now?: () => number;
  /** How the clock of the world goes; absent: with `clock`. */
  readonly pace?: () => Pace;
  readonly log: Logger;
  readonly allow: Allow;
  readonly facts: Pick<Hello, 'build' | 'city' | 'tickMs' | 'startedAt' | 'demo'>;
}

interface Session {
  readonly socket: Socket;
  readonly subject: Subject;
  readonly budget: ClientBudget;
  group: Group | null;
  /** When frames were last sent, on the monotonic clock. */
  sentAt: number;
  subscribes: number;
  subscribesSince: number;
}

/** Sends one message to every screen of a room, encoded once. */
export type ToAll = (event: string, body: unknown) => void;

export class Room implements TickFollower {
  readonly #options: RoomOptions;
  readonly #now: () => number;
  readonly #hub: StreamHub;
  readonly #sessions = new Set<Session>();
  #heartbeat: Timer | null = null;
  #beats = 0;
  #framesSent = 0;
  #bytesSent = 0;
  #skippedPackets = 0;
  #keyPackets = 0;

  constructor(options: RoomOptions) {
    this.#options = options;
    this.#now = options.now ?? options.clock.now;
    const ticksPerS = 1000 / options.facts.tickMs;
    this.#hub = new StreamHub(options.world, options.cells, { ticksPerS, now: this.#now });
  }

  /** Id of the world. */
  get id(): string {
    return this.#options.world.facts.id;
  }

  open(toAll: ToAll): void {
    this.#heartbeat = this.#options.clock.every(HEARTBEAT_MS, () => this.#beat(toAll));
  }

  /** Ends every connection. */
  close(): void {
    this.#heartbeat?.stop();
    for (const { socket } of [...this.#sessions]) socket.disconnect(true);
  }

  /** Says how the clock goes now, without waiting for the next beat. */
  tellClock(toAll: ToAll): void {
    toAll(wireEvents.clock, this.#clockBeat());
  }

  #clockBeat(): ClockBeat {
    const { world, pace } = this.#options;
    return { at: this.#now(), tick: world.tick, ...pace?.() };
  }

  /** To those who were sent no frames since the last beat; now and then to everybody. */
  #beat(toAll: ToAll): void {
    const { clock, pace } = this.#options;
    const beat = this.#clockBeat();
    this.#beats += 1;
    // A clock that goes its own way is told each second.
    if (pace || this.#beats % CLOCK_BEATS === 0) return toAll(wireEvents.clock, beat);
    const since = clock.elapsed() - HEARTBEAT_MS;
    for (const { socket, sentAt } of this.#sessions) if (sentAt <= since) socket.emit(wireEvents.clock, beat);
  }

  /** Whose screens are here, and what each is being sent. */
  present(): Present[] {
    return [...this.#sessions].map(({ subject, group }) => ({
      subject: subject.id,
      layers: [
        ...new Set([...(group?.selections.values() ?? [])].map(({ stream }) => stream.table.layer.slug)),
      ].sort(),
    }));
  }

  report(): RealtimeReport {
    return {
      clients: this.#sessions.size,
      streams: this.#hub.streams,
      groups: this.#hub.groups,
      framesSent: this.#framesSent,
      bytesSent: this.#bytesSent,
      skippedPackets: this.#skippedPackets,
      keyPackets: this.#keyPackets,
    };
  }

  /** Builds each packet once and hands the same bytes to everybody of the group. */
  tick(tick: { number: number; at: number }): void {
    const byGroup = new Map(this.#hub.tick(tick).map(({ group, packet }) => [group, packet]));
    if (byGroup.size === 0) return;
    for (const session of this.#sessions) {
      const packet = session.group && byGroup.get(session.group);
      if (!packet) continue;
      if (session.budget.admits(tick.number, packet.bytes.byteLength))
        this.#send(session, tick.number, packet);
      else this.#skippedPackets += 1;
    }
  }

  /** Takes in a connection that may be here, and greets it. */
  welcome(socket: Socket, subject: Subject): void {
    const { world, cells, facts } = this.#options;
    const session: Session = {
      socket,
      subject,
      budget: new ClientBudget(),
      group: null,
      sentAt: -Infinity,
      subscribes: 0,
      subscribesSince: 0,
    };
    this.#sessions.add(session);
    socket.on('disconnect', () => this.#farewell(session));
    socket.on(wireEvents.subscribe, (body: unknown, answer: unknown) =>
      this.#guard(session, () => this.#subscribe(session, body, answer)),
    );
    socket.on(wireEvents.unsubscribe, () => this.#leave(session));
    socket.on(wireEvents.applied, (body: unknown) =>
      this.#guard(session, () => this.#applied(session, body)),
    );
    socket.emit(wireEvents.hello, {
      protocol: PROTOCOL,
      ...facts,
      world: world.facts,
      labels: [...layerLabels(subject, null)],
      layers: [...world.layers.values()].map(({ layer }) => ({ slug: layer.slug, schema: layer.schema })),
      cells: [...cells.codes],
      tick: world.tick,
      at: this.#now(),
    } satisfies Hello);
  }

  #farewell(session: Session): void {
    this.#leave(session);
    this.#sessions.delete(session);
  }

  #leave(session: Session): void {
    if (session.group) this.#hub.leave(session.group);
    session.group = null;
  }

  /** What a client sends never breaks the server: the client is told what was wrong. */
  #guard(session: Session, run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!(error instanceof CodedError))
        this.#options.log.error('socket.fault', { error: (error as Error).stack });
      const code = error instanceof CodedError ? error.code : 'request/invalid';
      session.socket.emit(wireEvents.error, { code, message: (error as Error).message });
    }
  }

  #subscribe(session: Session, body: unknown, answer: unknown): void {
    this.#limit(session);
    const parsed = subscribeSchema.safeParse(body);
    if (!parsed.success)
      throw new CodedError('request/invalid', `subscribe: ${parsed.error.issues[0]?.message ?? ''}`);
    const { world } = this.#options;
    if (parsed.data.world !== world.facts.id)
      throw new CodedError('request/not-found', `world ${parsed.data.world}`);
    const refused: Subscribed['refused'] = [];
    const wanted = parsed.data.streams.flatMap((stream) => {
      const want = this.#want(session.subject, stream);
      if (!(want instanceof CodedError)) return [want];
      refused.push({ layer: stream.layer, code: want.code, message: want.message });
      return [];
    });
    const before = session.group;
    session.group = this.#hub.join(wanted);
    if (before) this.#hub.leave(before);
    const { since } = parsed.data;
    const gap = !before && since !== null ? this.#hub.gapPacket(session.group, since) : null;
    const reply: Subscribed = { tick: world.tick, resumed: gap !== null, refused };
    if (typeof answer === 'function') (answer as (reply: Subscribed) => void)(reply);
    if (since === null) session.budget.reset();
    this.#catchUp(session, since === null ? null : before, gap);
  }

  /** After a subscription: the gap of a client that came back, what is new to one that goes on, or everything. */
  #catchUp(session: Session, before: Group | null, gap: Prepared | null): void {
    const group = session.group as Group;
    if (group.selections.size === 0 || session.budget.skippedFrom !== null) return;
    const packet = gap ?? (before ? this.#hub.growthPacket(group, before) : this.#hub.keyPacket(group));
    if (!packet) return;
    if (!gap) this.#keyPackets += 1;
    this.#send(session, this.#options.world.tick, packet);
  }

  #limit(session: Session): void {
    const now = this.#options.clock.elapsed();
    if (now - session.subscribesSince > 10_000) {
      session.subscribesSince = now;
      session.subscribes = 0;
    }
    session.subscribes += 1;
    if (session.subscribes > MAX_SUBSCRIBES) throw new CodedError('request/too-many', 'subscribe');
  }

  #want(subject: Subject, stream: Subscribe['streams'][number]): Wanted | CodedError {
    const { world, cells, allow } = this.#options;
    const layer = world.layers.get(stream.layer)?.layer;
    if (!layer) return new CodedError('request/not-found', `layer ${stream.layer}`);
    const label = layerLabels(subject, layer.slug).at(-1);
    if (!label || !allow(subject, 'subscribe', { kind: 'layer', id: stream.layer, label })) {
      return new CodedError('request/forbidden', `layer ${stream.layer}`);
    }
    const reach = reachOf(subject.areas, layer);
    const codes = stream.cells === '*' ? cells.codes.filter((code) => isWithin(reach, code)) : stream.cells;
    const indices = codes.map((code) => cells.indexOf(code));
    const unknown = codes.find((_, index) => (indices[index] ?? -1) < 0);
    if (unknown !== undefined)
      return new CodedError('request/not-found', `layer ${stream.layer}: cell ${unknown}`);
    const foreign = codes.find((code) => !isWithin(reach, code));
    if (foreign !== undefined)
      return new CodedError('request/forbidden', `layer ${stream.layer}: cell ${foreign}`);
    return { layer: stream.layer, label, rateS: stream.rateS, cells: new Set(indices) };
  }

  #applied(session: Session, body: unknown): void {
    const parsed = appliedSchema.safeParse(body);
    if (!parsed.success) throw new CodedError('request/invalid', `applied ${String(body)}`);
    const { budget } = session;
    if (!budget.applied(parsed.data) || !session.group) return;
    const { tick } = this.#options.world;
    const fromTick = budget.skippedFrom ?? tick;
    budget.reset();
    session.socket.emit(wireEvents.skipped, { fromTick, toTick: tick, reason: 'slow' });
    this.#keyPackets += 1;
    this.#send(session, tick, this.#hub.keyPacket(session.group));
  }

  /** Past the Socket.IO encoder: the bytes are one WebSocket message (socket-parser.ts). */
  #send(session: Session, tick: number, { bytes, options }: Prepared): void {
    session.budget.sent(tick, bytes.byteLength);
    session.sentAt = this.#options.clock.elapsed();
    session.socket.conn.write(bytes, options);
    this.#framesSent += 1;
    this.#bytesSent += bytes.byteLength;
  }
}
