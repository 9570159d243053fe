// The library of plans (docs/plans.md): versions that are written, reviewed by somebody else and come into force, each change
// an entry of the log. It is kept by the live world; the worlds beside it read it.
import { createHash } from 'node:crypto';
import { CodedError } from '../../contracts/errors.ts';
import type { IncidentKind } from '../../contracts/records/incident.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { PlanChange } from '../../contracts/records/plan-findings.ts';
import type {
  CreatePlanRequest,
  PlanAction,
  PlanRequest,
  PlanSummary,
  PlanView,
} from '../../contracts/records/plan-actions.ts';
import type { Plan, PlanFile, PlanRecord, PlanVersion } from '../../contracts/records/plan.ts';
import { inForce, newestOf, planVerbsFor, planVerbTitles, underWork } from '../../contracts/records/plan.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Clock } from '../kit/clock.ts';
import { Turns } from '../kit/turns.ts';
import type { RecordLog } from '../store/port.ts';
import { differenceOf } from './difference.ts';
import { PlanFold, planKinds, type PlanBody } from './fold.ts';
import { lint } from './lint.ts';
import type { PlanActor, PlanGround, PlanLibrary } from './port.ts';

/** Who brings in what the city package holds. */
export const IMPORTER = 'city-package';

export interface PlanBookOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly files: readonly PlanFile[];
  readonly ground: PlanGround;
  readonly nameOf: (subject: string) => string | null;
}

interface Asked {
  readonly action: string;
  readonly plan?: Plan;
  readonly text?: string;
  readonly reason?: string;
}

export class PlanBook implements PlanLibrary {
  readonly #options: PlanBookOptions;
  readonly #fold = new PlanFold();
  readonly #turns = new Turns();

  constructor(options: PlanBookOptions) {
    this.#options = options;
  }

  /** Folds the log, and brings in plans of the city package that were not there yet, as version 1. */
  async open(): Promise<void> {
    for await (const entry of this.#options.log.read({ kinds: planKinds })) this.#fold.apply(entry);
    for (const { issued, ...plan } of this.#options.files) {
      if (this.#fold.records.has(plan.id)) continue;
      const text = issued ? `${issued.by.zh} ${issued.no}` : '';
      await this.#write(IMPORTER, 'import', { id: plan.id, text, plan, issued });
    }
  }

  async close(): Promise<void> {
    await this.#turns.settled();
  }

  get ground(): PlanGround {
    return this.#options.ground;
  }

  list(kind?: IncidentKind): readonly PlanSummary[] {
    return [...this.#fold.records.values()]
      .filter((record) => kind === undefined || newestOf(record).plan.kinds.includes(kind))
      .map((record) => this.#summaryOf(record))
      .sort((a, b) => a.id.localeCompare(b.id));
  }

  view(id: string): PlanView {
    const record = this.#require(id);
    const subjects = record.log.map(({ by }) => by);
    const names = [...new Set(subjects)].flatMap((one) => {
      const name = this.#options.nameOf(one);
      return name === null ? [] : [[one, name] as const];
    });
    const findings = this.#lint(newestOf(record).plan);
    return { record, findings, next: planVerbsFor(record), names: Object.fromEntries(names) };
  }

  /** @throws CodedError request/not-found */
  version(id: string, no: number): PlanVersion {
    const found = this.#require(id).versions.find((one) => one.no === no);
    if (!found) throw new CodedError('request/not-found', `plan ${id}, version ${no}`);
    return found;
  }

  /** null: none was approved. @throws CodedError request/not-found */
  inForce(id: string): PlanVersion | null {
    return inForce(this.#require(id));
  }

  difference(
    id: string,
    { from, to }: { readonly from: number; readonly to: number },
  ): readonly PlanChange[] {
    return differenceOf(this.version(id, from).plan, this.version(id, to).plan);
  }

  create(by: PlanActor, asked: CreatePlanRequest): Promise<PlanView> {
    const { id } = asked.plan;
    return this.#turns.take([id], async () => {
      if (this.#isDone('create', asked)) return this.view(id);
      requireOwn(by, asked.plan);
      if (this.#fold.records.has(id))
        throw new CodedError('request/conflict', `plan ${id} is in the library: choose another id`);
      await this.#write(by.id, 'create', bodyOf('create', id, asked));
      return this.view(id);
    });
  }

  act<A extends PlanAction>(
    by: PlanActor,
    id: string,
    { verb, asked }: { readonly verb: A; readonly asked: PlanRequest<A> },
  ): Promise<PlanView> {
    return this.#turns.take([id], async () => {
      const record = this.#require(id);
      if (this.#isDone(verb, asked)) return this.view(id);
      const newest = newestOf(record);
      requireOwn(by, newest.plan);
      if (asked.seen !== record.seq)
        throw new CodedError(
          'request/conflict',
          `seen: ${asked.seen}, but ${sinceOf(record, asked.seen)}; read it again, your text was not stored`,
        );
      if (!planVerbsFor(record).includes(verb))
        throw new CodedError(
          'request/conflict',
          `第 ${newest.no} 版不能${planVerbTitles[verb].zh} (${verb} is not possible: version ${newest.no} is ${newest.state})`,
        );
      if ('plan' in asked) this.#requireSame(by, id, asked.plan);
      if (verb === 'approve') this.#requireApproval(by, record);
      await this.#write(by.id, verb, bodyOf(verb, id, asked));
      return this.view(id);
    });
  }

  #requireSame(by: PlanActor, id: string, plan: Plan): void {
    if (plan.id !== id) throw new CodedError('request/invalid', `plan.id: ${plan.id} instead of ${id}`);
    requireOwn(by, plan);
  }

  /** @throws CodedError access/duties, request/conflict while there are errors */
  #requireApproval(by: PlanActor, record: PlanRecord): void {
    const version = underWork(record) as PlanVersion;
    if (version.editors.includes(by.id))
      throw new CodedError(
        'access/duties',
        `${by.id}: who wrote or submitted version ${version.no} of ${record.id} does not approve it`,
      );
    const errors = this.#lint(version.plan).filter(({ severity }) => severity === 'error');
    const [first] = errors;
    if (first)
      throw new CodedError(
        'request/conflict',
        `还有 ${errors.length} 处错误，如 ${first.clause} ${first.what.zh} (${errors.length} errors, such as ${first.what.en})`,
      );
  }

  #summaryOf(record: PlanRecord): PlanSummary {
    const newest = newestOf(record);
    const { title, level, kinds, owner, area, steps } = newest.plan;
    const findings = this.#lint(newest.plan);
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    const { state } = newest;
    return {
      ...{ id: record.id, seq: record.seq, title, level, kinds, owner, area },
      inForce: inForce(record)?.no ?? null,
      underWork: state === 'draft' || state === 'review' ? { no: newest.no, state } : null,
      changedAt: record.log.at(-1)?.at ?? newest.changedAt,
      ...{ steps: steps.length, errors, warnings: findings.length - errors },
    };
  }

  #lint(plan: Plan): ReturnType<typeof lint> {
    return lint(plan, this.#options.ground, this.#options.clock.now());
  }

  #require(id: string): PlanRecord {
    const found = this.#fold.records.get(id);
    if (!found) throw new CodedError('request/not-found', `plan ${id}`);
    return found;
  }

  /** @throws CodedError request/invalid where the id of the action was used for something else */
  #isDone(verb: string, asked: Asked): boolean {
    const done = this.#fold.done.get(asked.action);
    if (done === undefined) return false;
    if (done !== hashOf(verb, asked))
      throw new CodedError('request/invalid', `action: ${asked.action} was used for something else`);
    return true;
  }

  async #write(by: string, verb: keyof typeof planVerbTitles, body: PlanBody): Promise<void> {
    const said = body as unknown as LogEntry['body'];
    this.#fold.apply(await this.#options.log.append({ subject: by, kind: `plan/${verb}`, body: said }));
  }
}

const hashOf = (verb: string, asked: Asked): string =>
  createHash('sha256')
    .update(`${verb} ${canonicalJson(JSON.parse(JSON.stringify(asked)))}`)
    .digest('base64');

function bodyOf(verb: string, id: string, asked: Asked): PlanBody {
  const { action, plan, text, reason } = asked;
  return {
    ...{ id, action, hash: hashOf(verb, asked), text: reason ?? text ?? '' },
    ...(plan ? { plan } : {}),
  };
}

/** A county keeps its own plans, a department those it owns. @throws CodedError request/forbidden */
function requireOwn({ reaches }: PlanActor, { id, area, owner }: Plan): void {
  if (!reaches(area, [owner]))
    throw new CodedError('request/forbidden', `plan ${id} of ${owner}, area ${area}`);
}

function sinceOf({ log, seq }: PlanRecord, seen: number): string {
  const since = log.filter((line) => line.seq > seen);
  const told = since.map(({ by, verb }) => `${by} ${planVerbTitles[verb].zh}`).join('、');
  return told === '' ? `the plan is at ${seq}` : `其间 ${told}`;
}
