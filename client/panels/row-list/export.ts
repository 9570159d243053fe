// The rows of a list as a file: asked from the server as GeoJSON, cut down to what the list shows, in its order.
import type { Title } from '../../../contracts/column.ts';
import type { Layer } from '../../../contracts/layer.ts';
import { unitOf } from '../../i18n/numbers.ts';
import type { Locale } from '../../stores/session.ts';
import { askWorld } from '../../stores/world.ts';

interface Feature {
  readonly id: string;
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Collection {
  readonly type: 'FeatureCollection';
  readonly features: readonly Feature[];
}

/** Rows of a layer by key, in the order of `keys`. @throws Error with the status when the server does not give them */
export async function fetchRows(layer: string, keys: readonly string[]): Promise<Collection> {
  const path = `/api/layers/${encodeURIComponent(layer)}?format=geojson`;
  const response = await askWorld(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const { features } = (await response.json()) as Collection;
  const byKey = new Map(features.map((feature) => [feature.id, feature]));
  return { type: 'FeatureCollection', features: keys.flatMap((key) => byKey.get(key) ?? []) };
}

const PLACES: ReadonlySet<string> = new Set(['position', 'geometry']);

/** Without what must not leave: columns, and the place on the map where it is one of them. */
export function withoutColumns(
  { type, features }: Collection,
  layer: Layer,
  withheld: readonly string[],
): Collection {
  const hidesPlace = withheld.some((name) => PLACES.has(layer.columns[name]?.type ?? ''));
  const kept = features.map((feature) => ({
    ...feature,
    geometry: hidesPlace ? null : feature.geometry,
    properties: Object.fromEntries(
      Object.entries(feature.properties).filter(([name]) => !withheld.includes(name)),
    ),
  }));
  return { type, features: kept };
}

const HEAD: Readonly<Record<string, Title>> = {
  validAt: { zh: '数据时间', en: 'As of' },
  regionCode: { zh: '区划代码', en: 'Region code' },
  quality: { zh: '质量', en: 'Quality' },
  source: { zh: '来源', en: 'Source' },
  synthetic: { zh: '演示数据', en: 'Demo data' },
};

export interface CsvOptions {
  readonly layer: Layer;
  /** Columns of the layer, in the order of the list. */
  readonly columns: readonly string[];
  readonly locale: Locale;
  /** Columns that must not stand in it. */
  readonly withheld?: readonly string[];
}

/** Columns of a table: its name first, those that are shown, and the place. */
export function csvColumns(layer: Layer, columns: readonly string[]): string[] {
  const named = ['name', 'title'].find((name) => name in layer.columns && !columns.includes(name));
  const place = 'position' in layer.columns && !columns.includes('position') ? ['position'] : [];
  return [...(named ? [named] : []), ...columns, ...place];
}

/** One line a row, with a mark for spreadsheets that the text is UTF-8. Values as on the wire, times as ISO 8601. */
export function toCsv(
  { features }: Collection,
  { layer, columns, locale, withheld = [] }: CsvOptions,
): string {
  const all = csvColumns(layer, columns).filter((name) => name !== 'position' && !withheld.includes(name));
  const titles = [
    locale === 'zh' ? '编号' : 'Id',
    ...all.map((name) => titleOf(layer, name, locale)),
    locale === 'zh' ? '经度' : 'Longitude',
    locale === 'zh' ? '纬度' : 'Latitude',
    ...Object.values(HEAD).map((title) => title[locale]),
  ];
  const lines = features.map(({ id, geometry, properties }) => {
    const [lon, lat] = geometry?.type === 'Point' ? (geometry.coordinates as number[]) : [];
    const own = all.map((name) => plainOf(layer, name, { value: properties[name], locale }));
    const head = Object.keys(HEAD).map((name) =>
      name === 'validAt' ? isoOf(properties[name]) : String(properties[name] ?? ''),
    );
    return [id, ...own, lon ?? '', lat ?? '', ...head].map(cell).join(',');
  });
  return `\ufeff${[titles.map(cell).join(','), ...lines].join('\r\n')}\r\n`;
}

function titleOf(layer: Layer, name: string, locale: Locale): string {
  const column = layer.columns[name];
  if (!column) return name;
  const unit = column.type === 'number' ? unitOf(column.unit, locale) : '';
  return unit === '' ? column.title[locale] : `${column.title[locale]} (${unit})`;
}

function plainOf(layer: Layer, name: string, { value, locale }: { value: unknown; locale: Locale }): string {
  const column = layer.columns[name];
  if (value === null || value === undefined) return '';
  if (column?.type === 'enum') return column.values[String(value)]?.[locale] ?? String(value);
  if (column?.type === 'time') return isoOf(value);
  return Array.isArray(value) ? value.join(';') : String(value);
}

const isoOf = (value: unknown): string => (typeof value === 'number' ? new Date(value).toISOString() : '');

/** RFC 4180; a text that a spreadsheet would take for a formula is told apart by an apostrophe. */
function cell(value: string | number): string {
  const text =
    typeof value === 'string' && /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value))
      ? `'${value}`
      : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
