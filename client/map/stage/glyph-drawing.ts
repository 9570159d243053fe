// A layer drawn as glyphs: the primitive over the mirrored vertex data, and picking by projecting it on the CPU.
import type { Texture } from 'cesium';
import type { Layer } from '../../../contracts/layer.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import type { GlyphMirror } from '../../stores/glyphs.ts';
import type { StageState } from '../engine/stage-state.ts';
import { GlyphPrimitive } from '../glyphs/glyph-primitive.ts';
import { nearest } from '../glyphs/nearest.ts';
import { LEG_WRAP_S, NO_FORM, RECORD_BYTES, RECORD_FLOATS, legFraction, wrapped } from '../glyphs/record.ts';
import type { GlyphSize } from '../kit.ts';
import type { MapDrawing } from '../layer.ts';
import type { Projector } from './camera.ts';

/** Camera heights between which glyphs grow from far to near size, metres. */
const NEAR_M = 20_000;
const FAR_M = 220_000;
/** A row is stale after this many periods without a report. */
const STALE_PERIODS = 4;

export interface GlyphDrawingParts {
  readonly state: StageState;
  readonly layer: Layer;
  readonly size: GlyphSize;
  readonly mirror: GlyphMirror;
  readonly projector: Projector;
  readonly atlas: () => Texture;
  readonly dim: () => number;
  add(primitive: GlyphPrimitive): void;
  remove(primitive: GlyphPrimitive): void;
}

export interface GlyphDrawing extends MapDrawing {
  /** Where a slot is displayed now, on the plane; null for an empty slot. */
  placeOf(slot: number): { east: number; north: number; height: number } | null;
}

export function sizeAt(size: GlyphSize, heightM: number): number {
  const t = Math.min(Math.max(Math.log(heightM / NEAR_M) / Math.log(FAR_M / NEAR_M), 0), 1);
  return size.nearPx + (size.farPx - size.nearPx) * t;
}

export function createGlyphDrawing(parts: GlyphDrawingParts): GlyphDrawing {
  const { layer, mirror, state, size } = parts;
  let table: LayerTable | null = null;
  const primitive = new GlyphPrimitive(state, {
    source: mirror,
    atlas: parts.atlas,
    dim: parts.dim,
    look: {
      staleS: layer.periodS === null ? Infinity : layer.periodS * STALE_PERIODS,
      fadeS: layer.moving ? layer.moving.freshS : Infinity,
      sizePx: (heightM) => sizeAt(size, heightM),
      dotsAboveM: size.dotsAboveM,
      hiddenAboveM: size.hiddenAboveM,
    },
  });
  parts.add(primitive);

  const placeOf = (slot: number): { east: number; north: number; height: number } | null => {
    const f = mirror.floats;
    const at = slot * RECORD_FLOATS;
    if (slot >= mirror.highWater || mirror.bytes[slot * RECORD_BYTES + 32] === NO_FORM) return null;
    const part = legFraction(wrapped(state.nowS, LEG_WRAP_S), f[at + 4] ?? 0, f[at + 5] ?? 0);
    return {
      east: (f[at] ?? 0) + ((f[at + 2] ?? 0) - (f[at] ?? 0)) * part,
      north: (f[at + 1] ?? 0) + ((f[at + 3] ?? 0) - (f[at + 1] ?? 0)) * part,
      height: f[at + 6] ?? 0,
    };
  };

  return {
    show: (visible) => {
      primitive.show = visible;
    },
    update: (changed) => {
      table = changed;
    },
    pick: (at) => {
      if (!primitive.show || !table) return null;
      const reach = at.radiusPx + (sizeAt(size, state.heightM) * state.pixelScale) / 2;
      const { rows } = parts.projector;
      const { viewport, exaggeration, nowS } = state;
      const calmHidden = state.heightM > size.hiddenAboveM;
      const found = nearest(
        mirror,
        { rows, viewport, exaggeration, nowS },
        { x: at.x, y: at.y, px: reach, calmHidden },
      );
      const key = found && table.alive[found.slot] === 1 ? table.keyAt(found.slot) : null;
      return found && key !== null ? { layer: layer.slug, key, distancePx: found.distance } : null;
    },
    placeOf,
    destroy: () => parts.remove(primitive),
  };
}
