// Which rows a scenario means, said by what they hold and where they are: keys are not known when it is written.
import type { RowChoice, ValueTest } from '../../contracts/records/expectation.ts';

/** A row with its head and columns as fields. */
export type Fields = Readonly<Record<string, unknown>>;

export const fits = (row: Fields, tests: Readonly<Record<string, ValueTest>>): boolean =>
  Object.entries(tests).every(([name, test]) => fitsValue(row[name], test));

function fitsValue(value: unknown, test: ValueTest): boolean {
  if (test === null || typeof test !== 'object') return value === test;
  if ('contains' in test) {
    return Array.isArray(value) ? value.includes(test.contains) : String(value).includes(test.contains);
  }
  if ('oneOf' in test) return test.oneOf.some((one) => one === value);
  if ('not' in test) return value !== test.not;
  if ('near' in test) return Array.isArray(value) && metresTo(value, test.near) <= test.withinM;
  const { min = -Infinity, max = Infinity } = test;
  return typeof value === 'number' && value >= min && value <= max;
}

const METRES_PER_DEGREE = 111_195;

/** On the plane of the second place: fit for a few hundred kilometres. */
function metresTo(position: readonly unknown[], [lon, lat]: readonly [number, number]): number {
  const [x, y] = position;
  if (typeof x !== 'number' || typeof y !== 'number') return Infinity;
  return METRES_PER_DEGREE * Math.hypot((x - lon) * Math.cos((lat * Math.PI) / 180), y - lat);
}

/**
 * The key of the one that is meant: of those that fit the nearest to a place where one is said, else the first in order of
 * keys. null: none fits, or none of them has a place.
 */
export function keyOfMeant(rows: Iterable<Fields>, { where, nearest }: RowChoice): string | null {
  let best: { readonly key: string; readonly metres: number } | null = null;
  for (const row of rows) {
    if (!fits(row, where)) continue;
    const key = String(row['key']);
    const metres = nearest ? metresOf(row, nearest) : 0;
    if (metres === Infinity) continue;
    if (!best || metres < best.metres || (metres === best.metres && key < best.key)) best = { key, metres };
  }
  return best?.key ?? null;
}

/** Infinity: the row has no place. */
function metresOf(row: Fields, to: readonly [number, number]): number {
  const { position } = row;
  return Array.isArray(position) ? metresTo(position, to) : Infinity;
}
