import { afterEach, beforeEach, expect, it } from 'vitest';
import { reservoir } from '../../contracts/layers/reservoir.ts';
import { riverGauge } from '../../contracts/layers/river-gauge.ts';
import { LayerTable } from '../../contracts/table.ts';
import type { Layer } from '../../contracts/layer.ts';
import { chooseHere, chooseNextHere, rowsHere, samePlaceM } from './also-here.ts';
import { clearLayers, mirrors } from './layers.ts';
import { select, view, visible } from './view.ts';

const head = {
  validAt: 0,
  issuedAt: null,
  regionCode: '510802',
  quality: 'good' as const,
  source: 'test',
  synthetic: true,
};

function fill(layer: Layer, rows: readonly (readonly [key: string, lon: number])[]): void {
  const table = new LayerTable(layer);
  for (const [key, lon] of rows)
    table.put({ ...head, key, values: { position: [lon, 32.5], name: key } as never });
  const mirror = mirrors.get(layer.slug);
  if (!mirror) throw new Error(layer.slug);
  mirror.table = table;
  mirror.version.value++;
}
const names = (): string[] => rowsHere.value.map(({ layer, key }) => `${layer.slug}/${key}`);

beforeEach(() => {
  fill(riverGauge, [
    ['gauge', 105.6],
    ['far', 105.7],
  ]);
  // About 280 m to the east.
  fill(reservoir, [
    ['lake', 105.6],
    ['next', 105.603],
  ]);
  view.heightM = 9000;
});
afterEach(() => {
  select(null);
  clearLayers();
  visible.set(reservoir.slug, true);
});

it('finds what lies under the same click, the chosen one among it', () => {
  expect(names()).toEqual([]);
  select({ layer: 'river-gauge', key: 'gauge' });
  expect(names()).toEqual(['reservoir/lake', 'river-gauge/gauge']);
  select({ layer: 'river-gauge', key: 'far' });
  expect(names()).toEqual(['river-gauge/far']);
});

it('sees more in one place from farther away, up to a limit', () => {
  select({ layer: 'river-gauge', key: 'gauge' });
  view.heightM = 60_000;
  expect(names()).toContain('reservoir/next');
  expect(samePlaceM(1e6)).toBe(samePlaceM(1e7));
});

it('leaves out what is not shown', () => {
  visible.set(reservoir.slug, false);
  select({ layer: 'river-gauge', key: 'gauge' });
  expect(names()).toEqual(['river-gauge/gauge']);
});

it('goes round, and stays at the place it began with', () => {
  view.heightM = 45_000;
  select({ layer: 'river-gauge', key: 'gauge' });
  const all = names();
  expect(all).toHaveLength(3);
  const seen = all.map(() => {
    chooseNextHere();
    return `${view.selection?.layer}/${view.selection?.key}`;
  });
  expect([...seen].sort()).toEqual([...all].sort());
  expect(view.selection).toEqual({ layer: 'river-gauge', key: 'gauge' });
});

it('forgets the place when something else is chosen', () => {
  select({ layer: 'river-gauge', key: 'gauge' });
  chooseHere({ layer: 'reservoir', key: 'lake' });
  select({ layer: 'river-gauge', key: 'far' });
  expect(names()).toEqual(['river-gauge/far']);
  expect(chooseNextHere()).toBe(false);
});
