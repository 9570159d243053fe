// All screens of one load process: opens, cuts and stalls them, and says who received what when.
import type { Layer } from '../../contracts/layer.ts';
import { monotonicMs } from '../measure.ts';
import type { TickReport } from './arrivals.ts';
import { Arrivals } from './arrivals.ts';
import { CockpitDialect } from './cockpit-dialect.ts';
import { JsonDialect } from './json-dialect.ts';
import { Screen } from './screen.ts';

export type Side = 'cockpit' | 'json';

export interface SwarmEvents {
  restored(screen: Screen, atMs: number): void;
  tick(screen: Screen, tick: number, atMs: number): void;
  skipped(screen: Screen): void;
}

export interface SwarmOptions {
  readonly side: Side;
  readonly port: number;
  readonly screens: number;
  readonly layer: Layer;
}

/** Handshakes under way at once while a run is set up. */
const OPENING = 100;

export class Swarm implements SwarmEvents {
  readonly #screens: Screen[];
  readonly #dialect: CockpitDialect | JsonDialect;
  readonly #arrivals: Arrivals;
  readonly #restoredAt: number[] = [];
  #onRestored: () => void = () => undefined;
  #stalled: Screen[] = [];
  skippedNotices = 0;
  lostScreens = 0;

  constructor({ side, port, screens, layer }: SwarmOptions) {
    this.#dialect = side === 'cockpit' ? new CockpitDialect(layer, this) : new JsonDialect(this);
    this.#arrivals = new Arrivals(screens);
    const end = { port, dialect: this.#dialect, lost: () => (this.lostScreens += 1) };
    this.#screens = Array.from({ length: screens }, (_, index) => new Screen(index, end));
  }

  restored(screen: Screen, atMs: number): void {
    if (screen.isRestored) return;
    screen.isRestored = true;
    this.#restoredAt.push(atMs);
    this.#onRestored();
  }

  tick(screen: Screen, tick: number, atMs: number): void {
    if (screen.index < this.#screens.length) this.#arrivals.note(screen.index, tick, atMs);
  }

  skipped(): void {
    this.skippedNotices += 1;
  }

  /** A few at a time, until every screen holds the whole state. */
  open(timeoutMs: number): Promise<void> {
    return this.#restoreAll(this.#screens, { atOnce: OPENING, timeoutMs });
  }

  cut(): void {
    for (const screen of this.#screens) screen.cut();
  }

  forget(): void {
    this.#dialect.forget();
  }

  /** All at once. → milliseconds until each held the whole state, its own decoding included */
  async reopen(timeoutMs: number): Promise<Float64Array> {
    this.#restoredAt.length = 0;
    const from = monotonicMs();
    await this.#restoreAll(this.#screens, { atOnce: Infinity, timeoutMs });
    const applyMs = this.#dialect.applySamples();
    return Float64Array.from(this.#restoredAt, (at) => at - from + applyMs);
  }

  /** Opens screens that stop reading once they hold the state. They count in no report. */
  async stall(count: number, timeoutMs: number): Promise<void> {
    const first = this.#screens[0] as Screen;
    const added = Array.from({ length: count }, (_, index) => first.twin(this.#screens.length + index));
    this.#stalled = added;
    await this.#restoreAll(added, { atOnce: OPENING, timeoutMs });
    for (const screen of added) screen.stall();
  }

  cutStalled(): void {
    for (const screen of this.#stalled.splice(0)) screen.cut();
  }

  /** Waits for a tick at all screens, then applies the sampled one. */
  async await(
    tick: number,
    startMs: number,
    timeoutMs: number,
  ): Promise<TickReport & { readonly applyMs: number }> {
    await this.#arrivals.whole(tick, timeoutMs);
    return { ...this.#arrivals.report(tick, startMs), applyMs: this.#dialect.applySamples() };
  }

  get duplicates(): number {
    return this.#arrivals.duplicates;
  }

  get rows(): number {
    this.#dialect.applySamples();
    return this.#dialect.rows;
  }

  get bytes(): number {
    return this.#screens.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  #restoreAll(screens: readonly Screen[], how: { atOnce: number; timeoutMs: number }): Promise<void> {
    return new Promise((resolve, reject) => {
      let opened = 0;
      let left = screens.length;
      const openNext = (): void => {
        const screen = screens[opened];
        if (!screen) return;
        opened += 1;
        screen.open();
      };
      const timer = setTimeout(
        () => reject(new Error(`${left} of ${screens.length} screens not restored`)),
        how.timeoutMs,
      );
      this.#onRestored = () => {
        left -= 1;
        openNext();
        if (left > 0) return;
        clearTimeout(timer);
        this.#onRestored = () => undefined;
        resolve();
      };
      for (let at = 0; at < Math.min(how.atOnce, screens.length); at += 1) openNext();
    });
  }
}
