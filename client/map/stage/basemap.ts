// Draws the land that never changes: water, roads, rail, boundaries, and the small warm lights of where people live.
import type { PrimitiveCollection } from 'cesium';
import { AreaPrimitive, type GroundArea } from '../areas/area-primitive.ts';
import type { Overlay } from '../engine/overlay.ts';
import type { StageState } from '../engine/stage-state.ts';
import { rgb, type Theme } from '../engine/theme.ts';
import type { GroundLine } from '../lines/line-geometry.ts';
import { LinePrimitive, type LineStyle } from '../lines/line-primitive.ts';
import type { Basemap, Detail, NamedLine } from './basemap-source.ts';
import { BELOW_M } from './label-table.ts';
import { createLights } from './night-lights.ts';
import { reservoirReaches, riverWidth } from './water-lines.ts';

const SOLID = { casingPx: 0, casingAlpha: 0, dash: null } as const;

/** Puts lines of one style on the land. */
type Draw = (style: LineStyle, list: readonly GroundLine[]) => void;

const linesOf = (features: readonly NamedLine[]): GroundLine[] =>
  features.flatMap((feature) => feature.lines.map((points) => ({ points })));

/** Adds the land to `target` from the bottom up; the lot is destroyed with the collection. */
export function addBasemap(target: PrimitiveCollection, source: Basemap, state: StageState): void {
  const { theme } = state;
  const draw = drawInto(target, state);
  draw(
    { ...SOLID, colour: theme.boundary.county, alpha: 0.45, widthPx: 1, dash: [7, 3, 1.4, 3] },
    source.counties
      .filter(({ kind }) => kind === 'county')
      .flatMap(({ polygons }) => polygons.flat().map((points) => ({ points }))),
  );
  drawWater(source, state, draw);
  drawSheets(
    target,
    state,
    source.lakes.flatMap(({ polygons }) => polygons),
  );
  drawRoads(source, state, draw);
  draw(
    { ...SOLID, colour: theme.boundary.city, alpha: 0.55, widthPx: 1.5 },
    source.outline.map((points) => ({ points })),
  );
  if (theme.name === 'night') addTo(target, createLights(state, source));
}

/** Adds what is drawn from close by: minor roads, lines between towns. */
export function addDetail(target: PrimitiveCollection, detail: Detail, state: StageState): void {
  const { theme } = state;
  const draw = drawInto(target, state);
  draw(
    {
      ...SOLID,
      colour: theme.boundary.county,
      alpha: 0.3,
      widthPx: 0.8,
      dash: [3, 4, 3, 4],
      belowM: BELOW_M.detail,
    },
    detail.townLines.map((points) => ({ points })),
  );
  draw(
    { ...minor(theme), alpha: 0.55, widthPx: 0.9, widthM: 8, belowM: BELOW_M.detail },
    linesOf(detail.minorRoads),
  );
}

/** Adds the streets. */
export function addStreets(
  target: PrimitiveCollection,
  streets: readonly NamedLine[],
  state: StageState,
): void {
  const style = {
    ...minor(state.theme),
    casingPx: 0,
    alpha: 0.22,
    widthPx: 0.8,
    widthM: 8,
    belowM: BELOW_M.street,
  };
  drawInto(target, state)(style, linesOf(streets));
}

/** The land lies under the buildings. */
function addTo<P extends Overlay>(target: PrimitiveCollection, primitive: P): P {
  primitive.onGround = true;
  return target.add(primitive) as P;
}

function drawInto(target: PrimitiveCollection, state: StageState): Draw {
  return (style, list) => {
    if (list.length > 0) addTo(target, new LinePrimitive(state, style)).set(list);
  };
}

/** Waters as areas: their rings, outside first. */
function drawSheets(
  target: PrimitiveCollection,
  state: StageState,
  sheets: readonly GroundArea['rings'][],
): void {
  if (sheets.length === 0) return;
  const { water } = state.theme;
  const colour = rgb(water.main);
  const sheet = addTo(target, new AreaPrimitive(state, rgb(water.near)));
  sheet.set(sheets.map((rings) => ({ rings, colour, alpha: 0.96, hatch: { pitchPx: 0, linePx: 0 } })));
}

function drawWater(source: Basemap, { theme }: StageState, draw: Draw): void {
  const { rivers } = source;
  const wide = rivers
    .map((river) => ({ river, width: riverWidth(river, rivers) }))
    .sort((a, b) => a.width.px - b.width.px);
  for (const { river, width } of wide) {
    const isMain = width.px > 2.5;
    draw(
      {
        colour: isMain ? theme.water.main : theme.water.branch,
        nearColour: theme.water.near,
        alpha: 1,
        widthPx: width.px,
        widthM: width.metres,
        casingPx: isMain ? 1.4 : 0.9,
        casingAlpha: 0.55,
        dash: null,
      },
      linesOf([river]),
    );
  }
  for (const { px, ...reach } of reservoirReaches(source)) {
    draw(
      {
        colour: theme.water.main,
        nearColour: theme.water.near,
        alpha: 1,
        widthPx: px,
        casingPx: 1.4,
        casingAlpha: 0.55,
        dash: null,
      },
      [reach],
    );
  }
}

const minor = ({ road }: Theme): Pick<LineStyle, 'colour' | 'casingPx' | 'casingAlpha' | 'dash'> => ({
  colour: road.national,
  casingPx: 0.7,
  casingAlpha: 0.35,
  dash: null,
});

function drawRoads({ roads, railways }: Basemap, { theme }: StageState, draw: Draw): void {
  const of = (kind: string): GroundLine[] => linesOf(roads.filter((road) => road.kind === kind));
  draw({ ...minor(theme), alpha: 0.7, widthPx: 1.1, widthM: 16, belowM: BELOW_M.street }, of('street'));
  draw({ ...minor(theme), alpha: 0.6, widthPx: 0.9, widthM: 10, belowM: BELOW_M.town }, of('provincial'));
  draw({ ...minor(theme), alpha: 0.8, widthPx: 1, widthM: 12 }, of('national'));
  draw(
    { ...SOLID, colour: theme.road.rail, alpha: 0.75, widthPx: 1.1, dash: [6, 4, 6, 4] },
    linesOf(railways),
  );
  draw(
    {
      colour: theme.road.expressway,
      alpha: 0.95,
      widthPx: 1.7,
      widthM: 26,
      casingPx: 1,
      casingAlpha: 0.55,
      dash: null,
    },
    of('expressway'),
  );
}
