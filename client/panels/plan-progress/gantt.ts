// The axis and the bars of a Gantt chart as shares of its width, 0 to 1: pure.
import type { RunProgress, StepProgress } from '../../../contracts/records/plan-run.ts';

const MINUTE_MS = 60_000;
/** Between two marks, minutes: the first that leaves at most `MOST_TICKS` of them. */
const STEPS_MIN = [5, 10, 15, 30, 60, 120, 240, 360, 720, 1440, 2880, 10_080];
const MOST_TICKS = 5;
/** A step without end is as wide as this, so that it can be seen. */
const LEAST_MS = MINUTE_MS;

export interface Axis {
  readonly from: number;
  readonly to: number;
  /** Epoch ms. */
  readonly ticks: readonly number[];
}

/** From the start to the last thing that is planned or was done, and to now while it goes on. */
export function axisOf({ run, steps, now }: RunProgress): Axis {
  const from = run.startedAt;
  const ends = steps.flatMap(({ plannedDueAt, plannedStartAt, doneAt, dueAt, state }) => [
    ...[plannedDueAt ?? plannedStartAt, doneAt ?? from],
    state === 'withdrawn' ? from : (dueAt ?? from),
  ]);
  const to = Math.max(from + 10 * MINUTE_MS, run.endedAt ?? now, ...ends);
  const span = to - from;
  const stepMin = STEPS_MIN.find((min) => span / (min * MINUTE_MS) <= MOST_TICKS) ?? 10_080;
  const stepMs = stepMin * MINUTE_MS;
  const ticks: number[] = [];
  for (let at = from; at <= to; at += stepMs) ticks.push(at);
  return { from, to, ticks };
}

export const shareOf = ({ from, to }: Axis, at: number): number =>
  Math.min(1, Math.max(0, (at - from) / (to - from)));

/** `T+1:30`: hours and minutes after the start, as playbooks say it. */
export function sinceStart({ from }: Axis, at: number): string {
  const minutes = Math.round((at - from) / MINUTE_MS);
  return `T+${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

export interface Bar {
  readonly left: number;
  readonly width: number;
}

export interface StepBars {
  readonly planned: Bar;
  /** From when it was given to when it was reported, or to now; null: not given. */
  readonly done: Bar | null;
  /** What of it lies after its time; null: nothing. */
  readonly over: Bar | null;
}

export function barsOf(step: StepProgress, axis: Axis, now: number): StepBars {
  const bar = (from: number, to: number): Bar => {
    const left = shareOf(axis, from);
    return { left, width: Math.max(0, shareOf(axis, to) - left) };
  };
  const { plannedStartAt, plannedDueAt, givenAt, doneAt, dueAt, state } = step;
  const planned = bar(plannedStartAt, Math.max(plannedDueAt ?? plannedStartAt, plannedStartAt + LEAST_MS));
  const isRunning = state === 'open' || state === 'late';
  const end = doneAt ?? (isRunning ? now : null);
  if (givenAt === null || end === null) return { planned, done: null, over: null };
  const over = dueAt !== null && end > dueAt ? bar(dueAt, end) : null;
  return { planned, done: bar(givenAt, Math.max(end, givenAt + LEAST_MS)), over };
}
