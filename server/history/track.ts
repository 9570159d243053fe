// One object's way through a stretch of time, with the places it stood at, from observations.
import type { Layer } from '../../contracts/layer.ts';
import type { Reach } from '../../contracts/records/reach.ts';
import { isWithin } from '../../contracts/records/reach.ts';
import type { NumberStore } from '../../contracts/stores/scalar.ts';
import type { PositionStore } from '../../contracts/stores/position.ts';
import type { ObservedReader } from './observed-reader.ts';
import type { Stop } from './stops.ts';
import { metresBetween, stopsOf } from './stops.ts';

export interface TrackAsk {
  readonly layer: Layer;
  readonly key: string;
  readonly from: number;
  readonly to: number;
  /** At most one point in so many milliseconds; 0: all. */
  readonly stepMs: number;
  /** Where it may be seen; null: everywhere. */
  readonly reach: Reach | null;
}

/** [validAt, lon, lat, km/h as reported or null] */
export type TrackRow = readonly [at: number, lon: number, lat: number, speedKmh: number | null];

export interface Track {
  readonly points: readonly TrackRow[];
  readonly stops: readonly Stop[];
  /** Along the points, all of them. */
  readonly metres: number;
}

interface Kept {
  readonly at: number;
  readonly lon: number;
  readonly lat: number;
  readonly speedKmh: number | null;
  readonly revision: number;
}

export function trackOf(reader: ObservedReader, ask: TrackAsk): Track {
  const { layer, key, from, to, stepMs, reach } = ask;
  const [place] = Object.entries(layer.columns).find(([, { type }]) => type === 'position') ?? [];
  const byMoment = new Map<number, Kept>();
  reader.visit({ layer, keys: new Set([key]), from, to }, (batch, index) => {
    const position = batch.stores.columns.get(place ?? '') as PositionStore | undefined;
    if (!position || position.isNull(index)) return;
    if (reach && !isWithin(reach, batch.stores.region.get(index))) return;
    const at = batch.stores.validAt.data[index] as number;
    const revision = batch.revision[index] as number;
    if (revision < (byMoment.get(at)?.revision ?? 0)) return;
    const speed = batch.stores.columns.get('speedKmh') as NumberStore | undefined;
    const speedKmh = speed?.value(index) ?? null;
    byMoment.set(at, { at, lon: position.lon(index), lat: position.lat(index), speedKmh, revision });
  });
  const all = [...byMoment.values()].sort((a, b) => a.at - b.at);
  let metres = 0;
  for (let index = 1; index < all.length; index += 1) {
    metres += metresBetween(all[index - 1] as Kept, all[index] as Kept);
  }
  const points = thinned(all, stepMs).map(({ at, lon, lat, speedKmh }): TrackRow => [at, lon, lat, speedKmh]);
  return { points, stops: stopsOf(all), metres: Math.round(metres) };
}

/** The first point of each step, and the last of all: where it began and where it is. */
function thinned(all: readonly Kept[], stepMs: number): readonly Kept[] {
  if (stepMs === 0) return all;
  let next = -Infinity;
  return all.filter(({ at }, index) => {
    if (at < next && index < all.length - 1) return false;
    next = (Math.floor(at / stepMs) + 1) * stepMs;
    return true;
  });
}
