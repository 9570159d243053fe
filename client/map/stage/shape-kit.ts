// Lines, areas and the rain grid of the kit: primitives with keys, so that they can be picked.
import type { AreaPrimitive } from '../areas/area-primitive.ts';
import type { StageState } from '../engine/stage-state.ts';
import type { Areas, GridImage, GridTexture, Lines } from '../kit.ts';
import type { Hit, PickPoint } from '../layer.ts';
import type { LinePrimitive } from '../lines/line-primitive.ts';
import type { Projector } from './camera.ts';
import type { GroundBox } from './globe-material.ts';

/** Cells of the picture the rain is painted on, over the box it covers. */
const GRID_SIDE = 512;

export interface Owner<P> {
  readonly state: StageState;
  readonly projector: Projector;
  remove(primitive: P): void;
  requestRender(): void;
}

export function createLines(primitive: LinePrimitive, owner: Owner<LinePrimitive>): Lines {
  let lines: Parameters<Lines['set']>[0] = [];
  return {
    set: (next) => {
      lines = next;
      primitive.set(next);
      owner.requestRender();
    },
    show: (visible) => {
      primitive.show = visible;
    },
    pick: (at, layer) => {
      if (!primitive.show) return null;
      let best: Hit | null = null;
      for (const line of lines) {
        const distancePx = distanceToLine(line.points, at, owner);
        if (distancePx < (best?.distancePx ?? at.radiusPx)) best = { layer, key: line.key, distancePx };
      }
      return best;
    },
    destroy: () => owner.remove(primitive),
  };
}

function distanceToLine(
  points: readonly (readonly [number, number])[],
  at: PickPoint,
  { projector, state }: Pick<Owner<LinePrimitive>, 'projector' | 'state'>,
): number {
  const plane = [0, 0];
  const a = { x: 0, y: 0 };
  const b = { x: 0, y: 0 };
  let least = Infinity;
  let known = false;
  for (const [lon, lat] of points) {
    state.frame.project(lon, lat, plane);
    const seen = projector.project([plane[0] ?? 0, plane[1] ?? 0, state.heights.at(lon, lat)], b);
    if (seen && known) least = Math.min(least, distanceToSegment(at, a, b));
    a.x = b.x;
    a.y = b.y;
    known = seen;
  }
  return least;
}

interface Xy {
  readonly x: number;
  readonly y: number;
}

export function distanceToSegment(p: Xy, a: Xy, b: Xy): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(Math.max(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0), 1);
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/** Areas are picked by the ground under the pointer; anything drawn on them is nearer. */
const AREA_DISTANCE_PX = 5;

export function createAreas(primitive: AreaPrimitive, owner: Owner<AreaPrimitive>): Areas {
  let areas: Parameters<Areas['set']>[0] = [];
  return {
    set: (next) => {
      areas = next;
      primitive.set(next);
      owner.requestRender();
    },
    show: (visible) => {
      primitive.show = visible;
    },
    pick: (at, layer) => {
      const { ground } = at;
      if (!primitive.show || !ground) return null;
      const hit = areas.find((area) => contains(area.rings, ground));
      return hit ? { layer, key: hit.key, distancePx: AREA_DISTANCE_PX } : null;
    },
    destroy: () => owner.remove(primitive),
  };
}

/** Even–odd rule over all rings. */
export function contains(
  rings: readonly (readonly (readonly [number, number])[])[],
  [lon, lat]: readonly [number, number],
): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i] ?? [0, 0];
      const [xj, yj] = ring[j] ?? [0, 0];
      if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}

export interface RainTarget {
  setRain(canvas: HTMLCanvasElement | null, box: GroundBox | null): void;
}

/** Paints a grid of degrees into the plane of the city once per change: the shader then only looks it up. */
export function createGrid(
  target: () => RainTarget,
  state: StageState,
  requestRender: () => void,
): GridTexture {
  let shown = true;
  let painted: { canvas: HTMLCanvasElement; box: GroundBox } | null = null;
  const apply = (): void => {
    target().setRain(shown ? (painted?.canvas ?? null) : null, painted?.box ?? null);
    requestRender();
  };
  return {
    set: (image) => {
      painted = image ? paintGrid(image, state) : null;
      apply();
    },
    show: (visible) => {
      shown = visible;
      apply();
    },
    destroy: () => target().setRain(null, null),
  };
}

function paintGrid(image: GridImage, state: StageState): { canvas: HTMLCanvasElement; box: GroundBox } {
  const [west, south, east, north] = image.bounds;
  const corners = [
    state.frame.toEnu(west, south),
    state.frame.toEnu(east, north),
    state.frame.toEnu(west, north),
    state.frame.toEnu(east, south),
  ];
  const left = Math.min(...corners.map(([x]) => x));
  const right = Math.max(...corners.map(([x]) => x));
  const foot = Math.min(...corners.map(([, y]) => y));
  const head = Math.max(...corners.map(([, y]) => y));
  const canvas = document.createElement('canvas');
  canvas.width = GRID_SIDE;
  canvas.height = GRID_SIDE;
  const context = canvas.getContext('2d');
  const pixels = context?.createImageData(GRID_SIDE, GRID_SIDE);
  if (!context || !pixels) throw new Error('rain grid: no 2D canvas in this browser: use a current one');
  for (let y = 0; y < GRID_SIDE; y++) {
    for (let x = 0; x < GRID_SIDE; x++) {
      const place = state.frame.toLonLat(
        left + ((x + 0.5) / GRID_SIDE) * (right - left),
        head - ((y + 0.5) / GRID_SIDE) * (head - foot),
      );
      image.colourAt(place, pixels.data, (y * GRID_SIDE + x) * 4);
    }
  }
  context.putImageData(pixels, 0, 0);
  return { canvas, box: { west: left, south: foot, width: right - left, height: head - foot } };
}
