// How far an activation is, and how well it kept to the plan: pure.
import type { Incident } from '../../contracts/records/incident.ts';
import type {
  ClauseConformance,
  Conformance,
  RunProgress,
  StepProgress,
  StepState,
} from '../../contracts/records/plan-run.ts';
import { stepStateTitles } from '../../contracts/records/plan-run.ts';
import type { Task } from '../../contracts/records/task.ts';
import type { PlanGround } from './port.ts';
import { unitOfRole } from './roles.ts';
import type { RunState } from './run-fold.ts';
import type { Planned, Spell } from './spells.ts';
import { keyOf, plannedTimes, spellsOf } from './spells.ts';
import { isUndone, tasksOf } from './work.ts';

type Case = Pick<Incident, 'tasks' | 'log'>;

export function progressOf(
  state: RunState,
  incident: Case,
  { now, ground }: { readonly now: number; readonly ground: PlanGround },
): RunProgress {
  const spells = spellsOf(state);
  const tasks = tasksOf(state, incident);
  const planned = plannedTimes(spells);
  const steps = spells.map((spell) => {
    const key = keyOf(spell);
    const time = planned.get(key) as Planned;
    return stepOf(spell, state, { task: tasks.get(key) ?? null, time, now, incident, ground });
  });
  const counts = Object.fromEntries(
    (Object.keys(stepStateTitles) as StepState[]).map((one) => [
      one,
      steps.filter((step) => step.state === one).length,
    ]),
  ) as Record<StepState, number>;
  return { run: state.run, now, steps, counts };
}

interface StepParts {
  readonly task: Task | null;
  readonly time: Planned;
  readonly now: number;
  readonly incident: Case;
  readonly ground: PlanGround;
}

function stepOf(spell: Spell, { plan, run }: RunState, parts: StepParts): StepProgress {
  const { task, time, incident, ground } = parts;
  const { id, clause, text, role, after } = spell.step;
  const unit = role === null ? null : unitOfRole(plan, role);
  const isDone = task !== null && !isUndone(task) && task.state !== 'withdrawn';
  const first =
    task && incident.log.find(({ verb, said }) => verb === 'task-report' && said['task'] === task.id);
  const doneAt = isDone ? (first?.happenedAt ?? task.report?.happenedAt ?? null) : null;
  return {
    ...{ key: `${run.id}-${spell.since}-${id}`, step: id, clause, text, after, doneAt },
    unit: (unit === null ? undefined : ground.units.get(unit)) ?? { id: '', name: { zh: '—', en: '—' } },
    state: stateOf(spell, { ...parts, isDone }),
    plannedStartAt: time.startAt,
    plannedDueAt: time.dueAt,
    task: task?.id ?? null,
    givenAt: task?.givenAt ?? null,
    receivedAt: task?.receivedAt ?? null,
    dueAt: task ? task.dueAt : time.dueAt,
  };
}

function stateOf(
  { untilAt }: Spell,
  { task, now, isDone }: StepParts & { readonly isDone: boolean },
): StepState {
  if (isDone) return task?.late === true ? 'done-late' : 'done';
  if (untilAt !== null || task?.state === 'withdrawn') return 'withdrawn';
  if (!task) return 'waiting';
  return task.dueAt !== null && task.dueAt < now ? 'late' : 'open';
}

/** Whether it had a time that has come: what was withdrawn before it was due is not counted. */
function isCounted({ state, dueAt }: StepProgress): boolean {
  if (dueAt === null) return false;
  return state === 'done' || state === 'done-late' || state === 'late';
}

export function conformanceOf(
  progress: RunProgress,
  { plan }: Pick<RunState, 'plan'>,
  incident: Pick<Incident, 'no' | 'title'>,
): Conformance {
  const numbers = [...new Set(progress.steps.map(({ clause }) => clause))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const clauses = numbers.map((clause): ClauseConformance => {
    const steps = progress.steps.filter((step) => step.clause === clause);
    const counted = steps.filter(isCounted);
    const delays = steps.flatMap(({ doneAt, plannedDueAt }) =>
      doneAt === null || plannedDueAt === null ? [] : [doneAt - plannedDueAt],
    );
    const sum = delays.reduce((all, one) => all + one, 0);
    return {
      clause,
      title: plan.clauses.find(({ no }) => no === clause)?.title ?? { zh: '', en: '' },
      steps,
      inTime: counted.filter(({ state }) => state === 'done').length,
      due: counted.length,
      meanDelayMs: delays.length === 0 ? null : Math.round(sum / delays.length),
    };
  });
  const due = clauses.reduce((all, one) => all + one.due, 0);
  const inTime = clauses.reduce((all, one) => all + one.inTime, 0);
  return {
    progress,
    clauses,
    scorePercent: due === 0 ? null : Math.round((inTime / due) * 100),
    incident: { no: incident.no, title: incident.title },
  };
}
