// Runs that are not over: they wait for a thread, are followed, cancelled, and handed on to be recorded when they end.
import { z } from 'zod';
import { CodedError } from '../../contracts/errors.ts';
import type { DecisionRun } from '../../contracts/records/advice.ts';
import type { Clock } from '../kit/clock.ts';
import type { DecisionDefinition } from '../kit/define-decision.ts';
import type { Logger } from '../kit/log.ts';
import type { RunBody } from './fold.ts';
import { ModelEnded } from './model-pool.ts';
import type { AdviseGround, ModelAnswer, ModelPool, OfferedModel } from './port.ts';
import { hashOfInputs } from './triggers.ts';

/** More do not wait: whoever asks then is told so. */
const MOST_WAITING = 24;
/** Runs that were cancelled or could not be recorded, kept for those who ask what became of them. */
const MOST_LOST = 50;

export interface RunDeskOptions {
  readonly clock: Clock;
  readonly wall: Clock;
  readonly logger: Logger;
  readonly pool: ModelPool;
  readonly ground: AdviseGround;
  readonly expectedS: (definition: DecisionDefinition) => number;
  readonly record: (by: string, body: RunBody) => Promise<void>;
}

export interface Beginning {
  readonly by: string;
  readonly model: OfferedModel;
  readonly action: string;
  readonly hash: string;
  readonly params: DecisionRun['params'];
}

interface Open {
  run: DecisionRun;
  readonly hash: string;
  cancel: () => void;
  readonly over: Promise<void>;
}

export class RunDesk {
  readonly #options: RunDeskOptions;
  readonly #open = new Map<string, Open>();
  readonly #lost = new Map<string, DecisionRun>();
  readonly #schemas = new Map<string, unknown>();

  constructor(options: RunDeskOptions) {
    this.#options = options;
  }

  /** Not over yet, oldest first. */
  open(model: string): readonly DecisionRun[] {
    return [...this.#open.values()].map(({ run }) => run).filter((run) => run.model === model);
  }

  waiting(model: string): number {
    return this.open(model).length;
  }

  find(id: string): DecisionRun | undefined {
    return this.#open.get(id)?.run ?? this.#lost.get(id);
  }

  asked(id: string): { readonly hash: string } | undefined {
    return this.#open.get(id);
  }

  /** JSON Schema of the parameters of a model. */
  schemaOf({ slug, params }: DecisionDefinition): unknown {
    const made = this.#schemas.get(slug) ?? z.toJSONSchema(params, { io: 'input' });
    this.#schemas.set(slug, made);
    return made;
  }

  /** @throws CodedError request/invalid, request/too-many */
  begin({ by, model, action, hash, params }: Beginning): DecisionRun {
    const { clock, ground, expectedS } = this.#options;
    const { definition } = model;
    const parsed = definition.params.safeParse(params);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new CodedError(
        'request/invalid',
        `params.${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
      );
    }
    if (this.#open.size >= MOST_WAITING)
      throw new CodedError('request/too-many', `${this.#open.size} runs of models wait`);
    const snapshot = ground.snapshot(model);
    const run: DecisionRun = {
      ...{ id: action, model: definition.slug, state: 'queued', by, at: clock.now(), params },
      ...{ progress: null, expectedS: expectedS(definition), tookS: null, fault: '', seq: null },
      inputs: hashOfInputs(params, snapshot.layers),
      ...{ advice: null, cited: [], changed: false, superseded: false, adopted: [], dismissed: null },
    };
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const open: Open = { run, hash, over, cancel: () => undefined };
    this.#open.set(action, open);
    void this.#work(open, model, { snapshot, params: parsed.data }).finally(resolve);
    return open.run;
  }

  cancel(id: string): void {
    this.#open.get(id)?.cancel();
  }

  cancelAll(): void {
    for (const { cancel } of this.#open.values()) cancel();
  }

  async settled(): Promise<void> {
    while (this.#open.size > 0) await Promise.all([...this.#open.values()].map(({ over }) => over));
  }

  async #work(
    open: Open,
    { file, definition }: OfferedModel,
    {
      snapshot,
      params,
    }: { readonly snapshot: ReturnType<AdviseGround['snapshot']>; readonly params: unknown },
  ): Promise<void> {
    const { wall, pool } = this.#options;
    const began = { at: wall.elapsed() };
    const absent = definition.inputs.filter(
      ({ layer, needed }) => needed && (snapshot.layers[layer.slug]?.length ?? 0) === 0,
    );
    try {
      if (absent.length > 0) throw new Error(absentWords(absent));
      const job = pool.run({
        ...{ file, snapshot, params, limitS: definition.limitS },
        onStart: () => {
          began.at = wall.elapsed();
          open.run = { ...open.run, state: 'running' };
        },
        onProgress: (progress) => {
          open.run = { ...open.run, progress };
        },
      });
      open.cancel = () => job.cancel();
      const answer = await job.answer;
      await this.#end(open, { answer, fault: '', tookMs: wall.elapsed() - began.at });
    } catch (error) {
      await this.#fail(open, error, wall.elapsed() - began.at);
    }
  }

  async #fail(open: Open, error: unknown, tookMs: number): Promise<void> {
    const { logger } = this.#options;
    const fault = error instanceof Error ? error.message : String(error);
    if (error instanceof ModelEnded && error.isCancelled) return this.#lose(open, 'cancelled', fault);
    logger.warn('advice.run-fault', { model: open.run.model, run: open.run.id, error: fault });
    // The stack is for the log; people read the first line.
    await this.#end(open, { answer: null, fault: fault.split('\n')[0] ?? fault, tookMs });
  }

  async #end(
    open: Open,
    { answer, fault, tookMs }: { answer: ModelAnswer | null; fault: string; tookMs: number },
  ): Promise<void> {
    const { id, model, at, params, inputs, by } = open.run;
    const body: RunBody = {
      ...{ id, hash: open.hash, model, at, params, inputs, tookMs: Math.round(tookMs), fault },
      ...{ advice: answer?.advice ?? null, cited: answer?.cited ?? [] },
    };
    try {
      await this.#options.record(by, body);
      this.#open.delete(id);
    } catch (error) {
      this.#options.logger.error('advice.not-recorded', { run: id, error: String(error) });
      this.#lose(open, 'failed', error instanceof Error ? error.message : String(error));
    }
  }

  #lose(open: Open, state: 'cancelled' | 'failed', fault: string): void {
    this.#open.delete(open.run.id);
    this.#lost.set(open.run.id, { ...open.run, state, fault });
    for (const id of [...this.#lost.keys()].slice(0, -MOST_LOST)) this.#lost.delete(id);
  }
}

function absentWords(absent: DecisionDefinition['inputs']): string {
  const zh = absent.map(({ title }) => title.zh).join('、');
  const en = absent.map(({ title, layer }) => `${title.en} (${layer.slug})`).join(', ');
  return `缺 ${zh}，无法推演 · cannot be worked out without ${en}`;
}
