// Who is in the areas of warnings in force and of plumes, as rows: a warning anew when it changes and when the hour does.
import type { exposure as exposureLayer } from '../../contracts/layers/exposure.ts';
import type { warning } from '../../contracts/layers/warning.ts';
import type { Exposure } from '../../contracts/records/exposure.ts';
import type { LayerTable, RowInput } from '../../contracts/table.ts';
import type { ExposureMeter, Polygons } from '../exposure/port.ts';
import { SELF } from '../kit/own-rows.ts';
import type { TickFollower } from '../state/port.ts';
import type { PlumeRun } from './plume-run.ts';

type Warnings = LayerTable<(typeof warning)['columns']>;
export type ExposureRow = RowInput<(typeof exposureLayer)['columns']>;
type Values = ExposureRow['values'];

export interface ExposureRowsOptions {
  readonly warnings: Warnings;
  readonly exposure: ExposureMeter;
  /** Shape of a row: references to tilesets are looked up. */
  readonly polygonsOf: (slot: number) => Polygons;
  readonly isDemo: boolean;
  readonly write: (rows: readonly ExposureRow[]) => void;
}

/** The hour of the day changes who is where; this is how soon it is seen, ms. */
const EVERY_MS = 600_000;
/** How long it is kept who was exposed to a plume that is over, ms. */
const KEPT_MS = 24 * 3_600_000;
/** No more than so many areas are measured in one tick: each takes milliseconds. */
const A_TICK = 2;

interface Kept {
  readonly row: ExposureRow;
  readonly sentAt: number;
  readonly version: unknown;
}

export class ExposureRows implements TickFollower {
  readonly #options: ExposureRowsOptions;
  readonly #warnings = new Map<string, Kept>();
  #plumes: readonly ExposureRow[] = [];
  #ended: readonly ExposureRow[] = [];
  #isStale = true;

  constructor(options: ExposureRowsOptions) {
    this.#options = options;
  }

  tick({ at }: { readonly at: number }): void {
    this.#follow(at);
    const kept = this.#ended.filter(({ values }) => at - Number(values?.endedAt) < KEPT_MS);
    if (kept.length !== this.#ended.length) this.#isStale = true;
    this.#ended = kept;
    if (!this.#isStale) return;
    this.#isStale = false;
    this.#options.write([
      ...[...this.#warnings.values()].map(({ row }) => row),
      ...this.#plumes,
      ...this.#ended,
    ]);
  }

  /** As the plumes are now. */
  show(runs: readonly PlumeRun[], at: number): void {
    this.#plumes = runs.flatMap((run) => this.#plumeRow(run, at, null));
    this.#isStale = true;
  }

  /** One is over: what it did stays to be seen. */
  end(run: PlumeRun, at: number): void {
    this.#ended = [...this.#ended, ...this.#plumeRow(run, at, at)];
    this.#isStale = true;
  }

  #follow(at: number): void {
    const { warnings, polygonsOf } = this.#options;
    const seen = new Set<string>();
    let left = A_TICK;
    for (let slot = 0; slot < warnings.highWater; slot++) {
      if (warnings.alive[slot] !== 1 || !isInForce(warnings.column('status').get(slot))) continue;
      const key = warnings.keyAt(slot);
      const version = warnings.validAt[slot];
      seen.add(key);
      const held = this.#warnings.get(key);
      if (held && held.version === version && at - held.sentAt < EVERY_MS && at >= held.sentAt) continue;
      if (left-- <= 0) continue;
      const polygons = polygonsOf(slot);
      this.#isStale = true;
      if (polygons.length === 0) this.#warnings.delete(key);
      else this.#warnings.set(key, { row: this.#warningRow(slot, polygons, at), sentAt: at, version });
    }
    for (const key of this.#warnings.keys()) {
      if (seen.has(key)) continue;
      this.#warnings.delete(key);
      this.#isStale = true;
    }
  }

  #warningRow(slot: number, polygons: Polygons, at: number): ExposureRow {
    const { warnings, exposure, isDemo } = this.#options;
    const { key, regionCode, synthetic, values } = warnings.row(slot);
    return {
      ...{ key: `warning/${key}`, validAt: at, regionCode, source: SELF, quality: 'estimated' },
      synthetic: isDemo || synthetic,
      values: {
        ...valuesOf(exposure.measure([polygons], at)),
        subject: values.title ?? values.event ?? key,
        kind: 'warning',
        ...{ exposedPeople: null, ended: 'no', endedAt: null },
      },
    };
  }

  #plumeRow({ facts, last, exposedPeople }: PlumeRun, at: number, endedAt: number | null): ExposureRow[] {
    if (!last) return [];
    return [
      {
        ...{ key: `plume/${facts.id}`, validAt: at, regionCode: facts.region, source: SELF },
        ...{ quality: 'estimated', synthetic: this.#options.isDemo },
        values: {
          ...valuesOf(last.exposure),
          ...{ subject: facts.title.slice(0, 200), kind: 'plume', exposedPeople },
          ...{ ended: endedAt === null ? 'no' : 'yes', endedAt },
        },
      },
    ];
  }
}

/** An exercise or a test is no warning. */
const isInForce = (status: string | null): boolean => status === 'actual' || status === null;

function valuesOf(found: Exposure) {
  const { people, schools, hospitals, shelters } = found;
  return {
    ...{ people: people.value, peopleLow: people.low, peopleHigh: people.high },
    ...{ residents: found.residents, pupils: found.pupilsPresent, workers: found.workersPresent },
    schools: schools.count,
    ...{ hospitals: hospitals.count, beds: hospitals.holds },
    ...{ shelters: shelters.count, shelterPlaces: shelters.holds },
    parks: found.parks.count,
    ...{ roadKm: found.roadKm, areaKm2: found.areaKm2, dayPart: found.dayPart },
    ...{ sourceDay: found.sourceDay, method: found.method.zh },
  } satisfies Partial<Values>;
}
