import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dispatchOrder } from '../../contracts/layers/dispatch-order.ts';
import { reservoir } from '../../contracts/layers/reservoir.ts';
import { reservoirPermission } from '../../contracts/layers/reservoir-permission.ts';
import { LiveWorld } from '../state/live-world.ts';
import { TickCounter } from '../state/tick-counter.ts';
import { ReservoirPermissions } from './reservoir-permissions.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 6, 16, 12);

function rig() {
  const ticks = new TickCounter(path.join(mkdtempSync(path.join(tmpdir(), 'permissions-')), 'tick'));
  ticks.open(NOW);
  const layers = [reservoir, dispatchOrder, reservoirPermission];
  const world = new LiveWorld({ id: 'live', kind: 'live', parent: null }, layers, ticks);
  const rows = world.layers.get(reservoirPermission.slug)!;
  const changes: string[][] = [];
  const permissions = new ReservoirPermissions({
    reservoirs: world.table(reservoir.slug) as never,
    orders: world.table(dispatchOrder.slug) as never,
    ...{ rows, senders: ['省水利厅'], isDemo: true, onChange: (keys) => changes.push([...keys]) },
  });
  const level = (levelM: number): void =>
    void world.table(reservoir.slug).put({
      ...{ key: 'r', validAt: NOW, source: 's' },
      values: { name: '北河水库', levelM, floodLimitM: 583 },
    });
  const order = (sender: string, values: object = {}): void =>
    void world.table(dispatchOrder.slug).put({
      ...{ key: 'o', validAt: NOW, source: 's' },
      values: {
        ...{ name: 'DD-1', reservoir: '北河水库', sender, status: 'executing', outflowM3S: 2000 },
        ...{ fromAt: NOW, toAt: NOW + HOUR, ...values },
      },
    });
  const tick = (at: number): Record<string, unknown>[] => {
    permissions.tick({ at });
    return [...rows.table.rows()].map(({ values }) => values);
  };
  return { permissions, level, order, tick, changes };
}

test('over its limit with an order in force of whoever may permit it: tagged, until the order or the water is down', () => {
  const { permissions, level, order, tick, changes } = rig();
  level(585.21);
  expect(tick(NOW)).toEqual([]);
  order('省水利厅');
  expect(tick(NOW + 1000)).toMatchObject([
    { name: '北河水库', order: 'DD-1', sender: '省水利厅', overM: 2.21 },
  ]);
  expect(permissions.remark('reservoir', 'r')?.zh).toBe('（授权拦洪 DD-1）');
  expect(permissions.remark('river-gauge', 'r')).toBeNull();
  level(584);
  expect(tick(NOW + 2000)).toMatchObject([{ overM: 1, sinceAt: NOW + 1000 }]);
  // The level alone is no news for whoever words alerts.
  expect(changes).toEqual([['r']]);
  expect(tick(NOW + HOUR + 60_000)).toEqual([]);
  expect([changes, permissions.remark('reservoir', 'r')]).toEqual([[['r'], ['r']], null]);
});

test.each([
  ['an order of somebody else', '市防办', {}, 585],
  ['an order that is cancelled', '省水利厅', { status: 'cancelled' }, 585],
  ['an order that has not begun', '省水利厅', { fromAt: NOW + HOUR }, 585],
  ['an order for another reservoir', '省水利厅', { reservoir: '南河水库' }, 585],
  ['a level at its limit', '省水利厅', {}, 583],
] as const)('%s permits nothing', (_what, sender, values, levelM) => {
  const { level, order, tick } = rig();
  level(levelM);
  order(sender, values);
  expect(tick(NOW + 1000)).toEqual([]);
});
