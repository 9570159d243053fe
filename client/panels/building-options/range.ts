// A range as two typed fields: either may be empty, what is no number is none.

export interface Typed {
  readonly from: string;
  readonly to: string;
}

/** Beyond every value of a building. */
const MOST = 1e9;

const numberIn = (text: string): number | null => {
  const value = Number(text.trim().replaceAll(',', ''));
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
};

/** Both ends included and in order; undefined where neither says a number. */
export function rangeOf({ from, to }: Typed): readonly [number, number] | undefined {
  const [low, high] = [numberIn(from), numberIn(to)];
  if (low === null && high === null) return undefined;
  const [a, b] = [low ?? -MOST, high ?? MOST];
  return a <= b ? [a, b] : [b, a];
}

export function typedOf(range: readonly [number, number] | undefined): Typed {
  if (!range) return { from: '', to: '' };
  return { from: range[0] === -MOST ? '' : String(range[0]), to: range[1] === MOST ? '' : String(range[1]) };
}
