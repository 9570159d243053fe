// The tree of tileset.json (3D Tiles 1.1, OGC 22-025r4): which tile is drawn from how far, and what lies in it.
import type { Bounds } from '../dem/grid.ts';
import type { Standing } from './footing.ts';
import type { Detail } from './mesh.ts';
import { MOST_IN_TILE, quarters, type Quad } from './quadtree.ts';

export interface ContentTile {
  uri: string;
  detail: Detail;
  standings: Standing[];
  box: Bounds;
  /** Lowest wall and highest roof, metres above sea level. */
  heights: [number, number];
}

interface Tile {
  boundingVolume: { region: number[] };
  geometricError: number;
  refine: 'REPLACE';
  content?: { uri: string };
  children?: Tile[];
}

export interface Tileset {
  asset: { version: '1.1'; copyright: string };
  geometricError: number;
  root: Tile;
}

// A viewer refines where error × screen height ÷ (2 × distance × tan(fov ÷ 2)) exceeds its limit. With a screen of
// 1080 lines, 36° and the usual limit of 16 px that is 104 × error: an error of 38 m changes at 4 km, 115 m at 12 km.
/** What is missing where only footprints are drawn: the height of a building of a dozen floors, metres. */
export const SLAB_ERROR_M = 38;
/** What is missing where nothing is drawn: the length of a block, metres. */
export const EMPTY_ERROR_M = 115;

export function planTileset(root: Quad, copyright: string): { tileset: Tileset; contents: ContentTile[] } {
  const contents: ContentTile[] = [];
  const tile = toTile(root, contents);
  // A root with content of its own would never be empty: nothing is drawn beyond its error.
  const top: Tile = tile.content ? { ...emptyAround(tile) } : tile;
  return {
    tileset: { asset: { version: '1.1', copyright }, geometricError: EMPTY_ERROR_M, root: top },
    contents,
  };
}

function emptyAround(child: Tile): Tile {
  return {
    boundingVolume: child.boundingVolume,
    geometricError: EMPTY_ERROR_M,
    refine: 'REPLACE',
    children: [child],
  };
}

function toTile(quad: Quad, contents: ContentTile[]): Tile {
  if (quad.children.length > 0) {
    const children = quad.children.map((child) => toTile(child, contents));
    const boundingVolume = { region: around(children.map((child) => child.boundingVolume.region)) };
    return { boundingVolume, geometricError: EMPTY_ERROR_M, refine: 'REPLACE', children };
  }
  const slab = contentOf(`slab/${quad.name}.glb`, 'slab', quad.standings);
  const parts =
    quad.standings.length > MOST_IN_TILE / 2
      ? quarters(quad.square, quad.standings).map(({ standings }, k) => ({
          standings,
          name: `${quad.name}${k}`,
        }))
      : [{ standings: quad.standings, name: quad.name }];
  const wholes = parts
    .filter(({ standings }) => standings.length > 0)
    .map(({ standings, name }) => contentOf(`whole/${name}.glb`, 'whole', standings));
  contents.push(slab, ...wholes);
  const children = wholes.map((content) => tileOf(content, 0));
  const own = tileOf(slab, SLAB_ERROR_M);
  // The plates of a tile lie lower than its buildings: the box is that of the children.
  const boundingVolume = { region: around(children.map((child) => child.boundingVolume.region)) };
  return { ...own, boundingVolume, children };
}

function contentOf(uri: string, detail: Detail, standings: Standing[]): ContentTile {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  const heights: [number, number] = [Infinity, -Infinity];
  for (const { bounds, baseM, footM, building } of standings) {
    box.west = Math.min(box.west, bounds.west);
    box.south = Math.min(box.south, bounds.south);
    box.east = Math.max(box.east, bounds.east);
    box.north = Math.max(box.north, bounds.north);
    heights[0] = Math.min(heights[0], footM);
    heights[1] = Math.max(heights[1], baseM + building.heightM);
  }
  return { uri, detail, standings, box, heights };
}

function tileOf({ uri, box, heights }: ContentTile, geometricError: number): Tile {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180;
  const region = [rad(box.west), rad(box.south), rad(box.east), rad(box.north), ...heights];
  return { boundingVolume: { region }, geometricError, refine: 'REPLACE', content: { uri } };
}

function around(regions: number[][]): number[] {
  const pick = (k: number, choose: (...values: number[]) => number): number =>
    choose(...regions.map((region) => region[k]!));
  return [
    pick(0, Math.min),
    pick(1, Math.min),
    pick(2, Math.max),
    pick(3, Math.max),
    pick(4, Math.min),
    pick(5, Math.max),
  ];
}
