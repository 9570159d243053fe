// Reads an ESRI ASCII grid (.asc) in geographic coordinates.
import { problem } from '../problem.ts';
import { demOfGrid, type Dem } from './grid.ts';

const KEYS = [
  'ncols',
  'nrows',
  'xllcorner',
  'xllcenter',
  'yllcorner',
  'yllcenter',
  'cellsize',
  'nodata_value',
];

/** Throws a BuildProblem with file and line for anything that is not a grid of heights in degrees. */
export function parseAsciiGrid(text: string, file: string): Dem {
  const lines = text.split(/\r?\n/);
  const head = new Map<string, number>();
  let row = 0;
  for (; row < lines.length; row++) {
    const [key = '', value = ''] = (lines[row] ?? '').trim().split(/\s+/);
    if (!KEYS.includes(key.toLowerCase())) break;
    if (!Number.isFinite(Number(value)))
      throw problem(`${key} is "${value}"`, `${file}:${row + 1}`, 'Give a plain number.');
    head.set(key.toLowerCase(), Number(value));
  }
  const need = (key: string): number => {
    const value = head.get(key);
    if (value === undefined)
      throw problem(`No ${key} in the header`, `${file}:${row + 1}`, `Add a line "${key} number".`);
    return value;
  };
  const nx = need('ncols');
  const ny = need('nrows');
  const step = need('cellsize');
  const west = head.get('xllcenter') ?? need('xllcorner') + step / 2;
  const south = head.get('yllcenter') ?? need('yllcorner') + step / 2;
  if (Math.abs(west) > 180 || Math.abs(south) > 90 || !(step > 0) || nx < 2 || ny < 2) {
    throw problem(
      `Corner ${west}, ${south} and cell size ${step} are not degrees`,
      `${file}:1`,
      'Convert to WGS-84: gdalwarp -t_srs EPSG:4326 in.tif out.tif && gdal_translate -of AAIGrid out.tif out.asc',
    );
  }
  const nodata = head.get('nodata_value') ?? -9999;
  const z = readRows(lines, { from: row, nx, ny, nodata, file });
  return demOfGrid({ west, north: south + (ny - 1) * step, stepLon: step, stepLat: step, nx, ny, z });
}

interface Body {
  from: number;
  nx: number;
  ny: number;
  nodata: number;
  file: string;
}

function readRows(lines: string[], body: Body): Float32Array {
  const { nx, ny, nodata, file } = body;
  const z = new Float32Array(nx * ny);
  let count = 0;
  let last = 0;
  for (let row = body.from; row < lines.length; row++) {
    const words = (lines[row] ?? '').trim();
    if (words === '') continue;
    for (const word of words.split(/\s+/)) {
      const value = Number(word);
      if (!Number.isFinite(value))
        throw problem(`"${word}" is not a height`, `${file}:${row + 1}`, 'Use metres or the NODATA value.');
      // Holes take the height beside them: a missing sample must not become a pit.
      if (value !== nodata) last = value;
      if (count < z.length) z[count] = value === nodata ? last : value;
      count++;
    }
  }
  if (count !== z.length) {
    throw problem(
      `${count} heights instead of ${nx} × ${ny} = ${z.length}`,
      `${file}:${lines.length}`,
      'The file is cut or its header is wrong; export it again.',
    );
  }
  return z;
}
