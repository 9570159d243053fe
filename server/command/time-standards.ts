// When a step has to be done, and when the level above has to hear of it again.
import type { Grade, Incident, Stage } from '../../contracts/records/incident.ts';
import { isGrave } from './grading.ts';
import type { WorkingTime } from './working-time.ts';

export type Standard =
  { readonly minutes: number } | { readonly workingMinutes: number } | { readonly workingDays: number };

export type TimedStage = Exclude<Stage, 'archived' | 'merged'>;

export interface TimeRules {
  readonly standards: Readonly<Record<'urgent' | 'normal', Readonly<Record<TimedStage, Standard>>>>;
  readonly briefs: {
    readonly firstMin: number;
    readonly everyMin: Readonly<Partial<Record<Grade, number>>>;
    readonly finalMin: number;
  };
}

const MINUTE_MS = 60_000;

/** Epoch ms at which an incident must have left a stage it came into at `since`; null: it may stay. */
export function dueAt(
  { standards }: TimeRules,
  time: WorkingTime,
  { stage, urgent, since }: { readonly stage: Stage; readonly urgent: boolean; readonly since: number },
): number | null {
  if (stage === 'archived' || stage === 'merged') return null;
  const standard = standards[urgent ? 'urgent' : 'normal'][stage];
  if ('minutes' in standard) return since + standard.minutes * MINUTE_MS;
  if ('workingMinutes' in standard) return time.afterMinutes(since, standard.workingMinutes);
  return time.endOfWorkday(since, standard.workingDays);
}

/** What was reported upward so far. */
export type Briefed = Pick<Incident, 'grade' | 'stage' | 'reportedAt' | 'stageAt'> & {
  readonly last: { readonly brief: string; readonly at: number } | null;
};

/** Epoch ms of the next report to the level above; null: none is due. */
export function briefDueAt(
  { briefs }: TimeRules,
  { grade, stage, reportedAt, stageAt, last }: Briefed,
): number | null {
  if (!isGrave(grade) || stage === 'merged' || stage === 'archived' || last?.brief === 'final') return null;
  if (stage === 'closed') return stageAt + briefs.finalMin * MINUTE_MS;
  if (!last) return reportedAt + briefs.firstMin * MINUTE_MS;
  const every = grade === null ? undefined : briefs.everyMin[grade];
  return every === undefined ? null : last.at + every * MINUTE_MS;
}
