// Turns degrees into ribbons: densified so that they lie on the relief, two vertices for each point of a line.
import type { StageState } from '../engine/stage-state.ts';
import type { Rgb } from '../engine/theme.ts';

export interface GroundLine {
  readonly points: readonly (readonly [lon: number, lat: number])[];
  /** Overrides the colour of the primitive. */
  readonly colour?: Rgb;
  readonly alpha?: number;
  /** Multiplies the width of the primitive. */
  readonly scale?: number;
  /** The width it ends with, where it widens along its course. */
  readonly scaleTo?: number;
}

/** here, before, after: 3 each; side × scale, distance; colour with alpha. */
export const LINE_FLOATS = 15;
/** Between two points on the relief, metres: finer than a hill is wide. */
const STEP_M = 350;

interface Look {
  readonly colour: Rgb;
  readonly alpha: number;
}

/** East, north, height triples along a line. */
export function layOnGround(points: GroundLine['points'], state: StageState): number[] {
  const out: number[] = [];
  const at = [0, 0];
  for (let i = 0; i < points.length; i++) {
    const [lon, lat] = points[i] ?? [0, 0];
    const [nextLon, nextLat] = points[i + 1] ?? [lon, lat];
    const length = Math.hypot((nextLon - lon) * 94_000, (nextLat - lat) * 111_000);
    const steps = i === points.length - 1 ? 1 : Math.max(1, Math.ceil(length / STEP_M));
    for (let step = 0; step < steps; step++) {
      const x = lon + ((nextLon - lon) * step) / steps;
      const y = lat + ((nextLat - lat) * step) / steps;
      state.frame.project(x, y, at);
      out.push(at[0] ?? 0, at[1] ?? 0, state.heights.at(x, y));
    }
  }
  return out;
}

/** Vertices and triangles of all lines. */
export function buildLines(
  lines: readonly GroundLine[],
  state: StageState,
  look: Look,
): { vertices: Float32Array; indices: Uint32Array } {
  const laid = lines.map((line) => layOnGround(line.points, state));
  const pointCount = laid.reduce((sum, points) => sum + points.length / 3, 0);
  const segmentCount = laid.reduce((sum, points) => sum + Math.max(0, points.length / 3 - 1), 0);
  const vertices = new Float32Array(pointCount * 2 * LINE_FLOATS);
  const indices = new Uint32Array(segmentCount * 6);
  let vertex = 0;
  let index = 0;
  lines.forEach((line, number) => {
    const points = laid[number] ?? [];
    const count = points.length / 3;
    const [r, g, b] = line.colour ?? look.colour;
    const length = lengthOf(points);
    const scale = line.scale ?? 1;
    const widens = (line.scaleTo ?? scale) - scale;
    let distance = 0;
    for (let i = 0; i < count; i++) {
      const before = Math.max(0, i - 1) * 3;
      const after = Math.min(count - 1, i + 1) * 3;
      const here = i * 3;
      if (i > 0)
        distance += Math.hypot(
          (points[here] ?? 0) - (points[before] ?? 0),
          (points[here + 1] ?? 0) - (points[before + 1] ?? 0),
        );
      for (const side of [-1, 1]) {
        const at = vertex * LINE_FLOATS;
        for (let k = 0; k < 3; k++) {
          vertices[at + k] = points[here + k] ?? 0;
          vertices[at + 3 + k] = points[before + k] ?? 0;
          vertices[at + 6 + k] = points[after + k] ?? 0;
        }
        const width = scale + (length > 0 ? (widens * distance) / length : 0);
        vertices.set([side * width, distance, r, g, b, line.alpha ?? look.alpha], at + 9);
        vertex++;
      }
      if (i > 0) {
        indices.set([vertex - 4, vertex - 3, vertex - 2, vertex - 2, vertex - 3, vertex - 1], index);
        index += 6;
      }
    }
  });
  return { vertices, indices };
}

/** Metres on the plane of east, north, height triples. */
function lengthOf(points: readonly number[]): number {
  let length = 0;
  for (let i = 3; i < points.length; i += 3)
    length += Math.hypot(
      (points[i] ?? 0) - (points[i - 3] ?? 0),
      (points[i + 1] ?? 0) - (points[i - 2] ?? 0),
    );
  return length;
}
