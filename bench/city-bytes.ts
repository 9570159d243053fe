// What one screen of the default city receives: the whole server and the simulated city at its own report rates, all
// layers and cells; against JSON deltas of the same changed rows.
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { io } from 'socket.io-client';
import type { Label } from '../contracts/column.ts';
import { FrameReceiver, decodeHeader } from '../contracts/frame.ts';
import type { Layer } from '../contracts/layer.ts';
import { splitFrames } from '../contracts/packet.ts';
import { Receipts } from '../contracts/receipts.ts';
import type { LayerTable } from '../contracts/table.ts';
import type { Hello } from '../contracts/wire.ts';
import { wireEvents } from '../contracts/wire.ts';
import { RunningCity } from '../e2e/kit/processes.ts';
import { loadLayers } from '../server/kit/load-folder.ts';
import * as parser from '../server/realtime/socket-parser.ts';
import { sleep } from './measure.ts';

/** Until every feed has spoken and the filters of new rows have settled. */
const SETTLE_S = 30;
const DEFLATED = 1;

export interface CityBytes {
  readonly seconds: number;
  readonly wireBytes: number;
  readonly jsonBytes: number;
  /** Rows that changed or ended. */
  readonly rows: number;
}

export async function measureCity(seconds: number): Promise<CityBytes> {
  const layers = await loadLayers(fileURLToPath(new URL('../contracts/layers/', import.meta.url)));
  const city = await RunningCity.start({ scale: 1 });
  try {
    const screen = new CountingScreen(city.url, layers);
    await sleep(SETTLE_S * 1000);
    const before = screen.counts;
    await sleep(seconds * 1000);
    const after = screen.counts;
    screen.close();
    return {
      seconds,
      wireBytes: after.wireBytes - before.wireBytes,
      jsonBytes: after.jsonBytes - before.jsonBytes,
      rows: after.rows - before.rows,
    };
  } finally {
    await city.stop();
  }
}

/** A screen that counts what it receives and what JSON would have cost. */
export class CountingScreen {
  readonly #layers: ReadonlyMap<string, Layer>;
  readonly #socket: ReturnType<typeof io>;
  readonly #receivers = new Map<string, FrameReceiver>();
  readonly #receipts = new Receipts();
  #label: Label = 'public';
  /** Of the last packet; −1 before the first. */
  lastTick = -1;
  #counts = { wireBytes: 0, jsonBytes: 0, rows: 0 };

  constructor(url: string, layers: ReadonlyMap<string, Layer>) {
    this.#layers = layers;
    this.#socket = io(url, { transports: ['websocket'], reconnection: false, parser });
    this.#socket.on(wireEvents.hello, (hello: Hello) => this.#subscribe(hello));
    this.#socket.on(wireEvents.frames, (packet: Uint8Array) => this.#take(packet));
  }

  get counts(): Omit<CityBytes, 'seconds'> {
    if (this.#counts.rows === 0) throw new Error('the screen has received nothing');
    return { ...this.#counts };
  }

  close(): void {
    this.#socket.close();
  }

  #subscribe(hello: Hello): void {
    this.#label = hello.labels.at(-1) ?? 'public';
    const streams = hello.layers.map(({ slug }) => ({ layer: slug, cells: '*', rateS: 1 }));
    this.#socket.emit(wireEvents.subscribe, { world: hello.world.id, streams, since: null });
  }

  #take(packet: Uint8Array): void {
    const body = packet.subarray(1);
    const { tick, frames } = splitFrames(packet[0] === DEFLATED ? inflateRawSync(body) : body);
    for (const frame of frames) this.#receiverOf(decodeHeader(frame).layer).apply(frame);
    this.lastTick = tick;
    this.#counts.wireBytes += packet.byteLength;
    for (const { table } of this.#receivers.values()) this.#count(table, tick);
    if (this.#receipts.isDue(packet.byteLength)) this.#socket.emit(wireEvents.applied, tick);
  }

  #receiverOf(slug: string): FrameReceiver {
    const known = this.#receivers.get(slug);
    if (known) return known;
    const layer = this.#layers.get(slug);
    if (!layer) throw new Error(`a frame of ${slug}, which is no layer`);
    const receiver = new FrameReceiver(layer, this.#label);
    this.#receivers.set(slug, receiver);
    return receiver;
  }

  /** A peer's event: the changed rows whole, without what is null. */
  #count(table: LayerTable, tick: number): void {
    const { changedSlots, changedCount } = table;
    if (changedCount === 0) return;
    const rows = Array.from({ length: changedCount }, (_, at) => jsonRow(table, changedSlots[at] as number));
    const event = `42${JSON.stringify(['delta', { tick, layer: table.layer.slug, rows }])}`;
    this.#counts.jsonBytes += Buffer.byteLength(event);
    this.#counts.rows += changedCount;
    table.clearChanges();
  }
}

function jsonRow(table: LayerTable, slot: number): object {
  if (table.alive[slot] !== 1) return { id: table.keyAt(slot), ended: table.removeReasonAt(slot) };
  const { key, validAt, values } = table.row(slot);
  return {
    id: key,
    validAt,
    ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
  };
}
