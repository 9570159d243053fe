// What there is of the past: how far it reaches, how much happened when, where nobody looked, and moments to go to.
import { computed, ref, shallowRef } from 'vue';
import { every, type Stop } from '../clock.ts';
import { askWorld } from './world.ts';
import type { Severity } from './indicators.ts';
import { recording, type OpenRecording } from './recording.ts';
import { seekTo } from './replay.ts';
import { session } from './session.ts';
import { isPast, readCityNow, readLiveNow } from './time.ts';

export interface PastMark {
  /** When it was known, epoch ms. */
  readonly at: number;
  readonly layer: string;
  readonly key: string;
  readonly level: Severity | null;
  readonly text: string;
}

export interface Past {
  /** From when to when something is kept, epoch ms; null: nothing is. */
  readonly kept: readonly [from: number, to: number] | null;
  /** What was asked: the bins begin here. */
  readonly from: number;
  readonly binMs: number;
  /** Changes in each bin, over all layers. */
  readonly density: readonly number[];
  readonly gaps: readonly (readonly [from: number, to: number])[];
}

/** null: not known yet. */
export const past = shallowRef<Past | null>(null);
export const pastFault = ref('');
export const marks = shallowRef<readonly PastMark[]>([]);

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const REFRESH_MS = 30_000;
/** The axis is some hundred pixels wide. */
const BINS = 180;

const levels: readonly string[] = ['red', 'orange', 'yellow', 'blue'];

/** What a recording says of itself. */
export function pastOf({ from, to, density }: OpenRecording): Past {
  return {
    kept: [from, to],
    from,
    binMs: Math.max(1, to - from) / density.length,
    density: density.map((share) => share * 1000),
    gaps: [],
  };
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const numberOr = (value: unknown, other: number): number => (typeof value === 'number' ? value : other);

/** @throws Error when the answer is none */
export function parsePast(body: unknown): Past {
  if (!isObject(body) || !Array.isArray(body['range'])) {
    throw new Error('history: the answer has no range: is the server as new as this page?');
  }
  const sums: number[] = [];
  for (const bins of Object.values(isObject(body['density']) ? body['density'] : {})) {
    for (const [at, count] of list(bins).entries()) sums[at] = (sums[at] ?? 0) + numberOr(count, 0);
  }
  const { from, to } = body;
  return {
    kept: typeof from === 'number' && typeof to === 'number' ? [from, to] : null,
    from: numberOr(body['range'][0], 0),
    binMs: numberOr(body['binMs'], 60_000),
    density: sums,
    gaps: list(body['gaps']).flatMap((gap): [number, number][] => {
      const [start, end] = list(gap);
      return typeof start === 'number' && typeof end === 'number' ? [[start, end]] : [];
    }),
  };
}

export function parseMarks(body: unknown): PastMark[] {
  return list(isObject(body) ? body['marks'] : null).flatMap((one) => {
    if (!isObject(one) || typeof one['at'] !== 'number') return [];
    const { at, layer, key, severity, title, titleEn } = one;
    const level = levels.includes(String(severity)) ? (severity as Severity) : null;
    const text = String(session.locale === 'en' ? (titleEn ?? title) : title);
    return [{ at, layer: String(layer), key: String(key), level, text }];
  });
}

async function getJson(path: string): Promise<unknown> {
  const response = await askWorld(path);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}

/** Keeps past and marks of a stretch fresh; `range` is asked each time. Returns what stops it, and what asks at once. */
export function followPast(range: () => readonly [from: number, to: number]): {
  stop: Stop;
  again: () => void;
} {
  let turn = 0;
  const look = async (): Promise<void> => {
    const mine = ++turn;
    // The server does not know that past.
    if (recording.value) return;
    const [from, to] = range().map(Math.round) as [number, number];
    // Up to the next full minute: screens that show the same ask the same, and the server reads it once.
    const end = Math.min(to, Math.ceil(readLiveNow() / MINUTE_MS) * MINUTE_MS);
    // Not before the clock of the city was told.
    if (from <= 0 || end <= from) return;
    try {
      const [extent, marked] = await Promise.all([
        getJson(`/api/history/extent?from=${from}&to=${end}&bins=${BINS}`),
        getJson(`/api/history/marks?from=${Math.max(from, end - 7 * DAY_MS)}&to=${end}`),
      ]);
      if (mine !== turn) return;
      past.value = parsePast(extent);
      marks.value = parseMarks(marked);
      pastFault.value = '';
    } catch (error) {
      if (mine === turn) pastFault.value = error instanceof Error ? error.message : String(error);
    }
  };
  void look();
  return { stop: every(REFRESH_MS, () => void look()), again: () => void look() };
}

/** So near to a mark is at it, milliseconds. */
const NEAR_MS = 500;

export const hasMarks = computed(() => marks.value.length > 0);

/** To the next mark, or the one before; nowhere where there is none. */
export function jumpToMark(by: 1 | -1): void {
  if (recording.value) return;
  const now = isPast.value ? readCityNow() : readLiveNow();
  const next =
    by > 0
      ? marks.value.find(({ at }) => at > now + NEAR_MS)
      : marks.value.findLast(({ at }) => at < now - NEAR_MS);
  if (next) seekTo(next.at);
}
