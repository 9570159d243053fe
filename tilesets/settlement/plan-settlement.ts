// Synthesises the built-up city: town sites, roads to them, blocks, buildings, the people who live in them (示意).
import { USES, type Building, type Use } from '../buildings/building.ts';
import type { Ring } from '../city/features.ts';
import type { City } from '../city/read-city.ts';
import type { Dem } from '../dem/grid.ts';
import { hash01, seedOf } from '../synthesis/noise.ts';
import type { Facts } from '../synthesis/pins.ts';
import { inBlock, layBlocks, streetsOf, type Block } from './blocks.ts';
import { createGround, type Ground, type Line } from './ground.ts';
import { placeHamlets } from './hamlets.ts';
import { fillBlock, type Lot } from './lots.ts';
import { layMinorRoads, type MinorRoad } from './minor-roads.ts';
import { programmeOf, seatPlaces, type Taken } from './programmes.ts';
import { createRandom, type Random } from './random.ts';
import { capacityOf, settle } from './residents.ts';
import { readPlaces, readTowns, type NamedPlace, type Town } from './towns.ts';

export interface Settlement {
  buildings: Building[];
  minorRoads: { line: Ring; town: string }[];
  streets: { line: Ring; town: string }[];
  towns: TownShare[];
}

/** How many people of a town the buildings hold. */
export interface TownShare {
  code: string;
  name: string;
  buildings: number;
  /** People to house and people housed. */
  planned: number;
  residents: number;
}

export interface Placed {
  building: Building;
  /** Metres on the plane. */
  corners: Line;
  capacity: number;
}

// Neighbouring blocks of a town beyond what its people need: services and works take part of the land.
const PARK_BLOCKS = 16;

/** Deterministic: the same city folder and heights give the same buildings. */
export function planSettlement(input: { city: City; dem: Dem; facts: Facts; seed: string }): Settlement {
  const { city, dem, facts } = input;
  const seed = seedOf(`${input.seed}/settlement`);
  const ground = createGround(city, dem, facts);
  const places = readPlaces(city, facts.plane);
  const towns = readTowns(city, facts.plane).map((town) => sited(town, ground));
  const parks = places.filter(({ kind }) => kind === 'industrial-park').map(toPark);
  const roads = layMinorRoads(ground, towns);
  const all = [...towns, ...parks];
  const blocks = layBlocks(ground, all, seed);
  const taken = seatPlaces(places, [...blocks.values()].flat());
  const built: Built[] = all.map((town) => build(town, { blocks: blocks.get(town)!, taken, seed }));
  const hamlets = placeHamlets({ ground, towns, roads, occupied: built.flatMap(({ used }) => used), seed });
  const toDegrees = (line: Line): Ring =>
    line.map(([x, y]) => [facts.plane.lon(x / 1000), facts.plane.lat(y / 1000)]);
  const placed = [...built.flatMap((one) => one.placed), ...hamlets];
  for (const { building, corners } of placed) building.rings = [toDegrees(corners)];
  return {
    buildings: placed.map(({ building }) => building),
    minorRoads: roads.map(({ line, town }: MinorRoad) => ({ line: toDegrees(line), town })),
    streets: built.flatMap(({ town, used }) =>
      streetsOf(used).map((line) => ({ line: toDegrees(line), town: town.code })),
    ),
    towns: built.filter(({ town }) => !town.park).map(toShare),
  };
}

interface Built {
  town: Town;
  placed: Placed[];
  used: Block[];
}

function toShare({ town, placed }: Built): TownShare {
  const residents = placed.reduce((sum, { building }) => sum + building.residents, 0);
  return { code: town.code, name: town.name, buildings: placed.length, planned: town.residents, residents };
}

function toPark(place: NamedPlace, i: number): Town {
  const code = `park${String(i + 1).padStart(2, '0')}`;
  return { code, name: place.name, x: place.x, y: place.y, residents: 0, size: 'city', park: true };
}

// A listed position is good to some kilometres: the place itself stands on the best ground this near, metres.
const SITE_REACH_M = 1400;
const SITE_STEP_M = 200;
// A slope of 10 % is worth this way, metres.
const SITE_SLOPE_M = 9000;

/** The town on dry and even ground near where the list has it; streets of the city stay where they are. */
function sited(town: Town, ground: Ground): Town {
  if (town.size === 'city') return town;
  const reach = town.size === 'seat' ? SITE_REACH_M / 2 : SITE_REACH_M;
  let best = { cost: Infinity, x: town.x, y: town.y };
  for (let dx = -reach; dx <= reach; dx += SITE_STEP_M) {
    for (let dy = -reach; dy <= reach; dy += SITE_STEP_M) {
      const [x, y] = [town.x + dx, town.y + dy];
      const away = Math.hypot(dx, dy);
      if (away > reach || ground.dryAt(x, y) < 60) continue;
      let slope = 0;
      for (const [ex, ey] of [
        [0, 0],
        [220, 0],
        [-220, 0],
        [0, 220],
        [0, -220],
      ] as const)
        slope += ground.slopeAt(x + ex, y + ey) / 5;
      const cost = away + SITE_SLOPE_M * slope;
      if (cost < best.cost) best = { cost, x, y };
    }
  }
  return { ...town, x: best.x, y: best.y };
}

function build(town: Town, job: { blocks: Block[]; taken: Map<Block, Taken>; seed: number }): Built {
  const placed: Placed[] = [];
  const used: Block[] = [];
  // Wholly built blocks would house everybody at this block; the rest of the list is the outskirts.
  const enough = estimateBlocks(town, job.blocks.length);
  let capacity = 0;
  for (const block of job.blocks) {
    const listed = job.taken.get(block);
    const full = town.park ? used.length >= PARK_BLOCKS : capacity >= town.residents;
    if (full && !listed) continue;
    const random = createRandom(Math.floor(hash01(block.number, seedOf(town.code), job.seed) * 2 ** 32));
    const outward = Math.min(1, block.number / enough);
    const programme = listed?.programme ?? programmeOf(block, outward, random);
    used.push(block);
    if (!programme) continue;
    const lots = fillBlock(programme, { block, outward, random });
    lots.forEach((lot, k) => {
      const one = toPlaced(block, { lot, k, outward, random, place: listed?.place });
      capacity += one.capacity;
      placed.push(one);
    });
  }
  settle(placed, town.residents);
  return { town, placed, used };
}

// People a block of each kind of town houses on average, for the way from the middle to the edge only.
const PEOPLE_A_BLOCK = { city: 520, seat: 190, town: 72, village: 42 } as const;

function estimateBlocks(town: Town, found: number): number {
  return Math.max(6, Math.min(found, town.residents / PEOPLE_A_BLOCK[town.size]));
}

interface LotFacts {
  lot: Lot;
  k: number;
  outward: number;
  random: Random;
  place: NamedPlace | undefined;
}

function toPlaced(block: Block, { lot, k, outward, random, place }: LotFacts): Placed {
  const { town } = block;
  const number = String(block.number).padStart(3, '0');
  const building: Building = {
    id: `${town.code}-${number}-${String(k + 1).padStart(2, '0')}`,
    name: place ? `${place.name}${k === 0 ? '' : `${k + 1}号楼`}` : nameOf(block, lot.use, k),
    use: lot.use,
    rings: [],
    heightM: Math.round(lot.heightM * 10) / 10,
    floors: lot.floors,
    residents: 0,
    buildYear: yearOf(lot, outward, random),
  };
  return { building, corners: cornersOf(block, lot), capacity: capacityOf(lot, town.size) };
}

const USE_NAMES: Readonly<Record<Use, string>> = {
  residential: '住宅',
  commercial: '商铺',
  office: '办公楼',
  industrial: '厂房',
  school: '学校',
  hospital: '卫生院',
  public: '公共服务用房',
  other: '用房',
};
if (Object.keys(USE_NAMES).length !== USES.length) throw new Error('every use needs a name');

function nameOf(block: Block, use: Use, k: number): string {
  return `${block.town.name}${block.number}区${USE_NAMES[use]}${k + 1}号`;
}

function yearOf(lot: Lot, outward: number, random: Random): number {
  const [from, to] =
    lot.floors > 16
      ? [2007, 2023]
      : lot.floors > 7
        ? [1999, 2020]
        : [1984 + 14 * outward, 2005 + 14 * outward];
  return Math.round(random.between(from, to));
}

/** Counter-clockwise on the plane. */
function cornersOf(block: Block, { u, v, length, depth, notch }: Lot): Line {
  const at = (a: number, b: number): [number, number] =>
    inBlock(block, (u + a * length) / block.length, (v + b * depth) / block.depth);
  const outline: [number, number][] = notch
    ? [
        [0, 0],
        [1, 0],
        [1, 1 - notch[1]],
        [1 - notch[0], 1 - notch[1]],
        [1 - notch[0], 1],
        [0, 1],
      ]
    : [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ];
  return outline.map(([a, b]) => at(a, b));
}
