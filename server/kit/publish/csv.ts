// Rows as a table for spreadsheets: RFC 4180, UTF-8 with a mark, units in the head, codes as words.
import type { Column, Title } from '../../../contracts/column.ts';
import type { Feature, Shape } from '../../../contracts/geojson.ts';
import type { Layer } from '../../../contracts/layer.ts';
import { units } from '../../../contracts/units.ts';
import type { PublishedView } from './published-row.ts';
import { isShape } from './published-row.ts';

export type Language = keyof Title;

/** Spreadsheets take the text for UTF-8 only with it. */
export const BYTE_ORDER_MARK = '\ufeff';

const before: readonly (readonly [name: string, title: Title])[] = [
  ['key', { zh: '编号', en: 'Id' }],
  ['validAt', { zh: '数据时间 validAt (UTC)', en: 'Valid at validAt (UTC)' }],
  ['knownAt', { zh: '获知时间 knownAt (UTC)', en: 'Known at knownAt (UTC)' }],
  ['revision', { zh: '修订号', en: 'Revision' }],
];
const issued: readonly [name: string, title: Title] = [
  'issuedAt',
  { zh: '发布时间 (UTC)', en: 'Issued at (UTC)' },
];
const behind: readonly (readonly [name: string, title: Title])[] = [
  ['regionCode', { zh: '区划代码', en: 'Region code' }],
  ['quality', { zh: '质量', en: 'Quality' }],
  ['source', { zh: '来源', en: 'Source' }],
  ['synthetic', { zh: '演示数据', en: 'Demo data' }],
];

export interface CsvForm {
  readonly head: string;
  readonly line: (feature: Feature) => string;
}

/** Lines end in CR LF. */
export function csvForm(layer: Layer, view: PublishedView, language: Language): CsvForm {
  const own = view.columns.filter((name) => !isShape(layer.columns[name] as Column));
  const shapes = view.columns.map((name) => layer.columns[name] as Column).filter(isShape);
  const hasPlace = shapes.some(({ type }) => type === 'position');
  const hasShape = shapes.some(({ type }) => type === 'geometry');
  const first = layer.time === 'forecast' ? [...before, issued] : before;
  const head = [
    ...first.map(([, title]) => title[language]),
    ...own.map((name) => headOf(layer.columns[name] as Column, language)),
    ...(hasPlace
      ? [language === 'zh' ? '经度 (°)' : 'Longitude (°)', language === 'zh' ? '纬度 (°)' : 'Latitude (°)']
      : []),
    ...(hasShape ? [language === 'zh' ? '图形 (WKT)' : 'Shape (WKT)'] : []),
    ...behind.map(([, title]) => title[language]),
  ];
  const line = ({ geometry, properties }: Feature): string => {
    const cells = [
      ...first.map(([name]) => properties[name]),
      ...own.map((name) => plainOf(layer.columns[name] as Column, properties[name], language)),
      ...(hasPlace ? (geometry?.type === 'Point' ? geometry.coordinates : ['', '']) : []),
      ...(hasShape ? [geometry ? wktOf(geometry) : ''] : []),
      ...behind.map(([name]) => properties[name]),
    ];
    return `${cells.map(cell).join(',')}\r\n`;
  };
  return { head: `${head.map(cell).join(',')}\r\n`, line };
}

function headOf(column: Column, language: Language): string {
  const unit = 'unit' in column ? (units[column.unit as keyof typeof units]?.[language] ?? column.unit) : '';
  const zone = column.type === 'time' ? 'UTC' : '';
  const said = unit || zone;
  return said === '' ? column.title[language] : `${column.title[language]} (${said})`;
}

/** A value as people read it: codes as words, lists with semicolons. */
export function plainOf(column: Column, value: unknown, language: Language): unknown {
  if (column.type === 'enum') return column.values[String(value)]?.[language] ?? value;
  if (column.type === 'flags' && typeof value === 'number') {
    return Object.values(column.bits)
      .filter((_, bit) => (value & (1 << bit)) !== 0)
      .map((title) => title[language])
      .join(';');
  }
  return Array.isArray(value) ? value.join(';') : value;
}

/** A text that a spreadsheet would take for a formula is told apart by an apostrophe. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const isFormula = /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value));
  const safe = isFormula ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** OGC Simple Features well-known text. */
function wktOf({ type, coordinates }: Shape): string {
  const depths = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 };
  const body = list(coordinates, depths[type]);
  return `${type.toUpperCase()} ${depths[type] === 0 ? `(${body})` : body}`;
}

function list(part: unknown, depth: number): string {
  if (depth === 0) return (part as readonly number[]).join(' ');
  return `(${(part as readonly unknown[]).map((inner) => list(inner, depth - 1)).join(', ')})`;
}
