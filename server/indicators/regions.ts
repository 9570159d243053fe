// Numbers for regions: 0 the city, then the counties in the city's own order.
import type { LayerTable } from '../../contracts/table.ts';
import type { CityFacts } from './define.ts';

/** Digits of a county in a region code (GB/T 2260); towns add three more. */
const COUNTY_DIGITS = 6;

export class Regions {
  /** Region number → code. */
  readonly codes: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #byWord = new WeakMap<LayerTable, number[]>();

  constructor(city: CityFacts) {
    const { code, countyOrder } = city.profile;
    this.codes = [code, ...countyOrder];
    this.#numbers = new Map(countyOrder.map((county, index) => [county, index + 1]));
  }

  get count(): number {
    return this.codes.length;
  }

  /** Slot → region, 0 where it lies in no county. Codes are cut once for each word of the table's dictionary. */
  of(table: LayerTable): (slot: number) => number {
    const { region } = table.stores;
    const known = this.#byWord.get(table) ?? [];
    this.#byWord.set(table, known);
    return (slot) => {
      const word = region.data[slot] as number;
      return (known[word] ??= this.#numbers.get(region.get(slot).slice(0, COUNTY_DIGITS)) ?? 0);
    };
  }
}
