import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { createDesk } from '../control/desk.ts';
import { createEnvironmentLists } from '../sources/environment-lists.ts';
import { createHydrologyLists } from '../sources/hydrology-lists.ts';
import { createWarnings } from '../sources/warnings.ts';
import { createWorld } from '../simulation.ts';
import { playScenario } from './player.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'scenario-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function play(injects: string) {
  const file = path.join(folder, 'scenario.yaml');
  writeFileSync(
    file,
    `city: guangyuan
seed: 7
scale: 0
t0: 2026-07-16T20:00:00+08:00
from: -1:00
quiet: [rain, warnings, earthquakes, orders, road-events]
injects:
${injects}`,
  );
  const config = readConfig(['--lock-step', '--scenario', file], {}, () => 0);
  const world = createWorld(config, { wall: () => 0, log: () => undefined });
  const sources = [createHydrologyLists(world), createWarnings(world), createEnvironmentLists(world)];
  if (config.scenario === null) throw new Error('no scenario was read');
  const state = playScenario(world, createDesk(world, sources), config.scenario);
  for (const source of sources) source.start?.();
  return { world, sources, state, config };
}

it('starts when the scenario does and plays each inject at its moment', async () => {
  const { world, state, config } = play(`
  - { at: -0:30, kind: station, feed: water-section, id: ws-shahe, values: { w20127: [[0, 0.0001], [1, 0.0003]] }, forS: 7200 }
  - { at: 0:00, kind: fog, centre: [105.9, 32.7], radiusKm: 5, visibilityM: [[0, 460], [1, 60]], forS: 7200 }
  - { at: 0:00, kind: wind, centre: [105.9, 32.7], radiusKm: 5, directionDeg: [[0, 20]], speedMs: 2, forS: 7200 }`);
  expect(config).toMatchObject({ seed: 7, scale: 0, startAt: Date.parse('2026-07-16T19:00:00+08:00') });
  const said = () =>
    world.outlet.faults.records('water-section', [
      { id: 'ws-shahe', values: { w20127: 0 }, flags: { w20127: 'D' } },
    ]);
  await world.clock.advance(29 * 60_000);
  expect(state.played).toBe(0);
  expect(said()).toMatchObject([{ values: { w20127: 0 }, flags: { w20127: 'D' } }]);
  await world.clock.advance(61 * 60_000);
  expect(state.played).toBe(3);
  expect(said()).toMatchObject([{ values: { w20127: 0.0003 }, flags: { w20127: 'N' } }]);
  expect(world.weather.visibilityM([105.9, 32.7], world.clock.now())).toBe(260);
  expect(world.weather.windDirDeg([105.9, 32.7], world.clock.now())).toBe(20);
  expect(world.weather.visibilityM([105.2, 32.5], world.clock.now())).toBeGreaterThan(1000);
  expect(state.failed).toEqual([]);
});

it('lets rivers and reservoirs follow hydrographs, and adds what was let go hours before', async () => {
  const { world } = play(`
  - { at: -1:00, kind: reservoir-curve, id: baozhusi, levelM: 581.2, inflow: [[0, 900]], outflow: [[0, 1500], [3, 1500], [3, 2500]] }
  - { at: -1:00, kind: river-curve, id: g-zhaohua, flow: [[0, 1000]], plus: [{ from: baozhusi, lagH: 2 }] }
  - { at: -1:00, kind: river-level, id: g-zhuyuan, level: [[0, 560], [2, 562]] }`);
  await world.clock.advance(2 * 3_600_000);
  const reading = (id: string) => world.hydrology.readings().find(({ gauge }) => gauge.stcd === id);
  const reservoir = world.hydrology.reservoirs.find(({ stcd }) => stcd === 'baozhusi');
  if (!reservoir) throw new Error('no such reservoir');
  // 600 m³/s more out than in, for two hours: 4.3 million m³ of a lake that loses 53 million a metre.
  expect(world.hydrology.levelOf(reservoir)).toBeCloseTo(581.2 - 0.08, 1);
  expect(reading('g-zhuyuan')?.z).toBeCloseTo(562, 1);
  await world.clock.advance(4 * 3_600_000);
  expect(reading('g-zhaohua')?.q).toBeCloseTo(3500, 0);
});

it('replaces and cancels warnings by the names the scenario gave them', async () => {
  const { world, sources, state } = play(`
  - { at: 0:00, kind: warning, as: rain, event: 暴雨, colour: 蓝, counties: ['510822'] }
  - { at: 0:10, kind: warning, as: rain, event: 暴雨, colour: 黄, counties: ['510822'], updates: rain }
  - { at: 0:20, kind: warning-cancel, of: rain }`);
  const inForce = () => sources[1]?.objects()['warningsInForce'];
  await world.clock.advance(75 * 60_000);
  expect(inForce()).toBe(1);
  await world.clock.advance(10 * 60_000);
  expect([inForce(), state.failed]).toEqual([0, []]);
});

it('goes on after an inject it cannot do, and says which and why', async () => {
  const { world, state } = play(`
  - { at: 0:00, kind: river-curve, id: g-nowhere, flow: [[0, 1]] }
  - { at: 0:00, kind: dance }
  - { at: 0:01, kind: warning-cancel, of: rain }`);
  await world.clock.advance(2 * 3_600_000);
  expect(state).toMatchObject({
    played: 3,
    failed: [{ kind: 'river-curve' }, { kind: 'dance' }, { kind: 'warning-cancel' }],
  });
  expect(state.failed[0]?.reason).toMatch(/gauge g-nowhere → one of .*g-zhaohua/);
});
