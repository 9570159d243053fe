// What this page has seen of each city indicator since it opened: the only past it may draw without asking.
import { shallowRef } from 'vue';
import { indicatorValue } from '../../contracts/layers/indicator-value.ts';
import type { Stop } from '../clock.ts';
import { cityReadings, type IndicatorTable, type Reading } from './indicators.ts';
import { onTableChange } from './layers.ts';

export interface Sample {
  readonly at: number;
  readonly value: number;
}

const DAY_MS = 86_400_000;
/** Closer samples replace the last one: 24 h fit into 480. */
const STEP_MS = 180_000;

/** `samples` with `next` at its end: nothing older than a day, nothing out of order, at most one in three minutes. */
export function withSample(samples: readonly Sample[], next: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last && next.at <= last.at) return samples;
  const young = samples.filter(({ at }) => next.at - at <= DAY_MS);
  const before = young.at(-2);
  const replaces = before !== undefined && (young.at(-1)?.at ?? 0) - before.at < STEP_MS;
  return [...(replaces ? young.slice(0, -1) : young), next];
}

/** Samples by indicator. */
export const seen = shallowRef<ReadonlyMap<string, readonly Sample[]>>(new Map());

/** Adds the readings that have a current value; null when nothing is new. */
export function withReadings(
  before: ReadonlyMap<string, readonly Sample[]>,
  readings: Iterable<Reading>,
): ReadonlyMap<string, readonly Sample[]> | null {
  let after: Map<string, readonly Sample[]> | null = null;
  for (const { slug, value, state, at } of readings) {
    if (value === null || state !== 'current') continue;
    const samples = before.get(slug) ?? [];
    const longer = withSample(samples, { at, value });
    if (longer === samples) continue;
    after ??= new Map(before);
    after.set(slug, longer);
  }
  return after;
}

export function startSeeing(): Stop {
  return onTableChange((slug, table) => {
    if (slug !== indicatorValue.slug) return;
    const next = withReadings(seen.value, cityReadings(table as unknown as IndicatorTable).values());
    if (next) seen.value = next;
  });
}
