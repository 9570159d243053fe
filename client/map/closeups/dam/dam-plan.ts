// The dam in numbers: what is known of it, and the usual proportions of a concrete gravity dam for the rest (示意). Pure.
// x runs along the crest to the left bank, y up from the foundation, z downstream; metres.
import type { Dam } from '../../../stores/dams.ts';
import { crestOf } from './dam-state.ts';

/** A dam whose length nobody knows is drawn so many times as long as high. */
const USUAL_LENGTH = 4;
// Usual shares of the height: the bed over the foundation, the crest's width, the gates, the lip of the flip bucket.
const BED = 0.16;
const CREST_WIDTH = 0.1;
const GATE_HEIGHT = 0.13;
const LIP_OVER_BED = 0.2;
/** Downstream batter of a gravity dam, metres out for one metre down. */
const BATTER = 0.74;
/** Half the valley floor as a share of the crest's length. */
const FLOOR = 0.19;
/** Water over a closed gate is kept below its top by this much, metres. */
const GATE_FREEBOARD_M = 1;
const WIDEST_BAY_M = 15;
const PIER_M = 4;
/** Bays of a spillway whose gates nobody reports. */
const USUAL_BAYS = 5;
/** What of the floor the spillway takes; the powerhouse has the rest. */
const SPILLWAY_SHARE = 0.47;

export interface Bay {
  /** Its middle. */
  readonly x: number;
  readonly width: number;
}

export interface DamPlan {
  readonly heightM: number;
  readonly lengthM: number;
  /** Level of the foundation above the sea. */
  readonly foundationM: number;
  readonly bedY: number;
  readonly floorHalf: number;
  readonly crestWidth: number;
  readonly sillY: number;
  readonly gateHeight: number;
  /** Head the spillway's crest is shaped for. */
  readonly headM: number;
  readonly lipY: number;
  readonly pierWidth: number;
  /** From the left bank, as gates are counted. */
  readonly bays: readonly Bay[];
  /** Ends of the spillway and of the powerhouse, right before left. */
  readonly spillway: readonly [number, number];
  readonly powerhouse: readonly [number, number];
}

/** @param gates how many gates are reported; 0: not known */
export function planOf(dam: Dam, gates: number): DamPlan {
  const { heightM } = dam;
  const lengthM = dam.crestLengthM ?? heightM * USUAL_LENGTH;
  const foundationM = (crestOf(dam) ?? heightM) - heightM;
  const floorHalf = FLOOR * lengthM;
  const gateHeight = Math.min(20, Math.max(4, GATE_HEIGHT * heightM));
  const normalY = dam.normalM === null ? heightM * 0.95 : dam.normalM - foundationM;
  const sillY = Math.min(normalY + GATE_FREEBOARD_M, heightM - 2) - gateHeight;
  const count = gates > 0 ? gates : USUAL_BAYS;
  const room = 2 * floorHalf * SPILLWAY_SHARE;
  const pierWidth = Math.min(PIER_M, (room / count) * 0.25);
  const width = Math.min(WIDEST_BAY_M, (room - (count + 1) * pierWidth) / count);
  const total = count * width + (count + 1) * pierWidth;
  const right = -floorHalf * 0.98;
  const bays = Array.from({ length: count }, (_, i) => ({
    x: right + total - pierWidth - width / 2 - i * (width + pierWidth),
    width,
  }));
  const bedY = BED * heightM;
  return {
    ...{ heightM, lengthM, foundationM, floorHalf, gateHeight, sillY, pierWidth, bays, bedY },
    crestWidth: CREST_WIDTH * heightM,
    headM: Math.max(2, normalY - sillY),
    lipY: bedY + LIP_OVER_BED * heightM,
    spillway: [right, right + total],
    powerhouse: [right + total + 4, floorHalf * 0.98],
  };
}

/** Where the downstream face of the body stands at a height. */
export function faceAt({ heightM, crestWidth }: DamPlan, y: number): number {
  return crestWidth + Math.max(0, heightM - crestWidth - y) * BATTER;
}

/** A point of an outline across the crest: downstream, up. */
export type Point = readonly [z: number, y: number];

// Crest of a spillway: y = 0.5 H ((z − z₀)/H)^1.85 below the apex (WES standard profile, USACE HDC 111-1, vertical face).
const WES = { k: 0.5, power: 1.85, apex: 0.28 };
const OGEE_STEPS = 10;
const BUCKET_STEPS = 7;
/** The bucket throws the water up at this angle, radians. */
export const FLIP = (25 * Math.PI) / 180;

/** The surface the water runs over, from the upstream edge of the crest to the lip of the bucket. */
export function ogee({ sillY, headM, lipY, heightM }: DamPlan): Point[] {
  const apex = WES.apex * headM;
  const points: Point[] = [
    [0, sillY - 0.12 * headM],
    [apex * 0.35, sillY - 0.03 * headM],
    [apex, sillY],
  ];
  // As steep as the batter: from there on straight.
  const steepest = (1 / BATTER / (WES.k * WES.power)) ** (1 / (WES.power - 1)) * headM;
  for (let i = 1; i <= OGEE_STEPS; i++) {
    const z = (i / OGEE_STEPS) * steepest;
    points.push([apex + z, sillY - WES.k * headM * (z / headM) ** WES.power]);
  }
  const [z0, y0] = points.at(-1) as Point;
  const radius = 0.18 * heightM;
  const entry = Math.atan(1 / BATTER);
  const lowest = lipY - radius * (1 - Math.cos(FLIP));
  const start = lowest + radius * (1 - Math.cos(entry));
  const zStart = z0 + Math.max(0, y0 - start) * BATTER;
  for (let i = 0; i <= BUCKET_STEPS; i++) {
    const angle = -entry + (i / BUCKET_STEPS) * (entry + FLIP);
    points.push([
      zStart + radius * (Math.sin(entry) + Math.sin(angle)),
      lowest + radius * (1 - Math.cos(angle)),
    ]);
  }
  return points;
}

/** Metres a second squared. */
const GRAVITY = 9.81;
/** What friction on the face leaves of the speed of free fall. */
const FALL_SHARE = 0.9;
const JET_STEPS = 12;

/** The path of the water from the lip to the tailwater: a throw with the speed of its fall. */
export function jet(plan: DamPlan, { levelY, tailY }: { levelY: number; tailY: number }): Point[] {
  const [z0, y0] = ogee(plan).at(-1) as Point;
  const speed = FALL_SHARE * Math.sqrt(2 * GRAVITY * Math.max(1, levelY - y0));
  const [along, up] = [speed * Math.cos(FLIP), speed * Math.sin(FLIP)];
  const seconds = (up + Math.sqrt(up * up + 2 * GRAVITY * Math.max(0, y0 - tailY))) / GRAVITY;
  return Array.from({ length: JET_STEPS + 1 }, (_, i): Point => {
    const t = (i / JET_STEPS) * seconds;
    return [z0 + along * t, y0 + up * t - 0.5 * GRAVITY * t * t];
  });
}

// Bed of a mountain river: roughness (s/m^⅓) and fall, for the depth below the dam (示意).
const ROUGHNESS = 0.035;
const FALL = 0.001;
/** Water stands below a closed dam too. */
const LEAST_DEPTH_M = 1.5;

/** Depth of the tailwater by what the dam lets out, m³/s: Manning's formula of a wide bed (Chow 1959, 5-6). */
export function tailDepthM(plan: DamPlan, outflowM3S: number): number {
  const perMetre = Math.max(0, outflowM3S) / (2 * plan.floorHalf);
  return Math.max(LEAST_DEPTH_M, ((perMetre * ROUGHNESS) / Math.sqrt(FALL)) ** 0.6);
}
