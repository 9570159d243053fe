// What command needs of the rest of the server, and what others see of incidents.
import type { Label, LonLat } from '../../contracts/column.ts';
import type {
  Evidence,
  FileRef,
  Grade,
  Incident,
  IncidentKind,
  IncidentSummary,
  LogLine,
  Stage,
  UnitRef,
  Verb,
} from '../../contracts/records/incident.ts';
import type { IncidentBoard } from '../../contracts/records/incident-board.ts';
import type {
  ActionRequest,
  FromRowRequest,
  IncidentView,
  ReportRequest,
} from '../../contracts/records/incident-actions.ts';
import type { PlanOrigin } from '../../contracts/records/plan-run.ts';
import type { Reaches } from '../../contracts/records/reach.ts';
import type { Task, TaskVerb } from '../../contracts/records/task.ts';
import type { GiveTaskRequest, TaskRequest, TaskView } from '../../contracts/records/task-actions.ts';

/** A row as it stands now, with its place; `evidence` is a copy. */
export interface CopiedRow {
  readonly evidence: Evidence;
  readonly position: LonLat | null;
  readonly region: string;
}

export interface IncidentTargets {
  /** @throws CodedError request/not-found */
  copyRow(layer: string, key: string): CopiedRow;
  /** Code of town or county; the city's own where neither holds the place or there is none. */
  regionAt(position: LonLat | null): string;
  /** What was sent before; null: nothing of that hash. */
  file(hash: string): FileRef | null;
  /** Puts it on every screen as it is now. */
  show(incident: Incident, isOverdue: boolean): void;
  /** Puts a task on every screen as it is now, or takes it off when it is done. */
  showTask(incident: Incident, task: Task, isOverdue: boolean): void;
  /** Takes rows off the screens that are of none of these incidents and tasks. */
  showOnly(incidents: ReadonlySet<number>, tasks: ReadonlySet<number>): void;
  /** Class of a column; 'sensitive' where nobody knows it any more. */
  labelOf(layer: string, column: string): Label;
}

export interface IncidentFilter {
  readonly stage?: Stage | undefined;
  readonly grade?: Grade | undefined;
  readonly kind?: IncidentKind | undefined;
  /** Id of the unit the next step waits for. */
  readonly owner?: string | undefined;
  /** Id of a unit that leads or assists. */
  readonly unit?: string | undefined;
  /** Beginning of the region code. */
  readonly region?: string | undefined;
  readonly open?: boolean | undefined;
  readonly overdue?: boolean | undefined;
  readonly supervised?: boolean | undefined;
  /** Reported from and with then, and before then, epoch ms. */
  readonly reportedFrom?: number | undefined;
  readonly reportedTo?: number | undefined;
  /** In number, title or place. */
  readonly text?: string | undefined;
  /** new: newest first; due: what is due first, first. */
  readonly sort: 'new' | 'due';
  /** How many are passed over, and how many are answered. */
  readonly from: number;
  readonly limit: number;
}

export interface IncidentPage {
  readonly incidents: readonly IncidentSummary[];
  /** All that fit the filter. */
  readonly total: number;
}

/** again: the same action was done before, nothing is done twice. conflict: nothing was done; `since` is what was not seen. */
export type Outcome =
  | { readonly outcome: 'done' | 'again'; readonly id: number }
  | {
      readonly outcome: 'conflict';
      readonly id: number;
      readonly why: string;
      readonly since: readonly LogLine[];
    };

/** Who asks: as the log names them, and whose incidents and rows they may touch. */
export interface Actor {
  readonly id: string;
  readonly reaches: Reaches;
}

export interface TaskFilter {
  /** Id of the unit that has it. */
  readonly unit?: string | undefined;
  /** Id of the incident it is for. */
  readonly incident?: number | undefined;
  readonly open?: boolean | undefined;
  readonly overdue?: boolean | undefined;
  readonly from: number;
  readonly limit: number;
}

export interface TaskPage {
  /** What is due first, first. */
  readonly tasks: readonly TaskView[];
  /** All that fit the filter. */
  readonly total: number;
}

/** `id`: of the task. held: nothing was done, its incident takes no task now; `id` is then that of the incident. */
export type TaskOutcome =
  | { readonly outcome: 'done' | 'again'; readonly id: number }
  | { readonly outcome: 'held'; readonly id: number; readonly why: string }
  | {
      readonly outcome: 'conflict';
      readonly id: number;
      readonly why: string;
      readonly since: readonly LogLine[];
    };

/** By a person; or by a plan or an order, which says where it comes from. */
export type GivenTask = GiveTaskRequest & { readonly plan?: PlanOrigin; readonly order?: string };

/** Throws as Incidents does; a task of another area is request/not-found. */
export interface Tasks {
  list(filter: TaskFilter, reaches: Actor['reaches']): TaskPage;
  view(id: number, reaches: Actor['reaches']): TaskView;
  give(by: Actor, incident: number, asked: GivenTask): Promise<TaskOutcome>;
  act<V extends TaskVerb>(
    by: Actor,
    id: number,
    did: { readonly verb: V; readonly asked: TaskRequest<V> },
  ): Promise<TaskOutcome>;
}

/** All throw CodedError request/forbidden for what lies in another area, and CodedError request/not-found, …/invalid, and store/…. */
export interface Incidents {
  readonly units: readonly UnitRef[];
  /** Layers a signal can come from. */
  readonly signals: readonly string[];
  /** Of those within reach. */
  list(filter: IncidentFilter, reaches: Actor['reaches']): IncidentPage;
  /** Counts of those within reach; what happened counts from so many days ago on. */
  board(days: number, reaches: Actor['reaches']): IncidentBoard;
  /** undefined: there is no such incident. */
  regionOf(id: number): string | undefined;
  /** With its log; undefined: there is no such incident. Nobody's reach is asked: not for routes. */
  find(id: number): Incident | undefined;
  everyone(): Iterable<Incident>;
  readonly tasks: Tasks;
  /** Whether an incident or a task within reach names this file. */
  isFileWithin(hash: string, reaches: Actor['reaches']): boolean;
  /** Evidence without the columns above these classes. */
  view(id: number, labels: readonly Label[]): IncidentView;
  similar(id: number, reaches: Actor['reaches']): readonly IncidentSummary[];
  report(by: Actor, asked: ReportRequest): Promise<Outcome>;
  fromRow(by: Actor, asked: FromRowRequest): Promise<Outcome>;
  act<V extends Verb>(
    by: Actor,
    id: number,
    did: { readonly verb: V; readonly asked: ActionRequest<V> },
  ): Promise<Outcome>;
}

/** Photos and voice notes that were sent. */
export interface Files {
  /** @throws CodedError request/invalid for what is neither picture nor voice, record/too-large */
  keep(bytes: Buffer): Promise<FileRef>;
  /** @throws CodedError request/not-found */
  read(hash: string): Promise<{ readonly ref: FileRef; readonly bytes: Buffer }>;
}
