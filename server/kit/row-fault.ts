// Does a raw row fit the columns of its layer? The first misfit as a code and a sentence, or null.
import type { CellsColumn, Column } from '../../contracts/column.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import type { Layer } from '../../contracts/layer.ts';
import { qualities } from '../../contracts/layer.ts';
import type { RawRow } from './feed.ts';

export interface RowFault {
  readonly code: ErrorCode;
  readonly detail: string;
}

export function rowFault(layer: Layer, row: RawRow): RowFault | null {
  if (typeof row.id !== 'string' || row.id === '' || row.id.length > 200)
    return { code: 'record/shape', detail: 'id' };
  if (!Number.isFinite(row.validAt)) return { code: 'record/time', detail: `validAt ${row.validAt}` };
  if (row.issuedAt !== undefined && row.issuedAt !== null && !Number.isFinite(row.issuedAt)) {
    return { code: 'record/time', detail: `issuedAt ${row.issuedAt}` };
  }
  if (row.quality !== undefined && !qualities.includes(row.quality)) {
    return { code: 'record/enum', detail: `quality ${row.quality}` };
  }
  for (const [name, value] of Object.entries<unknown>(row.values)) {
    const column = layer.columns[name];
    if (!column) return { code: 'record/shape', detail: `${name}: no such column in ${layer.slug}` };
    if (value === undefined || value === null) continue;
    const code = valueFault(column, value);
    if (code) return { code, detail: `${name}: ${String(value).slice(0, 80)}` };
  }
  return null;
}

function valueFault(column: Column, value: unknown): ErrorCode | null {
  switch (column.type) {
    case 'number':
      if (typeof value !== 'number' || Number.isNaN(value)) return 'record/shape';
      return value < column.min || value > column.max ? 'record/range' : null;
    case 'flags':
      return Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31 ? null : 'record/shape';
    case 'time':
      return Number.isFinite(value) ? null : 'record/time';
    case 'enum':
      return typeof value === 'string' && Object.hasOwn(column.values, value) ? null : 'record/enum';
    case 'text':
      if (typeof value !== 'string') return 'record/shape';
      return value.length > column.max ? 'record/range' : null;
    case 'strings':
      if (!Array.isArray(value) || !value.every((text) => typeof text === 'string')) return 'record/shape';
      return value.length > column.maxItems || value.some((text) => text.length > column.max)
        ? 'record/range'
        : null;
    case 'position':
      return isLonLat(value) ? null : 'record/place';
    case 'geometry':
      return geometryFault(column.shapes, value);
    case 'cells':
      return cellsFault(column, value);
    default:
      return 'record/shape';
  }
}

/** NaN is "no coverage". */
function cellsFault(column: CellsColumn, value: unknown): ErrorCode | null {
  if (typeof value !== 'object' || value === null || !('nx' in value && 'ny' in value && 'values' in value)) {
    return 'record/shape';
  }
  const { nx, ny, values } = value;
  if (!(values instanceof Float32Array) || !isSide(nx) || !isSide(ny) || values.length !== nx * ny)
    return 'record/shape';
  return values.some((cell) => cell < column.min || cell > column.max) ? 'record/range' : null;
}

function isSide(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 64;
}

function isLonLat(value: unknown): boolean {
  if (!Array.isArray(value) || value.length < 2) return false;
  const [lon, lat] = value as unknown[];
  return typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}

function geometryFault(shapes: readonly string[], value: unknown): ErrorCode | null {
  if (typeof value !== 'object' || value === null || !('type' in value)) return 'record/shape';
  if (!shapes.includes(String(value.type))) return 'record/enum';
  return 'coordinates' in value && !everyPlace(value.coordinates) ? 'record/place' : null;
}

function everyPlace(coordinates: unknown): boolean {
  if (!Array.isArray(coordinates)) return false;
  return typeof coordinates[0] === 'number' ? isLonLat(coordinates) : coordinates.every(everyPlace);
}
