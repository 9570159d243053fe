// Limits of alert rules in words.
import type { AlertLimit, AlertValue, LimitedPart } from '../../../contracts/records/alert-rule.ts';
import { alertSeverities } from '../../../contracts/records/alert-rule.ts';
import type { AlertSeverity } from '../../../contracts/records/alert-rule.ts';
import type { Title } from '../../../contracts/column.ts';
import { title } from '../../../contracts/declare.ts';
import { catalog } from '../../catalog.ts';
import { unitOf } from '../../i18n/numbers.ts';
import type { Locale } from '../../stores/session.ts';

export const severityWords: Readonly<Record<AlertSeverity, Title>> = {
  blue: title('蓝', 'blue'),
  yellow: title('黄', 'yellow'),
  orange: title('橙', 'orange'),
  red: title('红', 'red'),
};
export const sideWords: Readonly<Record<LimitedPart['side'], Title>> = {
  above: title('高于', 'above'),
  atLeast: title('不低于', 'at least'),
  below: title('低于', 'below'),
  atMost: title('不高于', 'at most'),
};

/** Severities of a limit from the mildest; null where it has one only. */
export const severitiesOf = (limit: AlertLimit): AlertSeverity[] | null =>
  typeof limit === 'number' ? null : alertSeverities.filter((one) => limit[one] !== undefined);

/** "3000", "蓝 -0.5 · 黄 0" */
export function limitText(limit: AlertLimit, locale: Locale): string {
  if (typeof limit === 'number') return String(limit);
  return alertSeverities
    .flatMap((one) => (limit[one] === undefined ? [] : `${severityWords[one][locale]} ${limit[one]}`))
    .join(' · ');
}

/** "水位 − 警戒水位 (m)": what is compared, as the layer names it. */
export function valueText(layer: string, { column, ...more }: AlertValue, locale: Locale): string {
  const columns = catalog.get(layer)?.columns ?? {};
  const nameOf = (name: string): string => columns[name]?.title[locale] ?? name;
  const { minus, over } = more as { readonly minus?: string; readonly over?: string };
  const declared = columns[column];
  const unit = over === undefined && declared?.type === 'number' ? unitOf(declared.unit, locale) : '';
  const parts = [nameOf(column), minus && `− ${nameOf(minus)}`, over && `÷ ${nameOf(over)}`];
  return `${parts.filter(Boolean).join(' ')}${unit === '' ? '' : ` (${unit})`}`;
}
