// A Shapefile is several files of one name: shapes (.shp), columns (.dbf), reference system (.prj), text encoding (.cpg).
import { convertBinaryGeometryToGeometry } from '@loaders.gl/gis';
import { DBFLoader, SHPLoader } from '@loaders.gl/shapefile';
import { title } from '../../contracts/declare.ts';
import type { Title } from '../../contracts/column.ts';
import type { RawFeature } from './places.ts';
import { projectionOfWkt, type Projection } from './projection.ts';
import { Refusal } from './refusal.ts';
import { decodeText, encodingOfCpg } from './text.ts';

type BinaryGeometry = Parameters<typeof convertBinaryGeometryToGeometry>[0];

/** By extension, in lower case, without the dot. */
export type ShapefileParts = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

export interface ReadShapefile {
  readonly features: readonly RawFeature[];
  readonly projection: Projection | null;
  readonly notes: readonly Title[];
}

const NO_TABLE = title('没有 .dbf，只有图形、没有属性', 'Without its .dbf: shapes only, no attributes');
const exact = (bytes: Uint8Array<ArrayBuffer>): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);

/** @throws Refusal, or Error of the loader where a part is broken */
export function readShapefile(parts: ShapefileParts): ReadShapefile {
  const shapes = parts.get('shp');
  if (!shapes)
    throw new Refusal(
      '缺少 .shp：请把同名的 .shp、.dbf、.prj 一起拖入',
      'The .shp is missing: drop .shp, .dbf and .prj of one name together',
    );
  checkHead(shapes);
  const { geometries } = SHPLoader.parseSync?.(exact(shapes), { shp: { _maxDimensions: 2 } }) as {
    geometries: (BinaryGeometry | null)[];
  };
  const table = parts.get('dbf');
  const rows = table ? rowsOf(table, parts.get('cpg')) : [];
  const features = geometries.map((geometry, index): RawFeature => ({
    geometry: geometry && convertBinaryGeometryToGeometry(geometry),
    properties: rows[index] ?? {},
  }));
  const prj = parts.get('prj');
  const projection = prj ? projectionOfWkt(decodeText(prj).text) : null;
  return { features, projection, notes: table ? [] : [NO_TABLE] };
}

/** The loader takes nearly anything: its first number and its length, in words of two bytes, say what it is. */
function checkHead(shapes: Uint8Array): void {
  const view = new DataView(shapes.buffer, shapes.byteOffset, shapes.byteLength);
  if (shapes.length >= 100 && view.getInt32(0) === 9994 && view.getInt32(24) * 2 <= shapes.length) return;
  throw new Refusal(
    '.shp 不完整或不是 Shapefile：请重新复制一份',
    'The .shp is cut off, or is none: copy it again',
  );
}

function rowsOf(table: Uint8Array<ArrayBuffer>, cpg: Uint8Array | undefined): Record<string, unknown>[] {
  // Without a word about it: what the bytes are.
  const encoding = (cpg && encodingOfCpg(decodeText(cpg).text)) ?? decodeText(table.subarray(32)).encoding;
  const read = DBFLoader.parseSync?.(exact(table), { dbf: { encoding, shape: 'object-row-table' } }) as
    { data: Record<string, unknown>[] } | Record<string, unknown>[];
  return Array.isArray(read) ? read : read.data;
}
