// The gorge around the dam: along the river's course, as wide at the crest as the dam is long, farther out the heights of
// the city's grid. Pure but for the geometry it makes.
import { BufferGeometry, Float32BufferAttribute } from 'three';
import type { LonLat } from '../../../../contracts/column.ts';
import type { DamPlan } from './dam-plan.ts';

/** What is drawn around the dam, metres from its middle. */
export const REACH = { side: 1900, up: 3200, down: 1500 };
const CELLS = { x: 210, z: 280 };
/** Cells are this much finer at the dam than at the edge. */
const FINER = 2.6;
/** Up to here the gorge is straight, from there on it follows the river, metres. */
const STRAIGHT = { near: 140, far: 420 };
/** The lake opens upstream by this share of the way, the valley below the dam by less. */
const OPENS = { from: 350, up: 0.16, down: 0.03 };
/** The banks are those of the gorge up to the first and those of the height grid from the second on, half widths. */
const BANKS = { own: 1.15, grid: 2.6 };
const METRES_PER_DEGREE = 111_195;

export interface Surroundings {
  readonly at: LonLat;
  readonly flowDeg: number | null;
  readonly course: readonly (readonly [number, number])[];
  /** Metres above the sea at a place; null: no heights are known. */
  readonly heightAt: ((lon: number, lat: number) => number) | null;
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
const smooth = (from: number, to: number, value: number): number => {
  const t = clamp((value - from) / (to - from));
  return t * t * (3 - 2 * t);
};

export class Ground {
  private readonly plan: DamPlan;
  private readonly around: Surroundings;

  constructor(plan: DamPlan, around: Surroundings) {
    this.plan = plan;
    this.around = around;
  }

  /** Height of the ground above the foundation. */
  at(x: number, z: number): number {
    const { heightM, bedY, floorHalf, lengthM } = this.plan;
    const away = this.fromRiver(x, z);
    const opens = Math.max(0, Math.abs(z) - OPENS.from) * (z < 0 ? OPENS.up : OPENS.down);
    const half = lengthM / 2 + opens;
    const floor = floorHalf * 1.04 + opens * 0.5;
    const share = Math.max(0, (away - floor) / (half - floor));
    // Steeper towards the foot; above the crest it goes on as steep as it came.
    const gorge = bedY + (heightM - bedY) * (share <= 1 ? share ** 0.92 : 1 + (share - 1) * 0.8);
    const rough =
      ridges(x, z) *
      (0.22 * smooth(0.3, 0.9, away / half) * bendAt(z) + 0.78 * smooth(0.9, 2.2, away / half));
    const grid = this.grid(x, z);
    if (grid === null) return gorge + rough;
    // Coarse heights know no gorge: beside the lake they never lie below the crest.
    const bank = Math.max(grid, z < 0 ? heightM * 1.12 : bedY + heightM * 0.25);
    const mixed = gorge + (bank - gorge) * smooth(BANKS.own, BANKS.grid, away / half);
    return mixed + rough;
  }

  /** Half the width of the gorge at the dam at a height above the foundation. */
  halfAt(y: number): number {
    const { lengthM } = this.plan;
    let [low, high] = [0, lengthM / 2 + 40];
    for (let step = 0; step < 20; step++) {
      const middle = (low + high) / 2;
      if (this.at(middle, 0) < y) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  }

  private grid(x: number, z: number): number | null {
    const { at, flowDeg, heightAt } = this.around;
    if (!heightAt || flowDeg === null) return null;
    const [sin, cos] = [Math.sin((flowDeg * Math.PI) / 180), Math.cos((flowDeg * Math.PI) / 180)];
    const [east, north] = [-x * cos + z * sin, x * sin + z * cos];
    const shrink = Math.cos((at[1] * Math.PI) / 180);
    const lon = at[0] + east / (METRES_PER_DEGREE * shrink);
    return heightAt(lon, at[1] + north / METRES_PER_DEGREE) - this.plan.foundationM;
  }

  /** Metres from the middle of the river; close to the dam from its middle. */
  private fromRiver(x: number, z: number): number {
    const bent = bendAt(z);
    const straight = Math.abs(x);
    if (bent === 0 || this.around.course.length < 2) return straight;
    return straight + (toCourse(this.around.course, x, z) - straight) * bent;
  }
}

function toCourse(course: Surroundings['course'], x: number, z: number): number {
  let least = Infinity;
  for (let i = 1; i < course.length; i++) {
    const [ax, az] = course[i - 1] as readonly [number, number];
    const [bx, bz] = course[i] as readonly [number, number];
    const [dx, dz] = [bx - ax, bz - az];
    const t = clamp(((x - ax) * dx + (z - az) * dz) / (dx * dx + dz * dz || 1));
    least = Math.min(least, Math.hypot(x - ax - t * dx, z - az - t * dz));
  }
  return least;
}

/** 0 at the dam, 1 where the gorge follows the river. */
const bendAt = (z: number): number => smooth(STRAIGHT.near, STRAIGHT.far, Math.abs(z));

/** Spurs and gullies, ± 22 m: value noise of two octaves. */
function ridges(x: number, z: number): number {
  return noise(x / 190, z / 190) * 34 + noise(x / 75 + 9, z / 75 - 4) * 12 - 23;
}

function noise(x: number, z: number): number {
  const [x0, z0] = [Math.floor(x), Math.floor(z)];
  const [fx, fz] = [smooth(0, 1, x - x0), smooth(0, 1, z - z0)];
  const top = random(x0, z0) * (1 - fx) + random(x0 + 1, z0) * fx;
  const foot = random(x0, z0 + 1) * (1 - fx) + random(x0 + 1, z0 + 1) * fx;
  return top * (1 - fz) + foot * fz;
}

/** 0–1, always the same for a cell. */
function random(x: number, z: number): number {
  let hash = Math.imul(x, 374_761_393) + Math.imul(z, 668_265_263);
  hash = Math.imul(hash ^ (hash >>> 13), 1_274_126_177);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}

/** −1…1 evenly → −1…1 with the steps closest at 0. */
const closer = (t: number): number => Math.sign(t) * Math.abs(t) ** FINER * 0.62 + t * 0.38;

/** The ground as one mesh with smooth normals. */
export function groundGeometry(ground: Ground): BufferGeometry {
  const [columns, rows] = [CELLS.x + 1, CELLS.z + 1];
  const places = new Float32Array(columns * rows * 3);
  for (let j = 0; j < rows; j++) {
    const v = closer((2 * j) / CELLS.z - 1);
    const z = v < 0 ? v * REACH.up : v * REACH.down;
    for (let i = 0; i < columns; i++) {
      const x = closer((2 * i) / CELLS.x - 1) * REACH.side;
      places.set([x, ground.at(x, z), z], (j * columns + i) * 3);
    }
  }
  const corners = new Uint32Array(CELLS.x * CELLS.z * 6);
  for (let j = 0, k = 0; j < CELLS.z; j++) {
    for (let i = 0; i < CELLS.x; i++, k += 6) {
      const a = j * columns + i;
      corners.set([a, a + columns, a + 1, a + 1, a + columns, a + columns + 1], k);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute(places, 3));
  geometry.setIndex([...corners]);
  geometry.computeVertexNormals();
  return geometry;
}
