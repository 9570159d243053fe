// A Shapefile is several files of one name: shapes (.shp), columns (.dbf), reference system (.prj), text encoding (.cpg).
import { existsSync, readFileSync } from 'node:fs';
import { convertBinaryGeometryToGeometry } from '@loaders.gl/gis';
import { DBFLoader, SHPLoader } from '@loaders.gl/shapefile';
import { projectionOfWkt } from '../crs.ts';
import { problem } from '../problem.ts';
import type { RawFeature, RawFile } from './read-footprints.ts';

type BinaryGeometry = Parameters<typeof convertBinaryGeometryToGeometry>[0];

/** Throws a BuildProblem where a part is missing or broken. */
export function readShapefile(file: string): RawFile {
  const beside = (extension: string): string => file.replace(/\.shp$/i, extension);
  const need = (part: string, remedy: string): ArrayBuffer => {
    if (!existsSync(part)) throw problem('The file is missing', part, remedy);
    const bytes = readFileSync(part);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  };
  const shapes = need(file, 'Check the path given with --buildings.');
  const table = need(beside('.dbf'), 'Copy it from where the .shp came from: it holds the heights.');
  const prj = beside('.prj');
  if (!existsSync(prj)) {
    throw problem(
      'The file is missing',
      prj,
      'Copy it from where the .shp came from; where there is none write one: gdalsrsinfo -o wkt1 EPSG:4490 > your.prj',
    );
  }
  const encoding = encodingOf(existsSync(beside('.cpg')) ? readFileSync(beside('.cpg'), 'utf8') : 'utf-8');
  try {
    const { geometries } = SHPLoader.parseSync?.(shapes, { shp: { _maxDimensions: 2 } }) as {
      geometries: (BinaryGeometry | null)[];
    };
    const rows = DBFLoader.parseSync?.(table, { dbf: { encoding, shape: 'object-row-table' } }) as
      { data: Record<string, unknown>[] } | Record<string, unknown>[];
    const columns = Array.isArray(rows) ? rows : rows.data;
    const features = geometries.map((geometry, i): RawFeature => ({
      properties: columns[i] ?? {},
      geometry:
        geometry === null ? null : (convertBinaryGeometryToGeometry(geometry) as RawFeature['geometry']),
    }));
    return { features, projection: projectionOfWkt(readFileSync(prj, 'utf8'), prj) };
  } catch (error) {
    if (error instanceof Error && error.name === 'BuildProblem') throw error;
    throw problem(error instanceof Error ? error.message : String(error), file, 'Save the Shapefile again.');
  }
}

/** Chinese tables are often GBK and say so in many ways. */
function encodingOf(text: string): string {
  const name = text.trim();
  return /gbk|936|gb2312|gb18030/i.test(name)
    ? 'gb18030'
    : /^(utf-?8|65001)?$/i.test(name)
      ? 'utf-8'
      : 'latin1';
}
