import { expect, test } from 'vitest';
import { busPosition } from '../../contracts/layers/bus-position.ts';
import { feedHealth } from '../../contracts/layers/feed-health.ts';
import type { Layer } from '../../contracts/layer.ts';
import { LayerTable } from '../../contracts/table.ts';
import { SpatialIndex } from './spatial-index.ts';

function filled(count: number): { table: LayerTable; index: SpatialIndex } {
  const table = new LayerTable(busPosition);
  for (let at = 0; at < count; at += 1) {
    const lon = 105 + ((at * 0.618_033_988_7) % 1);
    const lat = 32 + ((at * 0.754_877_666_2) % 1);
    table.put({
      key: `b${at}`,
      validAt: at,
      source: 's',
      values: { position: at % 50 === 0 ? null : [lon, lat] },
    });
  }
  return { table, index: SpatialIndex.of(table) as SpatialIndex };
}

test('boxes agree with looking at every row', () => {
  const { table, index } = filled(3000);
  const positions = table.column('position') as unknown as {
    lon(slot: number): number;
    lat(slot: number): number;
  };
  for (const box of [
    [105.2, 32.2, 105.4, 32.3],
    [104, 31, 107, 34],
    [105.5, 32.5, 105.5, 32.5],
    [110, 30, 111, 31],
  ] as const) {
    const found: number[] = [];
    index.within(box, 1, (slot) => found.push(slot));
    const expected = [...table.rows()]
      .map((row) => table.slotOf(row.key))
      .filter(
        (slot) =>
          positions.lon(slot) >= box[0] &&
          positions.lon(slot) <= box[2] &&
          positions.lat(slot) >= box[1] &&
          positions.lat(slot) <= box[3],
      );
    expect(found.sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b));
  }
});

test('the nearest rows come nearest first, within the limit', () => {
  const { index } = filled(2000);
  const near = index.nearest({ lon: 105.5, lat: 32.5 }, { count: 5, maxMetres: 50_000 }, 1);
  expect(near).toHaveLength(5);
  expect([...near].sort((a, b) => a.metres - b.metres)).toEqual(near);
  expect(index.nearest({ lon: 120, lat: 20 }, { count: 5, maxMetres: 1000 }, 1)).toEqual([]);
});

test('a change is seen when the tick says so; ended rows never', () => {
  const { table, index } = filled(100);
  const slot = table.slotOf('b1');
  const [first] = index.nearest({ lon: 105.618, lat: 32.755 }, { count: 1, maxMetres: 50_000 }, 1);
  expect(first?.slot).toBe(slot);
  table.remove(slot, 'gone');
  expect(index.nearest({ lon: 105.618, lat: 32.755 }, { count: 1, maxMetres: 50_000 }, 1)[0]?.slot).not.toBe(
    slot,
  );
});

test('a layer without positions has no index', () => {
  expect(SpatialIndex.of(new LayerTable(feedHealth as unknown as Layer))).toBeNull();
});
