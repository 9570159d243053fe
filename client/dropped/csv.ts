// A table with coordinates: which columns hold them is read from their names, and where those say nothing from what is in them.
import { CSVLoader } from '@loaders.gl/csv';
import { title } from '../../contracts/declare.ts';
import type { Title } from '../../contracts/column.ts';
import type { RawFeature } from './places.ts';
import { Refusal } from './refusal.ts';

export interface CoordinateColumns {
  readonly lon: string;
  readonly lat: string;
  /** The names say that it is GCJ-02. */
  readonly isGcj: boolean;
}

const LON = /^(lon|lng|long|longitude|x|经度|东经|jd|lon_?\w*|\w*_?(lon|lng)|.*经度.*)$/i;
const LAT = /^(lat|latitude|y|纬度|北纬|wd|lat_?\w*|\w*_?lat|.*纬度.*)$/i;
const GCJ = /gcj|高德|火星/i;

/** null where no two columns can be coordinates. */
export function coordinateColumns(
  names: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): CoordinateColumns | null {
  const [lon, lat] = [LON, LAT].map((test) => names.find((name) => test.test(name.trim())));
  if (lon !== undefined && lat !== undefined && lon !== lat)
    return { lon, lat, isGcj: GCJ.test(lon) || GCJ.test(lat) };
  return byContent(names, rows);
}

/** Two neighbouring columns of numbers with decimals, one in the longitudes of China and one in its latitudes. */
function byContent(
  names: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): CoordinateColumns | null {
  const within = (name: string, low: number, high: number): boolean =>
    rows.length > 0 &&
    rows.every((row) => {
      const value = numberOf(row[name]);
      return value !== null && value > low && value < high && !Number.isInteger(value);
    });
  for (const [index, name] of names.entries()) {
    const next = names[index + 1];
    if (next === undefined) break;
    if (within(name, 73, 136) && within(next, 3, 54)) return { lon: name, lat: next, isGcj: false };
    if (within(name, 3, 54) && within(next, 73, 136)) return { lon: next, lat: name, isGcj: false };
  }
  return null;
}

export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value.trim().replace(/[°EWNS东西南北经纬]/g, ''));
  return Number.isFinite(number) ? number : null;
}

export interface ReadTable {
  readonly features: readonly RawFeature[];
  readonly notes: readonly Title[];
  readonly isGcj: boolean;
}

/** @throws Refusal */
export async function readCsv(text: string): Promise<ReadTable> {
  const parsed = await CSVLoader.parseText(text.replace(/^\uFEFF/, ''), {
    csv: { header: 'auto', dynamicTyping: false },
  });
  const rows = (parsed as { data: Record<string, unknown>[] }).data;
  const names = Object.keys(rows[0] ?? {});
  if (names.length < 2)
    throw new Refusal(
      '表格没有两列以上的数据：请用逗号、分号或制表符分列',
      'The table has no two columns: separate them by comma, semicolon or tab',
    );
  const columns = coordinateColumns(names, rows.slice(0, 50));
  if (!columns)
    throw new Refusal(
      `没有找到经纬度列：请把两列命名为「经度」「纬度」（现有：${names.slice(0, 8).join('、')}）`,
      `No columns of coordinates: name two of them lon and lat (there are: ${names.slice(0, 8).join(', ')})`,
    );
  const features = rows.map((row): RawFeature => {
    const [lon, lat] = [numberOf(row[columns.lon]), numberOf(row[columns.lat])];
    return {
      geometry: lon === null || lat === null ? null : { type: 'Point', coordinates: [lon, lat] },
      properties: row,
    };
  });
  const found = title(
    `坐标列：${columns.lon}、${columns.lat}`,
    `Columns of coordinates: ${columns.lon}, ${columns.lat}`,
  );
  return { features, notes: [found], isGcj: columns.isGcj };
}
