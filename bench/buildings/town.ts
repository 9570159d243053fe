// A town of so many houses on a level plain, as tiles: what the buildings bench loads.
import { join } from 'node:path';
import { buildBuildings } from '../../tilesets/buildings/build-buildings.ts';
import { USES, type Building } from '../../tilesets/buildings/building.ts';
import { createReporter } from '../../tilesets/progress.ts';

/** Middle of the town, and metres from house to house. */
const MIDDLE = [105.7, 32.2] as const;
const PITCH_M = 36;
const PER_DEGREE_M = [94_300, 110_900] as const;

/** Writes `buildings/tileset.json` and its tiles under `outDir`. */
export function writeTown(outDir: string, count: number): void {
  const side = Math.ceil(Math.sqrt(count));
  const degrees = (metres: number, axis: 0 | 1): number => MIDDLE[axis] + metres / PER_DEGREE_M[axis];
  const house = (i: number): Building => {
    const west = ((i % side) - side / 2) * PITCH_M;
    const south = (Math.floor(i / side) - side / 2) * PITCH_M;
    const [width, depth] = [12 + (i % 5) * 4, 10 + (i % 3) * 6];
    const at = (x: number, y: number): [number, number] => [degrees(west + x, 0), degrees(south + y, 1)];
    return {
      id: `house-${i}`,
      name: `住宅${i}号`,
      use: USES[i % USES.length] ?? 'other',
      // Every fourth has the shape of an L.
      rings:
        i % 4 === 0
          ? [
              [
                at(0, 0),
                at(width, 0),
                at(width, depth / 2),
                at(width / 2, depth / 2),
                at(width / 2, depth),
                at(0, depth),
              ],
            ]
          : [[at(0, 0), at(width, 0), at(width, depth), at(0, depth)]],
      heightM: 6 + (i % 30) * 3,
      floors: 2 + (i % 30),
      residents: i % 400,
      buildYear: 1980 + (i % 40),
    };
  };
  buildBuildings({
    buildings: Array.from({ length: count }, (_, i) => house(i)),
    surface: () => 0,
    folder: join(outDir, 'buildings'),
    inputs: String(count),
    attribution: 'bench',
    report: createReporter(() => undefined),
  });
}
