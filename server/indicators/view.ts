// What an indicator reads through: tables, the scan that keeps quality and age, and the tally it counts into.
import type { Columns } from '../../contracts/column.ts';
import type { Layer, Quality } from '../../contracts/layer.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { CityFacts, LocalTime, ScanOptions, View, Visit } from './define.ts';
import type { Regions } from './regions.ts';
import type { Level } from './score.ts';
import { severityOf } from './score.ts';
import { Tally } from './tally.ts';

export interface ViewOptions {
  readonly now: number;
  readonly city: CityFacts;
  readonly regions: Regions;
  readonly tables: (slug: string) => LayerTable;
  readonly local: (at: number) => LocalTime;
}

/** Rows are stale beyond this many periods of their layer. */
const STALE_PERIODS = 4;
const CITY = 0;

export class TallyView implements View {
  readonly now: number;
  readonly city: CityFacts;
  readonly tally: Tally;
  /** Whether any input has a row: without one the source is not connected, or has said nothing yet. */
  seen = false;
  readonly #options: ViewOptions;

  constructor(options: ViewOptions) {
    this.#options = options;
    this.now = options.now;
    this.city = options.city;
    this.tally = new Tally(options.regions.count);
  }

  get regionCount(): number {
    return this.#options.regions.count;
  }

  local(): LocalTime {
    return this.#options.local(this.now);
  }

  table<C extends Columns>(layer: Layer<C>): LayerTable<C> {
    return this.#options.tables(layer.slug) as unknown as LayerTable<C>;
  }

  isFresh(layer: Layer, slot: number): boolean {
    if (layer.periodS === null) return true;
    const validAt = this.#options.tables(layer.slug).validAt[slot] as number;
    return this.now - validAt <= STALE_PERIODS * 1000 * layer.periodS;
  }

  scan(layer: Layer, visit: Visit, options: ScanOptions = {}): void {
    const table = this.#options.tables(layer.slug);
    const { alive, validAt, highWater } = table;
    const regionOf = this.#options.regions.of(table);
    const oldestAllowed =
      layer.periodS === null ? -Infinity : this.now - STALE_PERIODS * 1000 * layer.periodS;
    const takesStale = options.stale === 'visit' && newest(table) >= oldestAllowed;
    if (table.size > 0) this.seen = true;
    const { tally } = this;
    const toCity = options.scope !== 'counties';
    const toCounty = options.scope !== 'city';
    for (let slot = 0; slot < highWater; slot++) {
      if (alive[slot] !== 1 || options.wants?.(slot) === false) continue;
      const region = regionOf(slot);
      const inCounty = toCounty && region !== CITY;
      if (toCity) tally.expect(CITY);
      if (inCounty) tally.expect(region);
      const at = validAt[slot] as number;
      if ((at < oldestAllowed && !takesStale) || !isUsable(table.qualityAt(slot))) continue;
      if (!visit(slot, region)) continue;
      // A row that is late by design (who is offline?) does not make the answer old.
      const since = takesStale ? Math.max(at, oldestAllowed) : at;
      const synthetic = table.syntheticAt(slot);
      if (toCity) tally.cover(CITY, since, synthetic);
      if (inCounty) tally.cover(region, since, synthetic);
    }
  }

  lanes(count: number): Float64Array {
    return new Float64Array(count * this.regionCount);
  }

  add(region: number, numerator: number, denominator = 1): void {
    this.tally.add(CITY, numerator, denominator);
    if (region !== CITY) this.tally.add(region, numerator, denominator);
  }

  extreme(region: number, value: number, name: string | null = null): void {
    this.tally.extreme(CITY, value, name ?? '');
    if (region !== CITY) this.tally.extreme(region, value, name ?? '');
  }

  sample(region: number, value: number): void {
    this.tally.samples[CITY]?.push(value);
    if (region !== CITY) this.tally.samples[region]?.push(value);
  }

  set(region: number, value: number): void {
    this.tally.direct[region] = value;
  }

  grade(region: number, level: Level): void {
    const mark = severityOf(level) + 1;
    const { worst } = this.tally;
    worst[CITY] = Math.max(worst[CITY] as number, mark);
    worst[region] = Math.max(worst[region] as number, mark);
  }

  note(region: number, text: string): void {
    this.tally.notes[region]?.push(text);
  }

  approximate(): void {
    this.tally.approximate = true;
  }
}

const isUsable = (quality: Quality): boolean => quality !== 'bad' && quality !== 'suspect';

function newest(table: LayerTable): number {
  const { alive, validAt, highWater } = table;
  let at = -Infinity;
  for (let slot = 0; slot < highWater; slot++) {
    if (alive[slot] === 1 && (validAt[slot] as number) > at) at = validAt[slot] as number;
  }
  return at;
}
