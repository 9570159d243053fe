// An after-action review (复盘): what was done for an incident when, what was late, and what is to become better; counted out of
// the logs, each line with the entries it comes from (docs/orders.md). It is a part of the summary report.
import type { Title } from '../column.ts';
import type { AlertSeverity } from './alert-rule.ts';
import type { EvacuationSum } from './evacuation.ts';
import type { Stage, UnitRef } from './incident.ts';
import type { Grade } from './incident.ts';

/** Times are epoch ms; `entries` are sequences of the log. */
export interface ReviewPhase {
  readonly stage: Stage;
  readonly from: number;
  /** null: it is in this stage still. */
  readonly to: number | null;
  /** The stage was left after its time. */
  readonly isLate: boolean;
  readonly entries: readonly number[];
}

export interface ReviewLine {
  readonly at: number;
  readonly what: Title;
  readonly by: string;
  readonly text: string;
  readonly entries: readonly number[];
}

/** How soon something followed the first signal, or the report where there was none. */
export interface ReviewDelay {
  readonly id: 'report' | 'accept' | 'grade' | 'assign' | 'task' | 'receive';
  readonly title: Title;
  readonly minutes: number;
  readonly entries: readonly number[];
}

export interface ReviewCluster {
  readonly id: string;
  readonly title: string;
  readonly signals: number;
  readonly firstAt: number;
  /** From its first signal to the report of the incident; below 0: the incident was reported before. */
  readonly minutes: number;
}

export interface ReviewWork {
  readonly kind: 'task' | 'order';
  readonly inTime: number;
  readonly late: number;
  /** Not done, nor withdrawn. */
  readonly open: number;
  readonly entries: readonly number[];
  readonly lateOnes: readonly {
    readonly text: string;
    readonly unit: UnitRef;
    readonly dueAt: number | null;
    readonly doneAt: number | null;
    readonly entries: readonly number[];
  }[];
}

export interface ReviewPlan {
  readonly title: Title;
  readonly version: number;
  readonly level: Grade | null;
  readonly due: number;
  readonly inTime: number;
  /** null: no step was due. */
  readonly scorePercent: number | null;
  readonly lateClauses: readonly { readonly clause: string; readonly title: Title }[];
  readonly entries: readonly number[];
}

export interface ReviewAck {
  readonly title: string;
  readonly severity: AlertSeverity | null;
  readonly asked: number;
  readonly acknowledged: number;
  readonly late: number;
  /** Until the last one that answered; null: nobody did. */
  readonly lastMin: number | null;
  readonly entries: readonly number[];
}

export interface ReviewDecision {
  readonly at: number;
  readonly by: string;
  readonly chosen: Title;
  readonly reason: string;
  readonly rejected: readonly Title[];
  readonly evidence: { readonly id: number; readonly hash: string } | null;
  readonly entries: readonly number[];
}

export interface ReviewResource {
  readonly name: string;
  readonly items: string;
  readonly from: number;
  /** null: it is called still. */
  readonly to: number | null;
  readonly entries: readonly number[];
}

/** What is to become better: a task of the document system once somebody takes it up as a decision of the report. */
export interface Improvement {
  readonly id: string;
  readonly text: Title;
  readonly unit: UnitRef;
  readonly entries: readonly number[];
}

export interface AfterAction {
  readonly from: number;
  readonly to: number;
  readonly phases: readonly ReviewPhase[];
  readonly timeline: readonly ReviewLine[];
  readonly delays: readonly ReviewDelay[];
  readonly clusters: readonly ReviewCluster[];
  readonly work: readonly ReviewWork[];
  readonly plans: readonly ReviewPlan[];
  readonly acks: readonly ReviewAck[];
  /** null: nobody was moved. */
  readonly evacuation: (EvacuationSum & { readonly entries: readonly number[] }) | null;
  readonly decisions: readonly ReviewDecision[];
  readonly resources: readonly ReviewResource[];
  readonly improvements: readonly Improvement[];
}

/** Every entry it names. */
export const entriesOfReview = (review: AfterAction): readonly number[] => [
  ...[review.phases, review.timeline, review.delays, review.work, review.plans, review.acks].flatMap((part) =>
    part.flatMap(({ entries }) => entries),
  ),
  ...[review.decisions, review.resources, review.improvements].flatMap((part) =>
    part.flatMap(({ entries }) => entries),
  ),
  ...(review.evacuation?.entries ?? []),
];
