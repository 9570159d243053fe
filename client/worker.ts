// Composition root of the worker: socket → inflate → tables → glyph records. The page gets frames that are known to be
// good and vertex data that it only uploads.
import { inflateSync } from 'fflate';
import { CodedError } from '../contracts/errors.ts';
import { splitFrames } from '../contracts/packet.ts';
import { catalog } from './catalog.ts';
import { localMs } from './clock.ts';
import type { FromWorker, ToWorker } from './link/messages.ts';
import { Session } from './link/session.ts';
import { looks } from './looks/looks.ts';
import { LocalFrame } from './map/geo/enu.ts';
import { HeightField } from './map/geo/height-field.ts';
import { fetchHeights } from './map/geo/fetch-heights.ts';
import { densityBox } from './map/groups/density.ts';
import { LayerSums, type Place } from './map/groups/layer-sums.ts';
import type { GlyphUpdate, Place as CityPlace } from './shapes.ts';
import { Receivers } from './stores/receivers.ts';

const DEFLATED = 1;

const receivers = new Receivers(catalog);
const sums = new LayerSums(looks);
let place: Place | null = null;
let session: Session | null = null;
let lastTick: number | null = null;

/** Tables of a former server or of a broken mirror are void on both sides. */
function forget(): void {
  receivers.clear();
  sums.forget();
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
  const nowS = localMs() / 1000;
  const glyphs = place ? sums.changed(receivers.all(), place, nowS) : [];
  const summed = place ? sums.sums(receivers.all(), place, { nowS, whole: false }) : [];
  const tallies = sums.tallies(receivers.all(), { nowMs: localMs(), whole: false });
  for (const [, receiver] of receivers.all()) receiver.table.clearChanges();
  const message: FromWorker = { type: 'frames', tick, wireBytes: packet.byteLength, frames: good, glyphs };
  tell(message, [...good.map((bytes) => bytes.buffer), ...transferables(glyphs)]);
  if (summed.length > 0 || tallies.length > 0) tell({ type: 'sums', sums: summed, tallies });
  if (failure) recover(failure);
}

function recover(failure: CodedError): void {
  tell({ type: 'fault', code: failure.code, message: failure.message });
  session?.resync();
}

function redraw(where: Place, glyphs: readonly GlyphUpdate[]): void {
  tell({ type: 'glyphs', glyphs }, transferables(glyphs));
  resum(where);
}

/** Everything anew: another ground. */
function settle(where: Place): void {
  place = where;
  redraw(where, sums.all(receivers.all(), where, localMs() / 1000));
}

function resum(where: Place): void {
  const nowS = localMs() / 1000;
  tell({
    type: 'sums',
    sums: sums.sums(receivers.all(), where, { nowS, whole: true }),
    tallies: sums.tallies(receivers.all(), { nowMs: localMs(), whole: true }),
  });
}

/** Side of a cell of the density, metres: a village and its fields. */
const HEAT_CELL_M = 1000;

async function takePlace(city: CityPlace): Promise<void> {
  const frame = new LocalFrame(city.origin);
  const [west, south, east, north] = city.bounds;
  const box = densityBox([...frame.toEnu(west, south), ...frame.toEnu(east, north)], HEAT_CELL_M);
  settle({ ground: { frame, heights: new HeightField(null) }, box });
  if (!city.tilesUrl) return;
  const grid = await fetchHeights(city.tilesUrl);
  if (!grid) return;
  settle({ ground: { frame, heights: new HeightField(grid) }, box });
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
    case 'aims':
      sums.aim(data.aims);
      return place ? resum(place) : undefined;
    case 'choices': {
      const changed = sums.choose(data.choices);
      return place ? redraw(place, sums.repainted(receivers.all(), changed)) : undefined;
    }
    case 'applied':
      return session?.applied(data.tick);
    case 'resync':
      forget();
      return session?.resync();
  }
};
