// Activations of plans in one world (docs/plans.md): written to the log first, then whatever the plan wants is made by the
// tasks of the incident and the outbox, each once; what a kill left undone, the next start does.
import { createHash } from 'node:crypto';
import { CodedError } from '../../contracts/errors.ts';
import type { Grade, Incident } from '../../contracts/records/incident.ts';
import { stageTitles } from '../../contracts/records/incident.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type {
  ActivateRequest,
  PreviewAsked,
  RunAction,
  RunRequest,
} from '../../contracts/records/plan-actions.ts';
import type { PlanVersion } from '../../contracts/records/plan.ts';
import type { Conformance, PlanRun, RunPreview, RunProgress } from '../../contracts/records/plan-run.ts';
import type { Reaches } from '../../contracts/records/reach.ts';
import type { Incidents } from '../command/port.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { Turns } from '../kit/turns.ts';
import type { Announcer } from '../outbound/port.ts';
import type { RecordLog } from '../store/port.ts';
import { lint } from './lint.ts';
import { newsOfLevel, newsOfTask } from './news.ts';
import type { PlanActor, PlanGround, PlanRuns } from './port.ts';
import { conformanceOf, progressOf } from './progress.ts';
import type { RunKind, RunState, StartBody } from './run-fold.ts';
import { changedBy, RunFold, runKinds, startedBy } from './run-fold.ts';
import { previewOf } from './run-preview.ts';
import { isUndone, takesTasks, workOf } from './work.ts';

/** What nobody was told of for so long is told to nobody any more. */
const STALE_MS = 86_400_000;

export interface RunBookOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ground: PlanGround;
  /** @throws CodedError request/not-found */
  readonly inForce: (plan: string) => PlanVersion | null;
  readonly incidents: Pick<Incidents, 'find' | 'tasks'>;
  readonly announcer: Announcer;
}

export class RunBook implements PlanRuns {
  readonly #options: RunBookOptions;
  readonly #fold = new RunFold();
  readonly #turns = new Turns();

  constructor(options: RunBookOptions) {
    this.#options = options;
  }

  /** Folds the log and does what an earlier run had no time to do; call when incidents and outbox are open. */
  async open(): Promise<void> {
    for await (const entry of this.#options.log.read({ kinds: runKinds })) this.#fold.apply(entry);
    for (const { run } of this.#fold.states.values()) this.#settleInTurn(run);
    await this.#turns.settled();
  }

  async close(): Promise<void> {
    await this.#turns.settled();
  }

  /** Something was done to an incident: a step may have been done that others wait for. */
  happened({ id }: Pick<Incident, 'id'>): void {
    for (const state of this.#fold.states.values()) if (state.run.incident === id) this.#settleSoon(state);
  }

  /** Every activation with the copy of its plan, oldest first. */
  states(): Iterable<RunState> {
    return this.#fold.states.values();
  }

  /** The activation an action made; null: it made none. */
  madeBy(action: string): PlanRun | null {
    const made = this.#fold.done.get(action);
    return (made && this.#fold.states.get(made.run)?.run) ?? null;
  }

  list(incident: number | undefined, reaches: Reaches): readonly PlanRun[] {
    return [...this.#fold.states.values()]
      .map(({ run }) => run)
      .filter((run) => (incident === undefined || run.incident === incident) && this.#isSeen(run, reaches))
      .reverse();
  }

  progress(id: number, reaches: Reaches): RunProgress {
    const state = this.#require(id, reaches);
    const { clock, ground } = this.#options;
    return progressOf(state, this.#incidentOf(state), { now: clock.now(), ground });
  }

  conformance(id: number, reaches: Reaches): Conformance {
    const state = this.#require(id, reaches);
    return conformanceOf(this.progress(id, reaches), state, this.#incidentOf(state));
  }

  preview(by: PlanActor, plan: string, asked: PreviewAsked): RunPreview {
    return this.#previewOf(by, this.#begun(by, { plan, ...asked }));
  }

  previewChange(
    by: PlanActor,
    id: number,
    { level, reason }: { readonly level: Grade | null; readonly reason: string },
  ): RunPreview {
    const state = this.#require(id, by.reaches);
    requireLevel(state, level);
    const { seq, endedAt } = state.run;
    if (endedAt !== null) throw new CodedError('request/conflict', `activation ${id} has ended`);
    const line = { seq: seq + 1, level, by: by.id, at: this.#options.clock.now(), reason };
    return this.#previewOf(by, { ...state, run: changedBy(state.run, line) });
  }

  activate(by: PlanActor, plan: string, asked: ActivateRequest): Promise<RunProgress> {
    return this.#turns.take([`incident ${asked.incident}`, asked.action], async () => {
      const hash = hashOf(`start ${plan}`, asked);
      const before = this.#doneBefore(asked.action, hash);
      if (before !== null) return this.#settled(before, by.reaches);
      const state = this.#begun(by, { plan, ...asked });
      const { version, issued } = state.run;
      if (version !== asked.version)
        throw new CodedError(
          'request/conflict',
          `version: ${asked.version} was shown, ${version} is in force now: look at the preview again`,
        );
      const [blocked] = this.#previewOf(by, state).blocked;
      if (blocked) throw new CodedError('request/conflict', `${blocked.zh} (${blocked.en})`);
      const { level, reason, action, incident } = asked;
      const body: StartBody = {
        ...{ action, hash, plan: state.plan, version, issued, level, reason, incident },
        incidentNo: state.run.incidentNo,
      };
      const { seq } = await this.#write(by.id, 'plan-run/start', body);
      return this.#settled(seq, by.reaches);
    });
  }

  act<A extends RunAction>(
    by: PlanActor,
    id: number,
    { verb, asked }: { readonly verb: A; readonly asked: RunRequest<A> },
  ): Promise<RunProgress> {
    const about = this.#require(id, by.reaches).run.incident;
    return this.#turns.take([`incident ${about}`, asked.action], async () => {
      const hash = hashOf(`${verb} ${id}`, asked);
      const before = this.#doneBefore(asked.action, hash);
      if (before !== null) return this.#settled(before, by.reaches);
      const state = this.#require(id, by.reaches);
      const { seq, level: now } = state.run;
      const level = 'level' in asked ? asked.level : null;
      if (asked.seen !== seq)
        throw new CodedError('request/conflict', `seen: ${asked.seen}, but activation ${id} is at ${seq}`);
      if (now === null) throw new CodedError('request/conflict', `activation ${id} has ended`);
      if (now === level) throw new CodedError('request/invalid', `level: it is at ${level} already`);
      const [blocked] = this.previewChange(by, id, { level, reason: asked.reason }).blocked;
      if (blocked) throw new CodedError('request/conflict', `${blocked.zh} (${blocked.en})`);
      const { action, reason } = asked;
      await this.#write(by.id, `plan-run/${verb}`, { action, hash, run: id, level, reason });
      return this.#settled(id, by.reaches);
    });
  }

  #previewOf({ reaches }: PlanActor, state: RunState): RunPreview {
    const { ground, announcer, clock } = this.#options;
    const incident = this.#incidentOf(state);
    const others = [...this.#fold.states.values()]
      .filter(({ run }) => run.level !== null)
      .map((other) => ({ state: other, incident: this.#incidentOf(other) }));
    const findings = lint(state.plan, ground, clock.now());
    return previewOf({ state, incident, ground, announcer, reaches, others, findings });
  }

  /** As it would begin now. @throws CodedError request/not-found, …/conflict where no version is in force, …/invalid */
  #begun(
    { id: by, reaches }: PlanActor,
    asked: {
      readonly plan: string;
      readonly incident: number;
      readonly level: Grade;
      readonly reason: string;
    },
  ): RunState {
    const version = this.#options.inForce(asked.plan);
    if (!version)
      throw new CodedError(
        'request/conflict',
        `预案 ${asked.plan} 没有经批准的版本，不能启动 (no version of plan ${asked.plan} is approved)`,
      );
    const incident = this.#options.incidents.find(asked.incident);
    if (!incident || !reaches(incident.region))
      throw new CodedError('request/not-found', `incident ${asked.incident}`);
    const { no, plan, issued } = version;
    const { level, reason } = asked;
    const said = { plan, version: no, issued, incident: incident.id, incidentNo: incident.no, level, reason };
    const state = startedBy(said, { seq: 0, by, at: this.#options.clock.now() });
    requireLevel(state, level);
    return state;
  }

  #doneBefore(action: string, hash: string): number | null {
    const done = this.#fold.done.get(action);
    if (!done) return null;
    if (done.hash !== hash)
      throw new CodedError('request/invalid', `action: ${action} was used for something else`);
    return done.run;
  }

  #isSeen({ incident: id }: PlanRun, reaches: Reaches): boolean {
    const incident = this.#options.incidents.find(id);
    if (!incident) return false;
    const units = incident.tasks.map(({ unit }) => unit.id);
    return reaches(incident.region, [...(incident.unit ? [incident.unit.id] : []), ...units]);
  }

  /** @throws CodedError request/not-found */
  #require(id: number, reaches: Reaches): RunState {
    const found = this.#fold.states.get(id);
    if (!found || !this.#isSeen(found.run, reaches))
      throw new CodedError('request/not-found', `activation ${id}`);
    return found;
  }

  #incidentOf({ run }: Pick<RunState, 'run'>): Incident {
    const found = this.#options.incidents.find(run.incident);
    if (!found) throw new CodedError('request/not-found', `incident ${run.incident}`);
    return found;
  }

  async #settled(id: number, reaches: Reaches): Promise<RunProgress> {
    await this.#settle(id);
    return this.progress(id, reaches);
  }

  /** In turn, after what goes on; a store that is away is asked again with the next thing that happens. */
  #settleSoon({ run }: RunState): void {
    if (this.#isUnsettled(run.id)) this.#settleInTurn(run);
  }

  #settleInTurn({ id, incident }: PlanRun): void {
    void this.#turns
      .take([`incident ${incident}`], () => this.#settle(id))
      .catch((error: unknown) =>
        this.#options.logger.error('plan-run.not-settled', { run: id, error: String(error) }),
      );
  }

  #isUnsettled(id: number): boolean {
    const state = this.#fold.states.get(id);
    const incident = state && this.#options.incidents.find(state.run.incident);
    if (!incident) return false;
    const { give, withdraw } = workOf(state, incident, this.#options.ground);
    return (give.length > 0 && takesTasks(incident)) || withdraw.length > 0 || isLeftOver(state, incident);
  }

  /** Gives and withdraws what the plan wants now, and tells of it. */
  async #settle(id: number): Promise<void> {
    const begun = this.#fold.states.get(id);
    if (begun) await this.#endIfClosed(begun);
    const state = this.#fold.states.get(id);
    if (!state) return;
    const { incidents, ground } = this.#options;
    const { give, withdraw } = workOf(state, this.#incidentOf(state), ground);
    const { tasks } = incidents;
    for (const task of withdraw) {
      const line = state.run.levels.at(-1);
      const asked = {
        ...{ action: `plan-${id}-w-${task.id}-${line?.seq ?? 0}`, seen: this.#incidentOf(state).seq },
        reason: `预案${line?.level === null ? '终止响应' : '调整响应级别'}`,
      };
      await tasks.act(actorFor(line?.by), task.id, { verb: 'withdraw', asked });
    }
    for (const { spell, task, origin } of give) {
      const incident = this.#incidentOf(state);
      if (!takesTasks(incident)) break;
      const { text, place, position, dueAt, proof } = task;
      await tasks.give(actorFor(spell.by), incident.id, {
        ...{
          action: `plan-${id}-g-${spell.since}-${actionPart(spell.step.id)}`,
          seen: incident.seq,
          worker: '',
        },
        ...{ unit: task.unit.id, text, place, dueAt, proof: [...proof], plan: origin },
        position: position && [position[0], position[1]],
      });
    }
    await this.#tell(state);
  }

  /** A response ends with its incident, by whoever closed it. */
  async #endIfClosed(state: RunState): Promise<void> {
    const incident = this.#incidentOf(state);
    if (!isLeftOver(state, incident)) return;
    const closing = incident.log.findLast(({ verb }) => verb === 'close');
    const action = `closed-${state.run.id}-${closing?.seq ?? incident.seq}`;
    const said = {
      run: state.run.id,
      level: null,
      reason: `事件 ${incident.no} ${stageTitles[incident.stage].zh}`,
    };
    await this.#write(closing?.by ?? 'system', 'plan-run/end', {
      action,
      hash: hashOf(action, said),
      ...said,
    });
  }

  /** All of it each time: the outbox tells each once. */
  async #tell(state: RunState): Promise<void> {
    const { announcer, ground, clock } = this.#options;
    const since = clock.now() - STALE_MS;
    const incident = this.#incidentOf(state);
    const { run } = state;
    const given = incident.tasks.flatMap((task) =>
      task.plan?.run === run.id && isUndone(task) && task.givenAt >= since
        ? [newsOfTask(state, { unit: task.unit, text: task.text, dueAt: task.dueAt, origin: task.plan })]
        : [],
    );
    const lines = run.levels.filter(({ at }) => at >= since);
    const news = [...lines.flatMap((line) => newsOfLevel(state, line, ground)), ...given];
    await announcer.announce(run.levels.at(-1)?.by ?? run.startedBy, news);
  }

  async #write(by: string, kind: RunKind, body: object): Promise<LogEntry> {
    const entry = await this.#options.log.append({ subject: by, kind, body: body as LogEntry['body'] });
    this.#fold.apply(entry);
    return entry;
  }
}

/** The incident is over, and the activation goes on. */
const isLeftOver = ({ run }: RunState, { stage }: Incident): boolean =>
  run.level !== null && (stage === 'closed' || stage === 'archived');

/** Whoever confirmed the level: their reach was asked then, for all the steps of the plan. */
const actorFor = (by = 'system'): PlanActor => ({ id: by, reaches: () => true });

/** An action's id is short. */
const actionPart = (step: string): string =>
  createHash('sha256').update(step).digest('base64url').slice(0, 16);

const hashOf = (what: string, asked: object): string =>
  createHash('sha256')
    .update(`${what} ${canonicalJson(JSON.parse(JSON.stringify(asked)))}`)
    .digest('base64');

/** @throws CodedError request/invalid: the plan says nothing of that level */
function requireLevel({ plan }: RunState, level: Grade | null): void {
  if (level !== null && !plan.levels[level])
    throw new CodedError(
      'request/invalid',
      `level: plan ${plan.id} has no response level ${level}, only ${Object.keys(plan.levels).join(', ')}`,
    );
}
