import { describe, expect, it } from 'vitest';
import { riverGauge } from '../../contracts/layers/river-gauge.ts';
import { ticket } from '../../contracts/layers/ticket.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { waterSection } from '../../contracts/layers/water-section.ts';
import { LayerTable } from '../../contracts/table.ts';
import type { Columns } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import { kindsByColumn, stepsOf } from './by-column.ts';
import { look as gaugeLook } from './layers/river-gauge.ts';
import type { Test } from './look.ts';
import { NO_KIND, bindAll, bindKinds, bindTest } from './match.ts';

function tableOf<C extends Columns>(
  layer: Layer<C>,
  rows: readonly Partial<Record<keyof C, unknown>>[],
): LayerTable {
  const table = new LayerTable(layer) as unknown as LayerTable;
  rows.forEach((values, index) => {
    table.put({ key: `k${index}`, validAt: 0, source: 's', values: values as Record<string, never> });
  });
  return table;
}

describe('tests', () => {
  const cars = tableOf(vehiclePosition, [
    { kind: 'taxi', speedKmh: 30, alarms: 0b1, name: 'A-100' },
    { kind: 'hazmat', speedKmh: 0, alarms: 0, name: 'B-200' },
    {},
  ]);
  it.each<[string, Test, boolean[]]>([
    ['a code', { column: 'kind', is: ['taxi', 'coach'] }, [true, false, false]],
    ['one code', { column: 'kind', is: ['hazmat'] }, [false, true, false]],
    ['a range', { column: 'speedKmh', from: 0, below: 30 }, [false, true, false]],
    ['an open range', { column: 'speedKmh', from: 30 }, [true, false, false]],
    ['a bit', { column: 'alarms', bits: ['sos'] }, [true, false, false]],
    ['the head of a text', { column: 'name', starts: ['B'] }, [false, true, false]],
    ['a part of a text', { column: 'name', contains: '-1' }, [true, false, false]],
  ])('%s', (_what, test, expected) => {
    const ask = bindTest(cars, test);
    expect([0, 1, 2].map(ask)).toEqual(expected);
  });

  it('all must hold; none holds for all', () => {
    const both = bindAll(cars, [
      { column: 'kind', is: ['taxi'] },
      { column: 'speedKmh', from: 50 },
    ]);
    expect(both(0)).toBe(false);
    expect(bindAll(cars, [])(2)).toBe(true);
  });

  it('compares with another column of the row', () => {
    const sections = tableOf(waterSection, [
      { grade: 'IV', target: 'III' },
      { grade: 'II', target: 'III' },
      { grade: 'IV' },
    ]);
    expect([0, 1, 2].map(bindTest(sections, { column: 'grade', worseThan: 'target' }))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('refuses a column that cannot answer', () => {
    expect(() => bindTest(cars, { column: 'kind', from: 1 })).toThrow(/vehicle-position: column "kind"/);
  });
});

it('takes the first class that fits', () => {
  const gauges = tableOf(riverGauge, [
    { levelM: 466, warningM: 463, guaranteeM: 465 },
    { levelM: 464, warningM: 463, guaranteeM: 465 },
    { levelM: 462.6, warningM: 463, guaranteeM: 465 },
    { levelM: 460, warningM: 463, guaranteeM: 465 },
    {},
  ]);
  const kindOf = bindKinds(gauges, gaugeLook.kinds);
  expect([0, 1, 2, 3, 4].map(kindOf)).toEqual([0, 1, 2, 3, 4]);
  expect(bindKinds(gauges, [])(0)).toBe(NO_KIND);
});

describe('classes by any column', () => {
  it('gives codes their place in the categorical order, and a severity its shape', () => {
    const kinds = kindsByColumn(tableOf(ticket, []), 'status') ?? [];
    expect(kinds.map(({ tint }) => tint)).toEqual(['cat1', 'cat2', 'cat3', 'cat4', 'cat5', 'cat6', 'dim']);
  });

  it('cuts numbers into steps that hold every row once', () => {
    const rows = Array.from({ length: 40 }, (_, speedKmh) => ({ speedKmh }));
    const table = tableOf(vehiclePosition, [...rows, {}]);
    const kinds = kindsByColumn(table, 'speedKmh') ?? [];
    expect(stepsOf(table, 'speedKmh')).toEqual([10, 20, 30]);
    const kindOf = bindKinds(table, kinds);
    const counts = new Array<number>(kinds.length).fill(0);
    for (let slot = 0; slot < 41; slot++) counts[kindOf(slot)] = (counts[kindOf(slot)] ?? 0) + 1;
    expect(counts).toEqual([10, 10, 10, 10, 1]);
  });

  it('makes one class of a value that never differs', () => {
    const table = tableOf(vehiclePosition, [{ speedKmh: 5 }, { speedKmh: 5 }]);
    expect(kindsByColumn(table, 'speedKmh')?.length).toBe(2);
  });

  it('has none for texts', () => {
    expect(kindsByColumn(tableOf(ticket, []), 'title')).toBeNull();
  });
});
