// A screen without a picture: a socket client that keeps its tables as a browser does. For integration tests and benches.
import { inflateRawSync } from 'node:zlib';
import { FrameReceiver } from '../../contracts/frame.ts';
import type { Label } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { LIVE_WORLD } from '../../contracts/records/world.ts';
import { splitFrames } from '../../contracts/packet.ts';
import { Receipts } from '../../contracts/receipts.ts';
import type { ClockBeat, Hello, Skipped, Subscribe, Subscribed, WireError } from '../../contracts/wire.ts';
import { subscribedSchema, wireEvents } from '../../contracts/wire.ts';
import { createSystemClock } from '../kit/clock.ts';
import * as parser from '../realtime/socket-parser.ts';

/** What is used of a Socket.IO client socket. */
export interface DialledSocket {
  readonly connected: boolean;
  connect(): unknown;
  disconnect(): unknown;
  close(): unknown;
  on(event: string, listener: (body: never) => void): unknown;
  emit(event: string, ...body: unknown[]): unknown;
  timeout(ms: number): { emitWithAck(event: string, ...body: unknown[]): Promise<unknown> };
}

export interface ClientOptions {
  /** `io` of socket.io-client: the test or bench brings it. */
  readonly io: (url: string, options: object) => DialledSocket;
  readonly url: string;
  readonly layers: readonly Layer[];
  readonly label?: Label;
  /** Frames of any other are refused. Default: the live one. */
  readonly world?: string;
  /** Of a session; absent: none. */
  readonly cookie?: string;
  /** Default: acknowledge as a page does. */
  readonly acknowledges?: boolean;
}

export class TrialClient {
  readonly socket: DialledSocket;
  readonly #options: ClientOptions;
  readonly #receipts = new Receipts();
  readonly #world: string;
  #receivers: Map<string, FrameReceiver>;
  hello: Hello | null = null;
  /** Tick of the last packet that was applied. */
  lastTick = -1;
  packets = 0;
  bytes = 0;
  keyFrames = 0;
  deltaFrames = 0;
  readonly skipped: Skipped[] = [];
  readonly errors: WireError[] = [];
  readonly beats: ClockBeat[] = [];
  /** A frame that could not be applied. */
  fault: unknown = null;
  isAcknowledging: boolean;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#world = options.world ?? LIVE_WORLD;
    this.isAcknowledging = options.acknowledges ?? true;
    this.#receivers = this.#fresh();
    this.socket = options.io(options.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      parser,
      autoConnect: false,
      ...(options.cookie === undefined ? {} : { extraHeaders: { cookie: options.cookie } }),
      ...(options.world === undefined ? {} : { query: { world: options.world } }),
    });
    this.socket.on(wireEvents.hello, (hello: Hello) => (this.hello = hello));
    this.socket.on(wireEvents.frames, (bytes: Uint8Array) => this.#receive(bytes));
    this.socket.on(wireEvents.skipped, (skipped: Skipped) => this.skipped.push(skipped));
    this.socket.on(wireEvents.error, (error: WireError) => this.errors.push(error));
    this.socket.on(wireEvents.clock, (beat: ClockBeat) => this.beats.push(beat));
  }

  /** Connects and waits for hello. */
  async connect(): Promise<Hello> {
    this.hello = null;
    this.socket.connect();
    await until(() => this.hello !== null || this.errors.length > 0, 'hello');
    if (!this.hello) throw new Error(this.errors[0]?.message ?? 'no hello');
    return this.hello;
  }

  async subscribe(request: Partial<Subscribe> = {}): Promise<Subscribed> {
    const streams = this.#options.layers.map(({ slug }) => ({
      layer: slug,
      cells: '*' as const,
      rateS: 1 as const,
    }));
    const body = { world: this.#world, streams, since: null, ...request };
    return subscribedSchema.parse(await this.socket.timeout(30_000).emitWithAck(wireEvents.subscribe, body));
  }

  /** Sends a message as it is. */
  send(event: string, ...body: unknown[]): void {
    this.socket.emit(event, ...body);
  }

  acknowledge(): void {
    this.socket.emit(wireEvents.applied, this.lastTick);
  }

  table(layer: Layer): LayerTable {
    const receiver = this.#receivers.get(layer.slug);
    if (!receiver) throw new Error(`this client does not hold layer ${layer.slug}`);
    return receiver.table;
  }

  /** Forgets all rows, as a page that was reloaded. */
  forget(): void {
    this.#receivers = this.#fresh();
    this.lastTick = -1;
    this.fault = null;
  }

  close(): void {
    this.socket.close();
  }

  #fresh(): Map<string, FrameReceiver> {
    const { layers, label = 'sensitive' } = this.#options;
    return new Map(layers.map((layer) => [layer.slug, new FrameReceiver(layer, label, this.#world)]));
  }

  #receive(bytes: Uint8Array): void {
    this.packets += 1;
    this.bytes += bytes.byteLength;
    const body = bytes[0] === 1 ? inflateRawSync(bytes.subarray(1)) : bytes.subarray(1);
    const { tick, frames } = splitFrames(body);
    try {
      for (const frame of frames) this.#apply(frame);
    } catch (error) {
      this.fault = error;
      return;
    }
    this.lastTick = tick;
    if (this.#receipts.isDue(bytes.byteLength) && this.isAcknowledging) this.acknowledge();
  }

  #apply(frame: Uint8Array): void {
    for (const receiver of this.#receivers.values()) {
      try {
        const { kind } = receiver.apply(frame);
        if (kind === 'key') this.keyFrames += 1;
        else this.deltaFrames += 1;
        receiver.table.clearChanges();
        return;
      } catch (error) {
        if ((error as { code?: string }).code !== 'frame/layer') throw error;
      }
    }
  }
}

/** Waits for a condition of another process or of the network; fails loudly instead of for ever. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  withinMs = 30_000,
): Promise<void> {
  const clock = createSystemClock();
  const end = clock.elapsed() + withinMs;
  while (!(await condition())) {
    if (clock.elapsed() > end) throw new Error(`waited ${withinMs} ms in vain for: ${what}`);
    await clock.sleep(5);
  }
}
