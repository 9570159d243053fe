// What is known of each building, as columns of EXT_structural_metadata (github.com/CesiumGS/glTF, extensions/2.0/Vendor).
import { USES } from './building.ts';
import type { Standing } from './footing.ts';
import { clip } from './table.ts';

/** The same for every tile: one class "building". */
export const SCHEMA = {
  id: 'buildings',
  enums: {
    use: { name: 'Use', valueType: 'UINT8', values: USES.map((name, value) => ({ name, value })) },
  },
  classes: {
    building: {
      properties: {
        id: { type: 'STRING', description: 'Unique in the city' },
        number: {
          type: 'SCALAR',
          componentType: 'UINT32',
          description: 'Running number in the city: the same in every tile, and the row of table.bin',
        },
        name: { type: 'STRING', description: '名称 / name' },
        use: { type: 'ENUM', enumType: 'use' },
        floors: { type: 'SCALAR', componentType: 'UINT8' },
        heightM: {
          type: 'SCALAR',
          componentType: 'FLOAT32',
          description: 'Metres from the ground to the roof',
        },
        residents: { type: 'SCALAR', componentType: 'UINT16', description: 'People who live in it' },
        buildYear: { type: 'SCALAR', componentType: 'UINT16', description: '0: not known' },
      },
    },
  },
} as const;

export interface Column {
  name: string;
  values: Uint8Array;
  /** Beginning of each text and the end of the last one; texts only. */
  offsets?: Uint8Array;
}

export function columnsOf(standings: readonly Standing[]): Column[] {
  const buildings = standings.map(({ building }) => building);
  const bytes = (array: ArrayBufferView): Uint8Array =>
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  const texts = (name: 'id' | 'name'): Column => {
    const parts = buildings.map((building) => Buffer.from(building[name], 'utf8'));
    const offsets = new Uint32Array(parts.length + 1);
    parts.forEach((part, i) => (offsets[i + 1] = offsets[i]! + part.length));
    // A view of no bytes is not allowed: tiles without any name hold one byte that nothing points to.
    const values = offsets.at(-1) === 0 ? new Uint8Array(1) : Buffer.concat(parts);
    return { name, values, offsets: bytes(offsets) };
  };
  return [
    texts('id'),
    texts('name'),
    { name: 'number', values: bytes(Uint32Array.from(standings, ({ number }) => number)) },
    { name: 'use', values: Uint8Array.from(buildings, ({ use }) => USES.indexOf(use)) },
    { name: 'floors', values: Uint8Array.from(buildings, ({ floors }) => clip(floors, 255)) },
    { name: 'heightM', values: bytes(Float32Array.from(buildings, ({ heightM }) => heightM)) },
    {
      name: 'residents',
      values: bytes(Uint16Array.from(buildings, ({ residents }) => clip(residents, 65535))),
    },
    {
      name: 'buildYear',
      values: bytes(Uint16Array.from(buildings, ({ buildYear }) => clip(buildYear, 65535))),
    },
  ];
}
