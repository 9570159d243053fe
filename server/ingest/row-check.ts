// Does a raw row fit its layer, its city and its moment? Compiled once per feed and layer; builds no message:
// `column` and `value` of the last fault are there for whoever keeps a sample.
import type { Column, Geometry, LonLat } from '../../contracts/column.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import type { Layer } from '../../contracts/layer.ts';
import { qualities } from '../../contracts/layer.ts';
import type { ColumnStore } from '../../contracts/table.ts';
import type { Crs, RawRow } from '../kit/feed.ts';
import type { ToWgs84 } from './coordinates.ts';
import { convertGeometry, conversionFrom } from './coordinates.ts';
import type { Bounds } from './port.ts';

/** A clock that runs ahead by less is corrected to our receipt; by more, the moment cannot be trusted. */
export const MAX_AHEAD_MS = 120_000;
/** Older readings of a periodic layer are a broken clock, not a late delivery. */
const MAX_AGE_MS = 30 * 86_400_000;
/** Events may be back-filled from far away. */
const MAX_EVENT_AGE_MS = 5 * 366 * 86_400_000;
/** Forecasts reach this far ahead. */
const MAX_LEAD_MS = 20 * 86_400_000;
/** How far outside the city's box a position may lie: objects come from and go to the neighbours. */
const MARGIN_DEG = 1;
const MAX_ID = 200;
/** City, county, town or village code of GB/T 2260 and below; '' says "nowhere in the city". */
const REGION = /^\d{0,12}$/;

interface ColumnCheck {
  readonly name: string;
  readonly fault: (value: unknown) => ErrorCode | null;
}

export interface RowCheckOptions {
  readonly crs: Crs;
  readonly bounds: Bounds;
  readonly stores: ReadonlyMap<string, ColumnStore>;
}

export class RowCheck {
  /** Where the last fault was found. */
  column = '';
  value: unknown = undefined;
  /** The checked values in WGS-84 by column number; undefined = not said. Valid until the next check. */
  readonly values: unknown[];
  readonly names: readonly string[];
  readonly #checks: readonly ColumnCheck[];
  readonly #convert: ToWgs84;
  readonly #position: number;
  readonly #geometry: number;
  readonly #layer: Layer;

  constructor(layer: Layer, options: RowCheckOptions) {
    const entries = Object.entries<Column>(layer.columns);
    this.#layer = layer;
    this.names = entries.map(([name]) => name);
    this.values = this.names.map(() => undefined);
    this.#convert = conversionFrom(options.crs);
    this.#position = entries.findIndex(([, column]) => column.type === 'position');
    this.#geometry = entries.findIndex(([, column]) => column.type === 'geometry');
    this.#checks = entries.map(([name, column]) => {
      const store = options.stores.get(name);
      if (!store) throw new Error(`layer ${layer.slug}: column ${name} has no store`);
      return { name, fault: columnFault(column, store) };
    });
    this.#bounds = options.bounds;
  }

  readonly #bounds: Bounds;

  /** null: fits, and `values` hold the row. */
  check(row: RawRow, now: number): ErrorCode | null {
    if (typeof row.id !== 'string' || row.id.length === 0 || row.id.length > MAX_ID)
      return this.#fault('record/shape', 'id', row.id);
    const head = this.#timeFault(row, now) ?? this.#headFault(row);
    if (head) return head;
    const { values } = row;
    for (let at = 0; at < this.#checks.length; at += 1) {
      const check = this.#checks[at] as ColumnCheck;
      const value: unknown = values[check.name];
      this.values[at] = value;
      if (value === undefined || value === null) continue;
      const code = check.fault(value);
      if (code) return this.#fault(code, check.name, value);
    }
    return this.#place();
  }

  #headFault({ quality, regionCode, revision, step }: RawRow): ErrorCode | null {
    if (quality !== undefined && !qualities.includes(quality))
      return this.#fault('record/enum', 'quality', quality);
    if (regionCode !== undefined && (typeof regionCode !== 'string' || !REGION.test(regionCode))) {
      return this.#fault('record/shape', 'regionCode', regionCode);
    }
    if (revision !== undefined && !(Number.isSafeInteger(revision) && revision >= 0)) {
      return this.#fault('record/shape', 'revision', revision);
    }
    if (step !== undefined && !(Number.isSafeInteger(step) && step >= 0))
      return this.#fault('record/shape', 'step', step);
    return null;
  }

  #timeFault(row: RawRow, now: number): ErrorCode | null {
    const { validAt } = row;
    const { time, periodS } = this.#layer;
    if (typeof validAt !== 'number' || !Number.isFinite(validAt))
      return this.#fault('record/time', 'validAt', validAt);
    const ahead = validAt - now;
    const furthest = time === 'forecast' ? MAX_LEAD_MS : MAX_AHEAD_MS;
    if (
      time !== 'timeless' &&
      (ahead > furthest || -ahead > (periodS === null ? MAX_EVENT_AGE_MS : MAX_AGE_MS))
    ) {
      return this.#fault('record/time', 'validAt', validAt);
    }
    const { issuedAt } = row;
    if (issuedAt === undefined || issuedAt === null) return null;
    if (typeof issuedAt !== 'number' || !Number.isFinite(issuedAt) || issuedAt - now > MAX_AHEAD_MS) {
      return this.#fault('record/time', 'issuedAt', issuedAt);
    }
    return null;
  }

  /** Converts positions and shapes to WGS-84, then holds the position against the city's surroundings. */
  #place(): ErrorCode | null {
    if (this.#convert && this.#geometry >= 0 && this.values[this.#geometry]) {
      this.values[this.#geometry] = convertGeometry(this.values[this.#geometry] as Geometry, this.#convert);
    }
    if (this.#position < 0) return null;
    let position = this.values[this.#position] as LonLat | null | undefined;
    if (!position) return null;
    if (this.#convert) this.values[this.#position] = position = this.#convert(position);
    const [west, south, east, north] = this.#bounds;
    const [lon, lat] = position;
    const inside =
      lon >= west - MARGIN_DEG &&
      lon <= east + MARGIN_DEG &&
      lat >= south - MARGIN_DEG &&
      lat <= north + MARGIN_DEG;
    return inside ? null : this.#fault('record/place', this.#checks[this.#position]?.name ?? '', position);
  }

  #fault(code: ErrorCode, column: string, value: unknown): ErrorCode {
    this.column = column;
    this.value = value;
    return code;
  }
}

function columnFault(column: Column, store: ColumnStore): (value: unknown) => ErrorCode | null {
  switch (column.type) {
    case 'number': {
      const { min, max } = column;
      return (value) => {
        if (typeof value !== 'number' || value !== value) return 'record/shape';
        return value < min || value > max ? 'record/range' : null;
      };
    }
    case 'enum':
      return (value) => (store.fault(value as never) === null ? null : 'record/enum');
    case 'position':
      return positionFault;
    case 'text':
      return (value) =>
        typeof value !== 'string'
          ? 'record/shape'
          : store.fault(value as never) === null
            ? null
            : 'record/range';
    case 'time':
      return (value) =>
        typeof value === 'number' && store.fault(value as never) === null ? null : 'record/time';
    case 'geometry':
      return (value) => (store.fault(value as never) === null ? null : 'record/place');
    case 'flags':
    case 'strings':
    case 'cells':
      return (value) => (store.fault(value as never) === null ? null : 'record/shape');
  }
}

function positionFault(value: unknown): ErrorCode | null {
  if (!Array.isArray(value) || value.length < 2) return 'record/place';
  const [lon, lat] = value as unknown[];
  if (typeof lon !== 'number' || typeof lat !== 'number') return 'record/place';
  // Written so that NaN fails too; [0, 0] is how receivers without a fix report.
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && !(lon === 0 && lat === 0) ? null : 'record/place';
}
