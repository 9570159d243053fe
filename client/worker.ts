// Composition root of the worker: socket → inflate → tables → glyph records. The page gets frames that are known to be
// good and vertex data that it only uploads.
import { inflateSync } from 'fflate';
import { CodedError } from '../contracts/errors.ts';
import { splitFrames } from '../contracts/packet.ts';
import { catalog } from './catalog.ts';
import { localMs } from './clock.ts';
import type { FromWorker, ToWorker } from './link/messages.ts';
import { Session } from './link/session.ts';
import { GlyphBuffer, type Ground } from './map/glyphs/glyph-buffer.ts';
import { LocalFrame } from './map/geo/enu.ts';
import { HeightField } from './map/geo/height-field.ts';
import { fetchHeights } from './map/geo/fetch-heights.ts';
import { glyphRules } from './map/layers/glyph-rules.ts';
import type { GlyphUpdate, Place } from './shapes.ts';
import { Receivers } from './stores/receivers.ts';

const DEFLATED = 1;

const receivers = new Receivers(catalog);
let buffers = newBuffers();
let ground: Ground | null = null;
let session: Session | null = null;
let lastTick: number | null = null;

function newBuffers(): Map<string, GlyphBuffer> {
  return new Map(glyphRules.map((rule) => [rule.layer.slug, new GlyphBuffer(rule)]));
}

/** Tables of a former server or of a broken mirror are void on both sides. */
function forget(): void {
  receivers.clear();
  buffers = newBuffers();
  lastTick = null;
  tell({ type: 'reset' });
}

function tell(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

function transferables(glyphs: readonly GlyphUpdate[]): Transferable[] {
  return glyphs.flatMap(({ slots, records }) => (slots ? [slots.buffer, records] : [records]));
}

function takePacket(packet: Uint8Array): void {
  const body = packet.subarray(1);
  const { tick, frames } = splitFrames(packet[0] === DEFLATED ? inflateSync(body) : body);
  const good: Uint8Array<ArrayBuffer>[] = [];
  let failure: CodedError | null = null;
  for (const frame of frames) {
    try {
      receivers.apply(frame);
      good.push(new Uint8Array(frame));
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      failure = error;
    }
  }
  lastTick = tick;
  const glyphs = ground ? changedGlyphs(ground) : [];
  for (const [, receiver] of receivers.all()) receiver.table.clearChanges();
  const message: FromWorker = { type: 'frames', tick, wireBytes: packet.byteLength, frames: good, glyphs };
  tell(message, [...good.map((bytes) => bytes.buffer), ...transferables(glyphs)]);
  if (failure) recover(failure);
}

function recover(failure: CodedError): void {
  tell({ type: 'fault', code: failure.code, message: failure.message });
  session?.resync();
}

function changedGlyphs(where: Ground): GlyphUpdate[] {
  const nowS = localMs() / 1000;
  const updates: GlyphUpdate[] = [];
  for (const [slug, receiver] of receivers.all()) {
    const buffer = buffers.get(slug);
    if (buffer && receiver.table.changedCount > 0) updates.push(buffer.changed(receiver.table, where, nowS));
  }
  return updates;
}

function redrawAll(where: Ground): void {
  const nowS = localMs() / 1000;
  const glyphs: GlyphUpdate[] = [];
  for (const [slug, receiver] of receivers.all()) {
    const buffer = buffers.get(slug);
    if (buffer) glyphs.push(buffer.all(receiver.table, where, nowS));
  }
  tell({ type: 'glyphs', glyphs }, transferables(glyphs));
}

async function takePlace(place: Place): Promise<void> {
  const frame = new LocalFrame(place.origin);
  ground = { frame, heights: new HeightField(null) };
  redrawAll(ground);
  if (!place.tilesUrl) return;
  const grid = await fetchHeights(place.tilesUrl);
  if (!grid) return;
  ground = { frame, heights: new HeightField(grid) };
  redrawAll(ground);
  tell({ type: 'heights', grid });
}

function start(url: string): void {
  session = new Session(url, {
    tell,
    frames: takePacket,
    lastTick: () => lastTick,
    fresh: forget,
  });
  session.start();
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'start':
      return start(data.url);
    case 'place':
      return void takePlace(data.place);
    case 'applied':
      return session?.applied(data.tick);
    case 'resync':
      forget();
      return session?.resync();
  }
};
