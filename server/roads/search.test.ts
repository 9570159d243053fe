import fc from 'fast-check';
import createGraph from 'ngraph.graph';
import { aStar } from 'ngraph.path';
import { expect, test } from 'vitest';
import { RoadConditions } from './conditions.ts';
import type { RoadGraph } from './graph.ts';
import { tailOf } from './graph.ts';
import { smallGraph, timesFrom } from './road.test-kit.ts';
import { RoadSearch } from './search.ts';

const NODES = 30;
const pieces = fc
  .array(fc.tuple(fc.nat(NODES - 1), fc.nat(NODES - 1), fc.integer({ min: 5, max: 120 })), {
    minLength: 1,
    maxLength: 90,
  })
  .map((pairs) => smallGraph(NODES, pairs));
const node = fc.nat(NODES - 1);

/** The way a well-known library finds, over the same weights. */
function rivalSeconds(graph: RoadGraph, weights: Float64Array, from: number, to: number): number {
  const rival = createGraph<null, { seconds: number }>();
  for (let n = 0; n < graph.nodes; n++) rival.addNode(n, null);
  for (let arc = 0; arc < graph.head.length; arc++) {
    const [a, b] = [tailOf(graph, arc), graph.head[arc] as number];
    const seconds = weights[arc] as number;
    const held = rival.getLink(a, b);
    if (seconds < (held?.data.seconds ?? Infinity)) {
      if (held) rival.removeLink(held);
      rival.addLink(a, b, { seconds });
    }
  }
  const way = aStar(rival, { oriented: true, distance: (...[, , link]) => link.data.seconds }).find(from, to);
  if (way.length === 0) return Infinity;
  // It lists the way backwards.
  return way
    .slice(1)
    .reduce((sum, one, i) => sum + (rival.getLink(one.id, way[i]?.id ?? -1)?.data.seconds ?? NaN), 0);
}

test('finds ways as short as a library does', () => {
  fc.assert(
    fc.property(pieces, node, node, (graph, a, b) => {
      const { along } = new RoadConditions(graph);
      const mine = timesFrom(new RoadSearch(graph), along, a)[b] as number;
      const theirs = a === b ? 0 : rivalSeconds(graph, along, a, b);
      if (mine === Infinity || theirs === Infinity) expect(mine).toBe(theirs);
      else expect(mine).toBeCloseTo(theirs, 6);
    }),
  );
});

test('no way by way of a third place is shorter', () => {
  fc.assert(
    fc.property(pieces, node, node, node, (graph, a, b, c) => {
      const { along } = new RoadConditions(graph);
      const search = new RoadSearch(graph);
      const from = (one: number): number[] => timesFrom(search, along, one);
      const [direct, first, second] = [from(a)[c]!, from(a)[b]!, from(b)[c]!];
      expect(direct).toBeLessThanOrEqual(first + second + 1e-6);
    }),
  );
});

test('without measured speeds the way back is as long', () => {
  fc.assert(
    fc.property(pieces, node, node, (graph, a, b) => {
      const { along } = new RoadConditions(graph);
      const search = new RoadSearch(graph);
      const [there, back] = [timesFrom(search, along, a)[b]!, timesFrom(search, along, b)[a]!];
      if (there !== Infinity) expect(there).toBeCloseTo(back, 6);
      else expect(back).toBe(Infinity);
    }),
  );
});

test('a search against the arcs gives the way to a place, with speeds that differ by direction', () => {
  fc.assert(
    fc.property(pieces, node, node, fc.nat(), (graph, a, b, seed) => {
      const now = new RoadConditions(graph);
      for (let arc = 0; arc < graph.head.length; arc++) now.setSpeed(arc, 5 + ((arc * 31 + seed) % 90));
      const search = new RoadSearch(graph);
      const [there, back] = [timesFrom(search, now.along, a)[b]!, timesFrom(search, now.against, b)[a]!];
      if (there !== Infinity) expect(there).toBeCloseTo(back, 6);
      else expect(back).toBe(Infinity);
    }),
  );
});

test('closing a piece makes nothing shorter, and opening it gives the old ways back', () => {
  fc.assert(
    fc.property(pieces, node, fc.nat(), (graph, a, pick) => {
      fc.pre(graph.edges > 0);
      const now = new RoadConditions(graph);
      const search = new RoadSearch(graph);
      const before = timesFrom(search, now.along, a);
      const edge = pick % graph.edges;
      now.close('one', [edge]);
      now.close('two', [edge]);
      const cut = timesFrom(search, now.along, a);
      cut.forEach((seconds, n) => expect(seconds).toBeGreaterThanOrEqual(before[n] as number));
      now.close('one', []);
      expect(timesFrom(search, now.along, a)).toEqual(cut);
      now.close('two', []);
      expect(timesFrom(search, now.along, a)).toEqual(before);
    }),
  );
});

test('nodes come in order of time, and the arcs lead back to the source', () => {
  const graph = smallGraph(6, [
    [0, 1, 60],
    [1, 2, 60],
    [0, 2, 10],
    [3, 4, 60],
  ]);
  const { along } = new RoadConditions(graph);
  const search = new RoadSearch(graph);
  search.begin(along);
  search.from(0, 0);
  const order: number[] = [];
  for (let n = search.next(); n >= 0; n = search.next()) order.push(n);
  expect(order).toEqual([0, 1, 2]);
  expect(tailOf(graph, search.arcTo(2))).toBe(1);
  expect([search.arcTo(0), search.arcTo(4), search.secondsTo(4)]).toEqual([-1, -1, Infinity]);
});
