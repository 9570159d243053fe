// What a bench hands back and how it is printed: one table for people, one JSON line for machines.
export { median } from './measure.ts';

export interface BenchCheck {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** '>=5', '<=100', '=0': a comparator and a number in `unit`. */
  readonly target: string;
  readonly ok: boolean;
}

export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The named alternative, measured in the same run; '' where there is none. */
  readonly rival: string;
  readonly rivalValue: number | null;
  /** How many times better than the rival; null where there is none. */
  readonly ratio: number | null;
  /** Of the ratio where there is a rival, else of the value. */
  readonly target: string;
  /** The target and every check are met. */
  readonly ok: boolean;
  /** false: the machine was saturated by the load generator, the figures say nothing. */
  readonly valid: boolean;
  readonly checks: readonly BenchCheck[];
}

/** How a bench is run. `long`: the durations of the budget instead of the short ones. */
export interface BenchOptions {
  readonly json: boolean;
  readonly long: boolean;
  /** How long a run lasts that has no natural end; absent: as the bench says. */
  readonly minutes?: number;
  /** How often something is done that can be done any number of times; absent: as the bench says. */
  readonly loops?: number;
  /** One line on what is being done. */
  say(line: string): void;
}

type Comparator = '>=' | '<=' | '=';

export interface Target {
  readonly comparator: Comparator;
  readonly limit: number;
}

export const atLeast = (limit: number): Target => ({ comparator: '>=', limit });
export const atMost = (limit: number): Target => ({ comparator: '<=', limit });
export const exactly = (limit: number): Target => ({ comparator: '=', limit });

/** Judged on the rounded value that is shown; NaN meets nothing. */
export function meets(value: number, target: Target): boolean {
  const seen = shown(value);
  switch (target.comparator) {
    case '>=':
      return seen >= target.limit;
    case '<=':
      return seen <= target.limit;
    case '=':
      return seen === target.limit;
  }
}

export function check(
  what: string,
  measured: readonly [value: number, unit: string],
  target: Target,
): BenchCheck {
  const [value, unit] = measured;
  return { what, value: shown(value), unit, target: targetText(target), ok: meets(value, target) };
}

/** A figure without a target of its own: shown, never judged. */
export function reported(what: string, measured: readonly [value: number, unit: string]): BenchCheck {
  const [value, unit] = measured;
  return { what, value: shown(value), unit, target: 'reported', ok: true };
}

export interface Finding {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly rival?: { readonly name: string; readonly value: number };
  readonly target: Target;
  readonly valid: boolean;
  readonly checks: readonly BenchCheck[];
}

/** Smaller is better for both value and rival: ratio = rival / value. */
export function result(finding: Finding): BenchResult {
  const { name, value, unit, rival, target, valid, checks } = finding;
  const ratio = rival ? rival.value / value : null;
  return {
    name,
    value: shown(value),
    unit,
    rival: rival?.name ?? '',
    rivalValue: rival ? shown(rival.value) : null,
    ratio: ratio === null ? null : shown(ratio),
    target: targetText(target),
    ok: meets(ratio ?? value, target) && checks.every(({ ok }) => ok),
    valid,
    checks,
  };
}

/** Three significant digits below a hundred, whole numbers above. */
export function shown(value: number): number {
  if (!Number.isFinite(value)) return NaN;
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

export const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits));

export function jsonLine(of: BenchResult): string {
  return JSON.stringify(of);
}

export function readable(of: BenchResult): string {
  const against =
    of.rival === ''
      ? ''
      : `   ${of.rival}: ${of.rivalValue} ${of.unit}   ratio ${of.ratio}, target ${of.target}`;
  const target = of.rival === '' ? `   target ${of.target}` : '';
  const lines = [`${mark(of.ok)} ${of.name}: ${of.value} ${of.unit}${target}${against}`];
  if (!of.valid)
    lines.push('  NOT VALID: the load generator or the machine was saturated; run again on a quiet machine');
  for (const { what, value, unit, target: limit, ok } of of.checks) {
    lines.push(`  ${mark(ok)} ${what}: ${value} ${unit}   target ${limit}`);
  }
  return lines.join('\n');
}

function mark(ok: boolean): string {
  return ok ? 'met   ' : 'MISSED';
}

function targetText({ comparator, limit }: Target): string {
  return `${comparator}${limit}`;
}
