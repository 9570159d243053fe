// Merges checked rows of all feeds of one layer into its table and its batch. Each column is a last-writer-wins
// register by (revision, validAt): any order and any number of repeats of the same deliveries end in the same state.
import type { Geometry, LonLat } from '../../contracts/column.ts';
import type { ObservationBatch } from '../../contracts/frame.ts';
import type { ShapeOf } from '../../contracts/geojson.ts';
import type { Layer, Quality, RemoveReason } from '../../contracts/layer.ts';
import type { ColumnStore, LayerTable } from '../../contracts/table.ts';
import type { RawRow } from '../kit/feed.ts';
import { representativePoint } from './coordinates.ts';
import { Entities } from './entities.ts';
import { Overrides } from './overrides.ts';
import { Plausibility } from './plausibility.ts';
import type { RegionGrid } from './region-grid.ts';
import type { RowCheck } from './row-check.ts';
import { mayWrite } from './source-priority.ts';

/** One feed writing one layer. */
export interface Lane {
  readonly number: number;
  readonly feed: string;
  /** The higher one wins. */
  readonly priority: number;
  /** A lane that is silent for more than four of these may be taken over from. */
  readonly periodMs: number;
  readonly synthetic: boolean;
  readonly check: RowCheck;
}

/** late: kept as an observation, older than the state. held: another source owns the row. */
export type Outcome = 'accepted' | 'late' | 'duplicate' | 'held';

/** Objects that ended are remembered this long, so that a late delivery does not bring them back. */
const REMEMBER_ENDED_MS = 24 * 3_600_000;
/** Steps of a millisecond that an epoch time has room for behind its point. */
const STEPS = 4096;

interface Scratch {
  key: string;
  validAt: number;
  issuedAt: number | null;
  regionCode: string;
  quality: Quality;
  source: string;
  synthetic: boolean;
}

/** A checked row on its way in: which object, and our clock at its receipt. */
export interface Arrival {
  readonly object: number;
  readonly now: number;
}

/** The delivery in work; one object, used again for each. */
interface Delivery {
  object: number;
  /** −1: the row is new. */
  slot: number;
  /** `validAt`; behind the point, the step within it. */
  at: number;
  revision: number;
  /** Tells reports of one moment apart in history. */
  told: number;
  low: number;
  high: number;
  isNewest: boolean;
  hasRegion: boolean;
  values: readonly unknown[];
}

export class LayerIngest {
  readonly layer: Layer;
  readonly overrides: Overrides;
  readonly #table: LayerTable;
  readonly #batch: ObservationBatch;
  readonly #regions: RegionGrid;
  readonly #shapeOf: ShapeOf;
  readonly #entities: Entities;
  readonly #plausibility: Plausibility;
  readonly #lanes: Lane[] = [];
  readonly #names: readonly string[];
  readonly #stores: readonly ColumnStore[];
  readonly #batchStores: readonly ColumnStore[];
  readonly #position: number;
  readonly #geometry: number;
  readonly #expireMs: number;
  /** Number of the column whose moment ends the row; −1: none. */
  readonly #endsBy: number;
  readonly #scratch: Scratch;
  readonly #delivery: Delivery = {
    object: 0,
    slot: -1,
    at: 0,
    revision: 0,
    told: 0,
    low: 0,
    high: 0,
    isNewest: false,
    hasRegion: false,
    values: [],
  };

  /** `shapeOf`: of rows that say their shape by a reference. */
  constructor(
    target: { table: LayerTable; batch: ObservationBatch },
    regions: RegionGrid,
    shapeOf: ShapeOf = () => null,
  ) {
    const { table, batch } = target;
    const columns = Object.values(table.layer.columns);
    this.layer = table.layer;
    this.overrides = new Overrides(target);
    this.#table = table;
    this.#batch = batch;
    this.#regions = regions;
    this.#shapeOf = shapeOf;
    this.#names = Object.keys(table.layer.columns);
    this.#stores = [...table.stores.columns.values()];
    this.#batchStores = [...batch.stores.columns.values()];
    // One stamp more than columns: the region has its own, since not every delivery says a place.
    this.#entities = new Entities(this.#names.length + 1);
    this.#plausibility = new Plausibility(table);
    this.#position = columns.findIndex((column) => column.type === 'position');
    this.#geometry = columns.findIndex((column) => column.type === 'geometry');
    this.#endsBy = table.layer.endsBy === undefined ? -1 : this.#names.indexOf(table.layer.endsBy);
    this.#expireMs = table.layer.expireS === null ? Infinity : table.layer.expireS * 1000;
    this.#scratch = {
      key: '',
      validAt: 0,
      issuedAt: null,
      regionCode: '',
      quality: 'good',
      source: '',
      synthetic: false,
    };
  }

  addLane(lane: Omit<Lane, 'number'>): Lane {
    const added = { ...lane, number: this.#lanes.length };
    this.#lanes.push(added);
    return added;
  }

  /** The object number of an entity key. */
  adopt(key: string): number {
    const object = this.#entities.adopt(key);
    this.#plausibility.grow(this.#entities.capacity);
    return object;
  }

  keyOf(object: number): string {
    return this.#entities.keys[object] ?? '';
  }

  /** The revision of what the row of this key says; 0 where nobody said one. */
  revisionOf(key: string): number {
    const object = this.#entities.numberOf(key);
    const revision = object < 0 ? 0 : (this.#entities.lastRevision[object] as number);
    return Number.isFinite(revision) ? revision : 0;
  }

  /** Takes up a row of an earlier run that is in the table again: what is older moves it as little as before. */
  takeUp(lane: Lane, known: { key: string; validAt: number; revision: number }, now: number): number {
    const object = this.adopt(known.key);
    const moment = { at: known.validAt, revision: known.revision };
    for (let column = 0; column <= this.#names.length; column += 1) {
      this.#entities.stamp(object, column, moment);
    }
    this.#entities.lastAt[object] = moment.at;
    this.#entities.lastRevision[object] = moment.revision;
    this.#entities.owner[object] = lane.number;
    this.#entities.ownerAt[object] = now;
    return object;
  }

  /** Merges one row that `lane.check` has just passed; its values are in `lane.check.values`. */
  apply(lane: Lane, row: RawRow, { object, now }: Arrival): Outcome {
    const entities = this.#entities;
    const delivery = this.#begin(object, row, lane.check.values);
    if (entities.isRepeat(object, delivery)) return 'duplicate';
    this.#describe(lane, row, now);
    if (delivery.isNewest) this.#judge();
    const isSilent = this.overrides.size > 0 && this.overrides.isSilent(this.#scratch.key);
    this.#observe(delivery, isSilent);

    if (this.#isOver(row.validAt, now)) return 'late';
    const isGood = this.#scratch.quality === 'good' && !isSilent;
    if (!mayWrite(entities, this.#lanes, { object, lane, now, isGood })) return 'held';
    return this.#write(delivery);
  }

  /** The source says the thing ended. What was reported after that moment lives on, without the older values. */
  end(object: number, reason: RemoveReason, validAt: number): Outcome {
    if (validAt <= (this.#entities.removedAt[object] as number)) return 'duplicate';
    this.#entities.removedAt[object] = validAt;
    const slot = this.#slotOf(object);
    if (validAt < this.lastAtOf(object)) {
      if (slot >= 0) this.#clearOlder(object, slot, validAt);
      return 'late';
    }
    if (slot >= 0) this.#table.remove(slot, reason);
    return 'accepted';
  }

  /** The newest moment told of an object; −Infinity: none. */
  lastAtOf(object: number): number {
    return Math.floor(this.#entities.lastAt[object] as number);
  }

  /** Ends a row its feed no longer lists; it may come back with the same moment. */
  vanish(object: number, lane: Lane): boolean {
    const slot = this.#slotOf(object);
    if (slot < 0 || this.#table.sourceAt(slot) !== lane.feed) return false;
    this.#table.remove(slot, 'gone');
    this.#entities.forgetDeliveries(object);
    return true;
  }

  /** Forgets objects whose rows ended long ago → their numbers. */
  sweep(now: number): number[] {
    const gone: number[] = [];
    for (const object of this.#entities.all()) {
      const last = Math.max(
        this.#entities.lastAt[object] as number,
        this.#entities.removedAt[object] as number,
      );
      if (now - last > REMEMBER_ENDED_MS && this.#slotOf(object) < 0) gone.push(object);
    }
    for (const object of gone) {
      this.#plausibility.forget(object);
      this.#entities.forget(object);
    }
    return gone;
  }

  /** A delivery of something that ended, or that would end as soon as it began. */
  #isOver(validAt: number, now: number): boolean {
    const { object, slot, values } = this.#delivery;
    if (validAt <= (this.#entities.removedAt[object] as number) || validAt + this.#expireMs <= now)
      return true;
    const endAt = this.#endsBy < 0 ? null : values[this.#endsBy];
    return slot < 0 && typeof endAt === 'number' && endAt <= now;
  }

  #clearOlder(object: number, slot: number, at: number): void {
    let isChanged = false;
    for (const [column, store] of this.#stores.entries()) {
      if (this.#entities.isUpTo(object, column, at)) isChanged = store.set(slot, null) || isChanged;
    }
    if (this.#entities.isUpTo(object, this.#names.length, at)) {
      isChanged = this.#table.stores.region.set(slot, '') || isChanged;
    }
    if (isChanged) this.#table.touch(slot);
  }

  #begin(object: number, row: RawRow, values: readonly unknown[]): Delivery {
    const delivery = this.#delivery;
    const lastRevision = this.#entities.lastRevision[object] as number;
    const revision = row.revision ?? 0;
    delivery.object = object;
    delivery.slot = this.#slotOf(object);
    delivery.at = row.step === undefined ? row.validAt : row.validAt + (row.step % STEPS) / STEPS;
    delivery.revision = revision;
    delivery.told = row.step ?? revision;
    delivery.isNewest =
      revision > lastRevision ||
      (revision === lastRevision && delivery.at >= (this.#entities.lastAt[object] as number));
    delivery.hasRegion = row.regionCode !== undefined;
    delivery.values = values;
    delivery.low = 0;
    delivery.high = 0;
    for (let at = 0; at < values.length; at += 1) {
      if (values[at] === undefined) continue;
      if (at < 32) delivery.low = (delivery.low | (1 << at)) >>> 0;
      else delivery.high = (delivery.high | (1 << (at - 32))) >>> 0;
    }
    return delivery;
  }

  #describe(lane: Lane, row: RawRow, now: number): void {
    const scratch = this.#scratch;
    scratch.key = this.keyOf(this.#delivery.object);
    // A source whose clock runs ahead is not believed further than our own: no negative age.
    scratch.validAt = this.layer.time === 'observed' ? Math.min(row.validAt, now) : row.validAt;
    scratch.issuedAt = row.issuedAt == null ? null : Math.min(row.issuedAt, now);
    scratch.regionCode = row.regionCode ?? this.#regionOf(this.#delivery.values);
    scratch.quality = row.quality ?? 'good';
    scratch.source = lane.feed;
    scratch.synthetic = row.synthetic ?? lane.synthetic;
  }

  /** Into the batch; every delivery is kept, whatever becomes of the state. What is known to be wrong is kept as such. */
  #observe({ object, told, values }: Delivery, isSilent: boolean): void {
    const batch = this.#batch;
    const scratch = this.#scratch;
    const { batchKey } = this.#entities;
    const key = batchKey[object] as number;
    if (batch.keys[key] !== scratch.key) batchKey[object] = batch.addKey(scratch.key);
    const index = batch.claim(batchKey[object] as number, told);
    const { validAt, issuedAt, region, source, quality, synthetic } = batch.stores;
    validAt.set(index, scratch.validAt);
    issuedAt.set(index, scratch.issuedAt);
    region.set(index, scratch.regionCode);
    source.set(index, scratch.source);
    quality.set(index, isSilent ? 'bad' : scratch.quality);
    synthetic.set(index, scratch.synthetic);
    for (let column = 0; column < values.length; column += 1) {
      (this.#batchStores[column] as ColumnStore).set(index, (values[column] ?? null) as never);
    }
  }

  /** −1 where the object has no live row. */
  #slotOf(object: number): number {
    const key = this.keyOf(object);
    const { slot } = this.#entities;
    const guess = slot[object] as number;
    if (this.#table.alive[guess] === 1 && this.#table.keyAt(guess) === key) return guess;
    const found = this.#table.slotOf(key);
    if (found >= 0) slot[object] = found;
    return found;
  }

  #judge(): void {
    const isSuspect = this.#plausibility.isSuspect(this.#delivery);
    if (isSuspect && this.#scratch.quality !== 'bad') this.#scratch.quality = 'suspect';
  }

  #regionOf(values: readonly unknown[]): string {
    const position = (this.#position < 0 ? null : values[this.#position]) as LonLat | null | undefined;
    if (position) return this.#regions.regionAt(position[0], position[1]);
    const geometry = (this.#geometry < 0 ? null : values[this.#geometry]) as Geometry | null | undefined;
    const shape = geometry?.type === 'TilesetFeature' ? this.#shapeOf(geometry) : geometry;
    const point = shape ? representativePoint(shape) : null;
    return point ? this.#regions.regionAt(point[0], point[1]) : '';
  }

  /** Writes the columns that are newer than what the row holds. */
  #write(delivery: Delivery): Outcome {
    const { object, values, isNewest } = delivery;
    const isNew = delivery.slot < 0;
    if (isNew) this.#entities.clearStamps(object);
    const slot = isNew ? this.#table.claim(this.#scratch.key) : delivery.slot;
    let isUsed = isNew;
    let isChanged = isNew;
    for (let column = 0; column < values.length; column += 1) {
      const value = values[column];
      const store = this.#stores[column] as ColumnStore;
      const filled = this.overrides.size > 0 ? this.overrides.filled(this.#scratch.key, column) : undefined;
      if (filled && store.set(slot, filled.value as never)) isChanged = true;
      if (value === undefined) {
        if (filled) continue;
        if (isNew) store.set(slot, null);
        continue;
      }
      if (!this.#entities.isNewer(object, column, delivery)) continue;
      this.#entities.stamp(object, column, delivery);
      if (filled) filled.reported = value;
      else if (store.set(slot, value as never)) isChanged = true;
      isUsed = true;
    }
    if (this.#writeRegion(delivery, slot)) isChanged = true;
    if (isNewest || isNew) {
      if (this.#writeHead(slot)) isChanged = true;
      this.#entities.lastAt[object] = delivery.at;
      this.#entities.lastRevision[object] = delivery.revision;
    }
    if (isChanged) this.#table.touch(slot);
    return isUsed || isNewest ? 'accepted' : 'late';
  }

  /** A delivery without a place says nothing about the region. */
  #writeRegion(delivery: Delivery, slot: number): boolean {
    const { object, values, hasRegion } = delivery;
    const isPlaced =
      hasRegion || this.#isGiven(values, this.#position) || this.#isGiven(values, this.#geometry);
    const column = this.#names.length;
    const { region } = this.#table.stores;
    if (!isPlaced) return delivery.slot < 0 ? region.set(slot, '') : false;
    if (!this.#entities.isNewer(object, column, delivery)) return false;
    this.#entities.stamp(object, column, delivery);
    return region.set(slot, this.#scratch.regionCode);
  }

  #writeHead(slot: number): boolean {
    const { stores } = this.#table;
    const scratch = this.#scratch;
    let isChanged = stores.validAt.set(slot, scratch.validAt);
    isChanged = stores.issuedAt.set(slot, scratch.issuedAt) || isChanged;
    isChanged = stores.source.set(slot, scratch.source) || isChanged;
    const quality =
      this.overrides.size > 0 ? this.overrides.take(scratch.key, scratch.quality) : scratch.quality;
    isChanged = stores.quality.set(slot, quality) || isChanged;
    return stores.synthetic.set(slot, scratch.synthetic) || isChanged;
  }

  #isGiven(values: readonly unknown[], column: number): boolean {
    return column >= 0 && values[column] !== undefined;
  }
}
