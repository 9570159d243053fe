import { describe, expect, it } from 'vitest';
import { vehiclePosition } from '../../../contracts/layers/vehicle-position.ts';
import { LayerTable } from '../../../contracts/table.ts';
import { LocalFrame } from '../geo/enu.ts';
import { HeightField } from '../geo/height-field.ts';
import { GlyphBuffer } from './glyph-buffer.ts';
import { NO_FORM, isCalm, legFraction } from './record.ts';
import { NO_CHOICE } from '../../looks/choice.ts';
import { look } from '../../looks/layers/vehicle-position.ts';
import { painterOf } from './painter.ts';

const ground = { frame: new LocalFrame([105.8, 32.4]), heights: new HeightField(null) };
const DEG = 1 / 111_000;

function setUp() {
  const table = new LayerTable(vehiclePosition);
  const buffer = new GlyphBuffer(painterOf(look, NO_CHOICE));
  const changed = (nowS: number): ArrayBuffer => {
    const { records } = buffer.changed(table, ground, nowS);
    table.clearChanges();
    return records;
  };
  const report = (nowS: number, lat: number, speedKmh: number): Float32Array => {
    const position = [105.8, lat] as const;
    const values = { position, headingDeg: 0, speedKmh, kind: 'taxi' } as const;
    table.put({ key: 'a', validAt: nowS * 1000, source: 'test', values });
    return new Float32Array(changed(nowS));
  };
  return { table, buffer, changed, report };
}

/** Metres north at a moment, as the shader computes it. */
function shown(record: Float32Array, nowS: number): number {
  const [, y0 = 0, , y1 = 0, t0 = 0, dt = 0] = record;
  return y0 + (y1 - y0) * legFraction(nowS, t0, dt);
}

describe('legs', () => {
  it('run on along the heading, then hold', () => {
    const { report } = setUp();
    const record = report(100, 32.4, 36);
    expect(shown(record, 100)).toBeCloseTo(0, 0);
    expect(shown(record, 110)).toBeCloseTo(100, 0);
    expect(shown(record, 400)).toBe(shown(record, 1000));
  });

  it('by the clock of the city, what stands anew is as far as it was on its way when it was reported', () => {
    const { table, buffer } = setUp();
    const values = { position: [105.8, 32.4], headingDeg: 0, speedKmh: 36, kind: 'taxi' } as const;
    table.put({ key: 'a', validAt: 100_000, source: 'test', values });
    const at = (nowS: number): number =>
      shown(new Float32Array(buffer.all(table, ground, nowS).records), nowS);
    expect(at(107)).toBeCloseTo(0, 0);
    buffer.sinceReport = true;
    expect(at(107)).toBeCloseTo(70, 0);
    // The same place whether it was come to at once or step by step; in the end it holds.
    expect(at(9000)).toBe(at(20_000));
    expect(at(90)).toBeCloseTo(0, 0);
  });

  it('start a new report from the displayed place: nothing jumps', () => {
    const { report } = setUp();
    const first = report(100, 32.4, 36);
    const before = shown(first, 120);
    const second = report(120, 32.4 + 120 * DEG, 36);
    expect(shown(second, 120)).toBeCloseTo(before, 1);
    expect(shown(second, 150)).toBeGreaterThan(before);
  });

  it('cut where the object is suddenly kilometres away', () => {
    const { report } = setUp();
    report(100, 32.4, 36);
    const record = report(120, 32.4 + 5000 * DEG, 0);
    expect(shown(record, 120)).toBeGreaterThan(4900);
  });

  it('end with the row', () => {
    const { table, changed, report } = setUp();
    report(100, 32.4, 36);
    table.remove(table.slotOf('a'), 'gone');
    expect(new Uint8Array(changed(101))[32]).toBe(NO_FORM);
  });
});

it('tells calm rows from those something is the matter with', () => {
  expect([0, 1, 3, 0x80, 0x83].map(isCalm)).toEqual([true, true, true, true, true]);
  expect([4, 7, 0x40, 0xc0].map(isCalm)).toEqual([false, false, false, false]);
});
