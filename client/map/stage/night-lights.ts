// Night lights = people: still, warm points scattered around each town by its population. They are data, not ornament.
import { Buffer, BufferUsage, ComponentDatatype, PrimitiveType, VertexArray, type Context } from 'cesium';
import { Overlay, floatAttributes, type OverlayProgram } from '../engine/overlay.ts';
import type { StageState } from '../engine/stage-state.ts';
import type { Basemap } from './basemap-source.ts';

const PEOPLE_PER_LIGHT = 900;
/** Spread of a town's lights: metres for the square root of its people. */
const SPREAD_M = 9;
/** How bright, 0 to 1: a town, and the chain of lamps that leads to it. */
const TOWN_LIGHT = 0.62;
const ROAD_LIGHT = 0.4;
const LIT_ROADS: ReadonlySet<string> = new Set(['national', 'street']);
/** Between two lamps of a road, metres: one light stands for many. */
const LAMP_M = 900;

const VERTEX = /* glsl */ `
in vec3 here;
in vec2 light;
uniform float u_px;
out float v_alpha;
void main() {
  vec4 eye = eyeOf(here.xy, here.z);
  gl_Position = screenOf(eye);
  gl_PointSize = max(light.x * u_px + 0.6, 1.4);
  v_alpha = light.y * (1.0 - behindRelief(gl_Position.xy / gl_Position.w * 0.5 + 0.5, -eye.z));
}
`;

const FRAGMENT = /* glsl */ `
in float v_alpha;
void main() {
  float far = length(gl_PointCoord - 0.5) * 2.0;
  float alpha = (1.0 - smoothstep(0.35, 1.0, far)) * v_alpha;
  out_FragColor = vec4(vec3(0.953, 0.914, 0.824) * alpha, alpha);
}
`;

class Lights extends Overlay {
  private readonly vertices: Float32Array;
  private ready = false;

  constructor(state: StageState, vertices: Float32Array) {
    super(state);
    this.vertices = vertices;
  }

  protected override describe(): OverlayProgram {
    return {
      vertex: VERTEX,
      fragment: FRAGMENT,
      locations: { here: 0, light: 1 },
      primitiveType: PrimitiveType.POINTS,
      uniforms: { u_px: () => this.state.pixelScale },
    };
  }

  protected override prepare(context: Context): { array?: VertexArray; count: number } | null {
    const count = this.vertices.length / 5;
    if (count === 0) return null;
    if (this.ready) return { count };
    this.ready = true;
    const buffer = Buffer.createVertexBuffer({
      context,
      typedArray: this.vertices,
      usage: BufferUsage.STATIC_DRAW,
    });
    return {
      count,
      array: new VertexArray({
        context,
        attributes: floatAttributes(buffer, [3, 2], ComponentDatatype.FLOAT),
      }),
    };
  }
}

export function createLights(state: StageState, source: Basemap): Overlay {
  const vertices: number[] = [];
  const at = [0, 0];
  const random = sequence(20_260_715);
  const add = (east: number, north: number, strength: number): void => {
    const [lon, lat] = state.frame.toLonLat(east, north);
    const size = 0.5 + random() * 0.7;
    vertices.push(east, north, state.heights.at(lon, lat), size, strength * (0.55 + random() * 0.45));
  };
  for (const town of source.towns) {
    const count = Math.max(2, Math.round(town.population / PEOPLE_PER_LIGHT));
    const spread = Math.sqrt(Math.max(town.population, 1000)) * SPREAD_M;
    state.frame.project(town.at[0], town.at[1], at);
    for (let i = 0; i < count; i++) {
      // Two uniform numbers make a normal one (Box and Muller 1958): dense in the middle, thin outside.
      const far = Math.sqrt(-2 * Math.log(random() + 1e-9)) * spread;
      const turn = random() * 2 * Math.PI;
      const east = (at[0] ?? 0) + Math.cos(turn) * far;
      const north = (at[1] ?? 0) + Math.sin(turn) * far;
      add(east, north, TOWN_LIGHT);
    }
  }
  for (const road of source.roads) {
    if (!LIT_ROADS.has(road.kind)) continue;
    for (const points of road.lines) alongRoad(points, state, (east, north) => add(east, north, ROAD_LIGHT));
  }
  return new Lights(state, new Float32Array(vertices));
}

/** Calls `light` at even distances along a road, metres on the plane. */
function alongRoad(
  points: readonly (readonly [number, number])[],
  { frame }: StageState,
  light: (east: number, north: number) => void,
): void {
  let left = LAMP_M / 2;
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = frame.toEnu(...(points[i - 1] ?? [0, 0]));
    const [x1, y1] = frame.toEnu(...(points[i] ?? [0, 0]));
    const length = Math.hypot(x1 - x0, y1 - y0);
    for (; left <= length; left += LAMP_M)
      light(x0 + ((x1 - x0) * left) / length, y0 + ((y1 - y0) * left) / length);
    left -= length;
  }
}

/** mulberry32: the same lights on every screen. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
