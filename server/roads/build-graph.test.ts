import { expect, test } from 'vitest';
import { listCities, loadCity } from '../../cities/load.ts';
import type { LonLat } from '../../contracts/column.ts';
import type { NamedLine } from './build-graph.ts';
import { buildRoadGraph } from './build-graph.ts';
import { roadsOfCity } from './city-roads.ts';
import { RoadConditions } from './conditions.ts';
import { EdgeGrid } from './edge-grid.ts';
import type { RoadGraph } from './graph.ts';
import { metresBetween } from './graph.ts';
import { timesFrom } from './road.test-kit.ts';
import { RoadSearch } from './search.ts';

const line = (zh: string, lines: LonLat[][], over: Partial<NamedLine> = {}): NamedLine => ({
  ...{ name: { zh, en: zh }, ref: null, roadClass: 'national', freeFlowKmh: 60, synthetic: false, lines },
  ...over,
});
const west: LonLat = [105, 32];
const cross = [
  line('东西', [[west, [105.1, 32]]]),
  line('南北', [
    [
      [105.05, 31.95],
      [105.05, 32.05],
    ],
  ]),
];

function nodeAt({ lon, lat }: RoadGraph, at: LonLat): number {
  let best = 0;
  for (let n = 0; n < lon.length; n++)
    if (metresBetween([lon[n]!, lat[n]!], at) < metresBetween([lon[best]!, lat[best]!], at)) best = n;
  return best;
}
function seconds(graph: RoadGraph, from: LonLat, to: LonLat): number {
  const { along } = new RoadConditions(graph);
  return timesFrom(new RoadSearch(graph), along, nodeAt(graph, from))[nodeAt(graph, to)]!;
}

test('roads that cross are joined there, at the speed of each', () => {
  const graph = buildRoadGraph({ roads: cross, interchanges: [], places: [] });
  const way = metresBetween(west, [105.05, 32]) + metresBetween([105.05, 32], [105.05, 32.05]);
  expect(seconds(graph, west, [105.05, 32.05])).toBeCloseTo((way / 60) * 3.6, 0);
});

test('an expressway is left at its interchanges only', () => {
  const fast = { roadClass: 'expressway', freeFlowKmh: 100 } as const;
  const roads = [line('高速', [[[104.9, 32], west, [105.1, 32], [105.3, 32]]], fast), cross[1] as NamedLine];
  const direct = buildRoadGraph({ roads, interchanges: [[105.05, 32]], places: [] });
  const round = buildRoadGraph({ roads, interchanges: [[105.25, 32.02]], places: [] });
  const to: LonLat = [105.05, 32.05];
  expect(seconds(round, west, to)).toBeGreaterThan(seconds(direct, west, to) * 2);
});

test('a place beside no road gets a way that says it is made up', () => {
  const far: LonLat = [105.02, 32.1];
  const graph = buildRoadGraph({ roads: cross, interchanges: [], places: [far] });
  expect(seconds(graph, far, west)).toBeLessThan(Infinity);
  const grid = new EdgeGrid(graph);
  const near = grid.nearest(far, 100, () => true);
  expect(graph.roads[graph.roadOf[near!.edge]!]!.synthetic).toBe(true);
});

test('no piece is longer than a closure should be, and the same roads give the same graph', () => {
  const source = roadsOfCity(loadCity('guangyuan'), null);
  const graph = buildRoadGraph(source);
  expect(Math.max(...graph.lengthM)).toBeLessThan(601);
  const again = buildRoadGraph(source);
  expect([again.nodes, again.head]).toEqual([graph.nodes, graph.head]);
});

test.each(listCities())('every town and hospital of %s reaches every other', (id) => {
  const city = loadCity(id);
  const graph = buildRoadGraph(roadsOfCity(city, null));
  const { along } = new RoadConditions(graph);
  const from = nodeAt(graph, [city.towns[0]!.lon, city.towns[0]!.lat]);
  const times = timesFrom(new RoadSearch(graph), along, from);
  expect(times.filter((one) => one === Infinity)).toEqual([]);
  expect(Math.max(...times)).toBeGreaterThan(600);
});

test('finds the pieces of a line, of a place and of an area', () => {
  const graph = buildRoadGraph({ roads: cross, interchanges: [], places: [] });
  const grid = new EdgeGrid(graph);
  const all = (): boolean => true;
  const along = grid.along([west, [105.02, 32]], 30, all);
  expect(along.reduce((sum, edge) => sum + graph.lengthM[edge]!, 0)).toBeCloseTo(
    metresBetween(west, [105.02, 32]),
    -3,
  );
  expect(grid.nearest([105.01, 32.001], 200, all)?.metres).toBeCloseTo(111, -1);
  expect(grid.nearest([105.01, 32.01], 200, all)).toBeNull();
  // A ring so small that it holds no end of a piece.
  const [lon, lat] = grid.middle(along[0]!);
  const ring: LonLat[] = [
    [lon - 1e-4, lat - 1e-4],
    [lon + 1e-4, lat - 1e-4],
    [lon + 1e-4, lat + 1e-4],
    [lon - 1e-4, lat + 1e-4],
  ];
  expect(grid.inside(ring)).toEqual([along[0]]);
});
