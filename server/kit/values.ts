// Small conversions between what sources write and what columns hold.

export function yesNo(value: boolean | null | undefined): 'yes' | 'no' | null {
  return value === null || value === undefined ? null : value ? 'yes' : 'no';
}

/** Level 1 (Ⅰ, the worst) to 4 (Ⅳ) → 红橙黄蓝; anything else is null. */
export function severityOfLevel(
  level: number | null | undefined,
): 'red' | 'orange' | 'yellow' | 'blue' | null {
  return (['red', 'orange', 'yellow', 'blue'] as const)[(level ?? 0) - 1] ?? null;
}

/** Text for a column of at most `max` UTF-16 units: longer text ends in an ellipsis. */
export function clip(text: string, max: number): string;
export function clip(text: string | null | undefined, max: number): string | null;
export function clip(text: string | null | undefined, max: number): string | null {
  if (text === null || text === undefined) return null;
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 2);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return `${text.slice(0, splitsPair ? max - 2 : max - 1)}…`;
}

/** Degrees → whole degrees 0–359. */
export function compass(degrees: number): number {
  const turned = Math.round(degrees) % 360;
  return turned < 0 ? turned + 360 : turned + 0;
}
