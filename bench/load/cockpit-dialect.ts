// What a screen of the cockpit says: subscribe to one layer over all cells, acknowledge each packet.
// Packets are the same bytes for everybody, so each distinct one is unpacked once to learn its tick; one screen's
// copies are applied to a table as the client does it, which gives the time to add to every arrival.
import { inflateSync } from 'fflate';
import type { Label } from '../../contracts/column.ts';
import { decodeHeader, FrameReceiver } from '../../contracts/frame.ts';
import type { Layer } from '../../contracts/layer.ts';
import { splitFrames } from '../../contracts/packet.ts';
import { Receipts } from '../../contracts/receipts.ts';
import type { Hello } from '../../contracts/wire.ts';
import { wireEvents } from '../../contracts/wire.ts';
import { Encoder, packetTypes } from '../../server/realtime/socket-parser.ts';
import { monotonicMs } from '../measure.ts';
import type { Dialect, Screen } from './screen.ts';
import type { SwarmEvents } from './swarm.ts';
import { clientFrame, opcodes } from './websocket.ts';

/** Engine.IO "message". */
const MESSAGE = '4';
const DEFLATED = 1;
/** Known packets kept: those of the last ticks. */
const KEPT_PACKETS = 8;

interface Known {
  readonly tick: number;
  readonly isKey: boolean;
  readonly applied: Buffer;
}

const encoder = new Encoder();

function message(type: number, data?: unknown): string {
  return `${MESSAGE}${String(encoder.encode({ type, nsp: '/', data })[0])}`;
}

export class CockpitDialect implements Dialect {
  readonly join = message(packetTypes.connect);
  readonly #layer: Layer;
  readonly #events: SwarmEvents;
  readonly #known = new Map<string, Known>();
  readonly #receipts = new Map<Screen, Receipts>();
  /** The last tick each screen holds: it comes back with it. */
  readonly #held = new Map<Screen, number>();
  #receiver: FrameReceiver | null = null;
  #label: Label = 'public';
  /** Packets of the sampled screen that are not applied yet. */
  readonly #samples: Uint8Array[] = [];

  constructor(layer: Layer, events: SwarmEvents) {
    this.#layer = layer;
    this.#events = events;
  }

  wants(_screen: Screen, _opcode: number, length: number): number {
    return length;
  }

  text(screen: Screen, _length: number, bytes: Uint8Array): void {
    const text = Buffer.from(bytes).toString();
    const [type, , data] = JSON.parse(text.slice(MESSAGE.length)) as [number, string, unknown];
    if (type !== packetTypes.event) return;
    const [event, body] = data as [string, unknown];
    if (event === wireEvents.hello) this.#subscribe(screen, body as Hello);
    else if (event === wireEvents.skipped) this.#events.skipped(screen);
    else if (event === wireEvents.error) throw new Error(`screen ${screen.index}: ${text}`);
  }

  binary(screen: Screen, bytes: Uint8Array): void {
    const at = monotonicMs();
    const known = this.#identify(bytes);
    if (this.#receiptsOf(screen).isDue(bytes.byteLength)) screen.sayFrame(known.applied);
    if (screen.index === 0) this.#samples.push(bytes.slice());
    this.#held.set(screen, known.tick);
    if (known.isKey || !screen.isRestored) this.#events.restored(screen, at);
    else this.#events.tick(screen, known.tick, at);
  }

  /** Screens come back as pages that were reloaded: with nothing. */
  forget(): void {
    this.#held.clear();
    this.#receiver = null;
  }

  /** Applies what the sampled screen received → milliseconds of the last packet. */
  applySamples(): number {
    let ms = NaN;
    for (const bytes of this.#samples.splice(0)) {
      const from = performance.now();
      const { frames } = splitFrames(
        bytes[0] === DEFLATED ? inflateSync(bytes.subarray(1)) : bytes.subarray(1),
      );
      for (const frame of frames) {
        this.#receiver ??= new FrameReceiver(this.#layer, this.#label);
        this.#receiver.apply(frame);
      }
      ms = performance.now() - from;
      this.#receiver?.table.clearChanges();
    }
    return ms;
  }

  /** Rows the sampled screen holds. */
  get rows(): number {
    return this.#receiver?.table.size ?? 0;
  }

  #subscribe(screen: Screen, hello: Hello): void {
    this.#label = hello.labels.at(-1) ?? 'public';
    const streams = [{ layer: this.#layer.slug, cells: '*', rateS: 1 }];
    const body = { world: hello.world.id, streams, since: this.#held.get(screen) ?? null };
    screen.say(message(packetTypes.event, [wireEvents.subscribe, body]));
  }

  #receiptsOf(screen: Screen): Receipts {
    let receipts = this.#receipts.get(screen);
    if (!receipts) this.#receipts.set(screen, (receipts = new Receipts()));
    return receipts;
  }

  #identify(bytes: Uint8Array): Known {
    const name = `${bytes.length}:${Buffer.from(bytes.subarray(-12)).toString('latin1')}`;
    const found = this.#known.get(name);
    if (found) return found;
    const { tick, frames } = splitFrames(
      bytes[0] === DEFLATED ? inflateSync(bytes.subarray(1)) : bytes.subarray(1),
    );
    const isKey = frames.length === 0 || decodeHeader(frames[0] as Uint8Array).kind === 'key';
    const applied = clientFrame(opcodes.text, message(packetTypes.event, [wireEvents.applied, tick]));
    const known = { tick, isKey, applied };
    this.#known.set(name, known);
    if (this.#known.size > KEPT_PACKETS) this.#known.delete(this.#known.keys().next().value as string);
    return known;
  }
}
