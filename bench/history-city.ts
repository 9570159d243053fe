// The workload of the history benches: a moving city whose observations and states go the way of the server's own,
// through journal and windows into sealed segments.
import { ObservationBatch } from '../contracts/frame.ts';
import { LayerTable } from '../contracts/table.ts';
import { HistoryFiles } from '../server/history/history-files.ts';
import { Journal } from '../server/history/journal.ts';
import { JournalFollower } from '../server/history/journal-follower.ts';
import { sealAll } from '../server/history/seal-all.ts';
import { StateRecorder } from '../server/history/state-recorder.ts';
import { WindowLog } from '../server/history/window-file.ts';
import type { Logger } from '../server/kit/log.ts';
import { SchemaShelf } from '../server/kit/schema-shelf.ts';
import type { WorldLayer } from '../server/state/port.ts';
import path from 'node:path';
import { CityModel, receiverNoise } from './city-model.ts';
import { fleet, FleetWriter } from './fleet.ts';

const HOUR_MS = 3_600_000;
/** Ticks between two flushes: what waits stays small. */
const FLUSH_TICKS = 60;

const loud = (event: string, facts?: object): void => {
  throw new Error(`${event}: ${JSON.stringify(facts ?? {})}`);
};
const log: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: loud,
  error: loud,
  child: () => log,
};

interface Load {
  readonly objects: number;
  /** Seconds between two reports of one object while it moves; each second its share of them reports. */
  readonly everyS: number;
  /** Of so many objects one is in a dead spot: what it reports is known this many seconds later. Absent: none is. */
  readonly late?: { readonly oneOf: number; readonly byS: number };
}

/** A report on its way. */
interface Held {
  readonly at: number;
  readonly object: number;
  readonly place: readonly [lon: number, lat: number];
  readonly headingDeg: number;
  readonly speedKmh: number;
}

export class HistoryCity {
  readonly files: HistoryFiles;
  readonly schemas: SchemaShelf;
  readonly journalFolder: string;
  readonly #load: Load;
  readonly #city: CityModel;
  readonly #table = new LayerTable(fleet);
  readonly #held: WorldLayer;
  readonly #journal: Journal;
  readonly #windows: WindowLog;
  readonly #follower: JournalFollower;
  readonly #recorder: StateRecorder;
  #number = 0;
  readonly #waiting: Held[] = [];
  observations = 0;

  constructor(folder: string, load: Load) {
    this.files = new HistoryFiles(path.join(folder, 'history/live'));
    this.schemas = new SchemaShelf(path.join(folder, 'schemas'));
    this.schemas.keep([fleet]);
    this.journalFolder = path.join(folder, 'journal/live');
    this.#load = load;
    this.#city = new CityModel(load.objects, 1, receiverNoise);
    // Once, for the keys; from then on those report whose turn it is.
    new FleetWriter(this.#table, this.#city, 0);
    this.#table.clearChanges();
    const table = this.#table as unknown as LayerTable;
    const batch = new ObservationBatch(fleet) as unknown as ObservationBatch;
    this.#held = { layer: fleet, table, batch, updatedAt: null };
    const facts = { id: 'live', kind: 'live', parent: null } as const;
    const world = { facts, layers: new Map([[fleet.slug, this.#held]]), tick: 0 };
    this.#journal = new Journal({ folder: path.join(folder, 'journal'), world: 'live', maxBytes: 1e12, log });
    this.#windows = new WindowLog({ folder: this.files.open, maxWaiting: 1e9, log });
    this.#follower = new JournalFollower(world, this.#journal);
    this.#recorder = new StateRecorder(world, this.#windows, () => undefined);
  }

  /** Writes a stretch of time and seals it. `from`: epoch ms, a whole second. */
  async write(from: number, seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      const at = from + second * 1000;
      this.#report(at);
      this.#number += 1;
      this.#follower.tick({ number: this.#number, at });
      this.#recorder.tick({ number: this.#number, at });
      this.#held.batch.clear();
      this.#held.table.clearChanges();
      if (second % FLUSH_TICKS === 0) await this.#flush();
    }
    await this.#flush();
    await this.#journal.close();
    await this.#windows.close();
    const round = { files: this.files, schemas: this.schemas, journal: this.journalFolder, openFiles: [] };
    const { faults } = sealAll({ ...round, now: from + seconds * 1000 + 2 * HOUR_MS });
    if (faults.length > 0) throw new Error(faults.join('; '));
  }

  async #flush(): Promise<void> {
    await Promise.all([this.#journal.flush(), this.#windows.flush()]);
  }

  /** Those that move and whose turn it is. */
  #report(at: number): void {
    const { everyS, late } = this.#load;
    const city = this.#city;
    city.stepTurn((at / 1000) % everyS, everyS);
    for (let index = 0; index < city.reportedCount; index += 1) {
      const object = city.reported[index] as number;
      const report = {
        ...{ at, object, headingDeg: city.headingDeg[object] as number },
        place: [city.lon[object] as number, city.lat[object] as number] as const,
        speedKmh: city.speedKmh[object] as number,
      };
      if (late && object % late.oneOf === 0) this.#waiting.push(report);
      else this.#take(report);
    }
    const due = at - (late?.byS ?? 0) * 1000;
    for (let first = this.#waiting[0]; first && first.at <= due; first = this.#waiting[0]) {
      this.#waiting.shift();
      this.#take(first);
    }
  }

  #take({ at, object, place, headingDeg, speedKmh }: Held): void {
    this.#table.column('position').setLonLat(object, place[0], place[1]);
    this.#table.column('headingDeg').set(object, headingDeg);
    this.#table.column('speedKmh').set(object, speedKmh);
    this.#table.stores.validAt.set(object, at);
    this.#table.touch(object);
    this.#observe(object);
    this.observations += 1;
  }

  /** As ingest does it: without a row as an object. */
  #observe(object: number): void {
    const { batch } = this.#held;
    const { stores } = this.#table;
    const index = batch.claim(batch.keyNumber(this.#table.keyAt(object)), 0);
    batch.stores.validAt.copy(stores.validAt, object, index);
    batch.stores.issuedAt.copy(stores.issuedAt, object, index);
    batch.stores.region.set(index, stores.region.get(object));
    batch.stores.source.set(index, stores.source.get(object));
    batch.stores.quality.copy(stores.quality, object, index);
    batch.stores.synthetic.copy(stores.synthetic, object, index);
    for (const [name, column] of batch.stores.columns) {
      column.copy(stores.columns.get(name) as never, object, index);
    }
  }
}
