import { describe, expect, it } from 'vitest';
import { uses } from '../looks/building-look.ts';
import { countBuildings, parseBuildingTable, placeOf } from './building-table.ts';

const rows = [
  { lon: 105.8, lat: 32.4, heightM: 18, residents: 60, buildYear: 1998, use: 'residential', floors: 6 },
  { lon: 105.9, lat: 32.5, heightM: 99.5, residents: 400, buildYear: 2015, use: 'residential', floors: 33 },
  { lon: 106, lat: 32.6, heightM: 12, residents: 0, buildYear: 0, use: 'school', floors: 3 },
] as const;

function bytesOf(): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(18 * rows.length));
  const n = rows.length;
  rows.forEach((row, i) => {
    view.setInt32(4 * i, Math.round(row.lon * 1e6), true);
    view.setInt32(4 * (n + i), Math.round(row.lat * 1e6), true);
    view.setFloat32(4 * (2 * n + i), row.heightM, true);
    view.setUint16(12 * n + 2 * i, row.residents, true);
    view.setUint16(14 * n + 2 * i, row.buildYear, true);
    view.setUint8(16 * n + i, uses.indexOf(row.use));
    view.setUint8(17 * n + i, row.floors);
  });
  return view.buffer;
}
const table = parseBuildingTable(bytesOf());

describe('table of buildings', () => {
  it('is read as it was written', () => {
    expect(table.count).toBe(3);
    expect(placeOf(table, 1)).toEqual([105.9, 32.5]);
    expect(placeOf(table, 3)).toBeNull();
    expect([...table.heightM]).toEqual([18, 99.5, 12]);
  });

  it('refuses what is no table', () =>
    expect(() => parseBuildingTable(new ArrayBuffer(19))).toThrow(
      '19 bytes are no rows of 18: rebuild the tiles',
    ));

  it.each([
    [null, 3, 460],
    [{ uses: ['school'] }, 1, 0],
    [{ uses: [] }, 0, 0],
    [{ floors: [6, 33] }, 2, 460],
    [{ floors: [7, 33] }, 1, 400],
    [{ heightM: [0, 18] }, 2, 60],
    [{ residents: [1, 1e9], buildYear: [1990, 2000] }, 1, 60],
  ] as const)('%j leaves %i buildings with %i people', (filter, shown, residents) => {
    const counts = countBuildings(table, filter);
    expect(counts).toMatchObject({ all: 3, shown, residents });
    expect(counts.byUse.reduce((sum, count) => sum + count, 0)).toBe(shown);
  });
});
