// A recording as a past that can be shown. Its file is gone through once, part by part, when it is opened; later only the
// parts that are shown are read again, so that a large file does not lie in memory.
import { CodedError } from '../../contracts/errors.ts';
import { decodeHeader } from '../../contracts/frame.ts';
import { FramesUnder } from '../../contracts/frames-under.ts';
import type { Layer } from '../../contracts/layer.ts';
import { layerOfDeclared } from '../../contracts/layer-schema.ts';
import { RecordingReader, type RecordingHead, type RecordingPart } from '../../contracts/recording.ts';
import { splitStretch, type Stretch, type StretchState } from '../../contracts/stretch.ts';
import type { OpenRecording } from '../stores/recording.ts';
import { inflateWithin } from './inflate-within.ts';
import type { PastSource, StretchAsk } from './stretches.ts';

/** Read at once while it is gone through. */
const PIECE_BYTES = 4 * 1024 * 1024;
const BINS = 180;
const DEFLATED = 1;
/** One stretch unpacked; the server ends them at 4 MiB and one state. */
const MOST_STRETCH_BYTES = 256 * 1024 * 1024;

interface Place {
  readonly at: number;
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
  readonly isWhole: boolean;
}

/** Bytes that can be read in parts: a File, or its like. */
export type RecordedBytes = Pick<Blob, 'size' | 'slice'> & { readonly name: string };

export interface Opening {
  /** Layers of this build. */
  readonly catalog: ReadonlyMap<string, Layer>;
  readonly signal: AbortSignal;
  /** How much was gone through, from 0 to 1. */
  readonly progress: (share: number) => void;
}

export class RecordingFile implements PastSource {
  readonly facts: OpenRecording;
  private readonly file: RecordedBytes;
  private readonly places: readonly Place[];
  private readonly layers: RecordedLayers;
  /** What the reader was told last: the moment, the place in hand and what of it is still to come. */
  private told = { at: -1, place: -1, left: [] as readonly StretchState[] };
  private absent: readonly string[] = [];

  private constructor(file: RecordedBytes, scan: Scan, catalog: Opening['catalog']) {
    const { head, places } = scan;
    this.file = file;
    this.places = places;
    this.layers = new RecordedLayers(head, catalog);
    this.facts = factsOf(file.name, scan, this.layers);
  }

  /**
   * Goes through a file. What is whole of a damaged one is opened, and its facts say why it ends there.
   * @throws CodedError recording/… where nothing of it can be shown; what `signal` was aborted with
   */
  static async open(file: RecordedBytes, { catalog, signal, progress }: Opening): Promise<RecordingFile> {
    return new RecordingFile(file, await goThrough(file, signal, progress), catalog);
  }

  get from(): number {
    return this.facts.from;
  }

  readonly edge = (): number => this.facts.to;

  readonly ask = async (ask: StretchAsk, signal: AbortSignal): Promise<Stretch> => {
    const { from, to, stepMs } = ask;
    const isWhole = ask.isFresh || this.told.at !== from;
    const states = isWhole ? [await this.beginAt(from, signal)] : [];
    for (const state of await this.goOn(to, signal)) {
      const at = stepMs === 0 ? state.at : Math.min(to, Math.ceil(state.at / stepMs) * stepMs);
      const last = states.at(-1);
      const isSame = last !== undefined && last.at === at && states.length > (isWhole ? 1 : 0);
      if (isSame) states[states.length - 1] = { at, frames: [...last.frames, ...state.frames] };
      else states.push({ at, frames: state.frames });
    }
    return { head: { from, to, isWhole, stepMs, absent: [...this.absent], refused: [] }, states };
  };

  /** Everything as it stood at a moment. */
  private async beginAt(at: number, signal: AbortSignal): Promise<StretchState> {
    const begin = this.places.findLastIndex((place) => place.isWhole && place.from <= at);
    const first = this.places[begin];
    if (!first) throw new CodedError('recording/damaged', `nothing whole before ${at}`);
    this.layers.forget();
    this.told = { at: first.from - 1, place: begin - 1, left: [] };
    const frames = (await this.goOn(at, signal)).flatMap((state) => state.frames);
    return { at, frames };
  }

  /** What is said after the moment told last, up to another. */
  private async goOn(to: number, signal: AbortSignal): Promise<StretchState[]> {
    const found: StretchState[] = [];
    let { left, place } = this.told;
    // Aborted half-way, the next question begins anew.
    this.told = { at: -1, place: -1, left: [] };
    for (;;) {
      const next = left.findIndex((state) => state.at > to);
      const due = next < 0 ? left : left.slice(0, next);
      for (const { at, frames } of due) found.push({ at, frames: this.layers.say(frames) });
      left = next < 0 ? [] : left.slice(next);
      const following = this.places[place + 1];
      if (left.length > 0 || !following || following.from > to) break;
      place += 1;
      left = await this.read(following, signal);
    }
    this.told = { at: to, place, left };
    return found;
  }

  private async read({ at, bytes }: Place, signal: AbortSignal): Promise<readonly StretchState[]> {
    const packed = new Uint8Array(await this.file.slice(at, at + bytes).arrayBuffer());
    signal.throwIfAborted();
    const body = packed.subarray(1);
    const { head, states } = splitStretch(
      packed[0] === DEFLATED ? inflateWithin(body, MOST_STRETCH_BYTES) : body,
    );
    this.absent = head.absent.filter((slug) => this.layers.shows(slug));
    return states;
  }
}

/** The layers of a file under the declarations of this build. */
class RecordedLayers {
  readonly leftOut: OpenRecording['leftOut'];
  readonly changed: readonly string[];
  private readonly head: RecordingHead;
  private readonly shown = new Map<string, { readonly from: Layer; readonly to: Layer }>();
  private under = new Map<string, FramesUnder>();

  constructor(head: RecordingHead, catalog: ReadonlyMap<string, Layer>) {
    this.head = head;
    const leftOut: (typeof head.layers)[number]['title'][] = [];
    for (const declared of head.layers) {
      const to = catalog.get(declared.slug);
      const from = known(declared);
      if (to && from) this.shown.set(declared.slug, { from, to });
      else leftOut.push(declared.title);
    }
    this.leftOut = leftOut;
    this.changed = [...this.shown]
      .filter(([, { from, to }]) => from.schema !== to.schema)
      .map(([slug]) => slug);
  }

  shows(slug: string): boolean {
    return this.shown.has(slug);
  }

  /** What comes next begins with key frames. */
  forget(): void {
    this.under = new Map();
  }

  /** Frames as this build reads them; those of layers it does not know are left out. */
  say(frames: readonly Uint8Array[]): Uint8Array[] {
    return frames.flatMap((frame) => {
      const { layer: slug, label, world } = decodeHeader(frame);
      const layer = this.shown.get(slug);
      if (!layer) return [];
      if (layer.from.schema === layer.to.schema) return [frame];
      let under = this.under.get(slug);
      if (!under) this.under.set(slug, (under = new FramesUnder(layer.from, layer.to, { world, label })));
      return under.say(frame) ?? [];
    });
  }
}

function known(declared: RecordingHead['layers'][number]): Layer | null {
  try {
    return layerOfDeclared(declared);
  } catch {
    return null;
  }
}

interface Scan {
  readonly head: RecordingHead;
  readonly places: readonly Place[];
  /** Why it ends where it does; '' where all is there. */
  readonly fault: string;
}

async function goThrough(
  file: RecordedBytes,
  signal: AbortSignal,
  progress: (share: number) => void,
): Promise<Scan> {
  const reader = new RecordingReader();
  const parts: RecordingPart[] = [];
  const places: Place[] = [];
  let fault = '';
  try {
    for (let at = 0; at < file.size; at += PIECE_BYTES) {
      const piece = await file.slice(at, at + PIECE_BYTES).arrayBuffer();
      signal.throwIfAborted();
      for (const part of reader.push(new Uint8Array(piece))) {
        if (part.kind === 'stretch') places.push(placeOf(part));
        else parts.push(part);
      }
      progress(Math.min(1, (at + PIECE_BYTES) / file.size));
    }
    reader.end();
  } catch (error) {
    if (!(error instanceof CodedError) || places.length === 0) throw error;
    fault = error.code;
  }
  const head = parts.find((part) => part.kind === 'head')?.head;
  if (!head || places.length === 0) throw new CodedError('recording/truncated', 'no stretch of it is whole');
  const end = parts.find((part) => part.kind === 'end')?.end;
  return { head, places, fault: end?.reason === 'full' ? 'full' : fault };
}

function placeOf({ at, stretch }: RecordingPart & { kind: 'stretch' }): Place {
  const { from, to, isWhole, packed } = stretch;
  return { at, bytes: packed.length, from, to, isWhole };
}

function factsOf(name: string, { head, places, fault }: Scan, layers: RecordedLayers): OpenRecording {
  const { city, madeAt, build, isDemo, stepMs } = head;
  const [from, to] = [places[0]?.from ?? head.from, places.at(-1)?.to ?? head.from];
  return {
    ...{ name, city, madeAt, build, isDemo, stepMs, from, to, fault },
    density: densityOf(places, from, to),
    leftOut: layers.leftOut,
    changed: layers.changed,
  };
}

/** Bytes for each bin as a share of the most; key frames say nothing new. */
function densityOf(places: readonly Place[], from: number, to: number): number[] {
  const bins = new Array<number>(BINS).fill(0);
  const width = Math.max(1, to - from) / BINS;
  for (const place of places) {
    if (place.isWhole) continue;
    const [first, last] = [(place.from - from) / width, Math.max(place.from + 1, place.to - 1) - from].map(
      Math.floor,
    );
    const end = Math.min(BINS - 1, Math.floor((last ?? 0) / width));
    const start = Math.min(end, first ?? 0);
    for (let bin = start; bin <= end; bin += 1)
      bins[bin] = (bins[bin] ?? 0) + place.bytes / (end - start + 1);
  }
  const most = Math.max(1, ...bins);
  return bins.map((bytes) => bytes / most);
}
