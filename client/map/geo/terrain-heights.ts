// Builds one height grid of the city out of its terrain tiles (geographic tiling, two tiles at level 0).
import type { HeightGrid } from '../../shapes.ts';
import { paintMesh, readMesh } from './quantized-mesh.ts';

const NX = 1024;
const NY = 768;
/** As fine as this many tiles allow. */
const MOST_TILES = 80;
const FINEST = 10;

type Bounds = readonly [west: number, south: number, east: number, north: number];

/** @returns null where the tiles do not answer; the map then draws everything at sea level */
export async function fetchHeights(terrainUrl: string, bounds: Bounds): Promise<HeightGrid | null> {
  const grid: HeightGrid = { bounds, nx: NX, ny: NY, heights: new Float32Array(NX * NY) };
  const level = levelFor(bounds);
  const painted = await Promise.all(tilesOf(bounds, level).map((tile) => paintTile(terrainUrl, tile, grid)));
  return painted.some(Boolean) ? grid : null;
}

interface Tile {
  readonly level: number;
  readonly x: number;
  readonly y: number;
}

const sizeOf = (level: number): number => 180 / 2 ** level;

export function tilesOf(bounds: Bounds, level: number): Tile[] {
  const size = sizeOf(level);
  const tiles: Tile[] = [];
  for (let x = Math.floor((bounds[0] + 180) / size); x * size - 180 < bounds[2]; x++) {
    for (let y = Math.floor((bounds[1] + 90) / size); y * size - 90 < bounds[3]; y++) tiles.push({ level, x, y });
  }
  return tiles;
}

function levelFor(bounds: Bounds): number {
  let level = FINEST;
  while (level > 0 && tilesOf(bounds, level).length > MOST_TILES) level--;
  return level;
}

async function paintTile(terrainUrl: string, tile: Tile, grid: HeightGrid): Promise<boolean> {
  const response = await fetch(`${terrainUrl}/${tile.level}/${tile.x}/${tile.y}.terrain`).catch(() => null);
  if (!response?.ok) return false;
  const size = sizeOf(tile.level);
  const west = tile.x * size - 180;
  const south = tile.y * size - 90;
  paintMesh(readMesh(await response.arrayBuffer()), [west, south, west + size, south + size], grid);
  return true;
}
