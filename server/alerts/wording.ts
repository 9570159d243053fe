// What an alert says of the row it is about: titles in both languages out of the words of its rule.
import type { Column, Title } from '../../contracts/column.ts';
import type { AlertRule } from '../../contracts/records/alert-rule.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { units } from '../../contracts/units.ts';
import { ANY } from './level.ts';
import type { RuleRun } from './rule-run.ts';

type Language = keyof Title;
/** Of the columns of the layer `alert`. */
const LONGEST: Readonly<Record<Language, number>> = { zh: 300, en: 400 };

export interface Said {
  readonly title: Title;
  readonly value: number | null;
  readonly limit: number | null;
  readonly column: string | null;
}

/** Names of regions; null: not one of this city. */
export type RegionName = (code: string) => Title | null;

export function said(
  run: RuleRun,
  slot: number,
  how: { level: number; at: number; region: RegionName },
): Said {
  const { measure } = run.compiled;
  const value = measure ? finite(measure.read(slot, how.at)) : null;
  const own = measure?.limits.of(how.level) ?? NaN;
  const limit = finite(Number.isNaN(own) ? (measure?.limits.of(ANY) ?? NaN) : own);
  const column = measure?.column ?? null;
  const of = (language: Language): string =>
    fill(titleOf(language), (word) => wordOf(word, language)).slice(0, LONGEST[language]);
  // 三锅镇崩塌隐患点22 says its town itself.
  const titleOf = (language: Language): string =>
    wordOf('name', language).startsWith(wordOf('region', language))
      ? run.rule.title[language].replaceAll('{region}{name}', '{name}')
      : run.rule.title[language];
  const wordOf = (word: string, language: Language): string => {
    if (word === 'name') return nameOf(run.table, slot);
    if (word === 'region') return regionOf(run.table.regionAt(slot), how.region)[language];
    if (word === 'value') return numberOf(value, run, column);
    if (word === 'limit') return numberOf(limit, run, column);
    return columnOf(run.table, word, { slot, language });
  };
  return { title: { zh: of('zh'), en: of('en') }, value, limit, column };
}

const finite = (value: number): number | null =>
  Number.isFinite(value) ? Number(value.toPrecision(9)) : null;

const fill = (text: string, wordOf: (word: string) => string): string =>
  text.replaceAll(/\{(\w+)\}/g, (_all, word: string) => wordOf(word));

/** The name of a row, else its title, else its key. */
export function nameOf(table: LayerTable, slot: number): string {
  for (const column of ['name', 'title']) {
    const store = table.stores.columns.get(column);
    const text = store?.kind === 'text' ? store.get(slot) : null;
    if (text) return text;
  }
  return table.keyAt(slot);
}

/** A town says its county where it has no name of its own. */
function regionOf(code: string, name: RegionName): Title {
  return name(code) ?? name(code.slice(0, 6)) ?? { zh: code, en: code };
}

function numberOf(value: number | null, run: RuleRun, column: string | null): string {
  if (value === null) return '–';
  const declared = column === null ? undefined : run.table.layer.columns[column];
  const isRatio = isDivided(run.rule);
  const step = declared?.type === 'number' && !isRatio ? declared.step : 0.01;
  const unit = declared?.type === 'number' && !isRatio ? units[declared.unit as keyof typeof units].en : '';
  const digits = Math.max(0, Math.min(6, Math.ceil(-Math.log10(step) - 1e-9)));
  return `${Number(value.toFixed(digits))}${unit === '' || unit === '%' ? unit : ` ${unit}`}`;
}

function isDivided({ when }: AlertRule): boolean {
  const leaves = 'of' in when ? when.of : [when];
  return leaves.some((leaf) => 'value' in leaf && 'over' in leaf.value && leaf.value.over !== undefined);
}

function columnOf(table: LayerTable, name: string, of: { slot: number; language: Language }): string {
  const column: Column | undefined = table.layer.columns[name];
  const value: unknown = table.stores.columns.get(name)?.value(of.slot);
  if (column === undefined || value === null || value === undefined) return '–';
  if (column.type === 'enum') return column.values[String(value)]?.[of.language] ?? String(value);
  if (column.type === 'number')
    return `${String(value)} ${units[column.unit as keyof typeof units].en}`.trim();
  if (column.type === 'strings') return (value as readonly string[]).join(of.language === 'zh' ? '、' : ', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
