// What of a city's roads does not change: the graph, where to find pieces and nodes of it, towns, hospitals and seats at
// their nodes. Made once for all worlds.
import type { City } from '../../cities/load.ts';
import type { LonLat, Title } from '../../contracts/column.ts';
import { buildRoadGraph } from './build-graph.ts';
import { roadsOfCity } from './city-roads.ts';
import { EdgeGrid } from './edge-grid.ts';
import type { RoadGraph } from './graph.ts';
import { metresBetween, placeOf, roadClasses } from './graph.ts';
import type { IsolationTargets } from './isolation.ts';
import { NodeGrid } from './node-grid.ts';

/** A town, or a village where the city has places for them. */
export interface Settlement {
  readonly code: string;
  readonly kind: 'town' | 'village';
  readonly name: Title;
  /** Of a village: its town. */
  readonly town: Title | null;
  readonly position: LonLat;
  /** Of a town without those of its villages: nobody is counted twice. */
  readonly residents: number;
  readonly node: number;
}

/** A tunnel or a bridge: where a warning holds it makes a way risky. */
export interface Weak {
  readonly name: string;
  readonly at: LonLat;
  readonly edge: number;
}

/** From a place to the road it stands at. */
export interface Access {
  readonly node: number;
  readonly metres: number;
  /** To the road and on it, seconds. */
  readonly seconds: number;
}

export interface RoadGround {
  readonly graph: RoadGraph;
  readonly grid: EdgeGrid;
  readonly settlements: readonly Settlement[];
  readonly targets: IsolationTargets;
  readonly weak: readonly Weak[];
  /** Of a town or a village. */
  nodeOf(code: string): number;
  access(at: LonLat): Access;
  /** Which pieces belong to a road of that name or number; all drawn ones where the name is not known. */
  isOfRoad(name: string | null): (edge: number) => boolean;
}

/** Off the road network, straight, with detours of a third (≈). */
const OFF_ROAD_KMH = 15;
/** A tunnel or bridge belongs to the piece it stands at, metres: places are rounded to a hundred. */
const WEAK_M = 1500;

/** @param tiles folder of the vector tiles; null: none are built */
export function createRoadGround(city: City, tiles: string | null): RoadGround {
  const graph = buildRoadGraph(roadsOfCity(city, tiles));
  const grid = new EdgeGrid(graph);
  const nodes = new NodeGrid(
    Array.from({ length: graph.nodes }, (_, node) => placeOf(graph, node)),
    city.places.some(({ properties }) => properties.kind === 'toll')
      ? nodesOffExpressways(graph)
      : Array.from({ length: graph.nodes }, (_, node) => node),
  );
  const access = (at: LonLat): Access => {
    const node = nodes.nearest(at);
    const metres = node < 0 ? Infinity : metresBetween(at, placeOf(graph, node));
    return { node, metres, seconds: (metres / OFF_ROAD_KMH) * 3.6 };
  };
  const settlements = settlementsOf(city, (at) => access(at).node);
  const nodesOf = new Map(settlements.map(({ code, node }) => [code, node]));
  return {
    ...{ graph, grid, settlements, access, weak: weakOf(city, grid) },
    targets: targetsOf(city, (at) => access(at).node),
    nodeOf: (code) => nodesOf.get(code) ?? 0,
    isOfRoad: roadFilter(graph),
  };
}

function settlementsOf({ towns, villages }: City, nodeAt: (at: LonLat) => number): Settlement[] {
  const inVillages = new Map<string, number>();
  for (const { townCode, residents } of villages)
    inVillages.set(townCode, (inVillages.get(townCode) ?? 0) + residents);
  const names = new Map(towns.map(({ code, name, en }) => [code, { zh: name, en }]));
  return [
    ...towns.map(({ code, name, en, lon, lat, population }): Settlement => ({
      ...{ code, kind: 'town', name: { zh: name, en }, town: null, position: [lon, lat] },
      ...{ residents: population - (inVillages.get(code) ?? 0), node: nodeAt([lon, lat]) },
    })),
    ...villages.map(({ code, name, en, townCode, lon, lat, residents }): Settlement => ({
      ...{ code, kind: 'village', name: { zh: name, en }, town: names.get(townCode) ?? null },
      ...{ position: [lon, lat], residents, node: nodeAt([lon, lat]) },
    })),
  ];
}

function nodesOffExpressways({ nodes, first, edgeOf, classOf }: RoadGraph): number[] {
  const found: number[] = [];
  for (let node = 0; node < nodes; node++)
    for (let arc = first[node] as number; arc < (first[node + 1] as number); arc++) {
      if (roadClasses[classOf[edgeOf[arc] as number] as number] === 'expressway') continue;
      found.push(node);
      break;
    }
  return found;
}

function targetsOf(city: City, nodeAt: (at: LonLat) => number): IsolationTargets {
  const hospitals = city.places.flatMap(({ properties, geometry }) =>
    properties.kind === 'hospital' ? [nodeAt(geometry.coordinates as LonLat)] : [],
  );
  const seats = city.places.flatMap(({ properties, geometry }) =>
    properties.kind === 'command-centre' ? [nodeAt(geometry.coordinates as LonLat)] : [],
  );
  return { hospitals: Int32Array.from(hospitals), seats: Int32Array.from(seats) };
}

function weakOf(city: City, grid: EdgeGrid): Weak[] {
  return city.places.flatMap(({ properties, geometry }): Weak[] => {
    if (properties.kind !== 'tunnel' && properties.kind !== 'bridge') return [];
    const at = geometry.coordinates as LonLat;
    const near = grid.nearest(at, WEAK_M, () => true);
    return near ? [{ name: properties.name.zh, at, edge: near.edge }] : [];
  });
}

function roadFilter({ roads, roadOf }: RoadGraph): RoadGround['isOfRoad'] {
  const byName = new Map<string, Set<number>>();
  roads.forEach(({ name, ref }, road) => {
    for (const one of [name.zh, ref])
      if (one !== null) byName.set(one, (byName.get(one) ?? new Set()).add(road));
  });
  return (name) => {
    const own = byName.get(name ?? '');
    return (edge) => {
      const road = roadOf[edge] as number;
      return own ? own.has(road) : roads[road]?.synthetic === false;
    };
  };
}
