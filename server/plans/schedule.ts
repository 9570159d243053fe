// When each step of a plan begins and is due, by the plan alone: pure. Minutes count from where a step came into force.
import type { Grade } from '../../contracts/records/incident.ts';
import type { Plan, PlanStep } from '../../contracts/records/plan.ts';
import { compareLevels } from '../../contracts/records/plan.ts';

/** Minutes; `dueMin` null: the step has no time. */
export interface StepTime {
  readonly startMin: number;
  readonly dueMin: number | null;
}

/** Steps that are done at a level. */
export const stepsAt = ({ steps }: Pick<Plan, 'steps'>, level: Grade): readonly PlanStep[] =>
  steps.filter(({ from }) => compareLevels(from, level) <= 0);

/** Of the steps before it, those that are done at all. */
export const waitsFor = (step: PlanStep, of: readonly PlanStep[]): readonly string[] =>
  step.after.filter((id) => of.some((one) => one.id === id));

/** A step waits for the last of those before it; a step without a time counts as done when it begins. A cycle is cut. */
export function timesOf(steps: readonly PlanStep[]): ReadonlyMap<string, StepTime> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const times = new Map<string, StepTime>();
  const open = new Set<string>();
  const timeOf = (step: PlanStep): StepTime => {
    const known = times.get(step.id);
    if (known) return known;
    open.add(step.id);
    const ends = step.after.flatMap((id) => {
      const before = byId.get(id);
      if (!before || open.has(id)) return [];
      const { startMin, dueMin } = timeOf(before);
      return [dueMin ?? startMin];
    });
    open.delete(step.id);
    const startMin = Math.max(0, ...ends);
    const time = { startMin, dueMin: step.withinMin === null ? null : startMin + step.withinMin };
    times.set(step.id, time);
    return time;
  };
  for (const step of steps) timeOf(step);
  return times;
}

/** Ids of one cycle of steps, in its order; null: there is none. */
export function cycleOf(steps: readonly PlanStep[]): readonly string[] | null {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const done = new Set<string>();
  const walk = (id: string, way: readonly string[]): readonly string[] | null => {
    const at = way.indexOf(id);
    if (at >= 0) return way.slice(at);
    if (done.has(id)) return null;
    for (const before of byId.get(id)?.after ?? []) {
      const found = walk(before, [...way, id]);
      if (found) return found;
    }
    done.add(id);
    return null;
  };
  for (const { id } of steps) {
    const found = walk(id, []);
    if (found) return found;
  }
  return null;
}
