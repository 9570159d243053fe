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

/** 0–1; hundreds of groups are asked for each signal, so reasons are found for the one that it joins alone. */
export function confidenceOf(signal: Signal, group: GroupFacts): number {
  const gap = Math.abs(signal.at - group.lastAt);
  if (gap > LONGEST_GAP_MS) return 0;
  const place = placeOf(signal, group)?.score ?? 0;
  if (place === 0) return 0;
  const time = gap <= 30 * MINUTE_MS ? 0.2 : gap <= 120 * MINUTE_MS ? 0.12 : 0.05;
  const words = isSameRule(signal, group) ? 0.4 : 0.4 * Math.min(1, shareOf(signal, group) / 0.5);
  // Near in place and time alone is chance in a city.
  return words === 0 ? 0 : Math.round(Math.min(1, place + time + words) * 100) / 100;
}

/** Why, in Chinese: they stand on a card. */
export function reasonsOf(signal: Signal, group: GroupFacts): string[] {
  const gap = Math.abs(signal.at - group.lastAt);
  const shared = [...signal.words].filter((word) => group.words.has(word));
  return [
    placeOf(signal, group)?.reason() ?? '',
    `相隔 ${Math.round(gap / MINUTE_MS)} 分钟`,
    isSameRule(signal, group) ? '同一告警规则' : `共同用词：${shared.slice(0, 4).join('、')}`,
  ];
}

const isSameRule = ({ rule }: Signal, { rules }: GroupFacts): boolean => rule !== '' && rules.has(rule);

/** Of the words of the one that has fewer. */
function shareOf(signal: Signal, group: GroupFacts): number {
  let shared = 0;
  for (const word of signal.words) if (group.words.has(word)) shared += 1;
  return shared / Math.max(1, Math.min(signal.words.size, group.words.size));
}

interface Near {
  readonly score: number;
  readonly reason: () => string;
}

function placeOf(signal: Signal, group: GroupFacts): Near | null {
  const { place } = signal;
  if (place && isInBox(signal, group)) return { score: 0.35, reason: () => '在同类告警范围内' };
  const { centre } = group;
  if (place && centre) {
    const metres = metresBetween(place.lon, place.lat, centre);
    const reason = (): string => `相距 ${Math.round(metres)} m`;
    if (metres <= 500) return { score: 0.45, reason };
    if (metres <= 2000) return { score: 0.35, reason };
    // A place that words name is as large as a town.
    return metres <= FARTHEST_M && signal.isPlaceRead ? { score: 0.25, reason } : null;
  }
  const same = signal.names.find((name) => group.names.has(name));
  return same === undefined ? null : { score: 0.3, reason: () => `同一地名：${same}` };
}

/** Alerts of one rule make a field, such as a town without power: its rim is 3 km wide. */
function isInBox({ place, rule }: Signal, { box, rules }: GroupFacts): boolean {
  if (!place || !box || rule === '' || !rules.has(rule)) return false;
  const rim = 0.03;
  const [west, south, east, north] = box;
  const { lon, lat } = place;
  return lon >= west - rim && lon <= east + rim && lat >= south - rim && lat <= north + rim;
}
