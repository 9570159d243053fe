import { describe, expect, it } from 'vitest';
import { attributes, bytesOf, legendOf, ramps, texelsOf, useBits, uses } from './building-look.ts';

describe('colours of buildings', () => {
  it('runs a ramp from its first colour to its last', () => {
    const texels = texelsOf('heightM', { from: 0, to: 10, colours: ['#000000', '#ffffff'] });
    expect([...texels.slice(0, 4)]).toEqual([0, 0, 0, 255]);
    expect([...texels.slice(-4)]).toEqual([255, 255, 255, 255]);
    const reds = Array.from({ length: 256 }, (_, texel) => texels[texel * 4] ?? 0);
    expect(reds).toEqual([...reds].sort((a, b) => a - b));
  });

  it('gives every use a texel of its own, and the uses of one hue the same', () => {
    const texels = texelsOf('use', null);
    const colours = uses.map((_, index) => [...texels.slice(index * 4, index * 4 + 3)].join());
    expect(colours[uses.indexOf('hospital')]).toBe(colours[uses.indexOf('public')]);
    expect(new Set(colours).size).toBe(uses.length - 1);
  });

  const counts = { all: 100, shown: 60, residents: 900, byUse: [30, 5, 5, 5, 5, 4, 3, 3] };

  it('has a legend for every attribute, within eight rows, in the colours of the texture', () => {
    for (const attribute of attributes) {
      const entries = legendOf({ attribute, ramp: null }, counts);
      expect(entries.length).toBeGreaterThan(0);
      expect(entries.length).toBeLessThanOrEqual(8);
      expect(entries.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBe(counts.shown);
    }
    const [entry] = legendOf({ attribute: 'floors', ramp: null }, null);
    expect(entry?.count).toBeNull();
    expect(entry?.sign.kind === 'ramp' && entry.sign.colours).toBe(ramps.floors.colours);
    expect(bytesOf(ramps.floors.colours[0] ?? '')).toEqual([...texelsOf('floors', null).slice(0, 3)]);
  });

  it('says without colours only what a filter leaves', () => {
    const none = { attribute: null, ramp: null };
    expect(legendOf(none, counts)).toMatchObject([{ count: 60, sign: { kind: 'none' } }]);
    expect(legendOf(none, { ...counts, shown: 100 })).toEqual([]);
    expect(legendOf(none, null)).toEqual([]);
  });
});

describe('filter of buildings', () => {
  it.each([
    [null, 0b11111111],
    [{}, 0b11111111],
    [{ uses: ['residential'] }, 0b1],
    [{ uses: ['school', 'hospital'] }, 0b110000],
    [{ uses: [] }, 0],
  ] as const)('%j keeps the uses %i', (filter, bits) => expect(useBits(filter)).toBe(bits));
});
