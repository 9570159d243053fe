import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { warning } from '../../contracts/layers/warning.ts';
import { LiveWorld } from './live-world.ts';
import { TickCounter } from './tick-counter.ts';

const NOW = Date.UTC(2026, 6, 15, 4);

function newWorld(): LiveWorld {
  const ticks = new TickCounter(path.join(mkdtempSync(path.join(tmpdir(), 'world-')), 'tick'));
  ticks.open(NOW);
  return new LiveWorld({ id: 'live', kind: 'live', parent: null }, [vehiclePosition, warning], ticks);
}

const put = (world: LiveWorld, key: string, validAt: number): number =>
  world.table('vehicle-position').put({ key, validAt, source: 's', values: { position: [105, 32] } });

test('followers see the changes of a tick, then they are forgotten', () => {
  const world = newWorld();
  const seen: number[] = [];
  world.follow({ tick: () => seen.push(world.table('vehicle-position').changedCount) });
  put(world, 'a', NOW);
  const first = world.advance(NOW);
  expect(world.advance(NOW + 1000)).toBe(first + 1);
  expect(seen).toEqual([1, 0]);
  expect(world.layers.get('vehicle-position')?.updatedAt).toBe(NOW);
});

test('rows expire by their fresh time', () => {
  const world = newWorld();
  const expireMs = (vehiclePosition.expireS ?? 0) * 1000;
  put(world, 'old', NOW - expireMs - 1);
  put(world, 'fresh', NOW - expireMs);
  const reasons: unknown[] = [];
  world.follow({ tick: () => reasons.push(world.table('vehicle-position').removeReasonAt(0)) });
  world.advance(NOW);
  expect(reasons).toEqual(['expired']);
  expect([...world.table('vehicle-position').rows()].map((row) => row.key)).toEqual(['fresh']);
});

test('rows end at the moment they name themselves, whoever is silent', () => {
  const world = newWorld();
  const table = world.table('warning');
  const issue = (key: string, expiresAt: number | null): number =>
    table.put({ key, validAt: NOW, source: 's', values: { title: key, expiresAt } });
  issue('short', NOW + 60_000);
  issue('long', NOW + 120_000);
  issue('open', null);
  const reasons: unknown[] = [];
  world.follow({ tick: () => reasons.push(table.removeReasonAt(0)) });
  world.advance(NOW + 59_000);
  world.advance(NOW + 60_000);
  expect(reasons).toEqual([null, 'expired']);
  expect([...table.rows()].map(({ key }) => key)).toEqual(['long', 'open']);
});

test('a follower that throws stops neither the others nor the tick', () => {
  const world = newWorld();
  let called = 0;
  world.follow({
    tick: () => {
      throw new Error('disk on fire');
    },
  });
  world.follow({ tick: () => (called += 1) });
  put(world, 'a', NOW);
  expect(() => world.advance(NOW)).toThrow(/disk on fire/);
  expect([called, world.table('vehicle-position').changedCount]).toEqual([1, 0]);
});
