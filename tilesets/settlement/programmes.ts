// What each block of a town becomes, from its middle outwards, and which listed place stands on it.
import type { Block } from './blocks.ts';
import { inBlock, STYLES } from './blocks.ts';
import type { Programme } from './lots.ts';
import type { Random } from './random.ts';
import type { NamedPlace, Size } from './towns.ts';

/** Shares of the blocks outside the middle; what is left of 1 stays open: squares and parks. */
type Mix = Partial<Record<Programme, number>>;

interface Scheme {
  /** First blocks of the town, then these shares. */
  middle: readonly Programme[];
  inner: Mix;
  outer: Mix;
}

const SCHEMES: Readonly<Record<Size, Scheme>> = {
  city: {
    middle: ['centre', 'offices', 'centre', 'centre', 'public'],
    inner: { slabs: 0.5, towers: 0.1, centre: 0.1, offices: 0.09, houses: 0.06, school: 0.05, public: 0.04 },
    outer: { slabs: 0.46, towers: 0.2, offices: 0.05, houses: 0.08, school: 0.05, public: 0.03, works: 0.05 },
  },
  seat: {
    middle: ['centre', 'public', 'centre', 'school', 'hospital'],
    inner: { slabs: 0.44, houses: 0.3, centre: 0.06, offices: 0.06, school: 0.04, public: 0.04 },
    outer: { slabs: 0.42, towers: 0.09, houses: 0.32, school: 0.03, works: 0.07 },
  },
  town: {
    middle: ['houses', 'public', 'houses', 'school', 'houses', 'hospital'],
    inner: { houses: 0.8, slabs: 0.12, public: 0.02 },
    outer: { houses: 0.86, slabs: 0.04, works: 0.04 },
  },
  village: {
    middle: ['houses', 'houses', 'public', 'houses', 'school'],
    inner: { houses: 0.95 },
    outer: { houses: 0.9 },
  },
};
// A park of industry is works with an office block in front.
const PARK_MIDDLE: readonly Programme[] = ['offices', 'works', 'works', 'public'];
const PARK_OPEN_SHARE = 0.12;
const INNER_SHARE = 0.4;

/** Null: the block stays open. `outward`: 0 in the middle of the town, 1 at its edge. */
export function programmeOf(block: Block, outward: number, random: Random): Programme | null {
  const { town, number } = block;
  if (town.park) return PARK_MIDDLE[number - 1] ?? (random.chance(PARK_OPEN_SHARE) ? null : 'works');
  const scheme = SCHEMES[town.size];
  if (isFragment(block)) return random.chance(0.2) ? null : FRAGMENT[town.size];
  const first = scheme.middle[number - 1];
  if (first) return first;
  let at = random.next();
  for (const [programme, share] of Object.entries(outward < INNER_SHARE ? scheme.inner : scheme.outer)) {
    at -= share;
    if (at < 0) return programme as Programme;
  }
  return null;
}

// What stands on the rest of a block that water or a slope has cut.
const FRAGMENT: Readonly<Record<Size, Programme>> = {
  city: 'slabs',
  seat: 'houses',
  town: 'houses',
  village: 'houses',
};

/** Less than two thirds of the block that the town is laid out in. */
function isFragment({ town, length, depth }: Block): boolean {
  const style = STYLES[town.size];
  return length * depth < style.length * style.depth * 0.67;
}

const PLACE_PROGRAMME: Readonly<Record<string, Programme>> = {
  school: 'school',
  hospital: 'hospital',
  'command-centre': 'public',
  'emergency-centre': 'public',
  police: 'public',
  'fire-station': 'public',
  'rail-station': 'public',
  'bus-terminal': 'public',
  'relief-store': 'public',
  'water-plant': 'works',
  'sewage-plant': 'works',
};
// A listed place takes the nearest block within this distance of it, metres.
const PLACE_REACH_M = 450;

export interface Taken {
  programme: Programme;
  place: NamedPlace;
}

/** The nearest block of each listed place; two places never share one. */
export function seatPlaces(places: readonly NamedPlace[], blocks: readonly Block[]): Map<Block, Taken> {
  const taken = new Map<Block, Taken>();
  const middles = blocks.map((block) => inBlock(block, 0.5, 0.5));
  for (const place of places) {
    const programme = PLACE_PROGRAMME[place.kind];
    if (!programme) continue;
    let best: Block | undefined;
    let least = PLACE_REACH_M;
    middles.forEach(([x, y], k) => {
      if (Math.abs(x - place.x) > least || Math.abs(y - place.y) > least) return;
      if (taken.has(blocks[k]!) || isFragment(blocks[k]!)) return;
      const away = Math.hypot(x - place.x, y - place.y);
      if (away < least) [best, least] = [blocks[k], away];
    });
    if (best) taken.set(best, { programme, place });
  }
  return taken;
}
