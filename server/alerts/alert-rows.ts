// Alerts as rows of the layer `alert`: what map, lists, replay and the wall read.
import type { alert } from '../../contracts/layers/alert.ts';
import type { ObservationBatch } from '../../contracts/frame.ts';
import type { LayerTable, RowInput } from '../../contracts/table.ts';
import type { Held } from './fold.ts';

/** What this server says itself, as the source of a row. */
const SELF = 'leader-cockpit';
/** Of the columns of numbers. */
const MOST = 2_000_000;

export interface RowTarget {
  readonly table: LayerTable;
  readonly batch: ObservationBatch;
}

export class AlertRows {
  readonly #target: RowTarget;
  readonly #changed = new Set<Held>();

  constructor(target: RowTarget) {
    this.#target = target;
  }

  mark(held: Held): void {
    this.#changed.add(held);
  }

  /** Writes what changed since the last tick. */
  flush(at: number): void {
    const { table, batch } = this.#target;
    for (const held of this.#changed) {
      if (held.cleared) {
        const slot = table.slotOf(held.id);
        if (slot >= 0) table.remove(slot, held.cleared.why === 'by-hand' ? 'cancelled' : 'gone');
        continue;
      }
      const row = toRow(held, at);
      table.put(row);
      batch.append(row);
    }
    this.#changed.clear();
  }
}

const within = (value: number | null): number | null =>
  value !== null && Math.abs(value) <= MOST ? value : null;

function toRow(held: Held, at: number): RowInput<(typeof alert)['columns']> {
  return {
    key: held.id,
    validAt: at,
    regionCode: held.region,
    source: SELF,
    synthetic: held.synthetic,
    values: {
      position: held.position,
      title: held.title.zh,
      titleEn: held.title.en,
      rule: held.rule,
      severity: held.severity,
      state: held.state === 'cleared' ? null : held.state,
      layer: held.layer,
      row: held.key,
      value: within(held.value),
      limit: within(held.limit),
      column: held.column,
      since: held.since,
      until: held.shelved?.until ?? null,
      signals: held.members.size,
      marks: Number(held.alarm) | (Number(held.chattering) << 1),
      by: (held.shelved ?? held.acknowledged)?.by ?? null,
    },
  };
}
