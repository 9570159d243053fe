// Frames of a layer as it was once declared, said again under the declaration of today: by the names of the columns.
import { FrameReceiver, StreamEncoder, decodeHeader } from './frame.ts';
import type { Label } from './column.ts';
import { underLayer } from './earlier.ts';
import type { Layer } from './layer.ts';
import { LayerTable } from './table.ts';

export class FramesUnder {
  readonly #receiver: FrameReceiver;
  readonly #table: LayerTable;
  readonly #stream: { readonly world: string; readonly label: Label };
  #encoder: StreamEncoder | null = null;

  constructor(from: Layer, to: Layer, stream: { readonly world: string; readonly label: Label }) {
    this.#receiver = new FrameReceiver(from, stream.label);
    this.#table = new LayerTable(to);
    this.#stream = stream;
  }

  /** A key frame for a key frame, a delta or nothing for a delta. @throws CodedError frame/…; nothing has changed then */
  say(frame: Uint8Array): Uint8Array | null {
    const { kind, tick, knownAt } = decodeHeader(frame);
    this.#receiver.apply(frame);
    this.#takeOver();
    if (kind === 'key') this.#encoder = null;
    this.#encoder ??= new StreamEncoder(this.#table, {
      ...this.#stream,
      ...{ rateS: 1, cells: [''], cellOf: () => 0 },
    });
    this.#encoder.note();
    this.#table.clearChanges();
    const [delta] = this.#encoder.encode(tick, knownAt);
    return kind === 'key' ? this.#encoder.key(0, tick, knownAt) : (delta?.bytes ?? null);
  }

  #takeOver(): void {
    const before = this.#receiver.table;
    const table = this.#table;
    const facts = { from: before.layer, to: table.layer, stores: table.stores };
    for (let at = 0; at < before.changedCount; at += 1) {
      const slot = before.changedSlots[at] as number;
      const key = before.keyAt(slot);
      if (before.alive[slot] === 1) {
        const row = before.row(slot);
        table.put({ ...row, values: underLayer(row.values, facts) as typeof row.values });
      } else if (table.slotOf(key) >= 0) {
        table.remove(table.slotOf(key), before.removeReasonAt(slot) ?? 'gone');
      }
    }
    before.clearChanges();
  }
}
