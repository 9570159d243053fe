// A height raster in degrees: nodes on parallels and meridians, first row in the north. The DEM port is at the end.

export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

export interface Grid {
  /** Longitude of the first column and latitude of the first row, degrees. */
  west: number;
  north: number;
  /** Distance between nodes, degrees. */
  stepLon: number;
  stepLat: number;
  nx: number;
  ny: number;
  /** Metres, row by row from the north-west corner. */
  z: Float32Array;
}

/** What the builders ask of a height source. Outside its bounds a source answers with its nearest edge. */
export interface Dem {
  bounds: Bounds;
  /** Metres above sea level at a position in degrees. */
  heightAt(lon: number, lat: number): number;
  /** The finest detail the source has, degrees between samples. */
  stepDeg: number;
  grid: Grid;
}

export function gridBounds(grid: Grid): Bounds {
  return {
    west: grid.west,
    north: grid.north,
    east: grid.west + (grid.nx - 1) * grid.stepLon,
    south: grid.north - (grid.ny - 1) * grid.stepLat,
  };
}

/** Bilinear height; positions outside are held at the edge. */
export function sampleGrid(grid: Grid, lon: number, lat: number): number {
  const { nx, ny, z } = grid;
  const x = Math.min(nx - 1, Math.max(0, (lon - grid.west) / grid.stepLon));
  const y = Math.min(ny - 1, Math.max(0, (grid.north - lat) / grid.stepLat));
  const ix = Math.min(nx - 2, Math.floor(x));
  const iy = Math.min(ny - 2, Math.floor(y));
  const fx = x - ix;
  const fy = y - iy;
  const k = iy * nx + ix;
  const top = z[k]! + fx * (z[k + 1]! - z[k]!);
  const bottom = z[k + nx]! + fx * (z[k + nx + 1]! - z[k + nx]!);
  return top + fy * (bottom - top);
}

/** Mean length of a degree of latitude (WGS-84), kilometres. */
export const KM_PER_DEGREE = 111.13;

export function demOfGrid(grid: Grid): Dem {
  return {
    bounds: gridBounds(grid),
    heightAt: (lon, lat) => sampleGrid(grid, lon, lat),
    stepDeg: Math.min(grid.stepLon, grid.stepLat),
    grid,
  };
}
