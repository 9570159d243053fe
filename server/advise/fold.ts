// Runs, adoptions and dismissals as the fold of their entries. The newest runs of each model and place are kept whole; of older
// ones what lists show, the rest lies in the log.
import type { Adoption, Advice, CitedRow, DecisionRun } from '../../contracts/records/advice.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';

export const RUN = 'advice/run';
export const ADOPT = 'advice/adopt';
/** What became of the tasks of an adoption. */
export const GIVEN = 'advice/tasks';
export const DISMISS = 'advice/dismiss';
export const adviceKinds = [RUN, ADOPT, GIVEN, DISMISS] as const;

export interface RunBody {
  readonly id: string;
  /** Hash of what was asked. */
  readonly hash: string;
  readonly model: string;
  /** City clock of its inputs, epoch ms. */
  readonly at: number;
  readonly params: DecisionRun['params'];
  readonly inputs: string;
  readonly tookMs: number;
  /** '' : it answered. */
  readonly fault: string;
  readonly advice: Advice | null;
  readonly cited: readonly CitedRow[];
}

export interface AdoptBody {
  readonly action: string;
  readonly hash: string;
  readonly model: string;
  readonly run: string;
  readonly option: string;
  readonly incident: number;
  readonly reason: string;
  readonly evidence: Adoption['evidence'];
  /** Tasks that are to be given, as they were proposed. */
  readonly tasks: Advice['options'][number]['tasks'];
}

export interface GivenBody {
  /** Sequence of the adoption. */
  readonly adoption: number;
  readonly run: string;
  readonly tasks: Adoption['tasks'];
}

export interface DismissBody {
  readonly action: string;
  readonly hash: string;
  readonly model: string;
  readonly run: string;
  readonly reason: string;
}

/** Of one model and place that are kept whole. */
const KEPT_WHOLE = 4;
/** Of one model that are remembered at all. */
const REMEMBERED = 400;
/** Runs whose time counts for what the next is expected to take. */
const TIMED = 9;

export const placeOf = ({ model, advice }: Pick<DecisionRun, 'model' | 'advice'>): string | null =>
  advice ? `${model}/${advice.place.id}` : null;

export class AdviceFold {
  readonly runs = new Map<string, DecisionRun>();
  /** Ids by model and place, newest last. */
  readonly places = new Map<string, string[]>();
  /** The last run of a model, where it failed. */
  readonly failed = new Map<string, DecisionRun>();
  /** What was done under an action, and what it had asked. */
  readonly done = new Map<string, { readonly hash: string; readonly run: string }>();
  /** Adoptions whose tasks are still to be given. */
  readonly owed = new Map<number, { readonly by: string; readonly body: AdoptBody }>();
  readonly #order = new Map<string, string[]>();
  readonly #times = new Map<string, number[]>();

  apply(entry: Pick<LogEntry, 'seq' | 'kind' | 'subject' | 'knownAt' | 'body'>): void {
    if (entry.kind === RUN) this.#run(entry);
    else if (entry.kind === ADOPT) this.#adopt(entry);
    else if (entry.kind === GIVEN) this.#given(entry);
    else if (entry.kind === DISMISS) this.#dismiss(entry);
  }

  /** Seconds the next run is expected to take: the median of the last; `otherwise` where none was timed. */
  expectedS(model: string, otherwise: number): number {
    const times = [...(this.#times.get(model) ?? [])].sort((a, b) => a - b);
    const median = times[Math.floor(times.length / 2)];
    return median === undefined ? otherwise : median / 1000;
  }

  /** Newest of each place of a model, newest first. */
  latest(model: string): readonly DecisionRun[] {
    return [...this.places]
      .filter(([place]) => place.startsWith(`${model}/`))
      .flatMap(([, ids]) => this.runs.get(ids.at(-1) ?? '') ?? [])
      .sort((a, b) => b.at - a.at);
  }

  #run({ seq, subject, body }: Pick<LogEntry, 'seq' | 'subject' | 'body'>): void {
    const { hash, tookMs, ...said } = body as unknown as RunBody;
    const run: DecisionRun = {
      ...{ ...said, by: subject, seq, progress: null, tookS: tookMs / 1000 },
      state: said.fault === '' ? 'done' : 'failed',
      expectedS: this.expectedS(said.model, tookMs / 1000),
      ...{ changed: false, superseded: false, adopted: [], dismissed: null },
    };
    this.runs.set(run.id, run);
    this.done.set(run.id, { hash, run: run.id });
    if (run.state === 'failed') this.failed.set(run.model, run);
    else {
      this.failed.delete(run.model);
      const times = [...(this.#times.get(run.model) ?? []), tookMs];
      this.#times.set(run.model, times.slice(-TIMED));
    }
    this.#place(run);
    this.#forget(run);
  }

  #place(run: DecisionRun): void {
    const place = placeOf(run);
    if (place === null) return;
    const ids = this.places.get(place) ?? [];
    const before = this.runs.get(ids.at(-1) ?? '');
    if (before) this.runs.set(before.id, { ...before, superseded: true });
    ids.push(run.id);
    this.places.set(place, ids);
    const old = this.runs.get(ids.at(-1 - KEPT_WHOLE) ?? '');
    if (old?.advice) this.runs.set(old.id, { ...old, advice: withoutCourse(old.advice), cited: [] });
  }

  #forget(run: DecisionRun): void {
    const order = [...(this.#order.get(run.model) ?? []), run.id];
    while (order.length > REMEMBERED) {
      const id = order.shift() ?? '';
      if ((this.runs.get(id)?.adopted.length ?? 0) === 0) this.runs.delete(id);
    }
    this.#order.set(run.model, order);
  }

  #adopt({
    seq,
    subject,
    knownAt,
    body: said,
  }: Pick<LogEntry, 'seq' | 'subject' | 'knownAt' | 'body'>): void {
    const body = said as unknown as AdoptBody;
    const { action, hash, run: id, option, incident, reason, evidence } = body;
    this.done.set(action, { hash, run: id });
    this.owed.set(seq, { by: subject, body });
    const adoption: Adoption = {
      ...{ id: seq, by: subject, at: knownAt, option, incident, reason, evidence, tasks: [] },
    };
    this.#change(id, (run) => ({ ...run, adopted: [...run.adopted, adoption] }));
  }

  #given({ body }: Pick<LogEntry, 'body'>): void {
    const { adoption, run: id, tasks } = body as unknown as GivenBody;
    this.owed.delete(adoption);
    this.#change(id, (run) => ({
      ...run,
      adopted: run.adopted.map((one) => (one.id === adoption ? { ...one, tasks } : one)),
    }));
  }

  #dismiss({ seq, subject, knownAt, body }: Pick<LogEntry, 'seq' | 'subject' | 'knownAt' | 'body'>): void {
    const { action, hash, run: id, reason } = body as unknown as DismissBody;
    this.done.set(action, { hash, run: id });
    const dismissed = { id: seq, by: subject, at: knownAt, reason };
    this.#change(id, (run) => ({ ...run, dismissed }));
  }

  #change(id: string, how: (run: DecisionRun) => DecisionRun): void {
    const run = this.runs.get(id);
    if (run) this.runs.set(id, how(run));
  }
}

/** What lists show of an advice. */
export const withoutCourse = (advice: Advice): Advice => ({ ...advice, series: [], shapes: [], branch: [] });
