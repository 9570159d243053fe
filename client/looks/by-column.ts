// Classes out of any column, for "coloured by …": codes in the categorical order, numbers in steps of the sequential ramp.
import type { Column, Title } from '../../contracts/column.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { units } from '../../contracts/units.ts';
import type { Kind } from './look.ts';
import { numbersOf } from './match.ts';
import { categorical, isSeverity, sequential, severityForms } from './sign.ts';

const OTHER: Title = { zh: '其他', en: 'Other' };
const NONE: Title = { zh: '无值', en: 'No value' };
/** A class of its own for each of so many codes; the rest is one. */
const MOST_CODES = categorical.length;

/** Columns a layer can be coloured or filtered by. */
export function classable(columns: Readonly<Record<string, Column>>): [string, Column][] {
  return Object.entries(columns).filter(
    ([, { type, detail }]) => detail !== true && (type === 'enum' || type === 'number'),
  );
}

/** Null for a column that has no classes. */
export function kindsByColumn(table: LayerTable, name: string): readonly Kind[] | null {
  const column: Column | undefined = table.layer.columns[name];
  if (column?.type === 'enum') return kindsOfCodes(name, column.values);
  if (column?.type === 'number') return kindsOfNumbers(name, column, stepsOf(table, name));
  return null;
}

function kindsOfCodes(name: string, codes: Readonly<Record<string, Title>>): Kind[] {
  const kinds = Object.entries(codes).map(([code, word], index): Kind => ({
    word,
    when: [{ column: name, is: [code] }],
    // A severity stays what it is, with its shape.
    ...(isSeverity(code) ? { tint: code, form: severityForms[code] } : { tint: categorical[index] ?? 'dim' }),
  }));
  const kept = kinds.filter(({ tint }, index) => index < MOST_CODES || isSeverity(tint));
  const rest = kept.length < kinds.length ? OTHER : NONE;
  return [...kept, { word: rest, when: [], tint: 'dim' }];
}

function kindsOfNumbers(
  name: string,
  column: { readonly title: Title; readonly unit: string },
  steps: readonly number[],
): Kind[] {
  const unit = column.unit in units ? units[column.unit as keyof typeof units] : { zh: '', en: '' };
  const bands = steps.length + 1;
  const kinds = Array.from({ length: bands }, (_, index): Kind => {
    const from = steps[index - 1];
    const below = steps[index];
    const range =
      from === undefined ? `< ${below ?? ''}` : below === undefined ? `≥ ${from}` : `${from}–${below}`;
    return {
      word: {
        zh: `${column.title.zh} ${range} ${unit.zh}`.trim(),
        en: `${column.title.en} ${range} ${unit.en}`.trim(),
      },
      when: [
        {
          column: name,
          ...(from === undefined ? {} : { from }),
          ...(below === undefined ? {} : { below }),
        },
      ],
      tint: sequential[sequential.length - bands + index] ?? 'seq4',
    };
  });
  return [...kinds.reverse(), { word: NONE, when: [], tint: 'dim' }];
}

/** Up to three round numbers that cut the rows of now into equal parts. */
export function stepsOf(table: LayerTable, name: string): number[] {
  const numbers = numbersOf(table, name);
  const values: number[] = [];
  for (let slot = 0; slot < table.highWater; slot++) {
    const value = table.alive[slot] === 1 ? numbers.get(slot) : NaN;
    if (!Number.isNaN(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const low = values[0] ?? 0;
  const range = (values.at(-1) ?? 0) - low;
  if (range === 0) return [];
  const cuts = [1, 2, 3].map((part) => values[Math.floor((values.length * part) / sequential.length)] ?? 0);
  const rounded = cuts.map((value) => roundTo(value, range));
  return [...new Set(rounded)].filter((value) => value > low);
}

/** To two digits of the range: 0.37 of 5 is 0.4, 1,234 of 3,000 is 1,200. */
function roundTo(value: number, range: number): number {
  const digits = Math.floor(Math.log10(range)) - 1;
  const step = 10 ** digits;
  return Number((Math.round(value / step) * step).toFixed(Math.max(0, -digits)));
}
