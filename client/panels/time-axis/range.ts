// Which stretch of time the axis shows: from twelve hours ago to six ahead, until people look closer or farther.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const BACK_MS = 12 * HOUR_MS;
const AHEAD_MS = 6 * HOUR_MS;
const MOST_AHEAD_MS = 24 * HOUR_MS;
const LEAST_MS = 2 * MINUTE_MS;
const MOST_MS = 8 * 24 * HOUR_MS;
/** The cursor is brought back to here when it leaves the picture, as a share. */
const BACK_AT = 0.35;

export type Range = readonly [from: number, to: number];

/** Room beside a recording, as a share of it. */
const BESIDE = 0.03;

export const recordedRange = ({ from, to }: { readonly from: number; readonly to: number }): Range => {
  const room = Math.max(1000, (to - from) * BESIDE);
  return [from - room, to + room];
};

/** `until`: what is worked out ahead reaches so far, epoch ms; shown up to a day ahead. */
export const usualRange = (now: number, until = 0): Range => [
  now - BACK_MS,
  Math.max(now + AHEAD_MS, Math.min(until, now + MOST_AHEAD_MS)),
];

/** Closer (factor below 1) or farther, around a share of the axis; the future is never more than the usual six hours. */
export function zoomed([from, to]: Range, zoom: { share: number; factor: number }, now: number): Range {
  const span = Math.min(MOST_MS, Math.max(LEAST_MS, (to - from) * zoom.factor));
  const start = from + zoom.share * (to - from) - zoom.share * span;
  const late = Math.max(0, start + span - (now + Math.min(AHEAD_MS, span / 2)));
  return [start - late, start + span - late];
}

/** The range that shows a moment: itself where it does. */
export function showing(range: Range, at: number): Range {
  const [from, to] = range;
  if (at >= from && at <= to) return range;
  const start = at - BACK_AT * (to - from);
  return [start, start + to - from];
}
