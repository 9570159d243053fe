import { expect, test } from 'vitest';
import { reservoir } from '../../../../contracts/layers/reservoir.ts';
import { LayerTable } from '../../../../contracts/table.ts';
import { damAt, parseDams, reservoirAt } from '../../../stores/dams.ts';
import { crestOf, gatesOf, marksOf, readingOf, spread, spreadWithin } from './dam-state.ts';

const feature = (facts: object) => ({
  properties: { id: 'dam-a', name: { zh: '甲坝', en: 'A' }, ...facts },
  geometry: { type: 'Point', coordinates: [105.6, 32.5] },
});
const NO_LIMITS = { normalM: null, floodLimitM: null };

test('dams with a height are read, what does not fit is left out', () => {
  const found = parseDams({
    features: [feature({ heightM: 100, normalM: 580 }), feature({}), feature({ heightM: -1 }), 7],
  });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ heightM: 100, normalM: 580, crestLevelM: null, name: { zh: '甲坝' } });
  expect(parseDams(null)).toEqual([]);
});

test('a reservoir finds the dam it is reported at, no other', () => {
  const found = parseDams({ features: [feature({ heightM: 100 })] });
  expect(damAt(found, [105.601, 32.499])?.id).toBe('dam-a');
  expect(damAt(found, [105.7, 32.5])).toBeUndefined();
  expect(damAt(null, [105.6, 32.5])).toBeUndefined();
  expect(damAt(found, null)).toBeUndefined();
});

test('marks come from the top down; the limits of the row go first', () => {
  const [dam] = parseDams({
    features: [feature({ heightM: 100, crestLevelM: 595, normalM: 588, floodLimitM: 583, deadM: 558 })],
  });
  expect(marksOf(dam!, NO_LIMITS).map(({ id, levelM }) => [id, levelM])).toEqual([
    ['crest', 595],
    ['normal', 588],
    ['flood', 583],
    ['dead', 558],
  ]);
  expect(marksOf(dam!, { normalM: 588, floodLimitM: 580 })[2]?.levelM).toBe(580);
});

test('a crest of unknown level stands above the highest known one', () => {
  const [known, unknown] = parseDams({
    features: [feature({ heightM: 90, normalM: 500, checkM: 506 }), feature({ heightM: 90 })],
  });
  expect(crestOf(known!)).toBe(510);
  expect(crestOf(unknown!)).toBeUndefined();
});

test('gates as the layer writes them', () => {
  expect(gatesOf(['1: 0 m', '2: 1.5 m', '3: ? m', 'nonsense'])).toEqual([
    { no: '1', openM: 0 },
    { no: '2', openM: 1.5 },
    { no: '3', openM: null },
  ]);
  expect(gatesOf(null)).toEqual([]);
});

test('labels never lie over one another, and stay inside where they have to', () => {
  expect(spread([10, 12, 14, 80], 20)).toEqual([10, 30, 50, 80]);
  expect(spreadWithin([10, 90, 92, 95], 20, 100)).toEqual([10, 60, 80, 100]);
});

const [dam] = parseDams({
  features: [
    feature({
      ...{ heightM: 100, crestLevelM: 595, crestLevelApproximate: true },
      ...{
        normalM: 588,
        floodLimitM: 583,
        flowDeg: 180,
        course: [
          [0, -100],
          [0, 100],
        ],
      },
    }),
  ],
});
const table = new LayerTable(reservoir);
const put = (key: string, lon: number, levelM: number | null): void => {
  table.put({
    ...{ key, validAt: 0, issuedAt: null, regionCode: '510802' },
    ...{ quality: 'good' as const, source: 'test', synthetic: true },
    values: { position: [lon, 32.5], name: key, levelM, gates: ['1: 2 m'], inflowM3S: 900 } as never,
  });
};
put('far', 105.606, 1);
put('near', 105.6004, 584.5);

test('the reservoir of a dam is the row nearest to it', () => {
  expect(reservoirAt(dam!, table as unknown as LayerTable)?.key).toBe('near');
  expect(reservoirAt(dam!, new LayerTable(reservoir) as unknown as LayerTable)).toBeNull();
  expect(reservoirAt(dam!, null)).toBeNull();
});

test('a reading says how far the level is from its limit, and nothing without a row', () => {
  const reading = readingOf(dam!, reservoirAt(dam!, table));
  expect(reading).toMatchObject({ levelM: 584.5, inflowM3S: 900, outflowM3S: null });
  expect(reading.margin?.to.id).toBe('flood');
  expect(reading.margin?.metres).toBeCloseTo(-1.5);
  expect(reading.marks.find(({ id }) => id === 'crest')?.isApproximate).toBe(true);
  expect(readingOf(dam!, null)).toMatchObject({ levelM: null, margin: null, gates: [] });
});

test('the course of the river comes with the dam, or not at all', () => {
  expect(dam).toMatchObject({
    flowDeg: 180,
    course: [
      [0, -100],
      [0, 100],
    ],
  });
  const [odd] = parseDams({ features: [feature({ heightM: 9, course: [[0, 'x']] })] });
  expect(odd).toMatchObject({ flowDeg: null, course: [], crestIsApproximate: false });
});
