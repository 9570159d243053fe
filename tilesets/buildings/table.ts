// The whole city's buildings as one small file of columns: what is counted over all of them without loading their tiles.
import { USES } from './building.ts';
import type { Standing } from './footing.ts';

/** Micro-degrees in a degree: 0.1 m is enough to say where a building is. */
const PER_DEGREE = 1e6;

/**
 * Columns after one another, little-endian, a row for each number: middle of its box as lon and lat (int32, micro-degrees),
 * height (float32, m), residents, year built (uint16; 0: not known), use (uint8, order of the schema), floors (uint8).
 */
export function tableOf(standings: readonly Standing[]): Buffer {
  const count = standings.length;
  const out = Buffer.alloc(count * 18);
  for (const { number, building, bounds } of standings) {
    const { west, south, east, north } = bounds;
    out.writeInt32LE(Math.round(((west + east) / 2) * PER_DEGREE), 4 * number);
    out.writeInt32LE(Math.round(((south + north) / 2) * PER_DEGREE), 4 * (count + number));
    out.writeFloatLE(building.heightM, 4 * (2 * count + number));
    out.writeUInt16LE(clip(building.residents, 0xffff), 12 * count + 2 * number);
    out.writeUInt16LE(clip(building.buildYear, 0xffff), 14 * count + 2 * number);
    out.writeUInt8(USES.indexOf(building.use), 16 * count + number);
    out.writeUInt8(clip(building.floors, 0xff), 17 * count + number);
  }
  return out;
}

export const clip = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)));
