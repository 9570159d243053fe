// Tasks of the incidents of one world: given, done and judged through the log of their incident, each action once, as in
// incidents.ts.
import { CodedError } from '../../contracts/errors.ts';
import type { Counted } from '../../contracts/records/evacuation.ts';
import type { FileRef, Incident, UnitRef } from '../../contracts/records/incident.ts';
import { unitsOf } from '../../contracts/records/incident-units.ts';
import type { Task, TaskVerb } from '../../contracts/records/task.ts';
import {
  allowedWith,
  GIVE_TASK,
  isDoneByUnit,
  isTaskOpen,
  isTaskOverdue,
  TASK_PREFIX,
} from '../../contracts/records/task.ts';
import type { TaskRequest, TaskView } from '../../contracts/records/task-actions.ts';
import { linesSince } from './checks.ts';
import type { Said } from './findings.ts';
import type { EntryBody, Found } from './fold.ts';
import type { Actor, GivenTask, IncidentTargets, TaskFilter, TaskOutcome, TaskPage, Tasks } from './port.ts';
import { defined, requireReach } from './asked.ts';
import { countedPlaces, placesToMove } from './evacuation.ts';
import type { FindPlace } from './evacuation.ts';
import { noTaskFor, requireProof, taskConflictOf } from './task-life.ts';

/** What tasks need of the book of incidents they are a part of. */
export interface TaskGround {
  readonly incidents: ReadonlyMap<number, Incident>;
  readonly targets: Pick<IncidentTargets, 'regionAt'>;
  now(): number;
  /** @throws CodedError request/not-found */
  require(id: number): Incident;
  /** @throws CodedError request/invalid */
  unit(id: string): UnitRef;
  /** undefined: no town and no village of the city has that code. */
  readonly place: FindPlace;
  /** @throws CodedError request/invalid */
  filesOf(said: Said): readonly FileRef[];
  /** @throws CodedError request/invalid */
  happened(said: number | undefined): number;
  /** After all that was asked for earlier about the incident, or under the same id of an action. */
  inTurn<T>(incident: number, action: string, act: () => Promise<T>): Promise<T>;
  /** Sequence of the entry of an action that was done before; null: it was not. @throws CodedError request/invalid */
  again(action: string, verb: string, said: Said): number | null;
  /** → sequence of the entry */
  write(by: string, kind: string, body: EntryBody): Promise<number>;
}

interface Placed {
  readonly incident: Incident;
  readonly task: Task;
}

export class TaskBook implements Tasks {
  readonly #ground: TaskGround;

  constructor(ground: TaskGround) {
    this.#ground = ground;
  }

  list({ unit, incident, open, overdue, from, limit }: TaskFilter, reaches: Actor['reaches']): TaskPage {
    const now = this.#ground.now();
    const found = [...this.#all()].filter(
      ({ incident: of, task }) =>
        isSeen({ incident: of, task }, reaches) &&
        (unit === undefined || task.unit.id === unit) &&
        (incident === undefined || of.id === incident) &&
        (open === undefined || isTaskOpen(task) === open) &&
        (overdue === undefined || isTaskOverdue(task, now) === overdue),
    );
    found.sort((a, b) => (a.task.dueAt ?? Infinity) - (b.task.dueAt ?? Infinity) || a.task.id - b.task.id);
    return { tasks: found.slice(from, from + limit).map(viewOf), total: found.length };
  }

  view(id: number, reaches: Actor['reaches']): TaskView {
    return viewOf(this.#require(id, reaches));
  }

  give(by: Actor, incidentId: number, asked: GivenTask): Promise<TaskOutcome> {
    return this.#ground.inTurn(incidentId, asked.action, async () => {
      const { require, again, unit: unitOf, happened, now, targets } = this.#ground;
      const incident = require(incidentId);
      const { action, happenedAt, seen, ...rest } = asked;
      const said = defined(rest);
      const before = again(action, GIVE_TASK, { incident: incidentId, ...said });
      if (before !== null) return { outcome: 'again', id: before };
      requireReach(by, incident.region);
      const why = noTaskFor(incident);
      if (why !== null) return { outcome: 'held', id: incidentId, why };
      if (seen > incident.seq) throw new CodedError('request/invalid', `seen: ${seen} is ahead of the log`);
      // What a plan or an order gives may come late, after a server was away: it is late then, and given all the same.
      if (
        asked.plan === undefined &&
        asked.order === undefined &&
        asked.dueAt !== null &&
        asked.dueAt <= now()
      )
        throw new CodedError('request/invalid', `dueAt: ${asked.dueAt} has passed: name a later moment`);
      const unit = unitOf(asked.unit);
      const own = /^(?:county|town):(\d+)$/.exec(unit.id)?.[1];
      if (own !== undefined) requireReach(by, own);
      const region = own ?? (asked.position ? targets.regionAt(asked.position) : incident.region);
      const move = asked.move && placesToMove(asked.move, { place: this.#ground.place, own });
      const found: Found = { unit, region, ...(move ? { move } : {}) };
      const body: EntryBody = { incident: incidentId, action, happenedAt: happened(happenedAt), said, found };
      return { outcome: 'done', id: await this.#ground.write(by.id, `incident/${GIVE_TASK}`, body) };
    });
  }

  async act<V extends TaskVerb>(
    by: Actor,
    id: number,
    { verb, asked }: { readonly verb: V; readonly asked: TaskRequest<V> },
  ): Promise<TaskOutcome> {
    const { id: about } = this.#require(id, by.reaches).incident;
    return this.#ground.inTurn(about, asked.action, async () => {
      const { again, filesOf, happened, write } = this.#ground;
      const { incident, task } = this.#require(id, by.reaches);
      const { action, happenedAt, seen, ...rest } = asked as TaskRequest & Said;
      const said = defined({ task: id, ...rest });
      const entry = `${TASK_PREFIX}${verb}`;
      if (again(action, entry, { incident: incident.id, ...said }) !== null) return { outcome: 'again', id };
      if (isDoneByUnit(verb)) requireReach(by, ...ofUnit(task));
      else requireReach(by, incident.region);
      const why = taskConflictOf(incident, task, { verb, seen });
      if (why !== null) return { outcome: 'conflict', id, why, since: sinceOf(incident, task, seen) };
      const files = verb === 'report' ? filesOf(said) : [];
      if (verb === 'report') requireProof(task, said, files);
      const at = happened(happenedAt);
      const isLate = verb === 'report' && task.report === null && task.dueAt !== null && at > task.dueAt;
      const found: Found = {
        ...(verb === 'report' ? { files } : {}),
        ...(isLate ? { taskLate: true } : {}),
        ...(verb === 'progress'
          ? { move: countedPlaces(task.move ?? [], said['places'] as Counted, at) }
          : {}),
      };
      await write(by.id, `incident/${entry}`, {
        incident: incident.id,
        action,
        happenedAt: at,
        said,
        found,
      });
      return { outcome: 'done', id };
    });
  }

  *#all(): Generator<Placed> {
    for (const incident of this.#ground.incidents.values())
      for (const task of incident.tasks) yield { incident, task };
  }

  /** What lies in another area is as if it were not there. @throws CodedError request/not-found */
  #require(id: number, reaches: Actor['reaches']): Placed {
    for (const found of this.#all()) if (found.task.id === id && isSeen(found, reaches)) return found;
    throw new CodedError('request/not-found', `task ${id}`);
  }
}

/** Where it is to be done, and who has it. */
const ofUnit = ({ region, unit }: Task): [string, readonly string[]] => [region, [unit.id]];

/** Who has it and who gave it see it: the area it is to be done in, and that of its incident; and who handles that or helps. */
const isSeen = ({ incident, task }: Placed, reaches: Actor['reaches']): boolean =>
  reaches(...ofUnit(task)) || reaches(incident.region, unitsOf({ ...incident, tasks: [] }));

const sinceOf = (incident: Incident, task: Task, seen: number) =>
  linesSince(incident, seen).filter(({ said, seq }) => said['task'] === task.id || seq === task.id);

function viewOf({ incident, task }: Placed): TaskView {
  const { id, no, title, kind, grade, stage, urgent, place, position } = incident;
  return {
    task,
    incident: { id, no, title, kind, grade, stage, urgent, place, position },
    next: allowedWith(task),
  };
}
