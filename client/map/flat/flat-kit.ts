// The kit of the map layers, answered by deck.gl: the same definitions draw the globe and the light map.
import { formatMoment } from '../../i18n/numbers.ts';
import { representationAt, type Look } from '../../looks/look.ts';
import type { Sum } from '../../shapes.ts';
import { city } from '../../stores/ground.ts';
import { session } from '../../stores/session.ts';
import { readCityNow } from '../../stores/time.ts';
import { glyphsOf } from '../../stores/glyphs.ts';
import { mirrors } from '../../stores/layers.ts';
import type { LocalFrame } from '../geo/enu.ts';
import type { Theme } from '../engine/theme.ts';
import { contains } from '../geo/geometry.ts';
import { stopsOf } from '../grids/stops.ts';
import type { GridCells } from '../grids/grid-primitive.ts';
import type { Areas, KitState, Lines, MapKit, Part } from '../kit.ts';
import type { Hit, MapDrawing, PickPoint } from '../layer.ts';
import { distanceToSegment } from '../stage/shape-kit.ts';
import { FlatGlyphs } from './flat-glyphs.ts';
import type { FlatGroups } from './flat-groups.ts';
import { FlatAreas, FlatGrid, FlatLines } from './flat-shapes.ts';
import type { FlatOver } from './flat-over.ts';
import type { FlatPart, FlatView } from './flat-view.ts';
import type { IconAtlas } from './icon-atlas.ts';

/** Areas are picked by the ground under the finger; anything drawn on them is nearer. */
const AREA_DISTANCE_PX = 5;

export interface FlatKitParts {
  readonly look: Look;
  readonly theme: Theme;
  readonly frame: LocalFrame;
  readonly atlas: IconAtlas;
  /** What the kit makes goes here, from the bottom up. */
  readonly parts: FlatPart[];
  /** What is drawn with a pen over the map. */
  readonly over: FlatOver;
  /** The view of the last frame; null before the first. */
  view(): FlatView | null;
  state: KitState;
  requestRender(): void;
}

/** A layer of points: where its rows are displayed, and what it makes of sums. */
export interface PointLayer {
  placeOf(slot: number): readonly [lon: number, lat: number] | null;
  take(sum: Sum): void;
}

export function createFlatKit(host: FlatKitParts, points: Map<string, PointLayer>): MapKit {
  const add = <P extends FlatPart>(part: P): P => {
    host.parts.push(part);
    return part;
  };
  const remove = (part: FlatPart): void => {
    const at = host.parts.indexOf(part);
    if (at >= 0) host.parts.splice(at, 1);
    host.requestRender();
  };
  const nextId = (kind: string): string => `${host.look.layer.slug}-${kind}-${host.parts.length}`;
  return {
    state: host.state,
    requestRender: () => host.requestRender(),
    locale: () => session.locale,
    moment: (at) => formatMoment(at, readCityNow(), city.value?.timeZone ?? 'Asia/Shanghai'),
    glyphs() {
      const { look, atlas, frame } = host;
      const { slug } = look.layer;
      const heat = look.steps ? add(new FlatGrid(nextId('heat'), stopsOf(look.steps.from))) : null;
      const groups = look.zoom.some(({ as }) => as === 'groups') ? host.over.groupsOf(look) : null;
      const glyphs = add(new FlatGlyphs({ look, mirror: glyphsOf(slug), atlas, frame }));
      points.set(slug, {
        placeOf: (slot) => glyphs.placeOf(slot),
        take(sum) {
          if (sum.as === 'groups') host.over.takeGroups(look, sum.records);
          if (sum.as === 'heat') heat?.set(heatCells(sum, frame));
          host.requestRender();
        },
      });
      return pointDrawing({ glyphs, groups, heat }, { host, remove });
    },
    marks: () => host.over.marks.partOf(host.look.layer.slug),
    lines: (style) => linesOf(add(new FlatLines(nextId('lines'), style)), { host, remove }),
    areas: () => areasOf(add(new FlatAreas(nextId('areas'))), { host, remove }),
    grid(stops) {
      const part = add(new FlatGrid(nextId('grid'), stops));
      return {
        ...partOf(part, { host, remove }),
        set(cells) {
          part.set(cells);
          host.requestRender();
        },
      };
    },
  };
}

/** Cells of a density, south row first. */
function heatCells({ cells, box }: Extract<Sum, { as: 'heat' }>, frame: LocalFrame): GridCells {
  const { west, south, width, height, nx, ny } = box;
  return {
    nx,
    ny,
    bytes: cells,
    boxId: `${west},${south},${width},${height}`,
    placeOf: (u, v) => frame.toLonLat(west + u * width, south + v * height),
  };
}

/** What every part can do. The order of the picture is that of the stack, kept by the stage. */
function partOf(part: FlatPart, { remove }: Owner): Part {
  return {
    show: (visible) => {
      part.shown = visible;
    },
    fade: (opacity) => {
      part.opacity = opacity;
    },
    raise: () => undefined,
    destroy: () => remove(part),
  };
}

interface Owner {
  readonly host: FlatKitParts;
  remove(part: FlatPart): void;
}

interface PointParts {
  readonly glyphs: FlatGlyphs;
  readonly groups: FlatGroups | null;
  readonly heat: FlatGrid | null;
}

function pointDrawing({ glyphs, groups, heat }: PointParts, { host, remove }: Owner): MapDrawing {
  const { look } = host;
  const { slug } = look.layer;
  return {
    ...partOf(glyphs, { host, remove }),
    show(shown) {
      const as = representationAt(look, host.state.heightM);
      glyphs.shown = shown;
      if (groups) groups.shown = shown && as === 'groups';
      if (heat) heat.shown = shown && as === 'heat';
    },
    fade(opacity) {
      glyphs.opacity = opacity;
      if (groups) groups.opacity = opacity;
      if (heat) heat.opacity = opacity;
    },
    update: () => host.requestRender(),
    pick: (at) => {
      const view = host.view();
      const found = view && glyphs.nearest(view, at);
      const table = mirrors.get(slug)?.table;
      if (!found || table?.alive[found.slot] !== 1) return null;
      return { layer: slug, key: table.keyAt(found.slot), distancePx: found.distancePx };
    },
    destroy() {
      remove(glyphs);
      if (heat) remove(heat);
    },
  };
}

function linesOf(part: FlatLines, { host, remove }: Owner): Lines {
  return {
    ...partOf(part, { host, remove }),
    set(list) {
      part.list = list;
      host.requestRender();
    },
    pick: (at, layer) => nearestLine(part, host.view(), { at, layer }),
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
    ...partOf(part, { host, remove }),
    set(list) {
      part.list = list;
      host.requestRender();
    },
    pick: ({ ground }, layer) => {
      if (!part.shown || !ground) return null;
      const hit = part.list.find(({ rings }) => contains(rings, ground));
      return hit ? { layer, key: hit.key, distancePx: AREA_DISTANCE_PX } : null;
    },
  };
}
