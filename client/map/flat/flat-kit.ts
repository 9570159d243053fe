// The kit of the map layers, answered by deck.gl: the same definitions draw the globe and the light map.
import type { Layer } from '../../../contracts/layer.ts';
import { glyphsOf } from '../../stores/glyphs.ts';
import { mirrors } from '../../stores/layers.ts';
import type { LocalFrame } from '../geo/enu.ts';
import type { Theme } from '../engine/theme.ts';
import type { Areas, KitState, Lines, MapKit } from '../kit.ts';
import type { Hit, MapDrawing, PickPoint } from '../layer.ts';
import { contains, distanceToSegment } from '../stage/shape-kit.ts';
import { FlatGlyphs } from './flat-glyphs.ts';
import { FlatAreas, FlatGrid, FlatLines } from './flat-shapes.ts';
import type { FlatPart, FlatView } from './flat-view.ts';
import type { IconAtlas } from './icon-atlas.ts';

/** Areas are picked by the ground under the finger; anything drawn on them is nearer. */
const AREA_DISTANCE_PX = 5;

export interface FlatKitParts {
  readonly slug: string;
  readonly theme: Theme;
  readonly frame: LocalFrame;
  readonly atlas: IconAtlas;
  /** What the kit makes goes here, from the bottom up. */
  readonly parts: FlatPart[];
  /** The view of the last frame; null before the first. */
  view(): FlatView | null;
  state: KitState;
  requestRender(): void;
}

/** Where a row of a glyph layer is displayed. */
export interface GlyphPlaces {
  placeOf(slot: number): readonly [lon: number, lat: number] | null;
}

export function createFlatKit(host: FlatKitParts, glyphPlaces: Map<string, GlyphPlaces>): MapKit {
  const add = <P extends FlatPart>(part: P): P => {
    host.parts.push(part);
    return part;
  };
  const remove = (part: FlatPart): void => {
    const at = host.parts.indexOf(part);
    if (at >= 0) host.parts.splice(at, 1);
    host.requestRender();
  };
  const nextId = (kind: string): string => `${host.slug}-${kind}-${host.parts.length}`;
  return {
    state: host.state,
    requestRender: () => host.requestRender(),
    glyphs(layer, size) {
      const source = { layer, size, mirror: glyphsOf(layer.slug), atlas: host.atlas, frame: host.frame };
      const part = add(new FlatGlyphs(source));
      glyphPlaces.set(layer.slug, part);
      return glyphDrawing(part, { layer, host, remove });
    },
    lines: (style) => linesOf(add(new FlatLines(nextId('lines'), style)), { host, remove }),
    areas: () => areasOf(add(new FlatAreas(nextId('areas'))), { host, remove }),
    grid() {
      const part = add(new FlatGrid(nextId('grid')));
      return {
        set(image) {
          part.set(image);
          host.requestRender();
        },
        show: (visible) => {
          part.shown = visible;
        },
        destroy: () => remove(part),
      };
    },
  };
}

interface Owner {
  readonly host: FlatKitParts;
  remove(part: FlatPart): void;
}

function glyphDrawing(part: FlatGlyphs, { layer, host, remove }: Owner & { layer: Layer }): MapDrawing {
  return {
    show: (visible) => {
      part.shown = visible;
    },
    update: () => host.requestRender(),
    pick: (at) => {
      const view = host.view();
      const found = view && part.nearest(view, at);
      const table = mirrors.get(layer.slug)?.table;
      if (!found || table?.alive[found.slot] !== 1) return null;
      return { layer: layer.slug, key: table.keyAt(found.slot), distancePx: found.distancePx };
    },
    destroy: () => remove(part),
  };
}

function linesOf(part: FlatLines, { host, remove }: Owner): Lines {
  return {
    set(list) {
      part.list = list;
      host.requestRender();
    },
    show: (visible) => {
      part.shown = visible;
    },
    pick: (at, layer) => nearestLine(part, host.view(), { at, layer }),
    destroy: () => remove(part),
  };
}

function nearestLine(
  part: FlatLines,
  view: FlatView | null,
  { at, layer }: { at: PickPoint; layer: string },
): Hit | null {
  if (!view || !part.shown) return null;
  let best: Hit | null = null;
  for (const { points, key } of part.list) {
    let before: { x: number; y: number } | null = null;
    for (const [lon, lat] of points) {
      const [x = 0, y = 0] = view.viewport.project([lon, lat]);
      const here = { x, y };
      const distancePx = before ? distanceToSegment(at, before, here) : Infinity;
      if (distancePx < (best?.distancePx ?? at.radiusPx)) best = { layer, key, distancePx };
      before = here;
    }
  }
  return best;
}

function areasOf(part: FlatAreas, { host, remove }: Owner): Areas {
  return {
    set(list) {
      part.list = list;
      host.requestRender();
    },
    show: (visible) => {
      part.shown = visible;
    },
    pick: ({ ground }, layer) => {
      if (!part.shown || !ground) return null;
      const hit = part.list.find(({ rings }) => contains(rings, ground));
      return hit ? { layer, key: hit.key, distancePx: AREA_DISTANCE_PX } : null;
    },
    destroy: () => remove(part),
  };
}
