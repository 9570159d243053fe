// Activations of plans as the fold of their entries: pure. An activation keeps a copy of the version it began with, so that
// a later version, or another world, changes nothing of it.
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Grade } from '../../contracts/records/incident.ts';
import type { Issued, Plan } from '../../contracts/records/plan.ts';
import type { LevelLine, PlanRun } from '../../contracts/records/plan-run.ts';

export const runKinds = ['plan-run/start', 'plan-run/level', 'plan-run/end'] as const;
export type RunKind = (typeof runKinds)[number];

export interface StartBody {
  readonly action: string;
  /** Hash of what was asked. */
  readonly hash: string;
  readonly plan: Plan;
  readonly version: number;
  readonly issued: Issued | null;
  readonly incident: number;
  readonly incidentNo: string;
  readonly level: Grade;
  readonly reason: string;
}
export interface ChangeBody {
  readonly action: string;
  readonly hash: string;
  readonly run: number;
  /** null: it ends. */
  readonly level: Grade | null;
  readonly reason: string;
}

export interface RunState {
  readonly run: PlanRun;
  readonly plan: Plan;
}

export class RunFold {
  /** Oldest first. */
  readonly states = new Map<number, RunState>();
  readonly done = new Map<string, { readonly run: number; readonly hash: string }>();

  apply({ seq, kind, subject, knownAt, body: said }: LogEntry): void {
    if (kind === 'plan-run/start') {
      const body = said as unknown as StartBody;
      this.states.set(seq, startedBy(body, { seq, by: subject, at: knownAt }));
      this.done.set(body.action, { run: seq, hash: body.hash });
      return;
    }
    const { action, hash, run, level, reason } = said as unknown as ChangeBody;
    const before = this.states.get(run);
    if (!before) return;
    const line = { seq, level, by: subject, at: knownAt, reason };
    this.states.set(run, { ...before, run: changedBy(before.run, line) });
    this.done.set(action, { run, hash });
  }
}

/** As the fold makes it: what a preview is made of too. */
export function startedBy(
  { plan, version, issued, incident, incidentNo, level, reason }: Omit<StartBody, 'action' | 'hash'>,
  { seq, by, at }: Pick<LevelLine, 'seq' | 'by' | 'at'>,
): RunState {
  const run: PlanRun = {
    ...{ id: seq, seq, plan: plan.id, title: plan.title, version, issued, incident, incidentNo, level },
    ...{ startedAt: at, startedBy: by, endedAt: null },
    levels: [{ seq, level, by, at, reason }],
  };
  return { run, plan };
}

export const changedBy = (run: PlanRun, line: LevelLine): PlanRun => ({
  ...run,
  seq: line.seq,
  level: line.level,
  endedAt: line.level === null ? line.at : null,
  levels: [...run.levels, line],
});
