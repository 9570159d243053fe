// Seeks: the state of a layer as it was known at a moment, from the finest segment that reaches there, or from the window
// that is still being written.
import path from 'node:path';
import type { FrameHeader } from '../../contracts/frame.ts';
import { decodeHeader } from '../../contracts/frame.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { frameLayer } from './frame-layer.ts';
import type { HistoryFile, HistoryFiles } from './history-files.ts';
import { dayEnd } from './history-files.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';
import { HeadCache } from './head-cache.ts';
import type { StateFrame, StateHead } from './state-segment.ts';
import { applyFrames, isKey, readFrames, receiverOf, stateSegment } from './state-segment.ts';
import type { Tier } from './tiers.ts';
import { readWindow, windowsIn } from './window-file.ts';

export interface StateAt {
  readonly table: LayerTable;
  readonly tick: number;
  /** When what is in the table was last added to, epoch ms. */
  readonly knownAt: number;
  /** Until when it is known to have stood like that: before the moment asked for, there is a gap between. */
  readonly until: number;
  readonly tier: Tier;
}

const DAY_MS = 24 * 3_600_000;

interface Source {
  readonly from: number;
  readonly to: number;
  readonly tier: Tier;
  readonly frames: (until: number) => StateFrame[];
}

/** What a window that is not sealed yet holds of a layer, from its last key frame on. */
interface OpenFrames {
  readonly file: string;
  readonly from: number;
  readonly to: number;
  /** No window was begun after it. */
  readonly isLast: boolean;
  readonly frames: StateFrame[];
}

export class StateReader {
  readonly #files: HistoryFiles;
  readonly #schemas: SchemaShelf;
  readonly #heads = new HeadCache<StateHead>();

  constructor(files: HistoryFiles, schemas: SchemaShelf) {
    this.#files = files;
    this.#schemas = schemas;
  }

  /** null: nothing was known yet, or nothing is kept from then. @throws Error naming a damaged file */
  at(layer: string, moment: number): StateAt | null {
    const source = this.#sourceAt(layer, moment);
    const frames = source?.frames(moment) ?? [];
    const [first] = frames;
    if (!source || !first) return null;
    const { layer: slug, schema }: FrameHeader = decodeHeader(first.frame);
    const receiver = receiverOf(this.#schemas.layer(slug, schema));
    applyFrames(receiver, frames);
    const last = frames.at(-1) as StateFrame;
    return {
      table: receiver.table,
      tick: last.tick,
      knownAt: last.knownAt,
      until: Math.min(source.to, moment),
      tier: source.tier,
    };
  }

  /** From when to when states of a layer are kept; null: none are. */
  range(layer: string): { from: number; to: number } | null {
    // The windows first: what is sealed meanwhile is then seen twice rather than not at all.
    const open = this.#openFrames(layer, Infinity);
    const files = this.#files.of('state', layer);
    const first = files.flatMap(({ file }) => this.#heads.of(file).slice(0, 1)).at(0)?.head;
    const last = files.flatMap(({ file }) => this.#heads.of(file).slice(-1)).at(-1)?.head;
    const known = [...open, ...(first && last ? [{ from: first.from, to: last.to }] : [])];
    if (known.length === 0) return null;
    return {
      from: Math.min(...known.map(({ from }) => from)),
      to: Math.max(...known.map(({ to }) => to)),
    };
  }

  /** Rows that changed, by minute from `from` on, of what overlaps a stretch of time. */
  density(layer: string, from: number, to: number): { from: number; minutes: readonly number[] }[] {
    // The windows first, as above; what was sealed meanwhile counts once.
    const unsealed = this.#openFrames(layer, Infinity);
    const sealed = this.#files
      .of('state', layer)
      .filter((file) => file.day <= to && dayEnd(file) + DAY_MS >= from)
      .flatMap(({ file }) => this.#heads.of(file))
      .filter(({ head }) => head.to >= from && head.from <= to);
    const taken = new Set(sealed.map(({ head }) => head.window));
    const open = unsealed.filter(
      (one) => one.to >= from && one.from <= to && !taken.has(path.basename(one.file)),
    );
    return [
      ...sealed.map(({ head }) => ({ from: head.from, minutes: head.density })),
      ...open.map(({ from: start, to: end, frames }) => {
        const { head } = stateSegment(this.#schemas, { frames, to: end, tier: 'raw', window: '' });
        return { from: start, minutes: head.density };
      }),
    ];
  }

  /** Of all that began before the moment, the one that reaches nearest to it; the finest of those. */
  #sourceAt(layer: string, moment: number): Source | null {
    const open = this.#openSource(layer, moment);
    if (open && open.to >= moment) return open;
    let best: Source | null = open;
    const reach = (source: Source): number => Math.min(source.to, moment);
    const days = new Set<number>();
    for (const file of this.#files.of('state', layer).reverse()) {
      if (file.day > moment) continue;
      // A segment begins in the day of its file and may reach into the next one.
      if (days.size >= 2 && !days.has(file.day)) break;
      const found = this.#inFile(file, moment);
      if (!found) continue;
      days.add(file.day);
      if (!best || reach(found) >= reach(best)) best = found;
    }
    return best;
  }

  #inFile({ file, tier }: HistoryFile, moment: number): Source | null {
    const place = this.#heads.of(file).findLast(({ head }) => head.from <= moment);
    if (!place) return null;
    const { from, to } = place.head;
    return { from, to, tier, frames: (until) => readFrames(place, until) };
  }

  #openSource(layer: string, moment: number): Source | null {
    const [newest] = this.#openFrames(layer, moment);
    if (!newest) return null;
    const { from, to, isLast, frames } = newest;
    // Only the window that is being written speaks for what comes after its last tick.
    return { from, to: isLast ? Math.max(to, moment) : to, tier: 'raw', frames: () => frames };
  }

  /** Of windows not sealed yet, newest first. They are few: the one that is open, and those a crash or a busy thread left. */
  #openFrames(layer: string, until: number): OpenFrames[] {
    const all = windowsIn(this.#files.open);
    const windows = all.filter(({ from }) => from <= until);
    return windows.reverse().flatMap(({ file }) => {
      const ticks = readWindow(file, until);
      const frames = ticks.flatMap(({ tick, knownAt, frames: every }) =>
        every.filter((frame) => frameLayer(frame) === layer).map((frame) => ({ tick, knownAt, frame })),
      );
      const start = frames.findLastIndex(({ frame }) => isKey(frame));
      const first = frames[start];
      const to = ticks.at(-1)?.knownAt ?? 0;
      const isLast = file === all.at(-1)?.file;
      return first ? [{ file, from: first.knownAt, to, isLast, frames: frames.slice(start) }] : [];
    });
  }
}
