import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RoadConditions } from './conditions.ts';
import { Isolation } from './isolation.ts';
import { smallGraph, timesFrom } from './road.test-kit.ts';
import { RoadSearch } from './search.ts';

const NODES = 24;

test('a place is isolated where no way leads to a hospital or none to a seat, whatever is closed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(NODES - 1), fc.nat(NODES - 1)), { minLength: 1, maxLength: 50 }),
      fc.array(fc.nat(), { maxLength: 12 }),
      fc.tuple(fc.nat(NODES - 1), fc.nat(NODES - 1), fc.nat(NODES - 1)),
      (pairs, picks, [hospital, seat, other]) => {
        const graph = smallGraph(NODES, pairs);
        fc.pre(graph.edges > 0);
        const now = new RoadConditions(graph);
        picks.forEach((pick, i) => now.close(`c${i}`, [pick % graph.edges]));
        const isolation = new Isolation(graph, {
          hospitals: Int32Array.from([hospital]),
          seats: Int32Array.from([seat, other]),
        });
        isolation.run(now.closed);
        const search = new RoadSearch(graph);
        for (let node = 0; node < NODES; node++) {
          const to = timesFrom(search, now.along, node);
          const isLost = to[hospital] === Infinity || (to[seat] === Infinity && to[other] === Infinity);
          expect(isolation.isIsolated(node)).toBe(isLost);
        }
      },
    ),
  );
});

test('names the closed pieces around the part that is cut off, and no other', () => {
  // 0 hospital and seat – 1 – 2 – 3, and a closure inside the open part: 0 – 4 – 5 – 0.
  const graph = smallGraph(6, [
    [0, 1],
    [1, 2],
    [2, 3],
    [0, 4],
    [4, 5],
    [5, 0],
  ]);
  const now = new RoadConditions(graph);
  const isolation = new Isolation(graph, { hospitals: Int32Array.of(0), seats: Int32Array.of(0) });
  now.close('slide', [1]);
  now.close('works', [4]);
  isolation.run(now.closed);
  expect([0, 1, 2, 3, 4, 5].filter((node) => isolation.isIsolated(node))).toEqual([2, 3]);
  const cut = new Set<number>();
  isolation.cutOf(3, now.closed, (edge) => cut.add(edge));
  expect([...cut].flatMap((edge) => now.causesOf(edge))).toEqual(['slide']);
  now.close('slide', []);
  isolation.run(now.closed);
  expect(isolation.isIsolated(3)).toBe(false);
});
