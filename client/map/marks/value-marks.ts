// The short values beside glyphs, out of the look of a layer and the row: "212.40 m 距警戒 1.20 m".
import type { Column } from '../../../contracts/column.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import { formatNumber, unitOf } from '../../i18n/numbers.ts';
import type { Kind, Look, ValueLabel } from '../../looks/look.ts';
import { numbersOf } from '../../looks/match.ts';
import type { RowView } from '../../looks/row-view.ts';
import { isSeverity } from '../../looks/sign.ts';
import type { Locale } from '../../stores/session.ts';
import { bindGrowth } from '../glyphs/painter.ts';
import type { Mark, Run } from './mark.ts';

const PART = /\{([a-zA-Z0-9]+)(?:-([a-zA-Z0-9]+))?\}/g;

/** What a value label says of one row; null where the row does not say one of its numbers. */
export function runsOf(
  label: ValueLabel,
  { table, slot, kind, locale }: { table: LayerTable; slot: number; kind: Kind | null; locale: Locale },
): Run[] | null {
  const template = label[locale];
  const tint = kind && (isSeverity(kind.tint) || kind.ringed) ? 'white' : 'grey';
  const runs: Run[] = [];
  let from = 0;
  const say = (text: string): void => {
    if (text.trim() !== '') runs.push({ kind: 'text', text: text.trim(), tint, strong: tint === 'white' });
  };
  for (const part of template.matchAll(PART)) {
    say(template.slice(from, part.index));
    from = part.index + part[0].length;
    const [, name = '', less] = part;
    if (name === 'kind') {
      say(gradeOf(kind, locale));
      continue;
    }
    const run = valueRun(table, slot, { name, less: less ?? null, locale });
    if (!run) return null;
    runs.push({ ...run, tint });
  }
  say(template.slice(from));
  return runs;
}

/** The grade in the word of a class: without what it is the grade of, and without the colour, which the shape says. */
const gradeOf = (kind: Kind | null, locale: Locale): string =>
  (kind?.word[locale] ?? '')
    .replace(/\s*[（(].*[）)]$/, '')
    .split(' ')
    .at(-1) ?? '';

function valueRun(
  table: LayerTable,
  slot: number,
  { name, less, locale }: { name: string; less: string | null; locale: Locale },
): { kind: 'number'; text: string } | { kind: 'text'; text: string; strong: false } | null {
  const column: Column | undefined = table.layer.columns[name];
  if (column?.type === 'number') {
    const value = numbersOf(table, name).get(slot) - (less === null ? 0 : numbersOf(table, less).get(slot));
    if (Number.isNaN(value)) return null;
    const unit = unitOf(column.unit, locale);
    const text = formatNumber(value, column.step, locale);
    return { kind: 'number', text: unit === '' ? text : `${text}\u2009${unit}` };
  }
  if (column?.type !== 'text' && column?.type !== 'enum') return null;
  const word = (table.column(name) as unknown as { get(slot: number): string | null }).get(slot);
  if (word === null || word === '') return null;
  const text = column.type === 'enum' ? (column.values[word]?.[locale] ?? word) : word;
  return { kind: 'text', text, strong: false };
}

export interface ValueView {
  readonly rows: RowView;
  readonly heightM: number;
  readonly locale: Locale;
  /** Diameter of the glyph, px at 1080 lines. */
  readonly glyphPx: number;
  inView(lon: number, lat: number): boolean;
}

/** Marks of the rows in view that carry a value at this height. */
export function valueMarks(look: Look, table: LayerTable, { rows, ...view }: ValueView): Mark[] {
  const labels = (look.values ?? []).filter(({ belowM }) => view.heightM < belowM);
  const position = Object.entries(look.layer.columns).find(([, { type }]) => type === 'position')?.[0];
  if (labels.length === 0 || position === undefined) return [];
  const places = table.column(position) as unknown as {
    lon(slot: number): number;
    lat(slot: number): number;
    isNull(slot: number): boolean;
  };
  const growthOf = bindGrowth(table, look);
  const marks: Mark[] = [];
  for (let slot = 0; slot < table.highWater; slot++) {
    if (!rows.shown(slot) || places.isNull(slot)) continue;
    const lon = places.lon(slot);
    const lat = places.lat(slot);
    if (!view.inView(lon, lat)) continue;
    const kind = rows.kindOf(slot);
    const label = labels.find(
      ({ kinds }) => !kinds || (kind !== null && kinds.some((index) => look.kinds[index] === kind)),
    );
    const runs = label && runsOf(label, { table, slot, kind, locale: view.locale });
    if (!label || !runs) continue;
    const id = `${look.layer.slug}/${table.keyAt(slot)}`;
    const { rank } = label;
    const clearPx = (view.glyphPx / 2) * (kind?.scale ?? 1) * growthOf(slot);
    marks.push({ id, lon, lat, lines: [runs], rank, belowM: Infinity, clearPx });
  }
  return marks;
}
