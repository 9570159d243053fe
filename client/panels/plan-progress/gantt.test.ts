// Bars and marks of the Gantt chart.
import { expect, test } from 'vitest';
import type { RunProgress, StepProgress } from '../../../contracts/records/plan-run.ts';
import { axisOf, barsOf, shareOf, sinceStart } from './gantt.ts';

const MINUTE = 60_000;
const step: StepProgress = {
  ...{ key: '9-9-a', step: 'a', clause: '5.1', text: { zh: '巡查', en: 'Patrol' }, after: [], state: 'open' },
  unit: { id: 'city', name: { zh: '值班室', en: 'Desk' } },
  ...{ plannedStartAt: 0, plannedDueAt: 30 * MINUTE, task: 1, givenAt: 0, receivedAt: null },
  ...{ doneAt: null, dueAt: 30 * MINUTE },
};
const progress = (steps: readonly StepProgress[], now: number, endedAt: number | null = null): RunProgress =>
  ({ run: { startedAt: 0, endedAt }, steps, now }) as unknown as RunProgress;

test('the axis reaches as far as what is planned, done, or now, with at most six marks', () => {
  expect(axisOf(progress([step], 10 * MINUTE))).toMatchObject({ from: 0, to: 30 * MINUTE });
  expect(axisOf(progress([step], 50 * MINUTE)).to).toBe(50 * MINUTE);
  expect(axisOf(progress([step], 500 * MINUTE, 40 * MINUTE)).to).toBe(40 * MINUTE);
  for (const minutes of [10, 45, 200, 3000, 40_000])
    expect(axisOf(progress([step], minutes * MINUTE)).ticks.length).toBeLessThanOrEqual(6);
});

test('what lies after its time is a part of its own', () => {
  const axis = axisOf(progress([step], 60 * MINUTE));
  expect(barsOf(step, axis, 60 * MINUTE)).toEqual({
    planned: { left: 0, width: 0.5 },
    done: { left: 0, width: 1 },
    over: { left: 0.5, width: 0.5 },
  });
  const done = { ...step, state: 'done' as const, doneAt: 15 * MINUTE };
  expect(barsOf(done, axis, 60 * MINUTE)).toMatchObject({ done: { left: 0, width: 0.25 }, over: null });
});

test('what waits has its plan alone; what was withdrawn draws nothing that was done', () => {
  const axis = axisOf(progress([step], 60 * MINUTE));
  const waiting = { ...step, state: 'waiting' as const, givenAt: null, task: null };
  expect(barsOf(waiting, axis, 60 * MINUTE)).toMatchObject({ done: null, over: null });
  expect(barsOf({ ...step, state: 'withdrawn' }, axis, 60 * MINUTE).done).toBeNull();
  expect(shareOf(axis, -5)).toBe(0);
  expect(sinceStart(axis, 75 * MINUTE)).toBe('T+1:15');
});
