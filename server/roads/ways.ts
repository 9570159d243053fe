// The ways of many to one place, as the roads are now: one search from the place against the arcs.
import type { LonLat } from '../../contracts/column.ts';
import type { RoadConditions } from './conditions.ts';
import { tailOf } from './graph.ts';
import type { Access, RoadGround } from './ground.ts';
import type { Way, WaysTo } from './port.ts';
import { RoadSearch } from './search.ts';

export class Ways implements WaysTo {
  readonly isSchematic: boolean;
  readonly #ground: RoadGround;
  readonly #conditions: RoadConditions;
  readonly #search: RoadSearch;

  constructor(ground: RoadGround, conditions: RoadConditions) {
    this.#ground = ground;
    this.#conditions = conditions;
    this.#search = new RoadSearch(ground.graph);
    this.isSchematic = ground.graph.roads.some(({ synthetic }) => synthetic);
  }

  get closures(): number {
    return [...this.#conditions.causes].length;
  }

  access(at: LonLat): Access {
    return this.#ground.access(at);
  }

  settle(here: Access, from: readonly Access[], limitS: number): void {
    const wanted = new Set(from.map(({ node }) => node));
    this.#search.begin(this.#conditions.against);
    if (here.node >= 0) this.#search.from(here.node, here.seconds);
    for (let node = this.#search.next(); node >= 0; node = this.#search.next()) {
      if (this.#search.secondsTo(node) > limitS) return;
      if (wanted.delete(node) && wanted.size === 0) return;
    }
  }

  seconds({ node, seconds }: Access): number {
    return this.#search.secondsTo(node) + seconds;
  }

  way({ node }: Access): Way | null {
    if (this.#search.secondsTo(node) === Infinity) return null;
    const { graph } = this.#ground;
    const edges: number[] = [];
    let metres = 0;
    for (let arc = this.#search.arcTo(node); arc >= 0; arc = this.#search.arcTo(tailOf(graph, arc))) {
      const edge = graph.edgeOf[arc] as number;
      edges.push(edge);
      metres += graph.lengthM[edge] as number;
    }
    return { edges, metres };
  }
}
