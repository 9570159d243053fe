// What is recorded of layers, as runs of frames that begin with a key frame: sealed segments, and behind them the windows
// that are not sealed yet, which are read once for all layers.
import { frameLayer } from './frame-layer.ts';
import { HeadCache } from './head-cache.ts';
import type { HistoryFile, HistoryFiles } from './history-files.ts';
import { dayEnd } from './history-files.ts';
import type { SegmentPlace } from './segment-file.ts';
import type { StateFrame, StateHead } from './state-segment.ts';
import { isKey, readFrames } from './state-segment.ts';
import type { Tier } from './tiers.ts';
import { readWindow, windowsIn } from './window-file.ts';

export interface Recording {
  /** Tells one from another. */
  readonly id: string;
  readonly from: number;
  /** Until when it speaks of the layer, epoch ms. */
  readonly to: number;
  readonly tier: Tier;
  /** Not sealed yet: it may grow, and its frames are at hand. */
  readonly isOpen: boolean;
  /** All of it, a key frame first. @throws Error naming a damaged file */
  readonly frames: () => readonly StateFrame[];
}

/** What the windows hold that are not sealed yet, by layer. */
export type OpenRecordings = ReadonlyMap<string, readonly Recording[]>;

const DAY_MS = 24 * 3_600_000;

export class Recordings {
  readonly #files: HistoryFiles;
  readonly #heads = new HeadCache<StateHead>();

  constructor(files: HistoryFiles) {
    this.#files = files;
  }

  /** Windows that are not sealed yet, up to a moment. Read it before `of`: what is sealed meanwhile is seen twice then. */
  open(until: number): OpenRecordings {
    const byLayer = new Map<string, Recording[]>();
    const windows = windowsIn(this.#files.open);
    windows.forEach(({ file, from }, index) => {
      if (from > until) return;
      const isLast = index === windows.length - 1;
      for (const [layer, one] of runsOf(file, until, isLast)) {
        byLayer.set(layer, [...(byLayer.get(layer) ?? []), ...one]);
      }
    });
    return byLayer;
  }

  /** Of a layer, what may speak of a stretch of time, oldest first. */
  of(layer: string, { from, to }: { from: number; to: number }, open: OpenRecordings): Recording[] {
    const sealed = this.#sealedFrom(layer, from, to);
    const all = [...sealed, ...(open.get(layer) ?? []).filter((one) => one.from <= to)];
    return all.sort((a, b) => a.from - b.from);
  }

  /** Segments that overlap the stretch, and of what lies before it the last that is left. */
  #sealedFrom(layer: string, from: number, to: number): Recording[] {
    const found: Recording[] = [];
    let reaches = false;
    for (const file of finestOfDays(this.#files.of('state', layer)).reverse()) {
      if (file.day > to) continue;
      // A segment begins in the day of its file and may reach into the next one.
      if (reaches && dayEnd(file) + DAY_MS < from) break;
      const places = this.#heads.of(file.file).filter(({ head }) => head.from <= to);
      const before = places.findLast(({ head }) => head.from <= from);
      const wanted = places.filter((place) => place === before || place.head.to >= from);
      reaches ||= before !== undefined;
      found.push(...wanted.map(recordingOf));
    }
    return found;
  }
}

/** While a day is thinned it lies there twice. */
function finestOfDays(files: readonly HistoryFile[]): HistoryFile[] {
  return files.filter(({ day }, at) => files[at - 1]?.day !== day);
}

function recordingOf(place: SegmentPlace<StateHead>): Recording {
  const { from, to, tier } = place.head;
  return {
    id: `${place.file} ${place.bodyAt}`,
    from,
    to,
    tier,
    isOpen: false,
    frames: () => readFrames(place),
  };
}

/** Of each layer the runs of a window: one a key frame. */
function runsOf(file: string, until: number, isLast: boolean): Map<string, Recording[]> {
  const ticks = readWindow(file, until);
  const byLayer = new Map<string, StateFrame[][]>();
  for (const { tick, knownAt, frames } of ticks) {
    for (const frame of frames) {
      const layer = frameLayer(frame);
      const runs = byLayer.get(layer) ?? [];
      if (isKey(frame)) runs.push([]);
      runs.at(-1)?.push({ tick, knownAt, frame });
      byLayer.set(layer, runs);
    }
  }
  // Only the window that is being written speaks for what comes after its last tick.
  const end = isLast ? Infinity : (ticks.at(-1)?.knownAt ?? 0);
  return new Map(
    [...byLayer].map(([layer, runs]) => [
      layer,
      runs.map((frames, at): Recording => {
        const from = (frames[0] as StateFrame).knownAt;
        const to = runs[at + 1]?.[0]?.knownAt ?? end;
        return { id: `${file} ${from}`, from, to, tier: 'raw', isOpen: true, frames: () => frames };
      }),
    ]),
  );
}
