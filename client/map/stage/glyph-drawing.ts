// A layer drawn as glyphs: the primitive over the mirrored vertex data, and picking by projecting it on the CPU.
import type { Texture } from 'cesium';
import type { LayerTable } from '../../../contracts/table.ts';
import { representationAt, type Look } from '../../looks/look.ts';
import type { GlyphMirror } from '../../stores/glyphs.ts';
import type { StageState } from '../engine/stage-state.ts';
import { GlyphPrimitive } from '../glyphs/glyph-primitive.ts';
import { nearest } from '../glyphs/nearest.ts';
import { LEG_WRAP_S, NO_FORM, RECORD_BYTES, RECORD_FLOATS, legFraction, wrapped } from '../glyphs/record.ts';
import type { Part } from '../kit.ts';
import type { Hit, PickPoint } from '../layer.ts';
import type { Projector } from './camera.ts';
import { partOf, type Owner } from './shape-kit.ts';

/** Camera heights between which glyphs grow from far to near size, metres. */
const NEAR_M = 20_000;
const FAR_M = 220_000;
/** A row is stale after this many periods without a report. */
const STALE_PERIODS = 4;

export interface GlyphDrawingParts {
  readonly state: StageState;
  readonly look: Look;
  readonly mirror: GlyphMirror;
  readonly projector: Projector;
  readonly atlas: () => Texture;
  readonly dim: () => number;
  readonly owner: Owner<object>;
  add(primitive: GlyphPrimitive): void;
}

export interface GlyphDrawing extends Part {
  update(table: LayerTable): void;
  pick(at: PickPoint): Hit | null;
  /** Where a slot is displayed now, on the plane; null for an empty slot. */
  placeOf(slot: number): { east: number; north: number; height: number } | null;
}

export function sizeAt(size: Look['size'], heightM: number): number {
  const t = Math.min(Math.max(Math.log(heightM / NEAR_M) / Math.log(FAR_M / NEAR_M), 0), 1);
  return size.nearPx + (size.farPx - size.nearPx) * t;
}

/** Which glyphs are left out at a height: none, the calm ones, or all. */
const hiddenAt = (look: Look, heightM: number): 'none' | 'calm' | 'all' => {
  const as = representationAt(look, heightM);
  if (as === 'groups') return 'all';
  return as === 'glyphs' || as === 'dots' ? 'none' : 'calm';
};

export function createGlyphDrawing(parts: GlyphDrawingParts): GlyphDrawing {
  const { look, mirror, state } = parts;
  const { layer } = look;
  let table: LayerTable | null = null;
  const primitive = new GlyphPrimitive(state, {
    source: mirror,
    atlas: parts.atlas,
    dim: parts.dim,
    look: {
      staleS: layer.periodS === null ? Infinity : layer.periodS * STALE_PERIODS,
      fadeS: layer.moving ? layer.moving.freshS : Infinity,
      sizePx: (heightM) => sizeAt(look.size, heightM),
      plain: (heightM) => representationAt(look, heightM) === 'dots',
      hidden: (heightM) => hiddenAt(look, heightM),
    },
  });
  parts.add(primitive);

  const placeOf = (slot: number): { east: number; north: number; height: number } | null => {
    const f = mirror.floats;
    const at = slot * RECORD_FLOATS;
    if (slot >= mirror.highWater || mirror.bytes[slot * RECORD_BYTES + 32] === NO_FORM) return null;
    const part = legFraction(wrapped(state.legS, LEG_WRAP_S), f[at + 4] ?? 0, f[at + 5] ?? 0);
    return {
      east: (f[at] ?? 0) + ((f[at + 2] ?? 0) - (f[at] ?? 0)) * part,
      north: (f[at + 1] ?? 0) + ((f[at + 3] ?? 0) - (f[at + 1] ?? 0)) * part,
      height: f[at + 6] ?? 0,
    };
  };

  return {
    ...partOf(primitive, parts.owner),
    update: (changed) => {
      table = changed;
    },
    pick: (at) => {
      const hidden = hiddenAt(look, state.heightM);
      if (!primitive.show || !table || hidden === 'all') return null;
      const reach = at.radiusPx + (sizeAt(look.size, state.heightM) * state.pixelScale) / 2;
      const { rows } = parts.projector;
      const { viewport, exaggeration, legS: nowS } = state;
      const found = nearest(
        mirror,
        { rows, viewport, exaggeration, nowS },
        { x: at.x, y: at.y, px: reach, calmHidden: hidden === 'calm' },
      );
      const key = found && table.alive[found.slot] === 1 ? table.keyAt(found.slot) : null;
      return found && key !== null ? { layer: layer.slug, key, distancePx: found.distance } : null;
    },
    placeOf,
  };
}
