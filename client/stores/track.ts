// Where the selected thing went: its trail behind the cursor, or its whole day with the places it stood at.
import { computed, shallowRef, watch } from 'vue';
import type { LonLat } from '../../contracts/column.ts';
import { catalog } from '../catalog.ts';
import { every, type Stop as StopWatching } from '../clock.ts';
import { distanceM } from '../geodesy.ts';
import { chartsAt, isPast, readCityNow, readLiveNow } from './time.ts';
import { view } from './view.ts';
import { askWorld } from './world.ts';

export interface TrackPoint {
  /** Epoch ms. */
  readonly at: number;
  readonly place: LonLat;
  /** As reported; null where it was not. */
  readonly speedKmh: number | null;
}

export interface TrackStop {
  readonly from: number;
  readonly to: number;
  readonly place: LonLat;
}

export interface Track {
  readonly layer: string;
  readonly key: string;
  /** What was asked, epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly points: readonly TrackPoint[];
  readonly stops: readonly TrackStop[];
  readonly metres: number;
}

/** Minutes behind the cursor, or the day of the cursor; null: no track is shown. */
export type TrackSpan = 15 | 60 | 'day';
export const trackSpans: readonly TrackSpan[] = [15, 60, 'day'];
export const trackSpan = shallowRef<TrackSpan | null>(null);
/** null: none is shown, or it is not there yet. */
export const track = shallowRef<Track | null>(null);
export const trackFault = shallowRef('');

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
/** Live, a trail is asked for again this often, milliseconds. */
const AGAIN_MS = 5000;

export const isMoving = (layer: string | undefined): boolean =>
  layer !== undefined && catalog.get(layer)?.moving !== undefined;

/** Shows the trail or the day of the selected thing; the same again: no more. */
export function toggleTrack(span: TrackSpan): void {
  trackSpan.value = trackSpan.value === span || !isMoving(view.selection?.layer) ? null : span;
}

/** Epoch ms of the day of a moment by the clock of a time zone. */
export function dayOf(at: number, timeZone: string): readonly [from: number, to: number] {
  const time = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit' },
    hourCycle: 'h23',
  }).format(at);
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  const second = Math.floor(at / 1000) * 1000;
  const from = second - ((hours * 60 + minutes) * 60 + seconds) * 1000;
  return [from, from + DAY_MS];
}

/** What is asked for a span, at a moment of the cursor; never of what is still to come. */
export function spanAt(span: TrackSpan, at: number, timeZone: string): readonly [from: number, to: number] {
  if (span !== 'day') return [at - span * MINUTE_MS, at];
  const [from, to] = dayOf(at, timeZone);
  return [from, Math.min(to, readLiveNow())];
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** @throws Error when the answer is none */
export function parseTrack(body: unknown): Pick<Track, 'points' | 'stops' | 'metres'> {
  if (!isObject(body) || !Array.isArray(body['points'])) {
    throw new Error('track: the answer has no points: is the server as new as this page?');
  }
  const points = body['points'].flatMap((point): TrackPoint[] => {
    const [at, lon, lat, speed] = list(point);
    if (typeof at !== 'number' || typeof lon !== 'number' || typeof lat !== 'number') return [];
    return [{ at, place: [lon, lat], speedKmh: typeof speed === 'number' ? speed : null }];
  });
  const stops = list(body['stops']).flatMap((stop): TrackStop[] => {
    if (!isObject(stop)) return [];
    const { from, to, lon, lat } = stop;
    if (![from, to, lon, lat].every((one) => typeof one === 'number')) return [];
    return [{ from: from as number, to: to as number, place: [lon as number, lat as number] }];
  });
  return { points, stops, metres: typeof body['metres'] === 'number' ? body['metres'] : 0 };
}

/** Keeps the track of the selected thing. Returns what stops it. */
export function followTrack(timeZone: () => string): StopWatching {
  let mine: AbortController | null = null;
  const look = async (): Promise<void> => {
    mine?.abort();
    const { selection } = view;
    const span = trackSpan.value;
    if (!selection || span === null || !isMoving(selection.layer)) {
      track.value = null;
      return;
    }
    const own = (mine = new AbortController());
    const [from, to] = spanAt(span, readCityNow(), timeZone()).map(Math.round) as [number, number];
    const { layer, key } = selection;
    try {
      const query = new URLSearchParams({ key, from: String(from), to: String(to) });
      const response = await askWorld(`/api/layers/${layer}/track?${query.toString()}`, {
        signal: own.signal,
      });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const found = parseTrack(await response.json());
      if (own.signal.aborted) return;
      track.value = { layer, key, from, to, ...found };
      trackFault.value = '';
    } catch (error) {
      if (!own.signal.aborted) trackFault.value = error instanceof Error ? error.message : String(error);
    }
  };
  const stops = [
    watch([() => view.selection?.layer, () => view.selection?.key], () => {
      track.value = null;
      if (!isMoving(view.selection?.layer)) trackSpan.value = null;
    }),
    watch([() => view.selection?.key, trackSpan, chartsAt, isPast], () => void look(), { immediate: true }),
    every(AGAIN_MS, () => (isPast.value || trackSpan.value === null ? undefined : void look())),
  ];
  return () => {
    mine?.abort();
    for (const stop of stops) stop();
    track.value = null;
  };
}

/** A stop, or the way between two. */
export interface TrackLeg {
  readonly kind: 'stop' | 'way';
  readonly from: number;
  readonly to: number;
  /** Where it begins. */
  readonly place: LonLat;
  /** Along the way; 0 of a stop. */
  readonly metres: number;
}

/** Stops and the ways between them, in order of time. Ways without a report in between are none. */
export function legsOf({ points, stops }: Pick<Track, 'points' | 'stops'>): TrackLeg[] {
  const legs: TrackLeg[] = [];
  const way = (from: number, to: number): void => {
    const part = points.filter(({ at }) => at >= from && at <= to);
    const [first] = part;
    const last = part.at(-1);
    if (!first || !last || last.at <= first.at) return;
    let metres = 0;
    for (let index = 1; index < part.length; index++) {
      metres += distanceM((part[index - 1] as TrackPoint).place, (part[index] as TrackPoint).place);
    }
    legs.push({ kind: 'way', from: first.at, to: last.at, place: first.place, metres });
  };
  let since = -Infinity;
  for (const { from, to, place } of stops) {
    way(since, from);
    legs.push({ kind: 'stop', from, to, place, metres: 0 });
    since = to;
  }
  way(since, Infinity);
  return legs;
}

/** Where it was at a moment, between two reports as the crow flies; null: before the first or after the last. */
export function placeAt(points: readonly TrackPoint[], at: number): LonLat | null {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((points[middle] as TrackPoint).at <= at) low = middle + 1;
    else high = middle;
  }
  const [a, b] = [points[low - 1], points[low]];
  if (!a) return null;
  if (!b) return a.at === at ? a.place : null;
  const part = (at - a.at) / (b.at - a.at);
  return [a.place[0] + (b.place[0] - a.place[0]) * part, a.place[1] + (b.place[1] - a.place[1]) * part];
}

/** Upper ends of the speed classes, km/h; each has a step of the sequential ramp, dark to light. */
export const SPEED_STEPS = [20, 50, 80, Infinity] as const;
export const speedClass = (kmh: number): number => SPEED_STEPS.findIndex((end) => kmh < end);

/** Speed between two reports: as the later one reported, else from the way and the time. */
export function speedBetween(a: TrackPoint, b: TrackPoint): number {
  return b.speedKmh ?? (distanceM(a.place, b.place) / Math.max(1, b.at - a.at)) * 3600;
}

/** Reports farther apart than this are not joined by a line: nobody knows the way. */
const MOST_APART_MS = 10 * MINUTE_MS;

/** The track as runs of one speed class. */
export const trackRuns = computed((): { readonly speed: number; readonly points: readonly LonLat[] }[] => {
  const points = track.value?.points ?? [];
  const runs: { speed: number; points: LonLat[] }[] = [];
  for (let index = 1; index < points.length; index++) {
    const [a, b] = [points[index - 1] as TrackPoint, points[index] as TrackPoint];
    if (b.at - a.at > MOST_APART_MS) continue;
    const speed = speedClass(speedBetween(a, b));
    const run = runs.at(-1);
    const joins = run?.points.at(-1) === a.place;
    if (run && joins && run.speed === speed) run.points.push(b.place);
    else runs.push({ speed, points: [a.place, b.place] });
  }
  return runs;
});
