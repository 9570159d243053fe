// Composition root of the worker: socket → inflate → tables → glyph records. The page gets frames that are known to be
// good and vertex data that it only uploads.
import { inflateSync } from 'fflate';
import { CodedError } from '../contracts/errors.ts';
import { splitFrames } from '../contracts/packet.ts';
import { catalog } from './catalog.ts';
import { after, CityClock, every, localMs } from './clock.ts';
import type { FromWorker, ToWorker } from './link/messages.ts';
import { Player, type Shown } from './link/player.ts';
import { RecordingDoor } from './link/recording-door.ts';
import { Session } from './link/session.ts';
import { stretchReader } from './link/stretches.ts';
import { looks } from './looks/looks.ts';
import { LocalFrame } from './map/geo/enu.ts';
import { HeightField } from './map/geo/height-field.ts';
import { fetchHeights } from './map/geo/fetch-heights.ts';
import { densityBox } from './map/groups/density.ts';
import { LayerSums, type Place } from './map/groups/layer-sums.ts';
import type { GlyphUpdate, Place as CityPlace } from './shapes.ts';
import type { Cursor } from './stores/cursor.ts';
import { Receivers } from './stores/receivers.ts';
import { LIVE_WORLD } from './world.ts';

const DEFLATED = 1;

const receivers = new Receivers(catalog);
const sums = new LayerSums(looks);
const cityClock = new CityClock();
let place: Place | null = null;
let session: Session | null = null;
let player: Player | null = null;
let recordings: RecordingDoor | null = null;
let lastTick: number | null = null;
/** Live data is wanted; and what comes is of the subscription that was made for it. */
let wantsLive = true;
let takesLive = true;

/** A world beside live: its clock may hurry or stand. */
let isOwnClock = false;

/** Seconds of the clock that legs run by: that of the cursor in the past, the local one or that of the world now. */
function legNowS(): number {
  if (player && !player.isLive) return player.at / 1000;
  return (isOwnClock ? cityClock.now() : localMs()) / 1000;
}

/** Tables of a former server or of a broken mirror are void on both sides. */
function forget(): void {
  forgetTables();
  tell({ type: 'reset' });
}

function forgetTables(): void {
  receivers.clear();
  sums.forget();
  lastTick = null;
}

function tell(message: FromWorker, transfer: Transferable[] = []): void {
  if (message.type === 'clock') cityClock.beat(message.at, message.receivedAt, message.speed);
  self.postMessage(message, { transfer });
}

function transferables(glyphs: readonly GlyphUpdate[]): Transferable[] {
  return glyphs.flatMap(({ slots, records }) => (slots ? [slots.buffer, records] : [records]));
}

/** Frames for the tables of both sides, live or of the past. */
interface Arrival {
  readonly frames: readonly Uint8Array[];
  readonly tick: number;
  readonly wireBytes: number;
  readonly isFresh: boolean;
  /** What moves stands anew. */
  readonly isJump: boolean;
  readonly cursor: Cursor | null;
}

function takePacket(packet: Uint8Array): void {
  if (!takesLive) return;
  const body = packet.subarray(1);
  const { tick, frames } = splitFrames(packet[0] === DEFLATED ? inflateSync(body) : body);
  const cursor = player?.isLive === false ? player.arrive() : null;
  const isBack = cursor !== null;
  if (isBack) recordings?.left();
  if (isBack) sums.byCityClock(isOwnClock);
  take({ frames, tick, wireBytes: packet.byteLength, isFresh: isBack, isJump: isBack, cursor });
  lastTick = tick;
}

function takePast({ states, isFresh, isJump, cursor }: Shown): void {
  sums.byCityClock(true);
  take({ frames: states.flatMap(({ frames }) => frames), tick: 0, wireBytes: 0, isFresh, isJump, cursor });
}

function take({ frames, tick, wireBytes, isFresh, isJump, cursor }: Arrival): void {
  if (isFresh) forgetTables();
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
  const nowS = legNowS();
  const glyphs = place ? sums[isJump ? 'all' : 'changed'](receivers.all(), place, nowS) : [];
  const summed = place ? sums.sums(receivers.all(), place, { nowS, whole: isJump }) : [];
  const tallies = sums.tallies(receivers.all(), { nowMs: localMs(), whole: isJump });
  for (const [, receiver] of receivers.all()) receiver.table.clearChanges();
  const message: FromWorker = { type: 'frames', tick, wireBytes, frames: good, glyphs, isFresh, cursor };
  tell(message, [...good.map((bytes) => bytes.buffer), ...transferables(glyphs)]);
  if (summed.length > 0 || tallies.length > 0) tell({ type: 'sums', sums: summed, tallies });
  if (failure) recover(failure);
}

function recover(failure: CodedError): void {
  tell({ type: 'fault', code: failure.code, message: failure.message });
  resync();
}

function resync(): void {
  player?.resync();
  session?.resync();
}

function redraw(where: Place, glyphs: readonly GlyphUpdate[]): void {
  tell({ type: 'glyphs', glyphs }, transferables(glyphs));
  resum(where);
}

/** Everything anew: another ground. */
function settle(where: Place): void {
  place = where;
  redraw(where, sums.all(receivers.all(), where, legNowS()));
}

function resum(where: Place): void {
  const nowS = legNowS();
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

function start(source: { readonly url: string; readonly world: string }): void {
  isOwnClock = source.world !== LIVE_WORLD;
  sums.byCityClock(isOwnClock);
  const live = new Session(source, {
    tell,
    frames: takePacket,
    lastTick: () => lastTick,
    fresh: () => (wantsLive ? forget() : undefined),
    subscribed: () => {
      takesLive = wantsLive;
    },
  });
  session = live;
  player = new Player({
    history: stretchReader(source.url, source.world),
    now: localMs,
    every,
    after,
    cityNow: () => cityClock.now(),
    show: takePast,
    tell: (cursor) => tell({ type: 'cursor', cursor }),
    leaveLive: () => {
      wantsLive = false;
      takesLive = false;
      lastTick = null;
      live.leave();
    },
    wantLive: () => {
      wantsLive = true;
      live.watchAgain();
    },
  });
  recordings = new RecordingDoor({
    catalog,
    show: (source) => player?.open(source),
    tell: (news) => tell({ type: 'recording', news }),
  });
  live.start();
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'start':
      return start(data);
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
      return player?.isLive === false ? player.applied() : session?.applied(data.tick);
    case 'cursor':
      return player?.wish(data.wish);
    case 'recording':
      return recordings?.wish(data.wish);
    case 'resync':
      if (wantsLive) forget();
      return resync();
  }
};
