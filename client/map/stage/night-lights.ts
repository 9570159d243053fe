// Night lights = people: still, warm points scattered around each town by its population. They are data, not ornament.
import { Buffer, BufferUsage, ComponentDatatype, PrimitiveType, VertexArray, type Context } from 'cesium';
import { Overlay, floatAttributes, type OverlayProgram } from '../engine/overlay.ts';
import type { StageState } from '../engine/stage-state.ts';
import type { Basemap } from './basemap-source.ts';

const PEOPLE_PER_LIGHT = 900;
/** Spread of a town's lights: metres for the square root of its people. */
const SPREAD_M = 9;

const VERTEX = /* glsl */ `
in vec3 here;
in vec2 light;
uniform float u_px;
out float v_alpha;
void main() {
  gl_Position = screenOf(eyeOf(here.xy, here.z));
  gl_PointSize = max(light.x * u_px + 1.0, 1.5);
  v_alpha = light.y;
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
      const [lon, lat] = state.frame.toLonLat(east, north);
      vertices.push(east, north, state.heights.at(lon, lat), 0.3 + random() * 0.7, 0.28 + random() * 0.5);
    }
  }
  return new Lights(state, new Float32Array(vertices));
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
