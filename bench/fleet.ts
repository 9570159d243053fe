// The layer of the benches, what a moving object reports without the facts that never change, and its table as ingest
// would write it.
import { number, position, title } from '../contracts/declare.ts';
import { defineLayer } from '../contracts/layer.ts';
import type { LayerTable } from '../contracts/table.ts';
import { countyCodes, type CityModel } from './city-model.ts';

export const fleet = defineLayer({
  slug: 'bench-fleet',
  title: title('车队', 'Fleet'),
  topic: 'traffic',
  kind: 'table',
  time: 'observed',
  moving: { freshS: 30 },
  periodS: 1,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    headingDeg: number(title('航向', 'Heading'), ['degree', 1, 0, 359]),
    speedKmh: number(title('速度', 'Speed'), ['km/h', 1, 0, 250]),
  },
});

export type FleetTable = LayerTable<typeof fleet.columns>;

/** Writes what the model reports into a table. Slots are given in order and nothing ends: object number = slot. */
export class FleetWriter {
  readonly #table: FleetTable;
  readonly #model: CityModel;
  readonly #counties: readonly number[];

  /** Puts every object, as it was reported at `at`. */
  constructor(table: FleetTable, model: CityModel, at: number) {
    this.#table = table;
    this.#model = model;
    this.#counties = countyCodes.map((code) => table.stores.region.idOf(code));
    for (let object = 0; object < model.count; object += 1) {
      table.put({ key: `v:${100_000 + object}`, validAt: at, source: 'bench', values: {} });
    }
    this.report(at);
  }

  /** Writes the objects that reported in the last step. */
  report(at: number): void {
    const { stores } = this.#table;
    const model = this.#model;
    const places = this.#table.column('position');
    const headings = this.#table.column('headingDeg');
    const speeds = this.#table.column('speedKmh');
    for (let index = 0; index < model.reportedCount; index += 1) {
      const object = model.reported[index] as number;
      places.setLonLat(object, model.lon[object] as number, model.lat[object] as number);
      headings.set(object, model.headingDeg[object] as number);
      speeds.set(object, model.speedKmh[object] as number);
      stores.validAt.set(object, at);
      stores.region.data[object] = this.#counties[model.county[object] as number] as number;
      this.#table.touch(object);
    }
  }
}
