// Draws the land that never changes: water, roads, rail, boundaries, and the small warm lights of where people live.
import type { PrimitiveCollection } from 'cesium';
import { AreaPrimitive } from '../areas/area-primitive.ts';
import type { Overlay } from '../engine/overlay.ts';
import type { StageState } from '../engine/stage-state.ts';
import { rgb } from '../engine/theme.ts';
import type { GroundLine } from '../lines/line-geometry.ts';
import { LinePrimitive, type LineStyle } from '../lines/line-primitive.ts';
import type { Basemap, NamedLine } from './basemap-source.ts';
import { createLights } from './night-lights.ts';

const SOLID = { casingPx: 0, casingAlpha: 0, dash: null } as const;
/** Widths of rivers by their order, picture pixels at 1080 lines. */
const RIVER_PX = [4.2, 4.2, 3.0, 2.2, 1.6];

const linesOf = (features: readonly NamedLine[]): GroundLine[] =>
  features.flatMap((feature) => feature.lines.map((points) => ({ points })));

const widthOf = (order: string): number => RIVER_PX[Number(order)] ?? 1.4;

/** Adds the land to `target` from the bottom up; the lot is destroyed with the collection. */
export function addBasemap(target: PrimitiveCollection, source: Basemap, state: StageState): void {
  const { theme } = state;
  const add = <P extends Overlay>(primitive: P): P => target.add(primitive) as P;
  const lines = (style: LineStyle, list: readonly GroundLine[]): void => {
    if (list.length > 0) add(new LinePrimitive(state, style)).set(list);
  };

  add(new AreaPrimitive(state)).set(
    source.lakes.flatMap((lake) =>
      lake.polygons.map((rings) => ({
        rings,
        colour: rgb(theme.water.main),
        alpha: 0.92,
        hatch: { pitchPx: 0, linePx: 0 },
      })),
    ),
  );
  lines(
    {
      colour: theme.boundary.county,
      alpha: 0.45,
      widthPx: 1,
      casingPx: 0,
      casingAlpha: 0,
      dash: [7, 3, 1.4, 3],
    },
    source.counties.flatMap((county) => county.polygons.flat().map((points) => ({ points }))),
  );
  const rivers = [...source.rivers].sort((a, b) => widthOf(a.kind) - widthOf(b.kind));
  for (const river of rivers) {
    const widthPx = widthOf(river.kind);
    const colour = widthPx > 2.5 ? theme.water.main : theme.water.branch;
    lines(
      { colour, alpha: 1, widthPx, casingPx: widthPx > 2 ? 1.2 : 0.8, casingAlpha: 0.55, dash: null },
      linesOf([river]),
    );
  }
  const roadsOf = (...kinds: string[]): GroundLine[] =>
    linesOf(source.roads.filter(({ kind }) => kinds.includes(kind)));
  lines({ ...SOLID, colour: theme.road.national, alpha: 0.6, widthPx: 1 }, roadsOf('national', 'provincial'));
  lines(
    { ...SOLID, colour: theme.road.rail, alpha: 0.75, widthPx: 1.1, dash: [6, 4, 6, 4] },
    linesOf(source.railways),
  );
  lines(
    { colour: theme.road.expressway, alpha: 0.85, widthPx: 1.5, casingPx: 0.9, casingAlpha: 0.5, dash: null },
    roadsOf('expressway'),
  );
  lines(
    { ...SOLID, colour: theme.boundary.city, alpha: 0.55, widthPx: 1.5 },
    source.outline.map((points) => ({ points })),
  );
  if (theme.name === 'night') add(createLights(state, source));
}
