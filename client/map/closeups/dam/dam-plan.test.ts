import { describe, expect, it, test } from 'vitest';
import { parseDams } from '../../../stores/dams.ts';
import { jet, ogee, planOf, tailDepthM } from './dam-plan.ts';
import { damParts } from './dam-shape.ts';
import { leafOf } from './gate-shape.ts';
import { Ground, groundGeometry } from './ground-shape.ts';
import { markLines } from './mark-lines.ts';
import { runGeometry } from './water-shape.ts';

const [dam] = parseDams({
  features: [
    {
      properties: {
        ...{ id: 'd', name: { zh: '坝', en: 'Dam' }, heightM: 132, crestM: 0, crestLengthM: 524.48 },
        ...{ crestLevelM: 595, normalM: 588, floodLimitM: 583 },
      },
      geometry: { type: 'Point', coordinates: [105.6, 32.5] },
    },
  ],
});
const plan = planOf(dam!, 5);
const nowhere = { at: [105.6, 32.5] as const, flowDeg: null, course: [], heightAt: null };

describe('the plan', () => {
  it('keeps what is known', () => {
    expect(plan).toMatchObject({ heightM: 132, lengthM: 524.48, foundationM: 463 });
    expect(plan.sillY + plan.gateHeight + plan.foundationM).toBeCloseTo(589);
  });
  it('counts the gates from the left bank, apart from one another', () => {
    const { bays, spillway, powerhouse } = plan;
    expect(bays).toHaveLength(5);
    for (const [i, bay] of bays.entries()) {
      const next = bays[i + 1];
      if (next) expect(bay.x - bay.width / 2).toBeGreaterThan(next.x + next.width / 2);
    }
    expect(bays[0]!.x + bays[0]!.width / 2).toBeLessThan(spillway[1]);
    expect(powerhouse[0]).toBeGreaterThan(spillway[1]);
  });
  test.each([1, 2, 12, 60])('finds room for %i gates', (count) => {
    const many = planOf(dam!, count);
    expect(many.bays).toHaveLength(count);
    expect(many.spillway[1]).toBeLessThan(many.floorHalf);
    expect(many.bays.every(({ width }) => width > 0)).toBe(true);
  });
  it('draws a usual dam where nothing but the height is known', () => {
    const [plain] = parseDams({
      features: [{ properties: { id: 'p', heightM: 100 }, geometry: { coordinates: [105, 32] } }],
    });
    expect(planOf(plain!, 0)).toMatchObject({ lengthM: 400, foundationM: 0 });
  });
});

describe('the water', () => {
  it('runs down the face without a step and leaves the lip upwards', () => {
    const surface = ogee(plan);
    for (let i = 3; i < surface.length; i++) expect(surface[i]![0]).toBeGreaterThan(surface[i - 1]![0]);
    const [before, lip] = [surface.at(-2)!, surface.at(-1)!];
    expect(lip[1]).toBeCloseTo(plan.lipY);
    expect(lip[1]).toBeGreaterThan(before[1]);
  });
  it('falls as far as physics says', () => {
    const path = jet(plan, { levelY: plan.lipY + 50, tailY: plan.lipY - 20 });
    expect(path.at(-1)![1]).toBeCloseTo(plan.lipY - 20);
    // 0.9 √(2 g 50) at 25° from 20 m up: 28.2 m/s, 3.57 s, 91 m.
    expect(path.at(-1)![0] - path[0]![0]).toBeCloseTo(91, -0.5);
  });
  it('stands deeper below the dam the more is let out', () => {
    expect(tailDepthM(plan, 0)).toBeGreaterThan(0);
    expect(tailDepthM(plan, 900)).toBeGreaterThan(tailDepthM(plan, 300));
    // Wide bed of 199 m, n 0.035, fall 0.001: (900/199 · 0.035/0.0316)^0.6.
    expect(tailDepthM(plan, 900)).toBeCloseTo(2.63, 1);
  });
  it('fades where it is thin, and has no holes in its numbers', () => {
    const run = runGeometry(plan, { bay: plan.bays[0]!, openM: 2, levelY: 118, tailY: 25 });
    expect([...run.getAttribute('position').array].every(Number.isFinite)).toBe(true);
    expect(run.getAttribute('color').itemSize).toBe(4);
  });
});

describe('a gate', () => {
  it('stands on the sill when closed and rises by its opening', () => {
    const [closed, open] = [leafOf(plan, 0).leaf, leafOf(plan, 3).leaf];
    expect(closed[0]![1]).toBeCloseTo(plan.sillY);
    expect(open[0]![1] - closed[0]![1]).toBeGreaterThan(2);
    expect(open[0]![1] - closed[0]![1]).toBeLessThanOrEqual(3);
  });
});

describe('the gorge', () => {
  it('is as wide at the crest as the dam is long, with and without heights', () => {
    for (const around of [nowhere, { ...nowhere, flowDeg: 180, heightAt: () => 520 }]) {
      const ground = new Ground(plan, around);
      expect(ground.halfAt(plan.heightM)).toBeCloseTo(plan.lengthM / 2, -1);
      expect(ground.at(0, 0)).toBeCloseTo(plan.bedY);
    }
  });
  it('never lets the lake out beside the dam, however low the coarse heights are', () => {
    const ground = new Ground(plan, { ...nowhere, flowDeg: 180, heightAt: () => 400 });
    for (let z = -3000; z <= -50; z += 150)
      for (const x of [-1800, 1800]) expect(ground.at(x, z)).toBeGreaterThan(plan.heightM * 0.95);
  });
  it('asks the heights where the map has them', () => {
    const asked: number[] = [];
    const heightAt = (lon: number, lat: number): number => {
      asked.push(lon, lat);
      return 900;
    };
    // The water flows south: a kilometre downstream lies to the south.
    new Ground(plan, { ...nowhere, flowDeg: 180, heightAt }).at(0, 1000);
    expect(asked[0]).toBeCloseTo(105.6, 5);
    expect(asked[1]).toBeCloseTo(32.5 - 1000 / 111_195, 5);
  });
  it('follows the course of the river away from the dam', () => {
    const course = [
      [0, -600],
      [0, 0],
      [400, 600],
      [800, 1200],
    ] as const;
    const ground = new Ground(plan, { ...nowhere, course });
    expect(ground.at(600, 900)).toBeLessThan(ground.at(-200, 900));
  });
});

it('builds everything out of finite numbers', () => {
  const ground = new Ground(plan, nowhere);
  const { concrete, plant, dark, steel } = damParts(plan, ground);
  const all = [concrete, plant, dark, steel].map((solid) => solid.geometry());
  for (const geometry of [...all, groundGeometry(ground), markLines(ground, [100, 120])]) {
    const places = geometry.getAttribute('position').array;
    expect(places.length).toBeGreaterThan(0);
    expect(places.every(Number.isFinite)).toBe(true);
  }
});
