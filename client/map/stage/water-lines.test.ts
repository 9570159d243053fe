import { describe, expect, it } from 'vitest';
import type { Basemap, NamedLine } from './basemap-source.ts';
import { reservoirReaches, riverWidth } from './water-lines.ts';

const river = (id: string, kind: string, points: number): NamedLine => ({
  id,
  name: { zh: id, en: id },
  kind,
  ref: '',
  lines: [Array.from({ length: points }, (_, i) => [105 + i * 0.01, 32] as const)],
});

const rivers = [
  river('stem', '1', 60),
  river('branch', '1', 30),
  river('long', '2', 40),
  river('mid', '2', 30),
  river('brook', '3', 20),
  river('rill', '3', 5),
];

describe('widths of waters', () => {
  it.each([
    ['stem', 4.2],
    ['branch', 3.4],
    ['long', 2.4],
    ['mid', 2.1],
    ['brook', 1.6],
    ['rill', 1.3],
  ])('%s %d px', (id, px) => {
    const one = rivers.find((candidate) => candidate.id === id);
    expect(one && riverWidth(one, rivers).px).toBeCloseTo(px);
  });

  it('widens a reservoir along its river to the dam', () => {
    const ring = [
      [105.2, 31.9],
      [105.4, 31.9],
      [105.4, 32.1],
      [105.2, 32.1],
      [105.2, 31.9],
    ] as const;
    const lake = {
      id: 'lake',
      reservoir: '',
      name: { zh: '湖', en: 'Lake' },
      polygons: [[ring]],
      labelAt: ring[0],
    };
    const [reach, ...more] = reservoirReaches({ rivers: [rivers[0]], lakes: [lake] } as unknown as Basemap);
    expect(more).toEqual([]);
    expect(reach?.points[0]?.[0]).toBeGreaterThan(105.19);
    expect(reach?.points.at(-1)?.[0]).toBeLessThan(105.41);
    expect(reach?.scaleTo).toBeGreaterThan(reach?.scale ?? Infinity);
  });
});
