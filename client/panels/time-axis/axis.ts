// The time axis of the wall: from twelve hours ago to six ahead, with round hours and the warnings that were sent.
import { formatClock } from '../../i18n/numbers.ts';
import type { Severity } from '../../stores/indicators.ts';
import type { OpenWarning } from '../../stores/warnings.ts';

const HOUR_MS = 3_600_000;
const BACK_MS = 12 * HOUR_MS;
const AHEAD_MS = 6 * HOUR_MS;
const TICK_H = 3;
/** Ticks this near to NOW make room for its word, as a share of the axis. */
const NEAR = 0.045;

/** Words this near to an end would hang over it. */
const EDGE = 0.03;

export interface Tick {
  readonly share: number;
  readonly text: string;
}

export interface Mark {
  readonly key: string;
  readonly share: number;
  readonly level: Severity;
  readonly text: string;
}

export interface Axis {
  /** Where NOW stands, 0–1. */
  readonly now: number;
  readonly ticks: readonly Tick[];
  readonly marks: readonly Mark[];
}

export function axisOf(now: number, timeZone: string, warnings: readonly OpenWarning[]): Axis {
  const from = now - BACK_MS;
  const span = BACK_MS + AHEAD_MS;
  const shareOf = (at: number): number => (at - from) / span;
  const ticks: Tick[] = [];
  for (let at = Math.ceil(from / HOUR_MS) * HOUR_MS; at <= from + span; at += HOUR_MS) {
    const text = formatClock(at, timeZone, false);
    const share = shareOf(at);
    if (Number(text.slice(0, 2)) % TICK_H !== 0 || text.slice(3) !== '00') continue;
    const isCut = share < EDGE || share > 1 - EDGE;
    if (!isCut && Math.abs(share - shareOf(now)) >= NEAR) ticks.push({ share, text });
  }
  const marks = warnings.flatMap(({ key, level, sentAt, headline, event }): Mark[] =>
    level === null || sentAt === null || sentAt < from || sentAt > now
      ? []
      : [{ key, level, share: shareOf(sentAt), text: headline || event }],
  );
  return { now: shareOf(now), ticks, marks };
}
