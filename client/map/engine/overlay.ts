// The base of our primitives: one draw command over the relief, rebuilt when its data grows, destroyed as a whole.
import {
  BlendingState,
  BoundingSphere,
  Cartesian3,
  DrawCommand,
  Matrix4,
  Pass,
  RenderState,
  ShaderProgram,
  ShaderSource,
  type Buffer,
  type Context,
  type FrameState,
  type VertexArray,
} from 'cesium';
import type {} from './cesium-renderer.d.ts';
import { PROJECT_GLSL, RELIEF_GLSL } from './project.glsl.ts';
import type { StageState } from './stage-state.ts';

export type Uniforms = Record<string, () => unknown>;

export interface OverlayProgram {
  readonly vertex: string;
  readonly fragment: string;
  readonly locations: Readonly<Record<string, number>>;
  readonly primitiveType: number;
  readonly uniforms: Uniforms;
}

/** Every drawing can be made fainter as a whole: what its shader wrote is multiplied at the end. */
const FADED = {
  before: '#define main drawnMain',
  after: `#undef main
uniform float u_opacity;
void main() {
  drawnMain();
  out_FragColor *= u_opacity;
}
`,
};

/** Below this camera height there are buildings: what lies on the ground is drawn before them, metres. */
const BUILDINGS_BELOW_M = 12_000;
/** Around the city, for the depth range of the scene: nothing is left out for it, metres. */
const REACH_M = 150_000;

export abstract class Overlay {
  show = true;
  /** It lies on the ground: buildings stand on it and cover it. */
  onGround = false;
  /** 0 to 1, over everything this draws. */
  opacity = 1;
  protected readonly state: StageState;
  private command: DrawCommand | null = null;
  private program: ShaderProgram | null = null;
  private array: VertexArray | null = null;
  private destroyed = false;

  constructor(state: StageState) {
    this.state = state;
  }

  protected abstract describe(): OverlayProgram;

  /** Uploads what changed; returns what to draw, or null for nothing. `array` only when it is a new one. */
  protected abstract prepare(context: Context): { array?: VertexArray; count: number } | null;

  /** Called by the scene every frame. */
  update(frameState: FrameState): void {
    if (!this.show || !frameState.passes.render) return;
    const ready = this.prepare(frameState.context);
    if (!ready) return;
    if (ready.array) {
      this.array?.destroy();
      this.array = ready.array;
    }
    if (!this.array || ready.count === 0) return;
    this.command ??= this.createCommand(frameState.context);
    this.command.vertexArray = this.array;
    this.command.count = ready.count;
    const beneath = this.onGround && this.state.heightM < BUILDINGS_BELOW_M;
    this.command.pass = beneath ? Pass.TERRAIN_CLASSIFICATION : Pass.OVERLAY;
    frameState.commandList.push(this.command);
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  destroy(): void {
    this.array?.destroy();
    this.program?.destroy();
    this.destroyed = true;
  }

  private createCommand(context: Context): DrawCommand {
    const { vertex, fragment, locations, primitiveType, uniforms } = this.describe();
    this.program = ShaderProgram.fromCache({
      context,
      vertexShaderSource: new ShaderSource({ sources: [PROJECT_GLSL, RELIEF_GLSL, vertex] }),
      fragmentShaderSource: new ShaderSource({
        // Depth is neither tested nor written, in whichever pass it is drawn.
        defines: ['LOG_DEPTH_READ_ONLY'],
        sources: [RELIEF_GLSL, FADED.before, fragment, FADED.after],
      }),
      attributeLocations: locations,
    });
    return new DrawCommand({
      owner: this,
      primitiveType,
      shaderProgram: this.program,
      renderState: RenderState.fromCache({
        depthTest: { enabled: false },
        depthMask: false,
        cull: { enabled: false },
        blending: BlendingState.PRE_MULTIPLIED_ALPHA_BLEND,
      }),
      uniformMap: {
        u_exaggeration: () => this.state.exaggeration,
        // There is none before the first tile of the relief is drawn.
        u_reliefDepth: () => context.uniformState.globeDepthTexture ?? context.defaultTexture,
        u_opacity: () => this.opacity,
        ...uniforms,
      },
      modelMatrix: this.state.frameMatrix,
      boundingVolume: new BoundingSphere(
        Matrix4.getTranslation(this.state.frameMatrix, new Cartesian3()),
        REACH_M,
      ),
      pass: Pass.OVERLAY,
      cull: false,
    });
  }
}

/** Vertex attributes of one interleaved float buffer. `sizes`: floats of each attribute in order. */
export function floatAttributes(
  buffer: Buffer,
  sizes: readonly number[],
  floatType: number,
): {
  index: number;
  vertexBuffer: Buffer;
  componentsPerAttribute: number;
  componentDatatype: number;
  offsetInBytes: number;
  strideInBytes: number;
}[] {
  const stride = sizes.reduce((sum, size) => sum + size, 0) * 4;
  let offset = 0;
  return sizes.map((size, index) => {
    const attribute = {
      index,
      vertexBuffer: buffer,
      componentsPerAttribute: size,
      componentDatatype: floatType,
      offsetInBytes: offset,
      strideInBytes: stride,
    };
    offset += size * 4;
    return attribute;
  });
}
