// Which resources are enough: the fewest that hold so much together, and of those the ones whose last arrives soonest. Pure.

export interface Able {
  /** Above 0. */
  readonly gives: number;
  readonly minutes: number;
}

/**
 * The largest amounts give the fewest; then the latest allowed time is lowered as long as as many are enough.
 * @param able soonest first → indices into it and what each gives, the last only what is missing; null: all are not enough
 */
export function fewest(
  able: readonly Able[],
  amount: number,
): readonly { readonly at: number; readonly gives: number }[] | null {
  const all = largest(able, able.length, amount);
  if (!all) return null;
  let [low, high] = [1, able.length];
  let best = all;
  while (low < high) {
    const middle = (low + high) >> 1;
    const some = largest(able, middle, amount);
    if (some && some.length === all.length) {
      best = some;
      high = middle;
    } else low = middle + 1;
  }
  let missing = amount;
  return best
    .map((at) => {
      const gives = Math.min(missing, able[at]?.gives ?? 0);
      missing -= gives;
      return { at, gives };
    })
    .filter(({ gives }) => gives > 0);
}

/** Of the first `count`, the largest until it is enough. */
function largest(able: readonly Able[], count: number, amount: number): number[] | null {
  const order = Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => (able[b]?.gives ?? 0) - (able[a]?.gives ?? 0) || a - b,
  );
  const chosen: number[] = [];
  let sum = 0;
  for (const at of order) {
    if (sum >= amount) break;
    chosen.push(at);
    sum += able[at]?.gives ?? 0;
  }
  return sum >= amount ? chosen : null;
}
