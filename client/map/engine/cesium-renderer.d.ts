// The renderer classes of Cesium, which it exports but leaves out of its typings. Only what our primitives use; the
// version is pinned and a test draws through them.
import type { BoundingSphere, Cartesian2, Cartesian3, Matrix4 } from 'cesium';

declare module 'cesium' {
  interface FrameState {
    readonly commandList: DrawCommand[];
    readonly context: Context;
    readonly passes: { readonly render: boolean; readonly pick: boolean };
    readonly frameNumber: number;
  }

  interface Context {
    readonly drawingBufferWidth: number;
    readonly drawingBufferHeight: number;
    readonly defaultTexture: Texture;
    readonly uniformState: { readonly globeDepthTexture: Texture | undefined };
  }

  class Buffer {
    static createVertexBuffer(options: {
      context: Context;
      typedArray?: ArrayBufferView;
      sizeInBytes?: number;
      usage: number;
    }): Buffer;
    static createIndexBuffer(options: {
      context: Context;
      typedArray: ArrayBufferView;
      usage: number;
      indexDatatype: number;
    }): Buffer;
    readonly sizeInBytes: number;
    vertexArrayDestroyable: boolean;
    copyFromArrayView(view: ArrayBufferView, offsetInBytes?: number): void;
    destroy(): void;
  }

  const BufferUsage: {
    readonly STREAM_DRAW: number;
    readonly STATIC_DRAW: number;
    readonly DYNAMIC_DRAW: number;
  };

  interface VertexAttribute {
    index: number;
    vertexBuffer: Buffer;
    componentsPerAttribute: number;
    componentDatatype: number;
    normalize?: boolean;
    offsetInBytes?: number;
    strideInBytes?: number;
    instanceDivisor?: number;
  }

  class VertexArray {
    constructor(options: { context: Context; attributes: VertexAttribute[]; indexBuffer?: Buffer });
    destroy(): void;
  }

  class ShaderSource {
    constructor(options: { sources: string[]; defines?: string[] });
  }

  class ShaderProgram {
    static fromCache(options: {
      context: Context;
      vertexShaderSource: string | ShaderSource;
      fragmentShaderSource: string | ShaderSource;
      attributeLocations: Readonly<Record<string, number>>;
    }): ShaderProgram;
    destroy(): void;
  }

  class RenderState {
    static fromCache(options: object): RenderState;
  }

  const Pass: {
    readonly TERRAIN_CLASSIFICATION: number;
    readonly OVERLAY: number;
    readonly TRANSLUCENT: number;
    readonly OPAQUE: number;
  };

  class DrawCommand {
    constructor(options: {
      owner: object;
      primitiveType: number;
      vertexArray?: VertexArray;
      shaderProgram?: ShaderProgram;
      renderState?: RenderState;
      uniformMap?: Readonly<Record<string, () => unknown>>;
      modelMatrix?: Matrix4;
      boundingVolume?: BoundingSphere;
      pass: number;
      cull?: boolean;
      count?: number;
      offset?: number;
    });
    pass: number;
    vertexArray: VertexArray | undefined;
    count: number | undefined;
  }

  class Texture {
    constructor(options: {
      context: Context;
      source?: object;
      width?: number;
      height?: number;
      pixelFormat?: number;
      pixelDatatype?: number;
      flipY?: boolean;
      sampler?: Sampler;
      preMultiplyAlpha?: boolean;
    });
    copyFrom(options: {
      source: object;
      xOffset?: number;
      yOffset?: number;
      skipColorSpaceConversion?: boolean;
    }): void;
    readonly width: number;
    readonly height: number;
    generateMipmap(hint?: number): void;
    sampler: Sampler;
    destroy(): void;
  }

  class Sampler {
    constructor(options: {
      wrapS?: number;
      wrapT?: number;
      minificationFilter?: number;
      magnificationFilter?: number;
      maximumAnisotropy?: number;
    });
  }

  const PolygonPipeline: {
    /** Indices of triangles; `holes`: where each hole begins. */
    triangulate(positions: Cartesian2[], holes?: number[]): number[];
  };

  const MipmapHint: { readonly NICEST: number; readonly FASTEST: number };
  const TextureWrap: { readonly CLAMP_TO_EDGE: number };

  interface Scene {
    readonly context: Context;
  }

  interface Camera {
    readonly positionWC: Cartesian3;
  }
}
