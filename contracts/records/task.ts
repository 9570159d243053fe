// What a unit is asked to do for an incident (docs/incidents.md, "Tasks"). Its entries stand in the log of the incident; what
// may be said with each action is in task-actions.ts.
import type { LonLat, Title } from '../column.ts';
import { title } from '../declare.ts';
import type { EvacuationPlace } from './evacuation.ts';
import type { FileRef, UnitRef } from './incident.ts';
import type { PlanOrigin } from './plan-run.ts';

export const taskStateTitles = {
  given: title('已下达', 'Given'),
  received: title('已签收', 'Received'),
  'under-way': title('处置中', 'Under way'),
  reported: title('已反馈', 'Reported'),
  returned: title('已退回', 'Returned'),
  accepted: title('已验收', 'Accepted'),
  withdrawn: title('已撤回', 'Withdrawn'),
} as const;
export type TaskState = keyof typeof taskStateTitles;
export const taskStates = Object.keys(taskStateTitles) as readonly TaskState[];

/** What is done with a task, after it was given: by the unit, or by who gave it (`isDoneByUnit`). */
export const taskVerbTitles = {
  receive: title('签收', 'Receive'),
  start: title('开始处置', 'Start'),
  report: title('反馈', 'Report'),
  accept: title('验收', 'Accept'),
  return: title('退回', 'Send back'),
  withdraw: title('撤回', 'Withdraw'),
  /** Only of a task that moves people; it stays under way. */
  progress: title('转移进度', 'Evacuation progress'),
} as const;
export type TaskVerb = keyof typeof taskVerbTitles;
export const taskVerbs = Object.keys(taskVerbTitles) as readonly TaskVerb[];

const BY_UNIT: ReadonlySet<TaskVerb> = new Set(['receive', 'start', 'report', 'progress']);
/** Whether the unit does it, and not who gave the task. */
export const isDoneByUnit = (verb: TaskVerb): boolean => BY_UNIT.has(verb);

/** The life of a task: from state to state; a state that is not named refuses. Nothing else moves its state. */
export const taskMoves: Readonly<Record<TaskVerb, Readonly<Partial<Record<TaskState, TaskState>>>>> = {
  receive: { given: 'received' },
  start: { received: 'under-way' },
  /** What was sent back is under way still. */
  report: { 'under-way': 'reported', returned: 'reported' },
  accept: { reported: 'accepted' },
  return: { reported: 'returned' },
  withdraw: {
    given: 'withdrawn',
    received: 'withdrawn',
    'under-way': 'withdrawn',
    returned: 'withdrawn',
    reported: 'withdrawn',
  },
  progress: { 'under-way': 'under-way', returned: 'returned' },
};

/** What may be done in a state, in the order of the table. */
export const allowedWith = (task: Pick<Task, 'state' | 'move'>): readonly TaskVerb[] =>
  taskVerbs.filter(
    (verb) => taskMoves[verb][task.state] !== undefined && (verb !== 'progress' || isMove(task)),
  );

/** Whether it moves people, so that they are counted. */
export const isMove = ({ move }: Pick<Task, 'move'>): boolean => (move ?? []).length > 0;

/** Proof a report must bring: photo, at least one; note, some words or a voice note. */
export const proofTitles = {
  photo: title('照片', 'Photo'),
  note: title('说明', 'Words or voice'),
} as const;
export type Proof = keyof typeof proofTitles;
export const proofs = Object.keys(proofTitles) as readonly Proof[];

export interface TaskReport {
  readonly by: string;
  /** When it was done, as who did it says; epoch ms. */
  readonly happenedAt: number;
  readonly knownAt: number;
  readonly text: string;
  /** Where who reported stood; null: not known. */
  readonly position: LonLat | null;
  readonly files: readonly FileRef[];
}

export interface Task {
  /** Sequence of the entry that gave it. */
  readonly id: number;
  /** Of its last entry: what an action names as seen. */
  readonly seq: number;
  readonly state: TaskState;
  /** What is to be done. */
  readonly text: string;
  readonly place: string;
  readonly position: LonLat | null;
  /** Code of the region whose units see it: of the unit, where it is one of a place; else of the task's place. */
  readonly region: string;
  readonly unit: UnitRef;
  /** By the name people gave; '' where none is named. */
  readonly worker: string;
  /** When it has to be reported, epoch ms; null: no time is set. */
  readonly dueAt: number | null;
  readonly proof: readonly Proof[];
  readonly givenBy: string;
  readonly givenAt: number;
  readonly receivedAt: number | null;
  /** The last one; null: none yet. */
  readonly report: TaskReport | null;
  /** Why it was sent back last, or withdrawn; '' where it was not. */
  readonly why: string;
  readonly returns: number;
  /** It was first reported after its time. */
  readonly late: boolean;
  /** The step of a plan it comes from; absent: people gave it. */
  readonly plan?: PlanOrigin;
  /** Id of the order whose work it is; absent: of none. */
  readonly order?: string;
  /** Whom it moves, by place; absent: nobody. */
  readonly move?: readonly EvacuationPlace[];
}

const OVER: ReadonlySet<TaskState> = new Set(['accepted', 'withdrawn']);
export const isTaskOpen = ({ state }: Pick<Task, 'state'>): boolean => !OVER.has(state);
/** What is reported waits for who gave it: it is late no more. */
export const isTaskOverdue = ({ state, dueAt }: Pick<Task, 'state' | 'dueAt'>, now: number): boolean =>
  dueAt !== null && dueAt < now && !OVER.has(state) && state !== 'reported';

/** How an entry of the log that is about a task is called, behind `incident/`. */
export const TASK_PREFIX = 'task-';
export const GIVE_TASK = `${TASK_PREFIX}give`;
const entryTitles: Readonly<Record<string, Title>> = {
  [GIVE_TASK]: title('下达任务', 'Give a task'),
  ...Object.fromEntries(
    taskVerbs.map((verb) => {
      const { zh, en } = taskVerbTitles[verb];
      return [`${TASK_PREFIX}${verb}`, title(`任务${zh}`, `Task: ${en.toLowerCase()}`)];
    }),
  ),
};
export const taskEntries = Object.keys(entryTitles);
/** null: the entry is about no task. */
export const taskEntryTitle = (verb: string): Title | null => entryTitles[verb] ?? null;
