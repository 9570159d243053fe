// What other areas see of the state: a world and its layers.
import type { Layer } from '../../contracts/layer.ts';
import type { ObservationBatch } from '../../contracts/frame.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { World as WorldFacts } from '../../contracts/wire.ts';

export interface WorldLayer {
  readonly layer: Layer;
  readonly table: LayerTable;
  /** What ingest accepted since the last tick. */
  readonly batch: ObservationBatch;
  /** City clock of the last tick that changed a row; null: none since the start. */
  updatedAt: number | null;
}

/** A world that can be asked by place. */
export interface LiveWorld extends World {
  /** The nearest rows of a layer, nearest first; null where it has no positions. */
  nearest(
    slug: string,
    place: { readonly lon: number; readonly lat: number },
    limit: { readonly count: number; readonly maxMetres: number },
  ): readonly { readonly slot: number; readonly metres: number }[] | null;
  /** Slots inside [west, south, east, north]; null where the layer has no positions. */
  within(slug: string, box: readonly [number, number, number, number]): number[] | null;
}

export interface World {
  readonly facts: WorldFacts;
  readonly layers: ReadonlyMap<string, WorldLayer>;
  /** Number of the last tick. */
  readonly tick: number;
}

/** Follows a world tick by tick; called while the changes of the tick can still be read from the tables. */
export interface TickFollower {
  tick(tick: { readonly number: number; readonly at: number }): void;
}
