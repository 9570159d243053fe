// The socket's side of the link, in the worker: connect, say hello, subscribe, resume, notice a dead server.
import { io, type Socket } from 'socket.io-client';
import {
  clockSchema,
  helloSchema,
  PROTOCOL,
  skippedSchema,
  subscribedSchema,
  wireErrorSchema,
  wireEvents,
  type Hello,
  type Subscribe,
} from '../../contracts/wire.ts';
import { after, backOffMs, every, localMs, type Stop } from '../clock.ts';
import type { FromWorker, LinkState } from './messages.ts';
import * as parser from './packet-parser.ts';

/** A beat comes every second: after this long without one the server is gone. */
const SILENCE_MS = 1800;
const CHECK_MS = 150;
/** A server on its way up is found again within this. */
const RETRY_MOST_MS = 800;

export interface SessionEvents {
  tell(message: FromWorker): void;
  frames(packet: Uint8Array): void;
  /** A server that does not continue the last one: tables are void. */
  fresh(hello: Hello): void;
  lastTick(): number | null;
  /** What comes from here on belongs to the subscription made last. */
  subscribed(): void;
}

export class Session {
  private readonly url: string;
  private readonly world: string;
  private readonly events: SessionEvents;
  private socket: Socket | null = null;
  private stopWatch: Stop | null = null;
  private stopRetry: Stop | null = null;
  private attempt = 0;
  private lastHeard = 0;
  private state: LinkState = 'connecting';
  private hello: Hello | null = null;
  /** Of the city clock, as it was said last. */
  private speed = 1;
  private isPaused = false;
  /** Whether live data is wanted. */
  private isWatching = true;

  /** @param source origin of the server, and the world of it that is wanted */
  constructor({ url, world }: { readonly url: string; readonly world: string }, events: SessionEvents) {
    this.url = url;
    this.world = world;
    this.events = events;
  }

  start(): void {
    this.stopWatch = every(CHECK_MS, () => this.watch());
    this.connect();
  }

  stop(): void {
    this.stopWatch?.();
    this.stopRetry?.();
    this.socket?.close();
  }

  applied(tick: number): void {
    this.socket?.emit(wireEvents.applied, tick);
  }

  /** Asks for key frames of everything. */
  resync(): void {
    if (!this.hello || !this.isWatching) return;
    this.socket?.emit(wireEvents.unsubscribe);
    this.subscribe(this.hello, null);
  }

  /** Live data is not wanted any more; the link stays. */
  leave(): void {
    this.isWatching = false;
    this.socket?.emit(wireEvents.unsubscribe);
  }

  /** Live data again, from key frames on. Where the link is lost, as soon as it is back. */
  watchAgain(): void {
    this.isWatching = true;
    if (this.hello && this.state === 'live') this.subscribe(this.hello, null);
  }

  private connect(): void {
    this.socket?.removeAllListeners();
    this.socket?.close();
    const socket = io(this.url, {
      transports: ['websocket'],
      query: { world: this.world },
      reconnection: false,
      forceNew: true,
      timeout: 4000,
      parser,
    });
    this.socket = socket;
    socket.on('connect_error', (error) => this.lost(error.message));
    socket.on('disconnect', (reason) => this.lost(reason));
    socket.on(wireEvents.hello, (body: unknown) => this.greet(helloSchema.parse(body)));
    socket.on(wireEvents.frames, (packet: Uint8Array | ArrayBuffer) => {
      this.heard();
      this.events.frames(packet instanceof Uint8Array ? packet : new Uint8Array(packet));
    });
    socket.on(wireEvents.clock, (body: unknown) => {
      this.heard();
      const { at, speed, paused } = clockSchema.parse(body);
      this.speed = speed ?? 1;
      this.isPaused = paused ?? false;
      this.tellClock(at);
    });
    socket.on(wireEvents.skipped, (body: unknown) => {
      this.events.tell({ type: 'skipped', ...skippedSchema.parse(body) });
    });
    socket.on(wireEvents.error, (body: unknown) => {
      this.events.tell({ type: 'fault', ...wireErrorSchema.parse(body) });
    });
  }

  private greet(hello: Hello): void {
    this.attempt = 0;
    const before = this.hello;
    this.hello = hello;
    if (hello.protocol !== PROTOCOL) {
      this.events.tell({
        type: 'fault',
        code: 'frame/version',
        message: `protocol ${hello.protocol}, not ${PROTOCOL}`,
      });
    }
    const continues =
      before !== null && before.startedAt === hello.startedAt && before.world.id === hello.world.id;
    if (!continues) this.events.fresh(hello);
    this.events.tell({ type: 'hello', hello, fresh: !continues });
    this.tellClock(hello.at);
    if (this.isWatching) this.subscribe(hello, continues ? this.events.lastTick() : null);
    this.heard();
  }

  private tellClock(at: number): void {
    const speed = this.isPaused ? 0 : this.speed;
    this.events.tell({ type: 'clock', at, receivedAt: localMs(), speed });
  }

  private subscribe(hello: Hello, since: number | null): void {
    const request: Subscribe = {
      world: hello.world.id,
      streams: hello.layers.map(({ slug }) => ({ layer: slug, cells: '*' as const, rateS: 1 as const })),
      since,
    };
    this.socket?.emit(wireEvents.subscribe, request, (answer: unknown) => {
      const { refused } = subscribedSchema.parse(answer);
      for (const one of refused) this.events.tell({ type: 'refused', ...one });
      this.events.subscribed();
    });
  }

  private heard(): void {
    this.lastHeard = localMs();
    if (this.state !== 'live') this.report('live', '');
  }

  private watch(): void {
    if (this.state === 'live' && localMs() - this.lastHeard > SILENCE_MS) this.lost('no heartbeat');
  }

  private lost(reason: string): void {
    if (this.state === 'live') this.report('lost', reason);
    this.stopRetry?.();
    this.stopRetry = after(backOffMs(this.attempt++, 200, RETRY_MOST_MS), () => this.connect());
  }

  private report(state: LinkState, reason: string): void {
    this.state = state;
    this.events.tell({ type: 'link', state, since: state === 'lost' ? this.lastHeard : localMs(), reason });
  }
}
