import { expect, test } from 'vitest';
import { loadCity } from '../../cities/load.ts';
import { roadEvent } from '../../contracts/layers/road-event.ts';
import { roadSpeed } from '../../contracts/layers/road-speed.ts';
import { LayerTable } from '../../contracts/table.ts';
import { createRoadGround } from './ground.ts';
import { timesFrom } from './road.test-kit.ts';
import { RoadNetwork } from './road-network.ts';
import { RoadSearch } from './search.ts';

const NOW = Date.UTC(2026, 6, 16, 12);
const ground = createRoadGround(loadCity('testville'), null);

function network() {
  const [events, speeds] = [new LayerTable(roadEvent), new LayerTable(roadSpeed)];
  const changes: number[] = [];
  const roads = new RoadNetwork({ ground, events, speeds, onChange: (_, at) => changes.push(at) });
  const tick = (at: number): void => {
    roads.tick({ at });
    events.clearChanges();
    speeds.clearChanges();
  };
  const search = new RoadSearch(ground.graph);
  const minutes = (from: readonly [number, number], to: readonly [number, number]): number => {
    const [a, b] = [ground.access([...from]).node, ground.access([...to]).node];
    return (timesFrom(search, roads.conditions.along, a)[b] as number) / 60;
  };
  return { events, speeds, changes, roads, tick, minutes };
}
const [west, east] = [
  [84.15, 41.2],
  [84.45, 41.2],
] as const;
const closure = (values: object) => ({
  ...{ key: 'slide', validAt: NOW, source: 's' },
  values: {
    position: [84.38, 41.19] as const,
    title: '塌方',
    kind: 'closure',
    status: 'active',
    road: 'S1',
    ...values,
  },
});

test('a reported closure shuts the piece it stands at until it is over', () => {
  const { events, changes, roads, tick, minutes } = network();
  tick(NOW);
  const before = minutes(west, east);
  events.put(closure({}) as never);
  tick(NOW + 1000);
  expect(minutes(west, east)).toBeGreaterThan(before);
  expect(roads.eventOf([...roads.conditions.causes][0] ?? '')).toMatchObject({ title: '塌方', since: NOW });
  tick(NOW + 2000);
  expect(changes).toEqual([NOW, NOW + 1000]);
  events.put(closure({ status: 'closed' }) as never);
  tick(NOW + 3000);
  expect(minutes(west, east)).toBe(before);
});

test('works and accidents shut nothing', () => {
  const { events, roads, tick } = network();
  events.put(closure({ kind: 'works' }) as never);
  tick(NOW);
  expect([...roads.conditions.causes]).toEqual([]);
});

test('a measured speed holds in its direction, and not longer than it is fresh', () => {
  const { speeds, tick, minutes } = network();
  tick(NOW);
  const [there, back] = [minutes(west, east), minutes(east, west)];
  const line = {
    type: 'LineString',
    coordinates: [
      [84.14, 41.215],
      [84.3, 41.19],
      [84.46, 41.19],
    ],
  };
  speeds.put({
    ...{ key: 'a', validAt: NOW, source: 's' },
    values: { line, road: 'S1', direction: 'up', speedKmh: 10 },
  } as never);
  tick(NOW + 1000);
  expect(minutes(west, east)).toBeGreaterThan(there * 2);
  expect(minutes(east, west)).toBeCloseTo(back, 6);
  tick(NOW + 20 * 60_000);
  expect(minutes(west, east)).toBeCloseTo(there, 6);
});

test('the towns a cut isolates are named with it, before and after', () => {
  const { roads, tick } = network();
  tick(NOW);
  const ring = [
    [84.29, 41.0],
    [84.31, 41.0],
    [84.31, 41.4],
    [84.29, 41.4],
  ] as const;
  const edges = ground.grid.inside(ring.map(([lon, lat]) => [lon, lat]));
  const wanted = roads.wouldIsolate(edges).map(({ name, lost }) => [name.zh, lost]);
  expect(wanted).toEqual([
    ['山前镇', 'hospital'],
    ['林场乡', 'hospital'],
  ]);
  expect(roads.isolated()).toEqual([]);
  roads.conditions.close('hand/1', edges);
  roads.settle(NOW);
  expect(roads.isolated().map(({ name, cuts }) => [name.zh, cuts])).toEqual([
    ['山前镇', ['hand/1']],
    ['林场乡', ['hand/1']],
  ]);
  expect(roads.wouldIsolate(edges)).toEqual([]);
});
