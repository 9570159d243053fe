import { describe, expect, it } from 'vitest';
import { waterSection } from '../../../contracts/layers/water-section.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { waterGrade } from './grade.ts';
import { parseWaterSections } from './parse.ts';

const section = { id: 's1', lon: 105.8, lat: 32.4, target: 'Ⅱ', time: '2026-07-16T12:00:00+08:00' };

function read(values: unknown, flags?: unknown) {
  const sink = createCollectingSink();
  parseWaterSections(
    new TextEncoder().encode(JSON.stringify({ items: [{ ...section, values, flags }] })),
    sink,
  );
  return sink;
}

describe('waterGrade (GB 3838-2002)', () => {
  it.each([
    [{ oxygenMgL: 7.5, ammoniaMgL: 0.15 }, 'I'],
    [{ oxygenMgL: 6, ammoniaMgL: 0.15 }, 'II'],
    [{ oxygenMgL: 8, phosphorusMgL: 0.2 }, 'III'],
    [{ permanganateMgL: 10 }, 'IV'],
    [{ ammoniaMgL: 2 }, 'V'],
    [{ ammoniaMgL: 2.01 }, 'worse'],
    [{ oxygenMgL: 1.9 }, 'worse'],
    [{ ph: 9.1, oxygenMgL: 9 }, 'worse'],
    [{ turbidityNtu: 900 }, null],
    [{}, null],
  ])('%j is %s', (measured, grade) => {
    expect(waterGrade(measured)).toBe(grade);
  });
});

describe('parseWaterSections', () => {
  it('maps factors, takes the worst item, ignores unknown codes by name', () => {
    const sink = read({ w01009: 4.6, w21003: 0.2, w99999: 1 });
    expect(sink.rowsOf(waterSection)[0]?.values).toMatchObject({
      oxygenMgL: 4.6,
      grade: 'IV',
      target: 'II',
      ph: null,
    });
    expect([...sink.ignored]).toEqual([['factor w99999', 1]]);
  });

  it('a flagged factor makes the row suspect', () => {
    expect(read({ w01009: 7 }, { w01009: 'M' }).rowsOf(waterSection)[0]?.quality).toBe('suspect');
    expect(read({ w01009: 7 }, { w01009: 'N' }).rowsOf(waterSection)[0]?.quality).toBeUndefined();
  });

  it('is not confused by names of Object.prototype', () => {
    const sink = read(JSON.parse('{"constructor": 1, "__proto__": 2, "w01001": 7}'));
    expect(sink.rowsOf(waterSection)[0]?.values.ph).toBe(7);
    expect(sink.ignored.size).toBeGreaterThan(0);
  });
});
