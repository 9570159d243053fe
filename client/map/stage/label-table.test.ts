import { describe, expect, it } from 'vitest';
import { KINDS, mostLabels, type LabelKind } from './label-table.ts';

const shownAt = (heightM: number): LabelKind[] =>
  (Object.keys(KINDS) as LabelKind[]).filter(
    (kind) => heightM < KINDS[kind].belowM && heightM >= KINDS[kind].aboveM,
  );

describe('the label table', () => {
  it('names only regions, dams, waters and peaks from far above', () => {
    expect(shownAt(300_000)).toEqual([
      ...['city', 'county', 'lake', 'mainRiver', 'sight', 'dam', 'peak', 'river', 'neighbour'],
    ]);
  });

  it.each([
    [150_000, ['seat', 'town', 'brook'], ['village', 'shield', 'street', 'spot']],
    [45_000, ['village', 'shield', 'shelter', 'hospital', 'town'], ['street', 'spot', 'neighbour']],
    [30_000, ['spot', 'village'], ['street']],
    [8000, ['street', 'site', 'hospital'], ['city', 'county']],
  ] as [number, LabelKind[], LabelKind[]][])('at %i m', (heightM, shown, hidden) => {
    const kinds = shownAt(heightM);
    for (const kind of shown) expect(kinds).toContain(kind);
    for (const kind of hidden) expect(kinds).not.toContain(kind);
  });

  it.each([
    [300_000, 22],
    [150_000, 40],
    [45_000, 60],
    [8000, 60],
  ])('at %i m at most %i', (heightM, most) => expect(mostLabels(heightM)).toBe(most));
});
