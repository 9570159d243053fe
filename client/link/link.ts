// The page's side of the link: starts the worker and lays what it says into the stores.
import { watch } from 'vue';
import { Receipts } from '../../contracts/receipts.ts';
import { localMs } from '../clock.ts';
import { chosen } from '../stores/choices.ts';
import { applyGlyphs, clearGlyphs } from '../stores/glyphs.ts';
import { heightGrid } from '../stores/ground.ts';
import { applyFrames, clearLayers, traffic } from '../stores/layers.ts';
import { applyHello, applyLink, session } from '../stores/session.ts';
import { aims, applySums, clearSums } from '../stores/sums.ts';
import { applyRecording, recordingWish } from '../stores/recording.ts';
import { cursorWish } from '../stores/replay.ts';
import { applyBeat, applyCursor, isPast } from '../stores/time.ts';
import type { Place } from '../shapes.ts';
import type { FromWorker, ToWorker } from './messages.ts';

export interface Link {
  setPlace(place: Place): void;
  stop(): void;
}

/** The server at an origin, and the world of it that is shown. */
interface Source {
  readonly url: string;
  readonly world: string;
}

/** @param worker made by the caller, so that the bundler sees its address */
export function startLink(worker: Worker, { url, world }: Source): Link {
  const post = (message: ToWorker): void => worker.postMessage(message);
  const frames = framesTaker(post);

  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    switch (data.type) {
      case 'frames':
        return frames.take(data);
      case 'cursor':
        return applyCursor(data.cursor);
      case 'recording':
        return applyRecording(data.news);
      case 'glyphs':
        return applyGlyphs(data.glyphs);
      case 'sums':
        return applySums(data);
      case 'reset':
        return frames.reset();
      case 'hello':
        return applyHello(data.hello);
      case 'link':
        return applyLink(data.state, data.since, data.reason);
      case 'clock':
        return applyBeat(data.at, data.receivedAt, data.speed);
      case 'heights':
        heightGrid.value = data.grid;
        return;
      case 'skipped':
        traffic.skipped += data.toTick - data.fromTick + 1;
        return;
      case 'refused':
        return noteRefused(data);
      case 'fault':
        session.fault = `${data.message} [${data.code}]`;
        return;
    }
  };
  applyLink('connecting', localMs(), '');
  post({ type: 'start', url, world });
  const stop = tellWishes(post);
  return {
    setPlace: (place) => post({ type: 'place', place }),
    stop() {
      stop();
      worker.terminate();
    },
  };
}

interface FramesTaker {
  take(message: FromWorker & { type: 'frames' }): void;
  /** What was received is void, or what follows can be taken again. */
  reset(): void;
}

/** Lays frames into the stores and says so to whoever paces them; what cannot be applied is asked for anew. */
function framesTaker(post: (message: ToWorker) => void): FramesTaker {
  const receipts = new Receipts();
  let waitingForReset = false;

  const reset = (): void => {
    waitingForReset = false;
    forget();
  };
  const take = (message: FromWorker & { type: 'frames' }): void => {
    if (message.isFresh) reset();
    if (waitingForReset) return;
    // First the clock they speak of: what follows from them is made with it.
    if (message.cursor) applyCursor(message.cursor);
    try {
      applyFrames(message.frames);
    } catch (error) {
      waitingForReset = true;
      post({ type: 'resync', reason: error instanceof Error ? error.message : String(error) });
      return;
    }
    applyGlyphs(message.glyphs);
    // The past is paced by what the page has taken; the server knows nothing of it.
    if (isPast.value) return post({ type: 'applied', tick: message.tick });
    traffic.wireBytes += message.wireBytes;
    traffic.packets++;
    traffic.lastTick = message.tick;
    if (receipts.isDue(message.wireBytes)) post({ type: 'applied', tick: message.tick });
  };
  return { take, reset };
}

function noteRefused({ layer, message, code }: FromWorker & { type: 'refused' }): void {
  session.refused.add(layer);
  session.fault = `${layer}: ${message} [${code}]`;
}

function forget(): void {
  clearLayers();
  clearSums();
  clearGlyphs();
}

/** Tells the worker how this screen wants its layers, whenever that changes. */
function tellWishes(post: (message: ToWorker) => void): () => void {
  const stops = [
    watch(aims, (wanted) => post({ type: 'aims', aims: wanted })),
    watch(chosen, (choices) => post({ type: 'choices', choices })),
    watch(recordingWish, (wish) => wish && post({ type: 'recording', wish }), { flush: 'sync' }),
    // At once: two wishes of one moment are two.
    watch(cursorWish, (wish) => wish && post({ type: 'cursor', wish }), { flush: 'sync' }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
