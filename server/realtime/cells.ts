// The cells streams are cut into: one for each county, and 'out' for what lies in none.
import type { LayerTable } from '../../contracts/table.ts';

/** Digits of a county in a region code (GB/T 2260); towns add three more. */
const COUNTY_DIGITS = 6;

export const OUT = 'out';

export class Cells {
  readonly codes: readonly string[];
  readonly #indexOf: ReadonlyMap<string, number>;

  constructor(counties: readonly string[]) {
    this.codes = [...counties, OUT];
    this.#indexOf = new Map(this.codes.map((code, index) => [code, index]));
  }

  indexOf(code: string): number {
    return this.#indexOf.get(code) ?? -1;
  }

  /** Slot → cell of a table, one array look-up a row: codes are cut once for each word of the table's dictionary. */
  of(table: LayerTable): (slot: number) => number {
    const { region } = table.stores;
    const cellOfWord: number[] = [];
    return (slot) => {
      const word = region.data[slot] as number;
      const known = cellOfWord[word];
      if (known !== undefined) return known;
      const cell = this.#indexOf.get(region.get(slot).slice(0, COUNTY_DIGITS)) ?? this.codes.length - 1;
      cellOfWord[word] = cell;
      return cell;
    };
  }
}
