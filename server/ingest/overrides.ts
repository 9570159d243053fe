// What people said over the sources, by row of one layer: sensors whose reports do not count, values filled in by hand.
// What the source reports meanwhile is remembered, and stands again when the override ends.
import type { ObservationBatch } from '../../contracts/frame.ts';
import type { Quality } from '../../contracts/layer.ts';
import type { ColumnStore, LayerTable } from '../../contracts/table.ts';

/** Source of observations that people made. */
const BY_HAND = 'operator';

interface Filled {
  readonly value: unknown;
  /** Of the source, last; null also where it is not known any more. */
  reported: unknown;
}

interface Override {
  isSilent: boolean;
  /** Of the source, last; null: not known since the start. */
  quality: Quality | null;
  /** By number of the column. */
  readonly filled: Map<number, Filled>;
}

export class Overrides {
  readonly #table: LayerTable;
  readonly #batch: ObservationBatch;
  readonly #names: readonly string[];
  readonly #rows = new Map<string, Override>();

  constructor({ table, batch }: { readonly table: LayerTable; readonly batch: ObservationBatch }) {
    this.#table = table;
    this.#batch = batch;
    this.#names = Object.keys(table.layer.columns);
  }

  /** For hot paths: without one there is nothing to ask. */
  get size(): number {
    return this.#rows.size;
  }

  isSilent(key: string): boolean {
    return this.#rows.get(key)?.isSilent ?? false;
  }

  /** The quality a row shows when its source says `reported`. */
  take(key: string, reported: Quality): Quality {
    const override = this.#rows.get(key);
    if (!override) return reported;
    override.quality = reported;
    return shown(override, reported);
  }

  filled(key: string, column: number): Filled | undefined {
    return this.#rows.get(key)?.filled.get(column);
  }

  silence(key: string): void {
    this.#of(key).isSilent = true;
    this.#show(key);
  }

  endSilence(key: string): void {
    const override = this.#rows.get(key);
    if (!override) return;
    override.isSilent = false;
    this.#show(key);
  }

  /** `value` was checked; `at`: when a person said it, epoch ms. `isNew`: not a fill of an earlier run. */
  fill(key: string, column: string, said: { value: unknown; at: number; isNew: boolean }): void {
    const number = this.#names.indexOf(column);
    const override = this.#of(key);
    const slot = this.#table.slotOf(key);
    const before = override.filled.get(number)?.reported;
    const reported = before ?? (said.isNew && slot >= 0 ? this.#store(column).value(slot) : null);
    override.filled.set(number, { value: said.value, reported });
    if (slot < 0) return;
    const { validAt } = this.#table.stores;
    if ((this.#table.validAt[slot] as number) < said.at) validAt.set(slot, said.at);
    this.#set(slot, column, said.value);
    this.#show(key);
    if (!said.isNew) return;
    this.#batch.append({
      key,
      validAt: said.at,
      regionCode: this.#table.regionAt(slot),
      quality: 'manual',
      source: BY_HAND,
      synthetic: this.#table.syntheticAt(slot),
      values: { [column]: said.value } as Parameters<ObservationBatch['append']>[0]['values'],
    });
  }

  endFill(key: string, column: string): void {
    const override = this.#rows.get(key);
    const number = this.#names.indexOf(column);
    const filled = override?.filled.get(number);
    if (!override || !filled) return;
    override.filled.delete(number);
    const slot = this.#table.slotOf(key);
    if (slot >= 0) this.#set(slot, column, filled.reported);
    this.#show(key);
  }

  #of(key: string): Override {
    const known = this.#rows.get(key);
    if (known) return known;
    const slot = this.#table.slotOf(key);
    const quality = slot < 0 ? null : this.#table.qualityAt(slot);
    // After a restart the row still shows the override itself.
    const reported = quality === 'manual' || quality === 'bad' ? null : quality;
    const override = { isSilent: false, quality: reported, filled: new Map<number, Filled>() };
    this.#rows.set(key, override);
    return override;
  }

  /** Writes the quality that holds now, and forgets what is over. */
  #show(key: string): void {
    const override = this.#rows.get(key);
    if (!override) return;
    const slot = this.#table.slotOf(key);
    if (slot >= 0) {
      this.#table.stores.quality.set(slot, shown(override, override.quality ?? 'suspect'));
      this.#table.touch(slot);
    }
    if (!override.isSilent && override.filled.size === 0) this.#rows.delete(key);
  }

  #set(slot: number, column: string, value: unknown): void {
    this.#store(column).set(slot, value as never);
    this.#table.touch(slot);
  }

  #store(column: string): ColumnStore {
    return this.#table.column(column);
  }
}

function shown({ isSilent, filled }: Override, reported: Quality): Quality {
  if (isSilent) return 'bad';
  return filled.size > 0 ? 'manual' : reported;
}
