// Tasks as the fold of their entries in the log of their incident: pure.
import type { LonLat } from '../../contracts/column.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Incident, UnitRef } from '../../contracts/records/incident.ts';
import type { PlanOrigin } from '../../contracts/records/plan-run.ts';
import type { Proof, Task, TaskVerb } from '../../contracts/records/task.ts';
import { GIVE_TASK, TASK_PREFIX, taskMoves } from '../../contracts/records/task.ts';
import type { EntryBody } from './fold.ts';

/** @param verb of the entry, `task-…`. → the tasks of the incident after it */
export function tasksAfter(
  { tasks }: Pick<Incident, 'tasks'>,
  entry: LogEntry,
  { verb, body }: { readonly verb: string; readonly body: EntryBody },
): readonly Task[] {
  if (verb === GIVE_TASK) return [...tasks, given(entry, body)];
  const did = verb.slice(TASK_PREFIX.length) as TaskVerb;
  return tasks.map((task) => (task.id === body.said['task'] ? acted(task, entry, { did, body }) : task));
}

function given({ seq, subject, knownAt }: LogEntry, { said, found }: EntryBody): Task {
  return {
    id: seq,
    seq,
    state: 'given',
    text: String(said['text']),
    place: String(said['place'] ?? ''),
    position: (said['position'] ?? null) as LonLat | null,
    region: found.region ?? '',
    unit: found.unit as UnitRef,
    worker: String(said['worker'] ?? ''),
    dueAt: (said['dueAt'] ?? null) as number | null,
    proof: (said['proof'] ?? []) as readonly Proof[],
    givenBy: subject,
    givenAt: knownAt,
    receivedAt: null,
    report: null,
    why: '',
    returns: 0,
    late: false,
    ...(said['plan'] ? { plan: said['plan'] as PlanOrigin } : {}),
    ...(typeof said['order'] === 'string' ? { order: said['order'] } : {}),
    ...(found.move ? { move: found.move } : {}),
  };
}

function acted(
  task: Task,
  { seq, subject, knownAt }: LogEntry,
  { did, body }: { readonly did: TaskVerb; readonly body: EntryBody },
): Task {
  const { said, found, happenedAt } = body;
  const next = { ...task, seq, state: taskMoves[did][task.state] ?? task.state };
  switch (did) {
    case 'receive':
      return { ...next, receivedAt: happenedAt };
    case 'report': {
      const position = (said['position'] ?? null) as LonLat | null;
      const text = String(said['text'] ?? '');
      const report = { by: subject, happenedAt, knownAt, text, position, files: found.files ?? [] };
      return { ...next, report, late: task.late || found.taskLate === true };
    }
    case 'return':
      return { ...next, why: String(said['reason']), returns: task.returns + 1 };
    case 'withdraw':
      return { ...next, why: String(said['reason']) };
    case 'progress':
      return found.move ? { ...next, move: found.move } : next;
    case 'start':
    case 'accept':
      return next;
  }
}
