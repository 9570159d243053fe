// Opens a file of heights, whatever its format.
import { readFileSync } from 'node:fs';
import { problem } from '../problem.ts';
import { parseAsciiGrid } from './ascii-grid.ts';
import { readGeoTiff, type Wanted } from './geotiff.ts';
import type { Dem } from './grid.ts';

/** Throws a BuildProblem that names the file and the way out. */
export async function readDemFile(file: string, wanted: Wanted): Promise<Dem> {
  if (/\.tiff?$/i.test(file)) return readGeoTiff(file, wanted);
  if (!/\.asc$/i.test(file)) {
    throw problem('Unknown height format', file, 'Give a GeoTIFF (.tif) or an ESRI ASCII grid (.asc).');
  }
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw problem(
      error instanceof Error ? error.message : String(error),
      file,
      'Check the path given with --dem.',
    );
  }
  return parseAsciiGrid(text, file);
}
