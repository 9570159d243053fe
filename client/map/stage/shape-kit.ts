// Lines, areas and the rain grid of the kit: primitives with keys, so that they can be picked.
import type { AreaPrimitive } from '../areas/area-primitive.ts';
import type { Overlay } from '../engine/overlay.ts';
import { contains } from '../geo/geometry.ts';
import type { StageState } from '../engine/stage-state.ts';
import type { Areas, Grid, Lines, Part } from '../kit.ts';
import type { GridPrimitive } from '../grids/grid-primitive.ts';
import type { Hit, PickPoint } from '../layer.ts';
import type { LinePrimitive } from '../lines/line-primitive.ts';
import type { Projector } from './camera.ts';

export interface Owner<P> {
  readonly state: StageState;
  readonly projector: Projector;
  remove(primitive: P): void;
  /** Draws it over everything drawn so far. */
  raise(primitive: P): void;
  requestRender(): void;
}

/** What every primitive of a drawing can do. */
export function partOf<P extends Overlay>(primitive: P, owner: Owner<P>): Part {
  return {
    show: (visible) => {
      primitive.show = visible;
    },
    fade: (opacity) => {
      primitive.opacity = opacity;
    },
    raise: () => owner.raise(primitive),
    destroy: () => owner.remove(primitive),
  };
}

export function createGrid(primitive: GridPrimitive, owner: Owner<GridPrimitive>): Grid {
  return {
    ...partOf(primitive, owner),
    set: (cells) => {
      primitive.set(cells);
      owner.requestRender();
    },
  };
}

export function createLines(primitive: LinePrimitive, owner: Owner<LinePrimitive>): Lines {
  let lines: Parameters<Lines['set']>[0] = [];
  return {
    ...partOf(primitive, owner),
    set: (next) => {
      lines = next;
      primitive.set(next);
      owner.requestRender();
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
    ...partOf(primitive, owner),
    set: (next) => {
      areas = next;
      primitive.set(next);
      owner.requestRender();
    },
    pick: (at, layer) => {
      const { ground } = at;
      if (!primitive.show || !ground) return null;
      const hit = areas.find((area) => contains(area.rings, ground));
      return hit ? { layer, key: hit.key, distancePx: AREA_DISTANCE_PX, ground: true } : null;
    },
  };
}
