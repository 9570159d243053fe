// Reads a GeoTIFF of heights, as fine as the tiles can show and no larger than the city and its surroundings.
import { fromFile, type GeoTIFF, type GeoTIFFImage } from 'geotiff';
import { projectionOfEpsg, type Projection } from '../crs.ts';
import { problem } from '../problem.ts';
import { demOfGrid, type Bounds, type Dem, type Grid } from './grid.ts';

export interface Wanted {
  /** Land the map shows, degrees. */
  region: Bounds;
  /** Finer samples than this are not drawn, degrees. */
  finestStepDeg: number;
}

const GEOGRAPHIC_MODEL = 2;
const PIXEL_IS_POINT = 2;
// Systems defined in the file itself carry this instead of a number.
const USER_DEFINED = 32767;

/** Throws a BuildProblem for a file that is no raster of heights in a known reference system. */
export async function readGeoTiff(file: string, wanted: Wanted): Promise<Dem> {
  const image = await openImage(file);
  const projection = projectionOf(image, file);
  const source = frameOf(image, file);
  const box = projection ? projectedBox(wanted.region, projection) : wanted.region;
  const stepNeeded = projection ? wanted.finestStepDeg * METRES_PER_DEGREE : wanted.finestStepDeg;
  const grid = await readWindow(image, { source, box, stepNeeded, file });
  return demOfGrid(projection ? reprojected(grid, projection, wanted) : grid);
}

const METRES_PER_DEGREE = 111_130;

async function openImage(file: string): Promise<GeoTIFFImage> {
  let tiff: GeoTIFF;
  try {
    tiff = await fromFile(file);
    return await tiff.getImage();
  } catch (error) {
    throw problem(
      error instanceof Error ? error.message : String(error),
      file,
      'Name a GeoTIFF that can be read (gdalinfo shows whether it is sound).',
    );
  }
}

function projectionOf(image: GeoTIFFImage, file: string): Projection | null {
  const keys = (image.getGeoKeys() ?? {}) as Record<string, number | string | undefined>;
  const geographic = keys.GTModelTypeGeoKey === GEOGRAPHIC_MODEL;
  const code = Number(geographic ? keys.GeographicTypeGeoKey : keys.ProjectedCSTypeGeoKey);
  if (!Number.isFinite(code) || code === USER_DEFINED) {
    throw problem(
      `The file names no reference system with a number (${String(keys.GTCitationGeoKey ?? 'no citation')})`,
      file,
      'Convert it once: gdalwarp -t_srs EPSG:4326 -r bilinear your-file.tif wgs84.tif',
    );
  }
  return projectionOfEpsg(code, file);
}

/** Middle of the first pixel and the way to the next, in the file's own units. */
interface Frame {
  west: number;
  north: number;
  stepX: number;
  stepY: number;
}

function frameOf(image: GeoTIFFImage, file: string): Frame {
  let origin: number[];
  let step: number[];
  try {
    origin = image.getOrigin();
    step = image.getResolution();
  } catch {
    throw problem(
      'The file says neither where it lies nor how large a pixel is',
      file,
      'Give it a position: gdal_translate -a_ullr west north east south -a_srs EPSG:4326 in.tif out.tif',
    );
  }
  const [stepX = 0, stepY = 0] = [step[0]!, -step[1]!];
  if (!(stepX > 0) || !(stepY > 0)) {
    throw problem(`Pixels run by ${step.join(', ')}`, file, 'Turn it north up: gdalwarp in.tif out.tif');
  }
  const isPoint =
    (image.getGeoKeys() as { GTRasterTypeGeoKey?: number } | null)?.GTRasterTypeGeoKey === PIXEL_IS_POINT;
  const half = isPoint ? 0 : 0.5;
  return { west: origin[0]! + half * stepX, north: origin[1]! - half * stepY, stepX, stepY };
}

async function readWindow(
  image: GeoTIFFImage,
  job: { source: Frame; box: Bounds; stepNeeded: number; file: string },
): Promise<Grid> {
  const { source, box, file } = job;
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  const x0 = clamp(Math.floor((box.west - source.west) / source.stepX) - 1, image.getWidth());
  const x1 = clamp(Math.ceil((box.east - source.west) / source.stepX) + 2, image.getWidth());
  const y0 = clamp(Math.floor((source.north - box.north) / source.stepY) - 1, image.getHeight());
  const y1 = clamp(Math.ceil((source.north - box.south) / source.stepY) + 2, image.getHeight());
  if (x1 - x0 < 2 || y1 - y0 < 2) {
    const east = source.west + image.getWidth() * source.stepX;
    const south = source.north - image.getHeight() * source.stepY;
    throw problem(
      `The heights lie at ${source.west}, ${south} to ${east}, ${source.north}, away from the city`,
      file,
      'Name a file that covers the city and about half a degree around it.',
    );
  }
  // Every n-th pixel is enough where the file is finer than the tiles.
  const skip = Math.max(1, Math.floor(job.stepNeeded / Math.max(source.stepX, source.stepY)));
  const nx = Math.max(2, Math.floor((x1 - x0) / skip));
  const ny = Math.max(2, Math.floor((y1 - y0) / skip));
  const rasters = await image.readRasters({
    window: [x0, y0, x0 + nx * skip, y0 + ny * skip],
    width: nx,
    height: ny,
    samples: [0],
    resampleMethod: 'nearest',
  });
  const values = rasters[0];
  if (typeof values === 'number' || values === undefined)
    throw problem('No band', file, 'Give it one band of heights.');
  const z = Float32Array.from(values as ArrayLike<number>);
  fillHoles(z, image.getGDALNoData());
  return {
    west: source.west + x0 * source.stepX,
    north: source.north - y0 * source.stepY,
    stepLon: skip * source.stepX,
    stepLat: skip * source.stepY,
    nx,
    ny,
    z,
  };
}

// Lower and higher than any land: what files without a declared hole value use for holes.
const LOWEST_LAND_M = -500;
const HIGHEST_LAND_M = 9000;

/** A hole takes the height before it in its row. */
function fillHoles(z: Float32Array, noData: number | null): void {
  let last = 0;
  for (let i = 0; i < z.length; i++) {
    const value = z[i]!;
    const isLand = value !== noData && value > LOWEST_LAND_M && value < HIGHEST_LAND_M;
    if (isLand) last = value;
    else z[i] = last;
  }
}

function projectedBox(region: Bounds, projection: Projection): Bounds {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  // Sides of a box in degrees are curves: nine places are enough to hold them.
  for (const u of [0, 0.5, 1]) {
    for (const v of [0, 0.5, 1]) {
      const lon = region.west + u * (region.east - region.west);
      const [x, y] = projection.fromDegrees(lon, region.south + v * (region.north - region.south));
      box.west = Math.min(box.west, x);
      box.east = Math.max(box.east, x);
      box.south = Math.min(box.south, y);
      box.north = Math.max(box.north, y);
    }
  }
  return box;
}

/** Resamples onto parallels and meridians, bilinear; only where the file has heights. */
function reprojected(source: Grid, projection: Projection, { region, finestStepDeg }: Wanted): Grid {
  const dem = demOfGrid(source);
  const { west, south, east, north } = dem.bounds;
  const corners = [
    projection.toDegrees(west, south),
    projection.toDegrees(east, south),
    projection.toDegrees(west, north),
    projection.toDegrees(east, north),
  ] as const;
  const box = {
    west: Math.max(region.west, corners[0][0], corners[2][0]),
    east: Math.min(region.east, corners[1][0], corners[3][0]),
    south: Math.max(region.south, corners[0][1], corners[1][1]),
    north: Math.min(region.north, corners[2][1], corners[3][1]),
  };
  const step = Math.max(finestStepDeg, Math.min(source.stepLon, source.stepLat) / METRES_PER_DEGREE);
  const nx = Math.max(2, Math.floor((box.east - box.west) / step) + 1);
  const ny = Math.max(2, Math.floor((box.north - box.south) / step) + 1);
  const z = new Float32Array(nx * ny);
  for (let iy = 0; iy < ny; iy++) {
    for (let ix = 0; ix < nx; ix++) {
      const [x, y] = projection.fromDegrees(box.west + ix * step, box.north - iy * step);
      z[iy * nx + ix] = dem.heightAt(x, y);
    }
  }
  return { west: box.west, north: box.north, stepLon: step, stepLat: step, nx, ny, z };
}
