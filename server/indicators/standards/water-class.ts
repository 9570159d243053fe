// Surface-water class by single items (GB 3838-2002): the worst item decides.

/** Limits of one item: `upper` and `lower` for Ⅰ to Ⅴ, `range` for all of them. */
export interface WaterItem {
  readonly upper?: readonly number[] | undefined;
  readonly lower?: readonly number[] | undefined;
  readonly range?: readonly [number, number] | undefined;
}

/** Class number: 1 to 5, 6 = worse than Ⅴ. */
export type WaterClass = 1 | 2 | 3 | 4 | 5 | 6;

const WORST = 6;

/** NaN values and items without limits for rivers say nothing: null. */
export function itemClass(value: number, item: WaterItem): WaterClass | null {
  if (Number.isNaN(value)) return null;
  const { range, upper, lower } = item;
  if (range) return value >= range[0] && value <= range[1] ? 1 : WORST;
  const index = upper
    ? upper.findIndex((limit) => value <= limit)
    : lower?.findIndex((limit) => value >= limit);
  if (index === undefined) return null;
  return (index < 0 ? WORST : index + 1) as WaterClass;
}

/** `values` by item code (w01009 …). null: nothing measured that the standard classes. */
export function waterClassOf(
  values: Readonly<Record<string, number>>,
  items: Readonly<Record<string, WaterItem>>,
): { readonly worst: WaterClass; readonly by: readonly string[] } | null {
  const classes = Object.entries(values).flatMap(([code, value]) => {
    const found = items[code] ? itemClass(value, items[code]) : null;
    return found === null ? [] : [{ code, found }];
  });
  if (classes.length === 0) return null;
  const worst = Math.max(...classes.map(({ found }) => found)) as WaterClass;
  return { worst, by: classes.filter(({ found }) => found === worst).map(({ code }) => code) };
}
