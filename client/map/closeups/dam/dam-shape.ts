// What people built: the body in its blocks, spillway with piers, powerhouse at the toe, the crest and what stands on it.
import { faceAt, ogee, type DamPlan, type Point } from './dam-plan.ts';
import type { Ground } from './ground-shape.ts';
import { Solid } from './solid.ts';

/** Length of a block between joints, and the joint, metres. */
const BLOCK_M = 20;
const JOINT_M = 0.3;
/** How deep the body stands in the rock of the banks. */
const ROOTED_M = 14;
/** Machines of the powerhouse (示意). */
export const UNITS = 4;

export interface DamParts {
  readonly concrete: Solid;
  /** Roofs, decks, hoists. */
  readonly plant: Solid;
  /** Openings, windows, the road. */
  readonly dark: Solid;
  readonly steel: Solid;
}

export function damParts(plan: DamPlan, ground: Ground): DamParts {
  const parts = { concrete: new Solid(), plant: new Solid(), dark: new Solid(), steel: new Solid() };
  body(plan, ground, parts);
  spillway(plan, parts);
  crest(plan, parts);
  powerhouse(plan, parts);
  return parts;
}

/** The blocks beside the spillway, each down to the rock it stands on. */
function body(plan: DamPlan, ground: Ground, { concrete }: DamParts): void {
  const {
    heightM,
    crestWidth,
    lengthM,
    spillway: [right, left],
  } = plan;
  const sides: readonly (readonly [number, number])[] = [
    [-lengthM / 2, right],
    [left, lengthM / 2],
  ];
  for (const [from, to] of sides) {
    const count = Math.max(1, Math.round((to - from) / BLOCK_M));
    for (let i = 0; i < count; i++) {
      const x0 = from + ((to - from) * i) / count;
      const x1 = from + ((to - from) * (i + 1)) / count - JOINT_M;
      const foot = Math.max(0, Math.min(ground.at(x0, 10), ground.at(x1, 10)) - ROOTED_M);
      const step = heightM - crestWidth;
      const outline: Point[] = [
        [0, foot],
        [0, heightM],
        [crestWidth, heightM],
        [crestWidth, Math.max(step, foot)],
      ];
      if (foot < step) outline.push([faceAt(plan, foot), foot]);
      else outline.push([crestWidth, foot]);
      concrete.prism(outline, x0, x1);
    }
  }
}

function spillway(plan: DamPlan, { concrete, steel }: DamParts): void {
  const {
    heightM,
    bays,
    pierWidth,
    bedY,
    sillY,
    gateHeight,
    spillway: [right, left],
  } = plan;
  const surface = ogee(plan);
  const [lipZ, lipY] = surface.at(-1) as Point;
  concrete.prism(
    [[0, 0], ...surface, [lipZ + 1.5, lipY - 3], [lipZ - 6, bedY - 6], [lipZ - 6, 0]],
    right,
    left,
  );
  // Walls keep the water on the face; piers between the bays carry the gates and end behind them.
  const wall = (x: number): void => {
    const inside = surface.slice(2);
    const top = [...inside].reverse().map(([z, y]): Point => [z, y + 6]);
    concrete.prism([...inside, ...top], x - pierWidth / 2, x + pierWidth / 2);
  };
  wall(right + pierWidth / 2);
  wall(left - pierWidth / 2);
  const behind = gateHeight * 1.3;
  const under = surface
    .filter(([z]) => z < behind + 6)
    .map(([z, y]): Point => [z, y - 2])
    .reverse();
  const edges = [left, ...bays.map(({ x, width }) => x - width / 2)];
  for (const edge of edges) {
    const x = edge === left ? left - pierWidth / 2 : edge - pierWidth / 2;
    const outline: Point[] = [
      [-7, sillY - gateHeight * 0.6],
      [-7, heightM],
      [behind * 0.7, heightM],
      [behind, heightM - gateHeight * 0.4],
      ...under,
    ];
    concrete.prism(outline, x - pierWidth / 2, x + pierWidth / 2);
    steel.box([x - 1, x + 1], [heightM, heightM + 6.5], [behind * 0.35, behind * 0.6]);
  }
}

/** The road over everything, its parapets, the hoists of the gates and a gantry crane. */
function crest(plan: DamPlan, { concrete, plant, dark, steel }: DamParts): void {
  const {
    heightM: h,
    lengthM,
    crestWidth: w,
    bays,
    gateHeight,
    spillway: [right, left],
    powerhouse: [p0, p1],
  } = plan;
  const ends = [-lengthM / 2 - 6, lengthM / 2 + 6] as const;
  plant.box([right, left], [h - 2, h], [-3, w * 0.75]);
  dark.box(ends, [h, h + 0.25], [1.2, w * 0.75 - 1.2]);
  for (const z of [0, w * 0.75]) concrete.box(ends, [h, h + 1.3], [z - 0.5, z + 0.5]);
  const [z0, z1] = [gateHeight * 0.55, gateHeight * 0.9];
  plant.box([right, left], [h + 6.5, h + 8], [z0 - 2, z1]);
  for (const { x, width } of bays)
    plant.box([x - width * 0.3, x + width * 0.3], [h + 8, h + 12], [z0 - 1, z1 - 1]);
  // The crane over the intakes.
  const x = (p0 + p1) / 2;
  for (const leg of [x - 6, x + 6])
    for (const z of [-2, w * 0.8]) steel.box([leg - 0.8, leg + 0.8], [h, h + 15], [z - 0.8, z + 0.8]);
  steel.box([x - 8, x + 8], [h + 15, h + 18], [-4, w]);
  // Intakes before the machines.
  const unit = (p1 - p0) / UNITS;
  for (let i = 0; i < UNITS; i++) {
    const middle = p0 + unit * (i + 0.5);
    concrete.box([middle - unit * 0.38, middle + unit * 0.38], [h * 0.42, h], [-9, 0]);
    for (const bar of [-0.2, 0, 0.2])
      dark.box(
        [middle + unit * (bar - 0.06), middle + unit * (bar + 0.06)],
        [h * 0.44, h * 0.93],
        [-9.4, -9],
      );
  }
}

/** Halls at the toe, pressure pipes down the face to them, and where the water comes out. */
function powerhouse(plan: DamPlan, { concrete, plant, dark, steel }: DamParts): void {
  const {
    heightM: h,
    bedY,
    powerhouse: [p0, p1],
  } = plan;
  const floor = bedY + 0.13 * h;
  const roof = floor + 0.17 * h;
  const z0 = faceAt(plan, floor) - 4;
  const z1 = z0 + 0.2 * h;
  concrete.box([p0, p1], [bedY - 8, floor], [z0 - 20, z1 + 14]);
  plant.box([p0 + 2, p1 - 2], [floor, roof], [z0, z1]);
  concrete.box([p0 + 1, p1 - 1], [roof, roof + 1.4], [z0 - 1, z1 + 1]);
  dark.box([p0 + 6, p1 - 6], [roof - 6.5, roof - 3.2], [z1, z1 + 0.35]);
  const unit = (p1 - p0) / UNITS;
  for (let i = 0; i < UNITS; i++) {
    const x = p0 + unit * (i + 0.5);
    const top: Point = [faceAt(plan, h * 0.62) + 1, h * 0.62];
    const foot: Point = [faceAt(plan, floor + 6) + 1, floor + 4];
    concrete.tube(x, [top, foot], Math.min(5, unit * 0.24));
    dark.box([x - unit * 0.3, x + unit * 0.3], [bedY - 2, bedY + 0.045 * h], [z1 + 14, z1 + 14.4]);
    dark.box([x - unit * 0.16, x + unit * 0.16], [floor, floor + 9], [z1, z1 + 0.35]);
    steel.box([x - unit * 0.4, x + unit * 0.4], [floor, floor + 1.2], [z1 + 12.6, z1 + 13.4]);
  }
  // Between the stilling basin and the tailrace.
  concrete.box([p0 - 4, p0 - 1], [bedY - 6, floor + 3], [z0 - 20, z1 + 0.55 * h]);
}
