// Decision models of one world (docs/models.md): they are run in threads, by people or by themselves, each run is an entry, and
// what is adopted becomes tasks. An advice itself does nothing.
import { createHash } from 'node:crypto';
import { labels } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import type {
  AdoptRequest,
  DecisionModel,
  DecisionPage,
  DecisionRun,
  DismissRequest,
  RunRequest,
} from '../../contracts/records/advice.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Tasks } from '../command/port.ts';
import type { Freezer } from '../evidence/port.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { Turns } from '../kit/turns.ts';
import type { RecordLog } from '../store/port.ts';
import { giveTasks } from './adopting.ts';
import { checkedOption, modelOf, readable } from './checks.ts';
import type { AdoptBody, DismissBody, GivenBody, RunBody } from './fold.ts';
import { ADOPT, adviceKinds, AdviceFold, DISMISS, GIVEN, placeOf, RUN, withoutCourse } from './fold.ts';
import type {
  Advise,
  AdviseActor,
  AdviseGround,
  AdviseRows,
  ModelPool,
  OfferedModel,
  RunAddress,
} from './port.ts';
import { RunDesk } from './run-desk.ts';
import { hashOfInputs, Triggers } from './triggers.ts';

/** Whether inputs have changed is asked this often at most, milliseconds of the city clock. */
const CHECK_MS = 10_000;
/** Rows that an evidence pack names at most. */
const MOST_CITED = 40;
const SYSTEM: AdviseActor = { id: 'system', reaches: () => true, labels };

export interface AdviseBookOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  /** What a run takes is measured by this one. */
  readonly wall: Clock;
  readonly logger: Logger;
  readonly models: ReadonlyMap<string, OfferedModel>;
  readonly pool: ModelPool;
  readonly ground: AdviseGround;
  readonly rows: AdviseRows;
  readonly freezer: Freezer;
  readonly tasks: Pick<Tasks, 'give'>;
}

export class AdviseBook implements Advise {
  readonly #options: AdviseBookOptions;
  readonly #fold = new AdviceFold();
  readonly #turns = new Turns();
  readonly #desk: RunDesk;
  readonly #triggers: Triggers;
  #checkedAt = -Infinity;

  constructor(options: AdviseBookOptions) {
    this.#options = options;
    const { models, ground } = options;
    this.#triggers = new Triggers(models.values(), ground);
    this.#desk = new RunDesk({
      ...options,
      expectedS: ({ slug, expectedS }) => this.#fold.expectedS(slug, expectedS),
      record: (by, body) => this.#record(by, body),
    });
  }

  /** Folds the log, shows what stands and gives the tasks an earlier run still owed; call when incidents are open. */
  async open(): Promise<void> {
    const { log, rows } = this.#options;
    for await (const entry of log.read({ kinds: adviceKinds })) this.#fold.apply(entry);
    rows.showOnly(new Set(this.#fold.places.keys()));
    for (const slug of this.#options.models.keys())
      for (const run of this.#fold.latest(slug)) this.#show(run);
    for (const [id, { by, body }] of this.#fold.owed)
      await this.#give({ ...SYSTEM, id: by }, { id, body, at: this.#options.clock.now() });
  }

  async close(): Promise<void> {
    this.#desk.cancelAll();
    await this.settled();
  }

  async settled(): Promise<void> {
    await this.#desk.settled();
    await this.#turns.settled();
  }

  /** Runs what is due by itself and asks whether inputs have changed; call on each tick, after what it changed. */
  tick(at: number): void {
    for (const { model, params } of this.#triggers.due(at)) {
      const { slug } = model.definition;
      const said = canonicalJson(params);
      const action = `auto-${at.toString(36)}-${createHash('sha256').update(`${slug}${said}`).digest('hex').slice(0, 16)}`;
      try {
        this.start(SYSTEM, slug, { action, params: params as RunRequest['params'] });
      } catch (error) {
        this.#options.logger.warn('advice.trigger-fault', { model: slug, error: String(error) });
      }
    }
    if (at - this.#checkedAt >= CHECK_MS) this.#check(at);
  }

  page(): DecisionPage {
    const models = [...this.#options.models.values()].map((one) => this.#modelOf(one));
    const people = models.flatMap(({ latest }) => latest.flatMap(peopleOf));
    const names = [...new Set(people)].flatMap((id) => {
      const name = this.#options.ground.nameOf(id);
      return name === null ? [] : [[id, name] as const];
    });
    return { models, names: Object.fromEntries(names) };
  }

  start(by: AdviseActor, slug: string, { action, params }: RunRequest): DecisionRun {
    const model = modelOf(this.#options.models, slug);
    const hash = hashOf({ slug, params });
    const before = this.#fold.done.get(action) ?? this.#desk.asked(action);
    if (before && before.hash !== hash)
      throw new CodedError('request/invalid', `action: ${action} was used for something else`);
    if (before) return this.#require(slug, action);
    return this.#desk.begin({ by: by.id, model, action, hash, params });
  }

  async run(by: AdviseActor, { model, id }: RunAddress): Promise<DecisionRun> {
    const run = await this.#whole(model, id);
    const columns = this.#options.models.get(model)?.definition.inputs ?? [];
    return { ...run, cited: run.cited.map((row) => readable(row, columns, by.labels)) };
  }

  async #whole(model: string, id: string): Promise<DecisionRun> {
    const run = this.#require(model, id);
    if (run.seq === null || (run.advice?.series.length ?? 1) > 0 || run.cited.length > 0) return run;
    // An older one lies whole in the log.
    for await (const { body } of this.#options.log.read({ after: run.seq - 1, upTo: run.seq })) {
      const { advice, cited } = body as unknown as RunBody;
      return { ...run, advice, cited };
    }
    return run;
  }

  cancel(model: string, id: string): DecisionRun {
    const run = this.#require(model, id);
    if (run.state !== 'queued' && run.state !== 'running')
      throw new CodedError('request/conflict', `run ${id} is ${run.state}`);
    this.#desk.cancel(id);
    return this.#require(model, id);
  }

  adopt(by: AdviseActor, { model, id }: RunAddress, asked: AdoptRequest): Promise<DecisionRun> {
    return this.#turns.take([id, asked.action], async () => {
      const { view: _view, ...meant } = asked;
      const hash = hashOf({ model, id, ...meant });
      if (this.#isDone(asked.action, hash)) return this.run(by, { model, id });
      const run = this.#require(model, id);
      const { option, incident } = checkedOption(run, asked, { by, ground: this.#options.ground });
      const pack = await this.#options.freezer.freeze(by, {
        ...{ action: `${asked.action}-e`, cause: 'advice', incident: incident.id, view: asked.view },
        title: `${run.advice?.question.zh ?? ''} ${option.title.zh}`.trim().slice(0, 200),
        rows: [...asked.rows, ...this.#standing(run)].slice(0, MOST_CITED),
      });
      const body: AdoptBody = {
        ...{ action: asked.action, hash, model, run: id, option: option.id, incident: incident.id },
        ...{ reason: asked.reason, evidence: { id: pack.id, hash: pack.hash }, tasks: option.tasks },
      };
      const { seq, knownAt } = await this.#append(by.id, ADOPT, body);
      await this.#give(by, { id: seq, body, at: knownAt });
      this.#show(this.#require(model, id));
      return this.run(by, { model, id });
    });
  }

  dismiss(by: AdviseActor, { model, id }: RunAddress, asked: DismissRequest): Promise<DecisionRun> {
    return this.#turns.take([id, asked.action], async () => {
      const { action, reason } = asked;
      const hash = hashOf({ model, id, reason });
      if (this.#isDone(action, hash)) return this.run(by, { model, id });
      const run = this.#require(model, id);
      if (run.state !== 'done' || run.dismissed || run.adopted.length > 0)
        throw new CodedError('request/conflict', `run ${id}: it was decided on, or is ${run.state}`);
      await this.#append(by.id, DISMISS, { action, hash, model, run: id, reason } satisfies DismissBody);
      this.#show(this.#require(model, id));
      return this.run(by, { model, id });
    });
  }

  #modelOf({ definition, settings }: OfferedModel): DecisionModel {
    const { slug, title, question, kinds, inputs, method, validity, uncertainty, source, limitS } =
      definition;
    return {
      ...{ slug, title, question, kinds, method, validity, uncertainty, source, limitS },
      inputs: inputs.map(({ layer, title: what, needed }) => ({ layer: layer.slug, title: what, needed })),
      params: this.#desk.schemaOf(definition),
      expectedS: this.#fold.expectedS(slug, definition.expectedS),
      connected: settings !== null,
      waiting: this.#desk.waiting(slug),
      failed: this.#fold.failed.get(slug) ?? null,
      latest: [...this.#desk.open(slug), ...this.#fold.latest(slug)].map((run) => ({
        ...run,
        advice: run.advice && withoutCourse(run.advice),
        cited: [],
      })),
    };
  }

  /** Rows it was made of that still stand, to be frozen with the decision. */
  #standing({ cited }: DecisionRun): { layer: string; key: string }[] {
    return cited
      .filter(({ layer, key }) => [...this.#options.ground.rows(layer)].some((row) => row.key === key))
      .map(({ layer, key }) => ({ layer, key }));
  }

  async #give(
    by: AdviseActor,
    { id, body, at }: { readonly id: number; readonly body: AdoptBody; readonly at: number },
  ): Promise<void> {
    const { tasks: giver, ground, clock } = this.#options;
    const tasks = await giveTasks(
      by,
      { body, at, now: clock.now() },
      { tasks: giver, incident: ground.incident },
    );
    await this.#append('system', GIVEN, { adoption: id, run: body.run, tasks } satisfies GivenBody);
  }

  /** A run is over: it becomes an entry, then it is on every screen. */
  async #record(by: string, body: RunBody): Promise<void> {
    await this.#append(by, RUN, body);
    const run = this.#fold.runs.get(body.id);
    if (run) this.#show(run);
  }

  async #append(subject: string, kind: string, body: object): Promise<LogEntry> {
    const entry = await this.#options.log.append({ subject, kind, body: body as LogEntry['body'] });
    this.#fold.apply(entry);
    return entry;
  }

  #isDone(action: string, hash: string): boolean {
    const before = this.#fold.done.get(action);
    if (before && before.hash !== hash)
      throw new CodedError('request/invalid', `action: ${action} was used for something else`);
    return before !== undefined;
  }

  /** @throws CodedError request/not-found */
  #require(model: string, id: string): DecisionRun {
    const run = this.#desk.find(id) ?? this.#fold.runs.get(id);
    if (!run || run.model !== model) throw new CodedError('request/not-found', `run ${id} of ${model}`);
    return run;
  }

  /** Says of the newest run of each place whether what it was made of is still so. */
  #check(at: number): void {
    const { models, ground } = this.#options;
    this.#checkedAt = at;
    for (const model of models.values()) {
      const { slug, inputs } = model.definition;
      const latest = this.#fold.latest(slug);
      if (latest.length === 0 || !inputs.some(({ layer }) => ground.hasChanged(layer.slug))) continue;
      const { layers } = ground.snapshot(model);
      for (const run of latest) {
        const changed = hashOfInputs(run.params, layers) !== run.inputs;
        if (changed !== run.changed) this.#fold.runs.set(run.id, { ...run, changed });
        this.#show({ ...run, changed });
      }
    }
  }

  #show(run: DecisionRun): void {
    const model = this.#options.models.get(run.model);
    const place = placeOf(run);
    if (!model || place === null || this.#fold.places.get(place)?.at(-1) !== run.id) return;
    this.#options.rows.show(run, model);
  }
}

const peopleOf = ({ by, adopted, dismissed }: DecisionRun): string[] => [
  by,
  ...adopted.map((one) => one.by),
  ...(dismissed ? [dismissed.by] : []),
];

const hashOf = (asked: object): string =>
  createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(asked))))
    .digest('base64');
