// The command tree out of activated plans: seats with who holds them, working groups with their tasks; the task board; what a
// wall shows. Pure.
import type { Title } from '../../contracts/column.ts';
import type {
  BoardTask,
  CrisisRoomPage,
  Headquarters,
  Holder,
  RecommendedClause,
  ReportedFigure,
  Seat,
  TaskCounts,
} from '../../contracts/records/headquarters.ts';
import type { Fact, Incident, UnitRef } from '../../contracts/records/incident.ts';
import { isOpen } from '../../contracts/records/incident.ts';
import type { Plan } from '../../contracts/records/plan.ts';
import { compareLevels } from '../../contracts/records/plan.ts';
import type { PlanRun } from '../../contracts/records/plan-run.ts';
import type { Task } from '../../contracts/records/task.ts';
import { communicationOf } from './communication.ts';
import type { HeadquartersFold } from './fold.ts';
import type { CommandSources } from './port.ts';

type Active = { readonly run: PlanRun; readonly plan: Plan };
const OVER: ReadonlySet<Task['state']> = new Set(['reported', 'accepted', 'withdrawn']);
export const isLate = ({ dueAt, state }: Pick<Task, 'dueAt' | 'state'>, now: number): boolean =>
  dueAt !== null && dueAt < now && !OVER.has(state);

export interface TreeParts {
  readonly sources: CommandSources;
  readonly fold: HeadquartersFold;
  readonly now: number;
}

export const activeRuns = ({ runs }: CommandSources): Active[] =>
  [...runs()].filter(({ run }) => run.level !== null);

export function headquartersOf({ run, plan }: Active, parts: TreeParts): Headquarters {
  const { sources, fold, now } = parts;
  const units = new Map(sources.units.map((unit) => [unit.id, unit]));
  const unitOf = (id: string): UnitRef => units.get(id) ?? { id, name: { zh: id, en: id } };
  const seat = (id: string, name: Title, unit: string): Seat => ({
    ...{
      seat: id,
      title: name,
      unit: unitOf(unit),
      holder: holderOf(parts, { run: run.id, seat: id, unit }),
    },
  });
  const { chief, deputies, office } = plan.command;
  const tasks = [...sources.incidents()].find(({ id }) => id === run.incident)?.tasks ?? [];
  return {
    ...{ run: run.id, plan: run.title, incident: run.incident, incidentNo: run.incidentNo },
    level: run.level ?? 'IV',
    seats: [
      seat('chief', chief.post, chief.unit),
      ...deputies.map(({ post, unit }, at) => seat(`deputy-${at}`, post, unit)),
      seat('office', { zh: '办公室', en: 'Office' }, office.unit),
    ],
    groups: plan.groups.map((group) => ({
      ...seat(`group:${group.id}`, group.name, group.lead),
      members: group.members.map(unitOf),
      tasks: countsOf(
        tasks.filter((task) => task.plan?.run === run.id && roleOf(plan, task.plan.step) === group.id),
        now,
      ),
    })),
    log: fold.seats.get(run.id) ?? [],
  };
}

const roleOf = ({ steps }: Plan, step: string): string | null | undefined =>
  steps.find(({ id }) => id === step)?.role;

function countsOf(tasks: readonly Task[], now: number): TaskCounts {
  const counted = tasks.filter(({ state }) => state !== 'withdrawn');
  return {
    open: counted.filter(({ state }) => !OVER.has(state)).length,
    late: counted.filter((task) => isLate(task, now)).length,
    done: counted.filter(({ state }) => OVER.has(state)).length,
  };
}

/** By hand, else who is on duty there by the roster. */
function holderOf(
  { sources, fold, now }: TreeParts,
  { run, seat, unit }: { readonly run: number; readonly seat: string; readonly unit: string },
): Holder | null {
  const line = fold.holderOf(run, seat, now);
  if (line) {
    const { name, account, how, since, until, by, reason } = line;
    return { name, account, how, since, until, by, reason };
  }
  const [first] = sources.onDuty(unit);
  return first ? { ...first, how: 'roster', since: null, until: null, by: '', reason: '' } : null;
}

/** Open tasks of every open incident, what is due first, first. */
export function boardOf({ sources, now }: TreeParts): BoardTask[] {
  const runs = new Map([...sources.runs()].map((state) => [state.run.id, state]));
  const all = [...sources.incidents()]
    .filter(isOpen)
    .flatMap((incident) =>
      incident.tasks
        .filter(({ state }) => state !== 'withdrawn' && state !== 'accepted')
        .map((task) =>
          boardTask(task, { incident, from: task.plan ? runs.get(task.plan.run) : undefined, now }),
        ),
    );
  return all.sort((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || a.id - b.id);
}

function boardTask(
  task: Task,
  {
    incident,
    from,
    now,
  }: { readonly incident: Incident; readonly from: Active | undefined; readonly now: number },
): BoardTask {
  const { id, text, unit, state, givenAt, dueAt } = task;
  const role = from && task.plan ? roleOf(from.plan, task.plan.step) : null;
  const group = from?.plan.groups.find((one) => one.id === role);
  return {
    ...{ id, text, unit, state, givenAt, dueAt, isLate: isLate(task, now) },
    ...{ group: group?.name ?? null, plan: from?.run.title ?? null },
    ...{ incident: incident.id, incidentNo: incident.no, incidentTitle: incident.title },
  };
}

/** What a crisis asks for first; others are shown where somebody reported them. */
const ASKED: readonly Fact[] = ['dead', 'hurt', 'poisoned', 'evacuated', 'houses'];

/** The last word of the record on each, with when we knew it. */
export function figuresOf(incident: Incident): ReportedFigure[] {
  return ASKED.map((fact) => {
    const line = incident.log.findLast(({ said }) => numberIn(said, fact) !== null);
    const value = line ? numberIn(line.said, fact) : (incident.facts[fact] ?? null);
    return {
      fact,
      value,
      at: line?.knownAt ?? (value === null ? null : incident.reportedAt),
      incidentNo: incident.no,
    };
  });
}

function numberIn(said: Readonly<Record<string, unknown>>, fact: Fact): number | null {
  const { facts } = said as { readonly facts?: Readonly<Record<string, unknown>> };
  const value = facts?.[fact];
  return typeof value === 'number' ? value : null;
}

/** As many as a wall holds. */
const MOST_CLAUSES = 4;

/** What the plans for this kind of incident say at this level: those that are active first. */
export function clausesFor(incident: Incident | undefined, { sources }: TreeParts): RecommendedClause[] {
  if (!incident) return [];
  const active = new Map(
    activeRuns(sources).flatMap(({ run }) =>
      run.incident === incident.id ? [[run.plan, run] as const] : [],
    ),
  );
  const wanted = sources.crises().find((one) => one.incident === incident.id)?.level ?? 'IV';
  return sources
    .plans()
    .filter(({ kinds }) => kinds.includes(incident.kind))
    .flatMap((plan): RecommendedClause[] => {
      const level = active.get(plan.id)?.level ?? wanted;
      const isActive = active.has(plan.id);
      const nos = plan.steps
        .filter(({ from }) => compareLevels(from, level) <= 0)
        .map(({ clause }) => clause);
      return plan.clauses
        .filter(({ no }) => nos.includes(no) || plan.levels[level]?.clause === no)
        .map(({ no, title, text }) => ({ plan: plan.title, no, title, text, level, isActive }));
    })
    .sort((a, b) => Number(b.isActive) - Number(a.isActive))
    .slice(0, MOST_CLAUSES);
}

export function roomOf(parts: TreeParts): CrisisRoomPage {
  const { sources, fold, now } = parts;
  const crises = sources.crises();
  const named = crises.find(({ incident }) => incident !== null)?.incident;
  const incident = [...sources.incidents()].find(({ id }) => id === named);
  const call = [...fold.calls.values()].at(-1);
  const units = new Map(sources.units.map(({ id, name }) => [id, name]));
  return {
    now,
    crises: crises.map(({ area, name, responses, level, sinceAt, until, isAlone }) => ({
      ...{ area, name, responses, level, sinceAt, until, isAlone },
    })),
    figures: incident ? figuresOf(incident) : null,
    tree: activeRuns(sources).map((active) => treeOf(headquartersOf(active, parts))),
    clauses: clausesFor(incident, parts),
    communication: communicationOf(parts),
    rollCall: call
      ? {
          ...{ at: call.at, dueAt: call.dueAt, called: call.called.length, answered: call.answers.size },
          notReady: [...call.answers.values()].filter(({ state }) => state !== 'ready').length,
          missing: call.called.flatMap((id) => (call.answers.has(id) ? [] : (units.get(id) ?? []))),
        }
      : null,
  };
}

/** Without a name of a person. */
const treeOf = ({ plan, level, seats, groups }: Headquarters): CrisisRoomPage['tree'][number] => ({
  ...{ plan, level },
  seats: seats.map(({ title, unit, holder }) => ({ title, unit: unit.name, isHeld: holder !== null })),
  groups: groups.map(({ title, unit, holder, tasks }) => ({
    title,
    unit: unit.name,
    isHeld: holder !== null,
    tasks,
  })),
});
