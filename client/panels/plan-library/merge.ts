// Somebody else saved while this page was writing: what only one of the two changed is taken from them; what both changed stays
// as it is here, and is named. Pure.
import type { Plan } from '../../../contracts/records/plan.ts';

export interface Merged {
  readonly plan: Plan;
  /** Parts that both changed: `steps move`, `owner`. */
  readonly both: readonly string[];
}

const keys: Readonly<Record<string, (item: never) => string>> = {
  steps: ({ id }: { id: string }) => id,
  groups: ({ id }: { id: string }) => id,
  clauses: ({ no }: { no: string }) => no,
  contacts: ({ unit, post }: { unit: string; post: { zh: string } }) => `${unit} ${post.zh}`,
};
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export function mergePlans(base: Plan, mine: Plan, theirs: Plan): Merged {
  const both: string[] = [];
  const choose = <T>(name: string, [was, here, there]: readonly [T, T, T]): T => {
    if (same(here, was)) return there;
    if (!same(there, was) && !same(there, here)) both.push(name);
    return here;
  };
  const members = Object.keys(mine) as (keyof Plan)[];
  const merged = members.map((name): [string, unknown] => {
    const keyOf = keys[name];
    if (!keyOf) return [name, choose<unknown>(name, [base[name], mine[name], theirs[name]])];
    const lists = [base, mine, theirs].map((plan) => plan[name] as never[]);
    const [was, here, there] = lists.map(
      (list) => new Map(list.map((item) => [keyOf(item), item as unknown])),
    );
    const order = [...new Set([...(there?.keys() ?? []), ...(here?.keys() ?? [])])];
    const items = order.flatMap((key) => {
      const chosen = choose(`${name} ${key}`, [was?.get(key), here?.get(key), there?.get(key)]);
      return chosen === undefined ? [] : [chosen];
    });
    return [name, items];
  });
  return { plan: Object.fromEntries(merged) as Plan, both };
}
