// Plans with their versions as the fold of their entries: pure, so that a start makes what a run had.
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type {
  Issued,
  Plan,
  PlanLine,
  PlanRecord,
  PlanVerb,
  PlanVersion,
} from '../../contracts/records/plan.ts';
import { planVerbTitles, underWork } from '../../contracts/records/plan.ts';

export const planKinds: readonly string[] = Object.keys(planVerbTitles).map((verb) => `plan/${verb}`);

/** What stands in an entry. */
export interface PlanBody {
  /** Id of the plan. */
  readonly id: string;
  readonly action?: string;
  /** Hash of what was asked. */
  readonly hash?: string;
  /** Note or reason. */
  readonly text: string;
  /** Of what writes it: the whole of it, so that nobody's part is lost. */
  readonly plan?: Plan;
  readonly issued?: Issued | null;
}

export class PlanFold {
  readonly records = new Map<string, PlanRecord>();
  /** Hash of what was asked, by action. */
  readonly done = new Map<string, string>();

  apply(entry: LogEntry): void {
    const verb = entry.kind.slice('plan/'.length) as PlanVerb;
    const body = entry.body as unknown as PlanBody;
    const before = this.records.get(body.id) ?? { id: body.id, seq: 0, versions: [], log: [] };
    const versions = versionsAfter(before.versions, verb, { entry, body });
    const line: PlanLine = {
      ...{ seq: entry.seq, verb, by: entry.subject, at: entry.knownAt, text: body.text },
      version: (underWork(before) ?? underWork({ versions }) ?? versions.at(-1))?.no ?? 1,
    };
    this.records.set(body.id, { id: body.id, seq: entry.seq, versions, log: [...before.log, line] });
    if (body.action !== undefined) this.done.set(body.action, body.hash ?? '');
  }
}

interface Happened {
  readonly entry: LogEntry;
  readonly body: PlanBody;
}

function versionsAfter(
  versions: readonly PlanVersion[],
  verb: PlanVerb,
  { entry: { subject, knownAt }, body }: Happened,
): readonly PlanVersion[] {
  const at = underWork({ versions });
  const change = (changed: Partial<PlanVersion>): readonly PlanVersion[] =>
    versions.map((one) => (one === at ? { ...one, changedAt: knownAt, ...changed } : one));
  const editors = [...new Set([...(at?.editors ?? []), subject])];
  switch (verb) {
    case 'import':
    case 'create':
    case 'edit': {
      const plan = body.plan as Plan;
      if (at) return change({ plan, editors });
      const issued = body.issued ?? null;
      return [
        ...versions,
        {
          ...{ no: versions.length + 1, state: issued ? 'approved' : 'draft', plan, editors: [subject] },
          ...{ changedAt: knownAt, approvedBy: issued ? subject : null, issued },
          approvedAt: issued ? knownAt : null,
        },
      ];
    }
    case 'submit':
      return change({ state: 'review', editors });
    case 'return':
      return change({ state: 'draft' });
    case 'discard':
      return change({ state: 'discarded' });
    case 'approve':
      return versions.map((one) => {
        if (one === at)
          return { ...one, state: 'approved', changedAt: knownAt, approvedBy: subject, approvedAt: knownAt };
        return one.state === 'approved' ? { ...one, state: 'superseded' } : one;
      });
  }
}
