// What of an export somebody takes alone, and what waits for the word of a second person: the rule is data (rights.yaml).
import type { Label } from '../../contracts/column.ts';
import { labels } from '../../contracts/column.ts';
import type { ExportLimit, ExportMeasure } from '../../contracts/records/export-request.ts';

export interface ExportRules {
  /** Layers whose columns above public hold data about people. */
  readonly personal: readonly string[];
  /** Highest class of columns of the other layers. */
  readonly label: Label;
  /** Of the whole city, hours. */
  readonly cityHours: number;
  /** Observations of one file. */
  readonly rows: number;
  /** Hours in which a request can be decided on. */
  readonly askHours: number;
  /** Hours after the approval in which the file can be fetched, once. */
  readonly fetchHours: number;
}

const lower = (one: Label, other: Label): Label =>
  labels.indexOf(one) < labels.indexOf(other) ? one : other;

/** The highest class of columns of a file of these layers that needs no second person. `own`: of whoever asks. */
export function labelAlone(rules: ExportRules, layers: readonly string[], own: Label): Label {
  const isPersonal = layers.some((slug) => rules.personal.includes(slug));
  return lower(own, isPersonal ? 'public' : rules.label);
}

/** Why it needs a second person; empty: it does not. */
export function limitsOf(
  rules: ExportRules,
  layers: readonly string[],
  { rows, label, hours, isWholeCity }: ExportMeasure,
): ExportLimit[] {
  const limits: ExportLimit[] = [];
  if (labels.indexOf(label) > labels.indexOf(labelAlone(rules, layers, label))) limits.push('personal');
  if (isWholeCity && hours > rules.cityHours) limits.push('range');
  if (rows !== null && rows > rules.rows) limits.push('rows');
  return limits;
}
