// defineLayer: the one declaration of a layer. Tables, frames, checks, maps and documents are derived from it.
import type { Column, Columns, Title, ValueOf } from './column.ts';
import { NULL_QUANTUM, labels } from './column.ts';
import { units } from './units.ts';

export type Topic = 'traffic' | 'environment' | 'emergency' | 'opinion' | 'system';

/** How long history keeps a layer: server/history/journal.ts. */
export type Retention = 'minute' | 'telemetry' | 'state' | 'opinion' | 'record';

export interface LayerDefinition<C extends Columns = Columns> {
  /** Kebab-case; the same in contract, map layer, legend and fixture. */
  readonly slug: string;
  readonly title: Title;
  readonly topic: Topic;
  /** `grid`: each row is one block of at most 64 × 64 cells and carries its own origin and step. */
  readonly kind: 'table' | 'grid';
  /** observed: validAt ≤ knownAt; forecast: rows speak of later moments and carry issuedAt; timeless: reference facts. */
  readonly time: 'observed' | 'forecast' | 'timeless';
  /** Moving objects: positions are predicted in a closed loop; after `freshS` without a report a glyph holds and fades. */
  readonly moving?: { readonly freshS: number };
  /** The time between two reports of one row, in seconds; null: event-driven. A row is late after 2 and stale after 4 of it. */
  readonly periodS: number | null;
  /** Seconds after validAt at which a row ends with reason 'expired'; null: only the source ends it. */
  readonly expireS: number | null;
  /** Name of a time column: once that moment has passed the row ends with reason 'expired', whoever is silent. */
  readonly endsBy?: string;
  /** Milliseconds between two frames, 200–60,000. Default 1,000. */
  readonly tickMs?: number;
  readonly retention: Retention;
  /** Rows of no county concern everybody: a unit of one county sees them beside its own. Default: they are the city's alone. */
  readonly citywide?: boolean;
  /** Rows belong to the units that handle them: a department sees none of them here, its own by their record. */
  readonly ofUnits?: boolean;
  readonly columns: C;
}

export interface Layer<C extends Columns = Columns> extends LayerDefinition<C> {
  readonly tickMs: number;
  /** FNV-1a of the columns' wire form: two builds with the same hash understand each other's frames. */
  readonly schema: number;
}

/** How good a value is; the worst one of a row counts. */
export const qualities = ['good', 'suspect', 'bad', 'estimated', 'manual', 'simulated'] as const;
export type Quality = (typeof qualities)[number];

/** Why a row ended; 'moved' is the codec's own: the row goes on in another cell of the same layer. */
export const removeReasons = ['expired', 'cancelled', 'superseded', 'gone', 'moved'] as const;
export type RemoveReason = (typeof removeReasons)[number];

/** What every row carries besides its columns. */
export interface RowHead {
  /** Entity id issued by the cockpit. */
  readonly key: string;
  /** The moment the row speaks of, epoch ms. */
  readonly validAt: number;
  /** Forecast layers: when the forecast was made, epoch ms; otherwise null. */
  readonly issuedAt: number | null;
  /** Code of the smallest settled region (county or town); '' where no region fits. */
  readonly regionCode: string;
  readonly quality: Quality;
  /** Id of the feed that said it. */
  readonly source: string;
  /** 演示数据. */
  readonly synthetic: boolean;
}

export type RowValues<C extends Columns> = { readonly [K in keyof C]: ValueOf<C[K]> };
export type Row<C extends Columns = Columns> = RowHead & { readonly values: RowValues<C> };

const SLUG = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const COLUMN = /^[a-z][a-zA-Z0-9]*$/;
const RESERVED = new Set([
  'key',
  'validAt',
  'issuedAt',
  'regionCode',
  'quality',
  'source',
  'synthetic',
  'constructor',
]);

/**
 * Checks and completes a declaration.
 * @throws Error naming the layer, the field and what to do, so that a bad definition stops the boot.
 */
export function defineLayer<const C extends Columns>(definition: LayerDefinition<C>): Layer<C> {
  const fail = (where: string, what: string): never => {
    throw new Error(`layer ${definition.slug}: ${where}: ${what}`);
  };
  if (!SLUG.test(definition.slug)) fail('slug', 'use kebab-case, for example "bus-position"');
  const tickMs = definition.tickMs ?? 1000;
  if (tickMs < 200 || tickMs > 60_000) fail('tickMs', `${tickMs} is outside 200–60000`);
  const entries = Object.entries<Column>(definition.columns);
  if (entries.length > 60) fail('columns', 'at most 60: split the layer');
  for (const [name, column] of entries) {
    if (!COLUMN.test(name) || RESERVED.has(name)) fail(name, 'use a camelCase name that no row head uses');
    const bad = columnFault(column);
    if (bad) fail(name, bad);
  }
  const positions = entries.filter(([, column]) => column.type === 'position');
  if (positions.length > 1) fail('columns', 'one position column at most');
  if (definition.moving && positions.length === 0) fail('moving', 'needs a position column');
  if (definition.kind === 'grid' && !entries.some(([, column]) => column.type === 'cells')) {
    fail('kind', 'a grid needs a cells column');
  }
  const { endsBy } = definition;
  if (endsBy !== undefined && !entries.some(([name, { type }]) => name === endsBy && type === 'time')) {
    fail('endsBy', `"${endsBy}" is no time column of this layer`);
  }
  return { ...definition, tickMs, schema: schemaHash(definition.columns) };
}

function columnFault(column: Column): string | null {
  if (column.label && !labels.includes(column.label)) return `label ${column.label} is unknown`;
  switch (column.type) {
    case 'number':
    case 'cells':
      if (!(column.unit in units)) return `unit ${column.unit} is not in contracts/units.ts`;
      if (!(column.step > 0)) return 'step must be above 0';
      if (!(column.min < column.max)) return 'min must be below max';
      if (Math.max(Math.abs(column.min), Math.abs(column.max)) / column.step >= -NULL_QUANTUM - 1) {
        return 'range / step does not fit 31 bits: use a larger step';
      }
      return null;
    case 'enum': {
      const count = Object.keys(column.values).length;
      return count === 0 || count > 255 ? `${count} codes: 1–255 fit` : null;
    }
    case 'flags':
      return Object.keys(column.bits).length > 31 ? 'at most 31 bits' : null;
    case 'text':
    case 'strings':
      return column.max < 1 || column.max > 65_535 ? 'max is outside 1–65535' : null;
    case 'time':
      return column.stepMs < 1 ? 'stepMs must be 1 or more' : null;
    case 'position':
    case 'geometry':
      return null;
    default:
      return 'unknown column type';
  }
}

/** The canonical text whose hash is the schema: what changes the bytes, and nothing that only people read. */
export function schemaText(columns: Columns): string {
  return Object.entries<Column>(columns)
    .map(([name, column]) => `${name}:${column.label ?? 'public'}:${wireForm(column)}`)
    .join('\n');
}

function wireForm(column: Column): string {
  const stored = column.detail ? 'detail ' : '';
  switch (column.type) {
    case 'number':
    case 'cells':
      return `${stored}${column.type}/${column.step}/${column.unit}`;
    case 'enum':
      return `${stored}enum/${Object.keys(column.values).join(',')}`;
    case 'flags':
      return `${stored}flags/${Object.keys(column.bits).join(',')}`;
    case 'time':
      return `${stored}time/${column.stepMs}`;
    default:
      return `${stored}${column.type}`;
  }
}

function schemaHash(columns: Columns): number {
  let hash = 0x811c9dc5;
  for (const char of schemaText(columns)) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
