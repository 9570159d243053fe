// buildings/table.bin: place, height, residents, year, use and floors of every building of the city, a row for each number.
// Counted and filtered here without any tile. Pure.
import { ramps, uses, useBits, type BuildingCounts, type BuildingFilter } from '../looks/building-look.ts';

/** Columns of equal length; tilesets/buildings/table.ts writes them. */
export interface BuildingTable {
  readonly count: number;
  /** Middle of the building, micro-degrees. */
  readonly lon: Int32Array;
  readonly lat: Int32Array;
  readonly heightM: Float32Array;
  readonly residents: Uint16Array;
  /** 0: not known. */
  readonly buildYear: Uint16Array;
  /** Place in `uses`. */
  readonly use: Uint8Array;
  readonly floors: Uint8Array;
}

const ROW_BYTES = 18;
const PER_DEGREE = 1e6;

/** @throws Error when the bytes are no whole rows */
export function parseBuildingTable(bytes: ArrayBuffer): BuildingTable {
  const count = bytes.byteLength / ROW_BYTES;
  if (!Number.isInteger(count))
    throw new Error(
      `buildings/table.bin: ${bytes.byteLength} bytes are no rows of ${ROW_BYTES}: rebuild the tiles`,
    );
  return {
    count,
    lon: new Int32Array(bytes, 0, count),
    lat: new Int32Array(bytes, 4 * count, count),
    heightM: new Float32Array(bytes, 8 * count, count),
    residents: new Uint16Array(bytes, 12 * count, count),
    buildYear: new Uint16Array(bytes, 14 * count, count),
    use: new Uint8Array(bytes, 16 * count, count),
    floors: new Uint8Array(bytes, 17 * count, count),
  };
}

/** Degrees; null for a number the table does not have. */
export function placeOf(table: BuildingTable, number: number): readonly [lon: number, lat: number] | null {
  const [lon, lat] = [table.lon[number], table.lat[number]];
  return lon === undefined || lat === undefined ? null : [lon / PER_DEGREE, lat / PER_DEGREE];
}

/** The same question as the shader of the buildings asks. */
export function countBuildings(table: BuildingTable, filter: BuildingFilter | null): BuildingCounts {
  const bits = useBits(filter);
  const ranges = (Object.keys(ramps) as (keyof typeof ramps)[]).flatMap((name) => {
    const range = filter?.[name];
    return range ? [{ values: table[name], least: range[0], most: range[1] }] : [];
  });
  const byUse = uses.map(() => 0);
  let shown = 0;
  let residents = 0;
  for (let row = 0; row < table.count; row++) {
    const use = table.use[row] as number;
    if (((bits >> use) & 1) === 0) continue;
    let fits = true;
    for (const { values, least, most } of ranges) {
      const value = values[row] as number;
      if (value < least || value > most) fits = false;
    }
    if (!fits) continue;
    shown++;
    residents += table.residents[row] as number;
    byUse[use] = (byUse[use] as number) + 1;
  }
  return { all: table.count, shown, residents, byUse };
}
