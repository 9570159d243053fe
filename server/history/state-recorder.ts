// Follows a world and records its states: for each layer a key frame at the start of a window, then a delta a tick.
import { StreamEncoder } from '../../contracts/frame.ts';
import type { TickFollower, World, WorldLayer } from '../state/port.ts';
import type { WindowLog } from './window-file.ts';

/** A window: what must be read, at most, to know the state of a moment. */
const WINDOW_MS = 5 * 60_000;
/** A busy layer gets a key frame after so many changes, but not more often than its rows are worth. */
const MUCH = 60_000;
const TIMES_ITS_ROWS = 10;

interface Recorded {
  readonly held: WorldLayer;
  readonly encoder: StreamEncoder;
  /** Rows that changed since the last key frame. */
  changes: number;
}

export class StateRecorder implements TickFollower {
  readonly #log: WindowLog;
  readonly #layers: readonly Recorded[];
  readonly #onWindow: () => void;
  #windowEnd = -Infinity;
  #windowFrom = Infinity;

  /** `onWindow`: called when a window was closed. */
  constructor(world: World, log: WindowLog, onWindow: () => void) {
    this.#log = log;
    this.#onWindow = onWindow;
    this.#layers = [...world.layers.values()].map((held) => ({
      held,
      encoder: new StreamEncoder(held.table, {
        world: world.facts.id,
        label: 'sensitive',
        rateS: 1,
        cells: [''],
        cellOf: () => 0,
      }),
      changes: 0,
    }));
  }

  tick({ number, at }: { number: number; at: number }): void {
    // A clock that was set back begins a window too.
    const isNew = at >= this.#windowEnd || at < this.#windowFrom || this.#log.isBroken;
    const deltas: Uint8Array[] = [];
    const keys: Uint8Array[] = [];
    for (const layer of this.#layers) {
      const { table } = layer.held;
      if (table.changedCount > 0) {
        layer.encoder.note();
        layer.changes += table.changedCount;
      }
      for (const { bytes } of layer.encoder.encode(number, at)) deltas.push(bytes);
      if (!isNew && layer.changes < Math.max(MUCH, TIMES_ITS_ROWS * table.size)) continue;
      layer.changes = 0;
      keys.push(layer.encoder.key(0, number, at));
    }
    if (!isNew) {
      const frames = [...deltas, ...keys];
      if (frames.length > 0) this.#log.append({ tick: number, knownAt: at, frames });
      return;
    }
    const isFirst = this.#windowEnd === -Infinity;
    this.#log.begin(at);
    this.#log.append({ tick: number, knownAt: at, frames: keys });
    this.#windowFrom = at;
    this.#windowEnd = at + WINDOW_MS;
    if (!isFirst) this.#onWindow();
  }
}
