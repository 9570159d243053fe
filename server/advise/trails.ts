// The course of numbers over the last hours, as they came in: what models ask for beside the newest row. In memory only: after a
// start it grows anew, and a model says so.
import type { LayerTable } from '../../contracts/table.ts';
import type { DecisionDefinition } from '../kit/define-decision.ts';
import { trailKey } from '../kit/define-decision.ts';

type Point = readonly [at: number, value: number];

interface Followed {
  readonly table: LayerTable;
  readonly columns: readonly string[];
  readonly keepMs: number;
}

/** More of one number is thinned out of the past by nobody: sources report each five minutes at most. */
const MOST_POINTS = 2000;

export class Trails {
  readonly #followed: readonly Followed[];
  readonly #points = new Map<string, Point[]>();

  constructor(models: Iterable<DecisionDefinition>, tableOf: (layer: string) => LayerTable) {
    const followed: Followed[] = [];
    for (const { inputs } of models)
      for (const { layer, trail } of inputs)
        if (trail) {
          const { columns, hours } = trail;
          followed.push({ table: tableOf(layer.slug), columns, keepMs: hours * 3_600_000 });
        }
    this.#followed = followed;
  }

  /** Call on every tick, while its changes can still be told. */
  tick(): void {
    for (const one of this.#followed) if (one.table.changedCount > 0) this.#read(one);
  }

  /** By layer, key and column, of the layers a model follows; oldest first. */
  of({ inputs }: DecisionDefinition): Record<string, readonly Point[]> {
    const layers = new Set(inputs.flatMap(({ layer, trail }) => (trail ? [`${layer.slug}/`] : [])));
    return Object.fromEntries(
      [...this.#points]
        .filter(([name]) => layers.has(name.slice(0, name.indexOf('/') + 1)))
        .map(([name, points]) => [name, [...points]]),
    );
  }

  #read({ table, columns, keepMs }: Followed): void {
    for (const { key, validAt, values } of table.rows())
      for (const column of columns) {
        const value = (values as Readonly<Record<string, unknown>>)[column];
        if (typeof value !== 'number') continue;
        const name = trailKey(table.layer.slug, key, column);
        const points = this.#points.get(name) ?? [];
        if ((points.at(-1)?.[0] ?? -Infinity) >= validAt) continue;
        points.push([validAt, value]);
        while (points.length > MOST_POINTS || (points[0]?.[0] ?? 0) < validAt - keepMs) points.shift();
        this.#points.set(name, points);
      }
  }
}
