// Stands a building on the ground: floor level, how deep its walls reach, and the box around it.
import type { Bounds } from '../dem/grid.ts';
import { boundsOf, type Surface } from '../terrain/drawn-surface.ts';
import type { Building } from './building.ts';

export interface Standing {
  building: Building;
  /** Running number in the city, from 0. */
  number: number;
  bounds: Bounds;
  /** Level of the ground floor: the ground in the middle, metres above sea level. */
  baseM: number;
  /** Where the walls end below ground, so that no gap opens on a slope. */
  footM: number;
}

// The walls go this much deeper than the lowest corner: coarser terrain tiles lie lower here and there.
const FOUNDATION_M = 3;

export function standOn(surface: Surface, building: Building, number: number): Standing {
  const bounds = boundsOf(building.rings);
  const middle = surface((bounds.west + bounds.east) / 2, (bounds.south + bounds.north) / 2);
  let lowest = middle;
  for (const [lon, lat] of building.rings[0] ?? []) lowest = Math.min(lowest, surface(lon, lat));
  return { building, number, bounds, baseM: middle, footM: lowest - FOUNDATION_M };
}
