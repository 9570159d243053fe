// The lines of a card: every column with a value, in words, and the columns that have none.
import type { Column } from '../../../contracts/column.ts';
import type { Row } from '../../../contracts/layer.ts';
import { catalog } from '../../catalog.ts';
import { showValue, type Shown } from '../../i18n/numbers.ts';
import { inWords } from '../../i18n/warning-kinds.ts';
import { shownColumns } from '../../stores/rows.ts';
import { say, session } from '../../stores/session.ts';

export interface Fact {
  readonly name: string;
  readonly title: string;
  readonly shown: Shown | null;
}

const NAMED = new Set(['name', 'title']);

export function factsOf(layer: string, row: Row, at: { timeZone: string; now: number }): Fact[] {
  const definition = catalog.get(layer);
  if (!definition) return [];
  const options = { locale: session.locale, ...at };
  return shownColumns(definition)
    .filter(([name, column]) => !NAMED.has(name) && column.type !== 'position')
    .map(([name, column]) => ({
      name,
      title: say(column.title),
      shown: showValue(
        column,
        inWords({ layer, column: name }, row.values[name] ?? null, session.locale),
        options,
      ),
    }));
}

export function positionOf(layer: string, row: Row): readonly [number, number] | null {
  const columns = Object.entries<Column>(catalog.get(layer)?.columns ?? {});
  const position = columns.find(([, column]) => column.type === 'position');
  return position
    ? ((row.values[position[0]] as readonly [number, number] | null | undefined) ?? null)
    : null;
}
