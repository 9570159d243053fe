// A grid of values laid on the relief: one small texture of bytes, smoothed and coloured in the shader, so that a new grid is
// one upload of its cells and nothing else.
import {
  Buffer,
  BufferUsage,
  ComponentDatatype,
  IndexDatatype,
  PixelDatatype,
  PixelFormat,
  PrimitiveType,
  Sampler,
  Texture,
  TextureMagnificationFilter,
  TextureMinificationFilter,
  VertexArray,
  type Context,
} from 'cesium';
import { Overlay, floatAttributes, type OverlayProgram } from '../engine/overlay.ts';
import type { StageState } from '../engine/stage-state.ts';
import type { Rgb } from '../engine/theme.ts';
import { GRID_FRAGMENT, GRID_STOPS, GRID_VERTEX } from './grid.glsl.ts';

/** Bytes of a grid: 0 nothing, 255 the last step of its legend; the first row is at v = 0. */
export interface GridCells {
  readonly nx: number;
  readonly ny: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Degrees of a place of the grid, u and v from 0 to 1; the same function for the same box. */
  placeOf(u: number, v: number): readonly [lon: number, lat: number];
  /** Names the box: the mesh is laid anew when it changes. */
  readonly boxId: string;
}

/** A colour and how opaque it is, for each step of the legend and what is below the first. */
export interface GridStop {
  readonly colour: Rgb;
  readonly alpha: number;
}

/** Squares of the mesh along each side: the relief between two is flat enough from where a grid is looked at. */
const MESH = 96;

export class GridPrimitive extends Overlay {
  private readonly stops: readonly GridStop[];
  private cells: GridCells | null = null;
  private texture: Texture | null = null;
  private stale = false;
  private laid = '';
  private relief: unknown = null;

  constructor(state: StageState, stops: readonly GridStop[]) {
    super(state);
    this.stops = stops;
  }

  set(cells: GridCells | null): void {
    this.cells = cells;
    this.stale = cells !== null;
  }

  protected override describe(): OverlayProgram {
    const stops = Array.from({ length: GRID_STOPS }, (_, index) => {
      const { colour, alpha } = this.stops[Math.min(index, this.stops.length - 1)] ?? {
        colour: [0, 0, 0],
        alpha: 0,
      };
      return { x: colour[0], y: colour[1], z: colour[2], w: alpha };
    });
    return {
      vertex: GRID_VERTEX,
      fragment: GRID_FRAGMENT,
      locations: { here: 0, st: 1 },
      primitiveType: PrimitiveType.TRIANGLES,
      uniforms: {
        u_cells: () => this.texture,
        u_size: () => ({ x: this.cells?.nx ?? 1, y: this.cells?.ny ?? 1 }),
        u_stops: () => stops,
        u_last: () => this.stops.length - 1,
      },
    };
  }

  protected override prepare(context: Context): { array?: VertexArray; count: number } | null {
    const { cells } = this;
    if (!cells) return null;
    if (this.stale) {
      this.stale = false;
      this.upload(context, cells);
    }
    const count = MESH * MESH * 6;
    if (this.laid === cells.boxId && this.relief === this.state.heights) return { count };
    this.laid = cells.boxId;
    this.relief = this.state.heights;
    return { array: this.lay(context, cells), count };
  }

  override destroy(): void {
    this.texture?.destroy();
    super.destroy();
  }

  private upload(context: Context, { nx, ny, bytes }: GridCells): void {
    const source = { width: nx, height: ny, arrayBufferView: bytes };
    if (this.texture && this.texture.width === nx && this.texture.height === ny) {
      this.texture.copyFrom({ source });
      return;
    }
    this.texture?.destroy();
    this.texture = new Texture({
      context,
      source,
      flipY: false,
      pixelFormat: PixelFormat.RED,
      pixelDatatype: PixelDatatype.UNSIGNED_BYTE,
      sampler: new Sampler({
        minificationFilter: TextureMinificationFilter.LINEAR,
        magnificationFilter: TextureMagnificationFilter.LINEAR,
      }),
    });
  }

  private lay(context: Context, { placeOf }: GridCells): VertexArray {
    const side = MESH + 1;
    const vertices = new Float32Array(side * side * 5);
    const at = [0, 0];
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const [u, v] = [column / MESH, row / MESH];
        const [lon, lat] = placeOf(u, v);
        this.state.frame.project(lon, lat, at);
        vertices.set(
          [at[0] ?? 0, at[1] ?? 0, this.state.heights.at(lon, lat), u, v],
          (row * side + column) * 5,
        );
      }
    }
    const indices = new Uint16Array(MESH * MESH * 6);
    for (let row = 0; row < MESH; row++) {
      for (let column = 0; column < MESH; column++) {
        const a = row * side + column;
        indices.set([a, a + 1, a + side, a + side, a + 1, a + side + 1], (row * MESH + column) * 6);
      }
    }
    const usage = BufferUsage.STATIC_DRAW;
    const buffer = Buffer.createVertexBuffer({ context, typedArray: vertices, usage });
    const indexBuffer = Buffer.createIndexBuffer({
      context,
      typedArray: indices,
      usage,
      indexDatatype: IndexDatatype.UNSIGNED_SHORT,
    });
    return new VertexArray({
      context,
      attributes: floatAttributes(buffer, [3, 2], ComponentDatatype.FLOAT),
      indexBuffer,
    });
  }
}
