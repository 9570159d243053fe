// Where a series has no data although it should: drawn as a gap, never as a line across.

export type Gap = readonly [from: number, to: number];

/** A source that is silent for more than this many of its periods has a gap. */
const SILENT_PERIODS = 4;

export interface GapRange {
  readonly from: number;
  readonly to: number;
  /** Between two reports, milliseconds. */
  readonly periodMs: number;
}

/** Gaps between reports. `moments` ascend; the one before and the one behind the range belong to them where there are any. */
export function silences(moments: Iterable<number>, { from, to, periodMs }: GapRange): Gap[] {
  const most = SILENT_PERIODS * periodMs;
  const gaps: Gap[] = [];
  let before = -Infinity;
  const close = (at: number): void => {
    const gap: Gap = [Math.max(before, from), Math.min(at, to)];
    if (at - before > most && gap[1] > gap[0]) gaps.push(gap);
    before = at;
  };
  for (const moment of moments) close(moment);
  // The end of the range is no report: what is missing up to there counts.
  if (to > before) close(to);
  return gaps;
}

/** The parts of `gaps` inside a range. */
export function within(gaps: Iterable<Gap>, from: number, to: number): Gap[] {
  const cut: Gap[] = [];
  for (const [start, end] of gaps) {
    if (end > from && start < to) cut.push([Math.max(start, from), Math.min(end, to)]);
  }
  return cut;
}
