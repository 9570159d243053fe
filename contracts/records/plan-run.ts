// An activation of a plan for an incident (docs/plans.md): what it made, how far its steps are, and what came of it.
import type { LonLat, Title } from '../column.ts';
import { title } from '../declare.ts';
import type { Grade, UnitRef } from './incident.ts';
import type { Issued } from './plan.ts';
import type { Proof } from './task.ts';

/** Where a task or notice comes from. */
export interface PlanOrigin {
  /** Id of the plan. */
  readonly plan: string;
  readonly version: number;
  /** Id of the activation. */
  readonly run: number;
  /** Id of the step; '' : of a notice to the command. */
  readonly step: string;
  readonly clause: string;
  /** Sequence of the entry that brought the step into force: the activation, or a change of level. */
  readonly since: number;
}

export interface LevelLine {
  readonly seq: number;
  /** null: it ended. */
  readonly level: Grade | null;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  readonly reason: string;
}

/** One activation: the fold of its entries. */
export interface PlanRun {
  /** Sequence of its first entry. */
  readonly id: number;
  readonly seq: number;
  readonly plan: string;
  readonly title: Title;
  readonly version: number;
  readonly issued: Issued | null;
  readonly incident: number;
  readonly incidentNo: string;
  /** null: it has ended. */
  readonly level: Grade | null;
  readonly startedAt: number;
  readonly startedBy: string;
  readonly endedAt: number | null;
  /** Oldest first. */
  readonly levels: readonly LevelLine[];
}

/** A task as an activation makes it. */
export interface PlannedTask {
  readonly step: string;
  readonly clause: string;
  readonly unit: UnitRef;
  readonly text: string;
  readonly place: string;
  readonly position: LonLat | null;
  /** Epoch ms; null: no time is set. */
  readonly dueAt: number | null;
  readonly proof: readonly Proof[];
  /** Steps it waits for; it is given when they are done, and its time then counts from there. Empty: at once. */
  readonly waitsFor: readonly string[];
}

export interface PlannedNotice {
  readonly to: UnitRef;
  readonly text: string;
  readonly clause: string;
  /** Id of the step; '' : to the command. */
  readonly step: string;
}

/** What would be done, before it is: nothing is on record yet. */
export interface RunPreview {
  readonly plan: string;
  readonly title: Title;
  readonly version: number;
  readonly incident: number;
  readonly level: Grade | null;
  readonly give: readonly PlannedTask[];
  /** Ids of open tasks, with what they say. */
  readonly withdraw: readonly { readonly task: number; readonly step: string; readonly text: string }[];
  readonly notices: readonly PlannedNotice[];
  /** null: messages leave. Else why none does. */
  readonly withheld: Title | null;
  /** Why it cannot be done; empty: it can. */
  readonly blocked: readonly Title[];
  /** What to know before: teams that other activations use, findings of the plan. */
  readonly warnings: readonly Title[];
}

export const stepStateTitles = {
  waiting: title('等待前置', 'Waiting'),
  open: title('进行中', 'Under way'),
  late: title('超时未完成', 'Overdue'),
  done: title('按时完成', 'Done in time'),
  'done-late': title('超时完成', 'Done late'),
  withdrawn: title('已撤回', 'Withdrawn'),
} as const;
export type StepState = keyof typeof stepStateTitles;

/** How far one step of an activation is. Times are epoch ms. */
export interface StepProgress {
  /** Of its row on the map (layer plan-step): a step that came back is another. */
  readonly key: string;
  readonly step: string;
  readonly clause: string;
  readonly text: Title;
  readonly unit: UnitRef;
  readonly state: StepState;
  readonly after: readonly string[];
  /** By the plan, had every step before been done in time. */
  readonly plannedStartAt: number;
  readonly plannedDueAt: number | null;
  /** Id of its task; null: not given yet. */
  readonly task: number | null;
  readonly givenAt: number | null;
  readonly receivedAt: number | null;
  /** First reported. */
  readonly doneAt: number | null;
  readonly dueAt: number | null;
}

export interface RunProgress {
  readonly run: PlanRun;
  readonly now: number;
  readonly steps: readonly StepProgress[];
  readonly counts: Readonly<Record<StepState, number>>;
}

/** Planned against actual, of one clause. */
export interface ClauseConformance {
  readonly clause: string;
  readonly title: Title;
  readonly steps: readonly StepProgress[];
  /** Of those that have a time and should be done by now. */
  readonly inTime: number;
  readonly due: number;
  /** Mean of done minus planned, ms; null: nothing with a time was done. Below 0: earlier than planned. */
  readonly meanDelayMs: number | null;
}

export interface Conformance {
  readonly progress: RunProgress;
  readonly clauses: readonly ClauseConformance[];
  /** Percent of steps due that were done in time; null: none was due. */
  readonly scorePercent: number | null;
  readonly incident: { readonly no: string; readonly title: string };
}
