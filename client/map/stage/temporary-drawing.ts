// One temporary layer drawn: points as signs, lines as lines, areas filled and outlined.
import type { Texture } from 'cesium';
import type { Degrees, TemporaryFeature, TemporaryLayer } from '../../stores/temporary.ts';
import { AreaPrimitive } from '../areas/area-primitive.ts';
import { GlyphPrimitive } from '../glyphs/glyph-primitive.ts';
import { nearest } from '../glyphs/nearest.ts';
import { RECORD_BYTES, RECORD_FLOATS, writeStyle } from '../glyphs/record.ts';
import type { Glyph } from '../glyphs/rule.ts';
import type { Part } from '../kit.ts';
import type { Hit, PickPoint } from '../layer.ts';
import { LinePrimitive } from '../lines/line-primitive.ts';
import { createAreas, createLines, partOf, type Owner } from './shape-kit.ts';
import { together } from '../kit.ts';

export interface TemporaryDrawing extends Part {
  /** `layer`: what the hit says it is of. */
  pick(at: PickPoint, layer: string): Hit | null;
}

export interface DrawingParts {
  readonly owner: Owner<object>;
  add<P extends object>(primitive: P): P;
  readonly atlas: () => Texture;
}

type Pickable = Part & { pick(at: PickPoint, layer: string): Hit | null };
type Shape = readonly [key: string, points: readonly Degrees[]];

const LINE = { widthPx: 2.6, casingPx: 1.2, casingAlpha: 0.8, dash: null, alpha: 0.95 } as const;
const FILL_ALPHA = 0.22;
const POINT_PX = 13;

export function drawTemporary(
  { features, tint }: Pick<TemporaryLayer, 'features' | 'tint'>,
  parts: DrawingParts,
): TemporaryDrawing {
  const shapes = shapesOf(features);
  const { owner } = parts;
  const colour = owner.state.theme.tints[tint];
  const drawn: Pickable[] = [];
  if (shapes.areas.length > 0) {
    const areas = createAreas(parts.add(new AreaPrimitive(owner.state)), owner);
    const hatch = { pitchPx: 0, linePx: 0 };
    areas.set(shapes.areas.map(([key, rings]) => ({ key, rings, colour, alpha: FILL_ALPHA, hatch })));
    drawn.push(areas);
  }
  if (shapes.lines.length > 0) {
    const lines = createLines(
      parts.add(new LinePrimitive(owner.state, { ...LINE, colour: '#ffffff' })),
      owner,
    );
    lines.set(shapes.lines.map(([key, points]) => ({ key, points, colour })));
    drawn.push(lines);
  }
  if (shapes.points.length > 0) drawn.push(drawPoints(shapes.points, tint, parts));
  return {
    ...together(drawn),
    pick: (at, layer) => {
      let best: Hit | null = null;
      for (const part of drawn) {
        const hit = part.pick(at, layer);
        if (hit && hit.distancePx < (best?.distancePx ?? Infinity)) best = hit;
      }
      return best;
    },
  };
}

interface Shapes {
  readonly points: (readonly [key: string, at: Degrees])[];
  /** Outlines of areas too. */
  readonly lines: Shape[];
  readonly areas: (readonly [key: string, rings: readonly (readonly Degrees[])[]])[];
}

/** Keys are places in the list of features. */
function shapesOf(features: readonly TemporaryFeature[]): Shapes {
  const shapes: Shapes = { points: [], lines: [], areas: [] };
  const area = (key: string, rings: readonly (readonly Degrees[])[]): void => {
    shapes.areas.push([key, rings]);
    for (const ring of rings) shapes.lines.push([key, ring]);
  };
  for (const [index, { geometry }] of features.entries()) {
    const key = String(index);
    switch (geometry.type) {
      case 'Point':
        shapes.points.push([key, geometry.coordinates]);
        break;
      case 'MultiPoint':
        for (const at of geometry.coordinates) shapes.points.push([key, at]);
        break;
      case 'LineString':
        shapes.lines.push([key, geometry.coordinates]);
        break;
      case 'MultiLineString':
        for (const line of geometry.coordinates) shapes.lines.push([key, line]);
        break;
      case 'Polygon':
        area(key, geometry.coordinates);
        break;
      case 'MultiPolygon':
        for (const rings of geometry.coordinates) area(key, rings);
        break;
    }
  }
  return shapes;
}

function drawPoints(points: Shapes['points'], tint: TemporaryLayer['tint'], parts: DrawingParts): Pickable {
  const { owner } = parts;
  const { state, projector } = owner;
  const records = recordsOf(points, tint, owner);
  let isNew = true;
  const primitive = new GlyphPrimitive(state, {
    source: {
      ...records,
      takeDirty: () => {
        if (!isNew) return null;
        isNew = false;
        return { from: 0, to: points.length };
      },
    },
    atlas: parts.atlas,
    dim: () => 0,
    look: {
      ...{ staleS: Infinity, fadeS: Infinity },
      sizePx: () => POINT_PX,
      plain: () => false,
      hidden: () => 'none',
    },
  });
  parts.add(primitive);
  return {
    ...partOf(primitive, owner),
    pick: (at, layer) => {
      const px = at.radiusPx + (POINT_PX * state.pixelScale) / 2;
      const sight = {
        rows: projector.rows,
        viewport: state.viewport,
        exaggeration: state.exaggeration,
        nowS: state.legS,
      };
      const found = nearest(records, sight, { x: at.x, y: at.y, px, calmHidden: false });
      const [key] = (found && points[found.slot]) ?? [];
      return found && key !== undefined ? { layer, key, distancePx: found.distance } : null;
    },
  };
}

/** They stand: legs of no length. */
function recordsOf(points: Shapes['points'], tint: TemporaryLayer['tint'], { state }: Owner<object>) {
  const floats = new Float32Array(points.length * RECORD_FLOATS);
  const bytes = new Uint8Array(floats.buffer);
  const glyph: Glyph = { form: 'dot', tint, heading: null, scale: 1, ringed: false, hidden: false };
  const plane = [0, 0];
  points.forEach(([, [lon, lat]], slot) => {
    const at = slot * RECORD_FLOATS;
    state.frame.project(lon, lat, plane);
    const [east = 0, north = 0] = plane;
    floats.set([east, north, east, north, 0, 0, state.heights.at(lon, lat), 0], at);
    writeStyle(bytes, slot * RECORD_BYTES + 32, glyph);
  });
  return { floats, bytes, highWater: points.length };
}
