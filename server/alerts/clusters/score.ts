// How likely a signal is about the same as a group of signals: place, time, words, and the reasons in words.
import { metresBetween } from '../areas.ts';
import type { Signal } from './signals.ts';

const MINUTE_MS = 60_000;
/** Below it a signal stands for itself. */
export const JOINS_FROM = 0.6;
/** A group that heard nothing for this long takes nobody in. */
export const LONGEST_GAP_MS = 6 * 60 * MINUTE_MS;
/** Of what is read out of words, kilometres count as well. */
export const FARTHEST_M = 5000;

export interface GroupFacts {
  readonly centre: { readonly lon: number; readonly lat: number } | null;
  /** West, south, east, north of its alerts. */
  readonly box: readonly [number, number, number, number] | null;
  readonly lastAt: number;
  readonly words: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly rules: ReadonlySet<string>;
}

export interface Score {
  readonly confidence: number;
  readonly reasons: readonly string[];
}

const NO: Score = { confidence: 0, reasons: [] };

/** Reasons in Chinese: they stand on a card. */
export function scoreOf(signal: Signal, group: GroupFacts): Score {
  const gap = Math.abs(signal.at - group.lastAt);
  if (gap > LONGEST_GAP_MS) return NO;
  const place = placeOf(signal, group);
  if (!place) return NO;
  const time = gap <= 30 * MINUTE_MS ? 0.2 : gap <= 120 * MINUTE_MS ? 0.12 : 0.05;
  const isSameRule = signal.rule !== '' && group.rules.has(signal.rule);
  const shared = [...signal.words].filter((word) => group.words.has(word));
  const least = Math.max(1, Math.min(signal.words.size, group.words.size));
  const words = isSameRule ? 0.4 : 0.4 * Math.min(1, shared.length / least / 0.5);
  // Near in place and time alone is chance in a city.
  if (words === 0) return NO;
  return {
    confidence: Math.round(Math.min(1, place.score + time + words) * 100) / 100,
    reasons: [
      place.reason,
      `相隔 ${Math.round(gap / MINUTE_MS)} 分钟`,
      isSameRule ? '同一告警规则' : `共同用词：${shared.slice(0, 4).join('、')}`,
    ],
  };
}

function placeOf(signal: Signal, group: GroupFacts): { score: number; reason: string } | null {
  const same = signal.names.find((name) => group.names.has(name));
  const { place } = signal;
  if (place && isInBox(signal, group)) return { score: 0.35, reason: '在同类告警范围内' };
  if (place && group.centre) {
    const metres = metresBetween(place.lon, place.lat, group.centre);
    const reason = `相距 ${Math.round(metres)} m`;
    if (metres <= 500) return { score: 0.45, reason };
    if (metres <= 2000) return { score: 0.35, reason };
    // A place that words name is as large as a town.
    if (metres <= FARTHEST_M && signal.isPlaceRead) return { score: 0.25, reason };
    return null;
  }
  return same === undefined ? null : { score: 0.3, reason: `同一地名：${same}` };
}

/** Alerts of one rule make a field, such as a town without power: its rim is 3 km wide. */
function isInBox({ place, rule }: Signal, { box, rules }: GroupFacts): boolean {
  if (!place || !box || rule === '' || !rules.has(rule)) return false;
  const rim = 0.03;
  const [west, south, east, north] = box;
  const { lon, lat } = place;
  return lon >= west - rim && lon <= east + rim && lat >= south - rim && lat <= north + rim;
}
