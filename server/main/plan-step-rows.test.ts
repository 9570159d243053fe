// Steps of an activation as rows: where they are, how far, with a line to the unit; gone with the activation, and said once.
import { expect, test } from 'vitest';
import type { LonLat } from '../../contracts/column.ts';
import { planStep } from '../../contracts/layers/plan-step.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import type { PlanRun, RunProgress, StepProgress } from '../../contracts/records/plan-run.ts';
import { createManualClock } from '../kit/clock.ts';
import { planWith } from '../plans/plan.test-kit.ts';
import { LiveWorld } from '../state/live-world.ts';
import { PlanStepRows } from './plan-step-rows.ts';

const START = Date.UTC(2026, 6, 15, 4);
const name = (zh: string) => ({ zh, en: zh });
const plan = planWith();
const site: LonLat = [84.1, 41.2];
const seat: LonLat = [84.3, 41.4];
const [first, second] = plan.steps;

function rig() {
  const clock = createManualClock(START);
  const world = new LiveWorld({ id: 'live', kind: 'live', parent: null }, [planStep], {
    next: () => 1,
  } as never);
  const step = (id: string, more: Partial<StepProgress>): StepProgress => ({
    ...{ key: `9-9-${id}`, step: id, clause: '5.1', text: name(id), after: [], state: 'waiting' as const },
    ...{ unit: { id: 'dept:emergency', name: name('应急') }, plannedStartAt: START, plannedDueAt: null },
    ...{ task: null, givenAt: null, receivedAt: null, doneAt: null, dueAt: null, ...more },
  });
  const state = {
    run: { id: 9, level: 'III', incident: 5, title: plan.title } as unknown as PlanRun,
    steps: [
      step(first?.id ?? '', {}),
      step(second?.id ?? '', { state: 'open', task: 7, dueAt: START + 5500 }),
    ],
  };
  const incident = {
    ...{ id: 5, no: '20260715-001', region: '990101', position: site },
    tasks: [{ id: 7, position: null }],
  } as unknown as Incident;
  const rows = new PlanStepRows({
    ...{ world, clock, isDemo: false, placeOf: () => null },
    seats: (unit) => (unit === 'dept:emergency' ? seat : null),
    incidents: { find: (id) => (id === 5 ? incident : undefined) },
    runs: {
      states: () => [{ run: state.run, plan }] as never,
      progress: () => ({ run: state.run, steps: state.steps }) as unknown as RunProgress,
    },
  });
  const table = world.table(planStep.slug);
  const shown = () => [...table.rows()].map(({ key, values }) => [key, values]);
  return { clock, state, step, rows, shown, table };
}

test('a step that waits stands at its place, one under way is the row of its task; both have a line to the unit', () => {
  const { rows, shown } = rig();
  rows.refresh();
  const [waiting, open] = shown();
  expect(waiting).toMatchObject([
    `9-9-${first?.id}`,
    { state: 'waiting', task: null, unitId: 'dept:emergency' },
  ]);
  const { position, way } = waiting?.[1] as unknown as { position: LonLat; way: { coordinates: LonLat[] } };
  expect(position[0]).toBeCloseTo(site[0], 4);
  expect(way.coordinates[0]?.[0]).toBeCloseTo(seat[0], 4);
  expect(open).toMatchObject([`9-9-${second?.id}`, { state: 'open', task: 7, position: null, way: {} }]);
});

test('what moved is said, what stands is not, and all of it goes with the activation', () => {
  const { clock, rows, state, step, shown, table } = rig();
  rows.open();
  const validAt = () => [...table.rows()].map((row) => row.validAt);
  clock.advance(5000);
  expect(validAt()).toEqual([START, START]);
  // As time goes by itself.
  state.steps[1] = step(second?.id ?? '', { state: 'late', task: 7, dueAt: START + 5500 });
  clock.advance(1000);
  expect(shown().map(([, values]) => (values as { state: string }).state)).toEqual(['waiting', 'late']);
  expect(validAt()).toEqual([START, START + 6000]);
  // With what happens to the incident.
  state.steps[0] = step(first?.id ?? '', { state: 'withdrawn' });
  rows.refresh();
  expect(shown()).toHaveLength(1);
  state.run = { ...state.run, level: null };
  clock.advance(1000);
  expect(shown()).toEqual([]);
  rows.close();
});
