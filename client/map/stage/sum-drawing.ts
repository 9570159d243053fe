// A layer of points as its look says for the height: glyphs, groups or heat, and values beside them.
import type { Look } from '../../looks/look.ts';
import { representationAt } from '../../looks/look.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import type { GroundBox, Sum } from '../../shapes.ts';
import type { StageState } from '../engine/stage-state.ts';
import type { GridCells } from '../grids/grid-primitive.ts';
import { stopsOf } from '../grids/stops.ts';
import { together, type Grid, type MapKit } from '../kit.ts';
import type { MapDrawing } from '../layer.ts';
import type { GlyphDrawing } from './glyph-drawing.ts';
import type { GroupDrawing } from './group-drawing.ts';

export interface SumDrawing extends MapDrawing {
  take(sum: Sum): void;
  readonly glyphs: GlyphDrawing;
  readonly groups: GroupDrawing | null;
}

export interface SumParts {
  readonly look: Look;
  readonly state: StageState;
  readonly kit: Pick<MapKit, 'grid'>;
  readonly glyphs: GlyphDrawing;
  readonly groups: GroupDrawing | null;
}

export function createSumDrawing({ look, state, kit, glyphs, groups }: SumParts): SumDrawing {
  const heat: Grid | null = look.steps ? kit.grid(stopsOf(look.steps.from)) : null;
  const parts = together([glyphs, ...(groups ? [groups] : []), ...(heat ? [heat] : [])]);
  return {
    ...parts,
    glyphs,
    groups,
    show(visible) {
      const as = representationAt(look, state.heightM);
      glyphs.show(visible);
      groups?.show(visible && as === 'groups');
      heat?.show(visible && as === 'heat');
    },
    update: (table: LayerTable) => glyphs.update(table),
    take(sum) {
      if (sum.as === 'groups') groups?.take(sum);
      if (sum.as === 'heat') heat?.set(cellsOf(sum, state));
    },
    pick: (at) => groups?.pick(at) ?? glyphs.pick(at),
  };
}

function cellsOf({ cells, box }: Extract<Sum, { as: 'heat' }>, state: StageState): GridCells {
  const { west, south, width, height, nx, ny }: GroundBox = box;
  return {
    nx,
    ny,
    bytes: cells,
    boxId: `${west},${south},${width},${height}`,
    placeOf: (u, v) => state.frame.toLonLat(west + u * width, south + v * height),
  };
}
