// Picking moving glyphs: all of them are projected in one loop over the vertex data, without stalling the GPU. What is
// not within reach is told apart by two products of a matrix row each; nothing is divided or allocated for it.
import { EARTH_RADIUS_M } from '../geo/enu.ts';
import { LEG_WRAP_S, NO_FORM, RECORD_BYTES, RECORD_FLOATS, isCalm, wrapped } from './record.ts';

/** Clocks may differ by this when a leg begins. */
const LEG_SLACK_S = 16;

type Row = readonly [x: number, y: number, z: number, w: number];

export interface Records {
  readonly floats: Float32Array;
  readonly bytes: Uint8Array;
  readonly highWater: number;
}

export interface Sight {
  /** From the plane, raised and curved, to clip space. */
  readonly rows: { readonly x: Row; readonly y: Row; readonly w: Row };
  /** Canvas pixels. */
  readonly viewport: { readonly width: number; readonly height: number };
  readonly exaggeration: number;
  /** Local clock. */
  readonly nowS: number;
}

export interface Reach {
  /** Canvas pixels, y down. */
  readonly x: number;
  readonly y: number;
  readonly px: number;
  /** Calm glyphs are not drawn at this height: they cannot be picked either. */
  readonly calmHidden: boolean;
}

/** The drawn glyph nearest to a point, `distance` in pixels; null where none is within reach. */
export function nearest(
  { floats: f, bytes, highWater }: Records,
  sight: Sight,
  reach: Reach,
): { slot: number; distance: number } | null {
  const { exaggeration } = sight;
  const now = wrapped(sight.nowS, LEG_WRAP_S);
  const [wx, wy, wz, w0] = sight.rows.w;
  // Pixels beside the point, times w: to the right and down.
  const [ax, ay, az, a0] = beside(sight.rows.x, sight.rows.w, [sight.viewport.width / 2, reach.x]);
  const [bx, by, bz, b0] = beside(negative(sight.rows.y), sight.rows.w, [sight.viewport.height / 2, reach.y]);
  let best = -1;
  let least = reach.px * reach.px;
  let limit = reach.px;
  for (let slot = 0, i = 0; slot < highWater; slot++, i += RECORD_FLOATS) {
    const dt = f[i + 5] as number;
    let part = 1;
    if (dt > 0) {
      const since = now - (f[i + 4] as number);
      part = (since < -LEG_SLACK_S ? since + LEG_WRAP_S : since) / dt;
      part = part < 0 ? 0 : part > 1 ? 1 : part;
    }
    const east = (f[i] as number) + ((f[i + 2] as number) - (f[i] as number)) * part;
    const north = (f[i + 1] as number) + ((f[i + 3] as number) - (f[i + 1] as number)) * part;
    const raised = (f[i + 6] as number) * exaggeration;
    const tilt = 1 + raised * PER_RADIUS;
    const x = east * tilt;
    const y = north * tilt;
    const z = raised - (east * east + north * north) * DROP;
    const w = wx * x + wy * y + wz * z + w0;
    const a = ax * x + ay * y + az * z + a0;
    // Also what lies behind the camera (w ≤ 0), and slots whose numbers are none.
    if (!(Math.abs(a) < limit * w)) continue;
    const b = bx * x + by * y + bz * z + b0;
    const far = (a * a + b * b) / (w * w);
    if (!(far < least) || !isDrawn(bytes, slot, reach.calmHidden)) continue;
    least = far;
    limit = Math.sqrt(far);
    best = slot;
  }
  return best < 0 ? null : { slot: best, distance: Math.sqrt(least) };
}

const PER_RADIUS = 1 / EARTH_RADIUS_M;
/** The ground lies this far below the plane, times the distance squared. */
const DROP = PER_RADIUS / 2;

function isDrawn(bytes: Uint8Array, slot: number, calmHidden: boolean): boolean {
  const style = slot * RECORD_BYTES + 32;
  return bytes[style] !== NO_FORM && !(calmHidden && isCalm(bytes[style + 1] as number));
}

const negative = ([x, y, z, w]: Row): Row => [-x, -y, -z, -w];

/** (clip ÷ w + 1) × half − pixel, times w, as a row of its own. */
function beside(clip: Row, w: Row, [half, pixel]: readonly [number, number]): Row {
  const shift = half - pixel;
  return [
    clip[0] * half + w[0] * shift,
    clip[1] * half + w[1] * shift,
    clip[2] * half + w[2] * shift,
    clip[3] * half + w[3] * shift,
  ];
}
