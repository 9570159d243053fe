// What an evaluation counted, by region: numerators and denominators, never averages of averages.
import type { Aggregate } from './define.ts';
import { levels } from './score.ts';

/** Region 0 is the city. Made anew for each evaluation: a few hundred bytes. */
export class Tally {
  readonly numerator: Float64Array;
  readonly denominator: Float64Array;
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  /** What stands at the lowest and the highest; '': not told. */
  readonly lowestOf: string[];
  readonly highestOf: string[];
  /** NaN: `evaluate` set nothing. */
  readonly direct: Float64Array;
  /** Severity + 1; 0: none seen. */
  readonly worst: Uint8Array;
  readonly samples: readonly number[][];
  readonly notes: readonly string[][];
  /** Rows that should be usable, and rows that were. */
  readonly expected: Uint32Array;
  readonly covered: Uint32Array;
  /** The oldest moment used, epoch ms; Infinity: none. */
  readonly oldest: Float64Array;
  /** 1: a row used was synthetic. */
  readonly synthetic: Uint8Array;
  approximate = false;

  constructor(regions: number) {
    this.numerator = new Float64Array(regions);
    this.denominator = new Float64Array(regions);
    this.lowest = new Float64Array(regions).fill(Infinity);
    this.highest = new Float64Array(regions).fill(-Infinity);
    this.lowestOf = new Array<string>(regions).fill('');
    this.highestOf = new Array<string>(regions).fill('');
    this.direct = new Float64Array(regions).fill(NaN);
    this.worst = new Uint8Array(regions);
    this.samples = Array.from({ length: regions }, () => []);
    this.notes = Array.from({ length: regions }, () => []);
    this.expected = new Uint32Array(regions);
    this.covered = new Uint32Array(regions);
    this.oldest = new Float64Array(regions).fill(Infinity);
    this.synthetic = new Uint8Array(regions);
  }

  add(region: number, numerator: number, denominator: number): void {
    this.numerator[region] = (this.numerator[region] as number) + numerator;
    this.denominator[region] = (this.denominator[region] as number) + denominator;
  }

  extreme(region: number, value: number, name: string): void {
    if (value < (this.lowest[region] as number)) {
      this.lowest[region] = value;
      this.lowestOf[region] = name;
    }
    if (value > (this.highest[region] as number)) {
      this.highest[region] = value;
      this.highestOf[region] = name;
    }
  }

  /** A usable row of the moment `validAt`. */
  cover(region: number, validAt: number, synthetic: boolean): void {
    this.covered[region] = (this.covered[region] as number) + 1;
    if (validAt < (this.oldest[region] as number)) this.oldest[region] = validAt;
    if (synthetic) this.synthetic[region] = 1;
  }

  expect(region: number): void {
    this.expected[region] = (this.expected[region] as number) + 1;
  }
}

/** The number of a region; NaN where nothing was counted. RATE is in percent. */
export function valueOf(tally: Tally, region: number, aggregate: Aggregate): number {
  const numerator = tally.numerator[region] as number;
  const denominator = tally.denominator[region] as number;
  switch (aggregate) {
    case 'SUM':
    case 'WORST':
      return numerator;
    case 'AVG':
      return denominator > 0 ? numerator / denominator : NaN;
    case 'RATE':
      return denominator > 0 ? (100 * numerator) / denominator : NaN;
    case 'MAX':
      return finiteOr(tally.highest[region] as number);
    case 'MIN':
      return finiteOr(tally.lowest[region] as number);
    case 'MED':
      return median(tally.samples[region] ?? []);
    case 'FORMULA':
      return tally.direct[region] as number;
    default:
      return aggregate satisfies never;
  }
}

/** What the number is made of, in words: of an extreme, where it was measured, first. */
export function partsOf(tally: Tally, region: number, aggregate: Aggregate): string[] {
  const notes = tally.notes[region] ?? [];
  if (aggregate !== 'MIN' && aggregate !== 'MAX') return notes;
  const name = (aggregate === 'MIN' ? tally.lowestOf : tally.highestOf)[region] ?? '';
  return name === '' ? notes : [name, ...notes];
}

const finiteOr = (value: number): number => (Number.isFinite(value) ? value : NaN);

function median(samples: readonly number[]): number {
  if (samples.length === 0) return NaN;
  const sorted = samples.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] as number) + upper) / 2;
}

/** The worst level counted; 'normal' where nothing is wrong. */
export const worstLevel = (tally: Tally, region: number) =>
  levels[(tally.worst[region] as number) - 1] ?? 'normal';
