// The last 24 hours of city indicators, out of the history of the server. What it cannot tell is not drawn.
import { shallowRef, watch } from 'vue';
import { indicatorValue } from '../../contracts/layers/indicator-value.ts';
import { every, type Stop } from '../clock.ts';
import { readings } from './indicators.ts';
import { fetchSeries, runsOf } from './series.ts';
import { chartsAt, isPast, readCityNow } from './time.ts';

export interface Sample {
  readonly at: number;
  readonly value: number;
}

export const DAY_MS = 86_400_000;
/** A line of five units is 100 to 200 pixels wide: one sample a quarter of an hour is all that it can show. */
export const STEP_S = 900;
/** History grows by one sample in a step. */
const REFRESH_MS = 300_000;
const LOOK_MS = 2000;

/** Samples by indicator, oldest first; an indicator the server has no history of is absent. */
export const trends = shallowRef<ReadonlyMap<string, readonly Sample[]>>(new Map());

async function lastDay(key: string, now: number): Promise<readonly Sample[]> {
  const ask = { layer: indicatorValue.slug, keys: [key], columns: ['value'] };
  const answer = await fetchSeries({ ...ask, from: now - DAY_MS, to: now, stepS: STEP_S });
  return answer.state === 'ready' ? runsOf(answer.series.series[0]).flat() : [];
}

/** Keeps the trends of some indicators fresh; returns what stops it. One question at a time. */
export function followTrends(slugs: readonly string[]): Stop {
  const askedAt = new Map<string, number>();
  let asking = false;
  const look = async (): Promise<void> => {
    const now = readCityNow();
    const next = slugs.find(
      (slug) => readings.value.has(slug) && Math.abs(now - (askedAt.get(slug) ?? -Infinity)) > REFRESH_MS,
    );
    const key = next === undefined ? undefined : readings.value.get(next)?.key;
    if (asking || next === undefined || key === undefined) return;
    asking = true;
    askedAt.set(next, now);
    const samples = await lastDay(key, now);
    asking = false;
    if (samples.length > 0 || isPast.value) trends.value = new Map(trends.value).set(next, samples);
    void look();
  };
  void look();
  const stopWatching = watch(chartsAt, () => void look());
  const stop = every(LOOK_MS, () => void look());
  return () => {
    stopWatching();
    stop();
  };
}

/** A day ago, within an hour. */
const YESTERDAY_MS = { from: DAY_MS - 3_600_000, to: DAY_MS + 3_600_000 };

/** The change against the same time yesterday; null where that is not known. */
export function changeOf(samples: readonly Sample[], value: number | null, now: number): number | null {
  const [first] = samples;
  if (!first || value === null) return null;
  const ageMs = now - first.at;
  return ageMs >= YESTERDAY_MS.from && ageMs <= YESTERDAY_MS.to ? value - first.value : null;
}
