// Sorts buildings into tiles: squares halved until each holds a good handful, so that a view loads few files.
import type { Bounds } from '../dem/grid.ts';
import type { Standing } from './footing.ts';

export interface Quad {
  /** "0" the whole city, then a digit 0–3 (west/east + 2 × north) a level. */
  name: string;
  square: Bounds;
  standings: Standing[];
  /** Empty for a tile with content. */
  children: Quad[];
}

// A tile of flat footprints holds at most this many, one of whole buildings half of it.
export const MOST_IN_TILE = 4000;
// Wider squares are halved too, so that the distance to a tile means something; degrees, about 16 km.
const WIDEST_DEG = 0.17;
// Unless so few buildings lie in them that more files would not pay.
const FEW = 1000;
const DEEPEST = 14;

export function toQuads(standings: Standing[]): Quad {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const { bounds } of standings) {
    box.west = Math.min(box.west, bounds.west);
    box.south = Math.min(box.south, bounds.south);
    box.east = Math.max(box.east, bounds.east);
    box.north = Math.max(box.north, bounds.north);
  }
  return divide('0', box, standings);
}

function divide(name: string, square: Bounds, standings: Standing[]): Quad {
  const width = square.east - square.west;
  const full = standings.length > MOST_IN_TILE || (width > WIDEST_DEG && standings.length > FEW);
  if (!full || name.length > DEEPEST) return { name, square, standings, children: [] };
  return {
    name,
    square,
    standings: [],
    children: quarters(square, standings).flatMap((part, k) =>
      part.standings.length === 0 ? [] : [divide(`${name}${k}`, part.square, part.standings)],
    ),
  };
}

/** The four quarters of a square with what lies in them by its middle; empty ones stay in the list. */
export function quarters(square: Bounds, standings: Standing[]): { square: Bounds; standings: Standing[] }[] {
  const lon = (square.west + square.east) / 2;
  const lat = (square.south + square.north) / 2;
  const parts: Standing[][] = [[], [], [], []];
  for (const standing of standings) {
    const { west, east, south, north } = standing.bounds;
    parts[((west + east) / 2 >= lon ? 1 : 0) + ((south + north) / 2 >= lat ? 2 : 0)]!.push(standing);
  }
  return parts.map((own, k) => ({
    square: {
      west: k & 1 ? lon : square.west,
      east: k & 1 ? square.east : lon,
      south: k & 2 ? lat : square.south,
      north: k & 2 ? square.north : lat,
    },
    standings: own,
  }));
}
