// The state on disk: all kept layers and the cursors of the feeds in one file, replaced in one step. Written in slices
// between the ticks. Cursors are those of the start of a pass, so that none is ever ahead of the rows beside it.
import { createWriteStream, mkdirSync, renameSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Layer } from '../../contracts/layer.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { World } from './port.ts';
import type { Cursors } from './snapshot-file.ts';
import { endLine, headLine, layerLine, rowLine } from './snapshot-file.ts';

/** A slice delays what else is due by no more than this. */
const SLICE_MS = 1;
/** Between two slices: a twentieth of one core at most. */
const PAUSE_MS = 20;
/** Rows of one slice at most, whatever the clock says. */
const SLICE_ROWS = 1000;
/** Bytes are written once and read once: speed counts. */
const GZIP_LEVEL = 1;

export interface SnapshotOptions {
  readonly file: string;
  readonly city: string;
  readonly world: World;
  readonly clock: Clock;
  readonly log: Logger;
  /** Layers that are computed anew after a start are not kept. */
  readonly keeps: (layer: Layer) => boolean;
  /** The revision by which ingest orders deliveries of this row; 0 where its source has none. */
  readonly revisionOf: (layer: string, key: string) => number;
  /** What the feeds remember now; a copy. */
  readonly cursors: () => Cursors;
  /** Makes durable what must not be behind the cursors; false: it could not, so that older cursors are kept. */
  readonly settle: () => Promise<boolean>;
}

export class Snapshots {
  readonly #options: SnapshotOptions;
  /** The cursors of the last pass that settled. */
  #settled: Cursors;
  #pass: Promise<void> | null = null;
  #stopping = new AbortController();
  #isFailing = false;
  /** Longest slice of the last whole pass, and the pass itself, milliseconds. */
  longestSliceMs = 0;
  passMs = 0;

  /** `settled`: the cursors the world was restored with. */
  constructor(options: SnapshotOptions, settled: Cursors) {
    this.#options = options;
    this.#settled = settled;
  }

  /** Whether the last pass failed: the state on disk grows old. */
  get isFailing(): boolean {
    return this.#isFailing;
  }

  /** Starts a pass unless one is running. Call right after a tick, when what was taken in is in the journal. */
  begin(): Promise<void> {
    this.#pass ??= this.#run(true).finally(() => (this.#pass = null));
    return this.#pass;
  }

  /** Gives up a running pass and writes the last one without pauses; nothing may change any more. */
  async finish(): Promise<void> {
    this.#stopping.abort();
    await this.#pass;
    this.#stopping = new AbortController();
    await this.#run(false);
  }

  async #run(isPaced: boolean): Promise<void> {
    const { file, clock, log } = this.#options;
    const { signal } = this.#stopping;
    const began = clock.elapsed();
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      const next = `${file}.new`;
      const written = createWriteStream(next, { flush: true });
      await pipeline(this.#text(isPaced, signal), createGzip({ level: GZIP_LEVEL }), written, { signal });
      renameSync(next, file);
      await syncFolder(path.dirname(file));
    } catch (error) {
      if (signal.aborted) return;
      if (!this.#isFailing) log.error('state.not-written', { file, error: String(error) });
      this.#isFailing = true;
      return;
    }
    if (this.#isFailing) log.info('state.written-again', { file });
    this.#isFailing = false;
    this.passMs = clock.elapsed() - began;
    log.debug('state.written', { passMs: Math.round(this.passMs), longestSliceMs: this.longestSliceMs });
  }

  async *#text(isPaced: boolean, signal: AbortSignal): AsyncGenerator<string> {
    const { city, world, clock } = this.#options;
    const cursors = this.#options.cursors();
    this.longestSliceMs = 0;
    yield headLine({ city, world: world.facts.id, at: clock.now() });
    const counted = { rows: 0 };
    const lines = this.#lines(counted);
    for (;;) {
      const slice = this.#slice(lines);
      if (slice.text !== '') yield slice.text;
      if (slice.isLast) break;
      if (isPaced) await clock.sleep(PAUSE_MS, signal);
    }
    if (await this.#options.settle()) this.#settled = cursors;
    yield endLine(counted.rows, this.#settled);
  }

  #slice(lines: Iterator<string>): { text: string; isLast: boolean } {
    const { clock } = this.#options;
    const began = clock.elapsed();
    let text = '';
    let isLast = false;
    for (let rows = 0; rows < SLICE_ROWS; rows += 1) {
      const line = lines.next();
      isLast = line.done === true;
      if (isLast) break;
      text += line.value;
      if (clock.elapsed() - began >= SLICE_MS) break;
    }
    this.longestSliceMs = Math.max(this.longestSliceMs, clock.elapsed() - began);
    return { text, isLast };
  }

  /** Rows may come and go between two lines: each is whole, and whatever is missed is younger than the cursors. */
  *#lines(counted: { rows: number }): Generator<string> {
    const { world, keeps, revisionOf } = this.#options;
    for (const { layer, table } of world.layers.values()) {
      if (!keeps(layer)) continue;
      yield layerLine(layer);
      for (let slot = 0; slot < table.highWater; slot += 1) {
        if (table.alive[slot] !== 1) continue;
        counted.rows += 1;
        yield rowLine(table, slot, revisionOf(layer.slug, table.keyAt(slot)));
      }
    }
  }
}

/** Makes the renaming itself durable. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
