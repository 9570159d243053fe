// The default city with its real towns, rivers and roads on a coarse land: what the facts say must be in the plan.
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { readCity } from '../city/read-city.ts';
import { demOfGrid } from '../dem/grid.ts';
import { readRelief } from '../synthesis/read-relief.ts';
import { synthesise } from '../synthesis/synthesise.ts';
import { createGround, type Ground } from './ground.ts';
import { planSettlement, type Settlement } from './plan-settlement.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const city = readCity(`${root}cities/guangyuan`);
const relief = readRelief(`${root}cities/guangyuan/relief.yaml`);
let plan: Settlement;
let ground: Ground;

// Some ten seconds of work; a busy machine takes longer.
beforeAll(() => {
  const { grid, facts } = synthesise({
    city,
    relief: { ...relief, marginDeg: 0.05 },
    stepDeg: 180 / 2 ** 16,
    progress: () => undefined,
  });
  const dem = demOfGrid(grid);
  ground = createGround(city, dem, facts);
  plan = planSettlement({ city, dem, facts, seed: relief.seed });
}, 180_000);

const middleOf = (rings: [number, number][][]): [number, number] => {
  const ring = rings[0]!;
  const sum = ring.reduce(([sx, sy], [lon, lat]) => [sx + lon, sy + lat], [0, 0]);
  return [ground.plane.x(sum[0] / ring.length) * 1000, ground.plane.y(sum[1] / ring.length) * 1000];
};

test('thirty thousand buildings and more, each with an id of its own, of every kind', () => {
  expect(plan.buildings.length).toBeGreaterThanOrEqual(30_000);
  expect(new Set(plan.buildings.map(({ id }) => id)).size).toBe(plan.buildings.length);
  const uses = Map.groupBy(plan.buildings, ({ use }) => use);
  for (const use of [
    'residential',
    'commercial',
    'office',
    'industrial',
    'school',
    'hospital',
    'public',
  ] as const)
    expect(uses.get(use)?.length ?? 0, use).toBeGreaterThan(90);
});

test('the people of every town are housed, to the person, none outside homes', () => {
  for (const town of plan.towns) expect(town.residents, town.name).toBe(town.planned);
  for (const building of plan.buildings) {
    if (building.use !== 'residential') expect(building.residents).toBe(0);
    expect(building.residents).toBeLessThanOrEqual(2000);
    expect(building.floors).toBeGreaterThanOrEqual(1);
    expect(building.heightM / building.floors).toBeGreaterThan(2.5);
  }
});

test('nothing stands in the water or on a steep slope', () => {
  for (const { id, rings } of plan.buildings) {
    const [x, y] = middleOf(rings);
    expect(ground.dryAt(x, y), id).toBeGreaterThan(0);
    expect(ground.slopeAt(x, y), id).toBeLessThan(0.4);
  }
});

test('in a town streets run along the road: blocks near it are parallel or square to it', () => {
  let near = 0;
  let aligned = 0;
  for (const { id, rings } of plan.buildings) {
    // Farmhouses stand loosely, works have parks of their own.
    if (/-h\d+$|^park/.test(id)) continue;
    const [x, y] = middleOf(rings);
    const road = ground.roadAt(x, y);
    if (!road || road.distance > 60) continue;
    const [a, b] = rings[0]!;
    const side = Math.atan2(
      ground.plane.y(b![1]) - ground.plane.y(a![1]),
      ground.plane.x(b![0]) - ground.plane.x(a![0]),
    );
    const turn = Math.abs(((side - road.angle) % (Math.PI / 2)) + Math.PI / 2) % (Math.PI / 2);
    near++;
    if (Math.min(turn, Math.PI / 2 - turn) < 0.3) aligned++;
  }
  expect(near).toBeGreaterThan(500);
  expect(aligned / near).toBeGreaterThan(0.6);
});

test('listed schools and hospitals stand where the list has them', () => {
  const hospital = plan.buildings.filter(({ name }) => name.startsWith('广元市中心医院'));
  expect(hospital.length).toBeGreaterThan(2);
  for (const { rings, use } of hospital) {
    expect(use).toBe('hospital');
    const [x, y] = middleOf(rings);
    const at = [ground.plane.x(105.848) * 1000, ground.plane.y(32.434) * 1000] as const;
    expect(Math.hypot(x - at[0], y - at[1])).toBeLessThan(600);
  }
});

test('the towns off the main roads have roads of their own', () => {
  expect(plan.minorRoads.length).toBeGreaterThan(60);
});
