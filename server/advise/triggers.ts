// When models run by themselves: each so many minutes on the clock of the city, while 战时 holds or while a row fits. Pure but for
// what was run when.
import { createHash } from 'node:crypto';
import type { Row } from '../../contracts/layer.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { AdviseGround, DecisionTrigger, OfferedModel, ValueTest } from './port.ts';

export interface DueRun {
  readonly model: OfferedModel;
  readonly params: Readonly<Record<string, unknown>>;
}

const MINUTE_MS = 60_000;

export class Triggers {
  readonly #models: readonly OfferedModel[];
  readonly #ground: AdviseGround;
  /** By model, parameters and row: the moment a run was due last. */
  readonly #ran = new Map<string, number>();

  constructor(models: Iterable<OfferedModel>, ground: AdviseGround) {
    this.#models = [...models].filter(({ settings }) => (settings?.triggers.length ?? 0) > 0);
    this.#ground = ground;
  }

  /** What is due at `at`, epoch ms; each is told once. */
  due(at: number): readonly DueRun[] {
    const inCrisis = this.#ground.inCrisis();
    return this.#models.flatMap((model) =>
      (model.settings?.triggers ?? []).flatMap((trigger, index) => {
        if (trigger.inCrisis && !inCrisis) return [];
        const name = `${model.definition.slug}/${index}`;
        return this.#asked(trigger)
          .filter(({ id }) => this.#isDue(`${name}/${id}`, trigger, at))
          .map(({ params }) => ({ model, params }));
      }),
    );
  }

  #asked(trigger: DecisionTrigger): { id: string; params: Readonly<Record<string, unknown>> }[] {
    const { when, params, fromRow } = trigger;
    if (!when) return [{ id: '', params }];
    return [...this.#ground.rows(when.layer)]
      .filter((row) => fits(row, when.where))
      .map((row) => ({ id: row.key, params: { ...params, ...paramsOf(row, fromRow) } }));
  }

  #isDue(name: string, { everyMin }: DecisionTrigger, at: number): boolean {
    const before = this.#ran.get(name);
    const stepMs = everyMin === null ? Infinity : everyMin * MINUTE_MS;
    const slot = everyMin === null ? 0 : Math.floor(at / stepMs);
    if (before !== undefined && before >= slot) return false;
    this.#ran.set(name, slot);
    return true;
  }
}

function paramsOf(row: Row, fromRow: DecisionTrigger['fromRow']): Record<string, unknown> {
  const values = row.values as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(fromRow).map(([name, column]) => [name, column === 'key' ? row.key : values[column]]),
  );
}

export function fits(row: Row, where: Readonly<Record<string, ValueTest>>): boolean {
  const values = row.values as Readonly<Record<string, unknown>>;
  return Object.entries(where).every(([column, test]) => holds(values[column], test));
}

function holds(value: unknown, test: ValueTest): boolean {
  if (typeof test !== 'object') return value === test;
  if ('contains' in test) return typeof value === 'string' && value.includes(test.contains);
  if ('oneOf' in test) return test.oneOf.includes(value as string | number);
  const { min = -Infinity, max = Infinity } = test;
  return typeof value === 'number' && value >= min && value <= max;
}

/** Of the parameters and the values of all inputs: the same makes the same advice, whenever it is run. */
export function hashOfInputs(params: unknown, layers: Readonly<Record<string, readonly Row[]>>): string {
  const rows = Object.entries(layers).map(([layer, all]) => [
    layer,
    all.map(({ key, values }) => [key, values]),
  ]);
  return createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify([params, rows]))))
    .digest('hex');
}
