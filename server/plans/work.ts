// What an activation has still to do now: tasks to give, tasks to withdraw. Pure: a preview asks it of what would be, the
// book of what is, so that what is shown is what is made.
import type { Incident, UnitRef } from '../../contracts/records/incident.ts';
import { isOpen } from '../../contracts/records/incident.ts';
import type { PlannedTask, PlanOrigin } from '../../contracts/records/plan-run.ts';
import type { Task } from '../../contracts/records/task.ts';
import type { PlanGround } from './port.ts';
import { unitOfRole } from './roles.ts';
import type { RunState } from './run-fold.ts';
import type { Spell } from './spells.ts';
import { dueAfter, isInForce, keyOf, plannedTimes, spellsBefore, spellsOf } from './spells.ts';

export interface ToGive {
  readonly spell: Spell;
  readonly task: PlannedTask;
  readonly origin: PlanOrigin;
}

export interface Work {
  /** Now. */
  readonly give: readonly ToGive[];
  /** When those before are done. */
  readonly later: readonly ToGive[];
  readonly withdraw: readonly Task[];
}

/** Tasks of the activation, by the spell of the step they are of. */
export const tasksOf = (
  { run }: Pick<RunState, 'run'>,
  { tasks }: Pick<Incident, 'tasks'>,
): Map<string, Task> =>
  new Map(
    tasks.flatMap((task) =>
      task.plan?.run === run.id ? [[`${task.plan.step} ${task.plan.since}`, task] as const] : [],
    ),
  );

/** Whether an incident takes tasks: accepted, and not over. */
export const takesTasks = ({ stage }: Pick<Incident, 'stage'>): boolean =>
  isOpen({ stage }) && stage !== 'reported';

export function workOf(
  state: RunState,
  incident: Pick<Incident, 'tasks' | 'log' | 'stage'>,
  ground: PlanGround,
): Work {
  const spells = spellsOf(state);
  const tasks = tasksOf(state, incident);
  const planned = plannedTimes(spells);
  const inForce = spells.filter(isInForce);
  const give: ToGive[] = [];
  const later: ToGive[] = [];
  for (const spell of inForce) {
    if (tasks.has(keyOf(spell))) continue;
    const before = spellsBefore(spell, inForce);
    const ends = before.map((one) => endOf(tasks.get(keyOf(one)), incident));
    const isReady = ends.every((end) => end !== null);
    const startAt = Math.max(spell.sinceAt, ...ends.flatMap((end) => end ?? []));
    const dueAt = isReady ? dueAfter(spell.step, startAt) : (planned.get(keyOf(spell))?.dueAt ?? null);
    const unit = unitOf(spell, state, ground);
    if (!unit) continue;
    const waiting = isReady ? [] : before.filter((_one, at) => ends[at] === null);
    const one = toGive(spell, state, { unit, dueAt, waitsFor: waiting.map(({ step }) => step.id), ground });
    (isReady ? give : later).push(one);
  }
  const current = new Set(inForce.map(keyOf));
  const withdraw = [...tasks].flatMap(([key, task]) => (!current.has(key) && isUndone(task) ? [task] : []));
  return { give, later, withdraw };
}

const UNDONE: ReadonlySet<Task['state']> = new Set(['given', 'received', 'under-way', 'returned']);
/** Nobody has reported it yet: what is reported is accepted or not, whatever becomes of the level. */
export const isUndone = ({ state }: Pick<Task, 'state'>): boolean => UNDONE.has(state);

/** When what waits for it may begin: reported, accepted, or withdrawn by hand. null: not yet. */
function endOf(task: Task | undefined, { log }: Pick<Incident, 'log'>): number | null {
  if (!task || isUndone(task)) return null;
  const ending = task.state === 'withdrawn' ? 'task-withdraw' : 'task-report';
  const line = log.find(({ verb, said }) => verb === ending && said['task'] === task.id);
  return line?.happenedAt ?? task.report?.happenedAt ?? task.givenAt;
}

function unitOf({ step }: Spell, { plan }: RunState, { units }: PlanGround): UnitRef | null {
  const id = step.role === null ? null : unitOfRole(plan, step.role);
  return id === null ? null : (units.get(id) ?? null);
}

/** As a task takes. */
const MOST_TEXT = 2000;
const MOST_PLACE = 160;

function toGive(
  spell: Spell,
  { run }: RunState,
  {
    unit,
    dueAt,
    waitsFor,
    ground,
  }: Pick<PlannedTask, 'unit' | 'dueAt' | 'waitsFor'> & { readonly ground: PlanGround },
): ToGive {
  const { step, since } = spell;
  const nameOf = (id: string): string => ground.places.get(id)?.name.zh ?? id;
  const with_ = step.resources.map(nameOf).join('、');
  const [first] = step.places;
  const origin = {
    plan: run.plan,
    version: run.version,
    run: run.id,
    step: step.id,
    clause: step.clause,
    since,
  };
  const task: PlannedTask = {
    ...{ step: step.id, clause: step.clause, unit, dueAt, proof: step.proof, waitsFor },
    text: `${step.text.zh}${with_ === '' ? '' : `（力量物资：${with_}）`}`.slice(0, MOST_TEXT),
    place: step.places.map(nameOf).join('、').slice(0, MOST_PLACE),
    position: first === undefined ? null : (ground.places.get(first)?.position ?? null),
  };
  return { spell, task, origin };
}
