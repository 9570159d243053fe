// The road graph of the default city against ngraph: the nearest hospitals of any town, one way between two towns,
// and who is cut off after a cut.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadCity } from '../cities/load.ts';
import { RoadConditions } from '../server/roads/conditions.ts';
import type { RoadGround } from '../server/roads/ground.ts';
import { createRoadGround } from '../server/roads/ground.ts';
import { Isolation } from '../server/roads/isolation.ts';
import { RoadSearch } from '../server/roads/search.ts';
import { alternated, median, monotonicMs, watchUsage, isStarved } from './measure.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atLeast, check, exactly, reported, result } from './result.ts';
import type { Rival } from './roads/rival.ts';
import { rivalOf } from './roads/rival.ts';

const CITY = 'guangyuan';
/** As many as a card lists. */
const NEAREST = 5;
const ROUNDS = 3;
/** Towns asked from in a round. */
const TOWNS = 6;
const WARM_UP = 1;

interface Field {
  readonly ground: RoadGround;
  readonly now: RoadConditions;
  readonly search: RoadSearch;
  readonly isolation: Isolation;
  readonly rival: Rival;
  /** Nodes of the hospitals. */
  readonly resources: readonly number[];
  readonly towns: readonly number[];
}

export async function run(options: BenchOptions): Promise<BenchResult> {
  const field = fieldOf();
  const { graph } = field.ground;
  options.say(`${graph.nodes} nodes, ${graph.edges} pieces, ${field.resources.length} hospitals`);
  const usage = watchUsage();
  let wrong = 0;
  const near = timed(
    () => field.towns.map((town) => nearest(field, town)),
    () => field.towns.map((town) => rivalNearest(field, town)),
    (a, b) => (wrong += differing(a, b)),
  );
  const way = timed(
    () => field.towns.map((town, i) => [between(field, town, field.towns.at(-1 - i) as number)]),
    () => field.towns.map((town, i) => [field.rival.seconds(town, field.towns.at(-1 - i) as number)]),
    (a, b) => (wrong += differing(a, b)),
  );
  const cuts = cutsOf(field);
  const lost = timed(
    () => cuts.map((edges) => [afterCut(field, edges)]),
    () => cuts.map((edges) => [rivalAfterCut(field, edges)]),
    (a, b) => (wrong += differing(a, b)),
  );
  const each = (ms: number, count: number): number => (ms * 1000) / count;
  return result({
    name: 'roads',
    value: each(near.ours, field.towns.length),
    unit: 'µs',
    rival: {
      name: `ngraph.path A*, one way to each of ${field.resources.length}`,
      value: each(near.rival, field.towns.length),
    },
    target: atLeast(20),
    valid: !isStarved(usage()),
    checks: [
      check('answers that differ from the library', [wrong, ''], exactly(0)),
      check('one way between two towns, ratio', [way.rival / way.ours, '×'], atLeast(1)),
      reported('one way between two towns', [each(way.ours, field.towns.length), 'µs']),
      check('who is cut off after a cut, ratio', [lost.rival / lost.ours, '×'], atLeast(10)),
      reported('who is cut off after a cut', [each(lost.ours, cuts.length), 'µs']),
      reported('nodes', [graph.nodes, '']),
    ],
  });
}

function fieldOf(): Field {
  const city = loadCity(CITY);
  const tiles = path.join(import.meta.dirname, '..', '.tiles', CITY, 'vector');
  const ground = createRoadGround(city, existsSync(tiles) ? tiles : null);
  const now = new RoadConditions(ground.graph);
  const nodes = city.places.flatMap(({ properties, geometry }) =>
    properties.kind === 'hospital' ? [ground.access([...geometry.coordinates] as [number, number]).node] : [],
  );
  const towns = townsOf(ground);
  const step = Math.ceil(towns.length / TOWNS);
  return {
    ...{ ground, now, search: new RoadSearch(ground.graph) },
    isolation: new Isolation(ground.graph, ground.targets),
    rival: rivalOf(ground.graph, now.along),
    resources: [...new Set(nodes)],
    towns: towns.filter((_, i) => i % step === 0).map(({ node }) => node),
  };
}

const townsOf = ({ settlements }: RoadGround) => settlements.filter(({ kind }) => kind === 'town');

/** Seconds of the nearest, the soonest first. */
function nearest({ search, now, resources }: Field, town: number): number[] {
  const wanted = new Set(resources);
  const found: number[] = [];
  search.begin(now.against);
  search.from(town, 0);
  for (let node = search.next(); node >= 0 && found.length < NEAREST; node = search.next())
    if (wanted.has(node)) found.push(search.secondsTo(node));
  return found;
}

const rivalNearest = ({ rival, resources }: Field, town: number): number[] =>
  resources
    .map((node) => rival.seconds(node, town))
    .sort((a, b) => a - b)
    .slice(0, NEAREST);

function between({ search, now }: Field, from: number, to: number): number {
  search.begin(now.along);
  search.from(from, 0);
  for (let node = search.next(); node >= 0 && node !== to; node = search.next());
  return search.secondsTo(to);
}

/** Everything within some kilometres of towns all over the city. */
function cutsOf({ ground }: Field): number[][] {
  return townsOf(ground)
    .filter((_, i) => i % 10 === 0)
    .map(({ position: [lon, lat] }) =>
      ground.grid.inside([
        [lon - 0.03, lat - 0.03],
        [lon + 0.03, lat - 0.03],
        [lon + 0.03, lat + 0.03],
        [lon - 0.03, lat + 0.03],
      ]),
    );
}

/** How many towns are cut off from a hospital or a seat. */
function afterCut({ ground, now, isolation }: Field, edges: readonly number[]): number {
  now.close('bench', edges);
  isolation.run(now.closed);
  let count = 0;
  for (const { node } of townsOf(ground)) if (isolation.isIsolated(node)) count += 1;
  now.close('bench', []);
  return count;
}

function rivalAfterCut({ ground, rival }: Field, edges: readonly number[]): number {
  rival.close(edges, true);
  const [hospitals, seats] = [ground.targets.hospitals, ground.targets.seats].map((all) =>
    rival.lost([...all]),
  );
  const count = townsOf(ground).filter(({ node }) => hospitals?.has(node) || seats?.has(node)).length;
  rival.close(edges, false);
  return count;
}

type Answers = readonly (readonly number[])[];

/** Milliseconds a round, medians, sides in turn. */
function timed(
  ours: () => Answers,
  rival: () => Answers,
  compare: (a: Answers, b: Answers) => void,
): { readonly ours: number; readonly rival: number } {
  for (let i = 0; i < WARM_UP; i++) compare(ours(), rival());
  const times = { ours: [] as number[], rival: [] as number[] };
  for (const side of alternated(['ours', 'rival'] as const, ROUNDS)) {
    const began = monotonicMs();
    (side === 'ours' ? ours : rival)();
    times[side].push(monotonicMs() - began);
  }
  return { ours: median(times.ours), rival: median(times.rival) };
}

/** Answers that are not the same to a hundredth of a second. */
const differing = (a: Answers, b: Answers): number =>
  a.filter(
    (one, i) => one.length !== b[i]?.length || one.some((x, k) => Math.abs(x - (b[i]?.[k] ?? NaN)) > 0.01),
  ).length;
