import { expect, test } from 'vitest';
import { loadCity } from '../../cities/load.ts';
import { roadEvent } from '../../contracts/layers/road-event.ts';
import { roadSpeed } from '../../contracts/layers/road-speed.ts';
import { LayerTable } from '../../contracts/table.ts';
import { createRoadGround } from './ground.ts';
import { RoadNetwork } from './road-network.ts';

const city = loadCity('guangyuan');
const ground = createRoadGround(city, null);
const open = (): RoadNetwork =>
  new RoadNetwork({
    ...{ ground, events: new LayerTable(roadEvent), speeds: new LayerTable(roadSpeed) },
    onChange: () => undefined,
  });

test('nobody is counted twice: seats and villages make the city', () => {
  const residents = ground.settlements.reduce((sum, one) => sum + one.residents, 0);
  expect(residents).toBe(city.towns.reduce((sum, { population }) => sum + population, 0));
  expect(ground.settlements.every((one) => one.residents >= 0)).toBe(true);
});

test('with every road open no town and no village is cut off', () => {
  const roads = open();
  roads.tick({ at: 1000 });
  expect(roads.isolated()).toEqual([]);
});

test('a village whose only ways are cut is isolated, says its town, and how long the way round is on foot and by road', () => {
  const roads = open();
  roads.tick({ at: 500 });
  const [village] = city.villages;
  if (!village) throw new Error('no village');
  const { graph } = ground;
  const node = ground.nodeOf(village.code);
  const edges: number[] = [];
  for (let arc = graph.first[node] as number; arc < (graph.first[node + 1] as number); arc++)
    edges.push(graph.edgeOf[arc] as number);
  const would = roads.wouldIsolate(edges);
  expect(would.map(({ code }) => code)).toContain(village.code);
  roads.conditions.close('slide', edges);
  roads.settle(1000);
  const found = roads.isolated().find(({ code }) => code === village.code);
  const town = city.towns.find(({ code }) => code === village.townCode);
  expect(found).toMatchObject({
    ...{ kind: 'village', residents: village.residents, lost: 'both', cuts: ['slide'] },
    town: { zh: town?.name },
  });
  // The next open node is at most some hundred metres away, a hospital within hours.
  expect(found?.detourMin).toBeGreaterThan(5);
  expect(found?.detourMin).toBeLessThan(300);
  roads.conditions.close('slide', []);
  roads.settle(2000);
  expect(roads.isolated()).toEqual([]);
});
