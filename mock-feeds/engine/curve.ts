// Values by time as an operator gives them: [[hours after the start, value], …], straight lines between.
import { HOUR } from './local-time.ts';

export interface TimedCurve {
  /** Epoch ms at which its hours begin. */
  from: number;
  points: readonly (readonly [hours: number, value: number])[];
}

/** The value at a moment; before the first point the first value, after the last one the last. */
export function valueAt({ from, points }: TimedCurve, at: number): number {
  const hours = (at - from) / HOUR;
  let before = points[0] ?? [0, 0];
  for (const point of points) {
    if (point[0] > hours) {
      if (point === points[0] || point[0] === before[0]) return before[1];
      return before[1] + ((hours - before[0]) / (point[0] - before[0])) * (point[1] - before[1]);
    }
    before = point;
  }
  return before[1];
}

/** Reads what an inject gives; a wrong one throws a sentence that says what it should be. */
export function readCurve(name: string, given: unknown, from: number): TimedCurve {
  const isPoint = (point: unknown): point is [number, number] =>
    Array.isArray(point) && point.length === 2 && point.every((n) => typeof n === 'number');
  if (!Array.isArray(given) || given.length === 0 || !given.every(isPoint)) {
    throw new Error(`${name}: ${JSON.stringify(given)} → [[hours after the inject, value], …]`);
  }
  return { from, points: given };
}
