// Draws the land that never changes: water, roads, rail, boundaries, and the small warm lights of where people live.
import type { PrimitiveCollection } from 'cesium';
import { AreaPrimitive } from '../areas/area-primitive.ts';
import type { Overlay } from '../engine/overlay.ts';
import type { StageState } from '../engine/stage-state.ts';
import { rgb } from '../engine/theme.ts';
import type { GroundLine } from '../lines/line-geometry.ts';
import { LinePrimitive, type LineStyle } from '../lines/line-primitive.ts';
import type { Basemap, NamedLine } from './basemap-source.ts';
import { BELOW_M } from './label-table.ts';
import { createLights } from './night-lights.ts';
import { reservoirReaches, riverWidth } from './water-lines.ts';

/** Classes of roads with a style of their own; what is of another class is a minor road. */
const NAMED_CLASSES: ReadonlySet<string> = new Set([
  'expressway',
  'national',
  'provincial',
  'street',
  'residential',
]);

const SOLID = { casingPx: 0, casingAlpha: 0, dash: null } as const;

/** Puts lines of one style on the land. */
type Draw = (style: LineStyle, list: readonly GroundLine[]) => void;

const linesOf = (features: readonly NamedLine[]): GroundLine[] =>
  features.flatMap((feature) => feature.lines.map((points) => ({ points })));

/** Adds the land to `target` from the bottom up; the lot is destroyed with the collection. */
export function addBasemap(target: PrimitiveCollection, source: Basemap, state: StageState): void {
  const { theme } = state;
  const add = <P extends Overlay>(primitive: P): P => target.add(primitive) as P;
  const draw: Draw = (style, list) => {
    if (list.length > 0) add(new LinePrimitive(state, style)).set(list);
  };
  drawBoundaries(source, state, draw);
  drawWater(source, state, draw);
  const water = { colour: rgb(theme.water.main), alpha: 0.96, hatch: { pitchPx: 0, linePx: 0 } };
  add(new AreaPrimitive(state)).set(
    [...source.lakes.flatMap(({ polygons }) => polygons), ...source.waterAreas].map((rings) => ({
      rings,
      ...water,
    })),
  );
  drawRoads(source, state, draw);
  draw(
    { ...SOLID, colour: theme.boundary.city, alpha: 0.55, widthPx: 1.5 },
    source.outline.map((points) => ({ points })),
  );
  if (theme.name === 'night') add(createLights(state, source));
}

function drawBoundaries({ counties, townLines }: Basemap, { theme }: StageState, draw: Draw): void {
  draw(
    {
      ...SOLID,
      colour: theme.boundary.county,
      alpha: 0.22,
      widthPx: 0.8,
      dash: [3, 4, 3, 4],
      belowM: BELOW_M.detail,
    },
    townLines.map((points) => ({ points })),
  );
  draw(
    { ...SOLID, colour: theme.boundary.county, alpha: 0.45, widthPx: 1, dash: [7, 3, 1.4, 3] },
    counties
      .filter(({ kind }) => kind === 'county')
      .flatMap(({ polygons }) => polygons.flat().map((points) => ({ points }))),
  );
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
    draw({ colour: theme.water.main, alpha: 1, widthPx: px, casingPx: 1.4, casingAlpha: 0.55, dash: null }, [
      reach,
    ]);
  }
}

function drawRoads({ roads, railways }: Basemap, { theme }: StageState, draw: Draw): void {
  const of = (...kinds: string[]): GroundLine[] => linesOf(roads.filter(({ kind }) => kinds.includes(kind)));
  const minorRoads = linesOf(roads.filter(({ kind }) => !NAMED_CLASSES.has(kind)));
  const minor = { colour: theme.road.national, casingPx: 0.7, casingAlpha: 0.35, dash: null };
  draw({ ...minor, alpha: 0.5, widthPx: 0.9, widthM: 7, belowM: BELOW_M.street }, of('residential'));
  draw({ ...minor, alpha: 0.7, widthPx: 1.1, widthM: 16, belowM: BELOW_M.street }, of('street'));
  draw({ ...minor, alpha: 0.55, widthPx: 0.9, widthM: 8, belowM: BELOW_M.detail }, minorRoads);
  draw({ ...minor, alpha: 0.6, widthPx: 0.9, widthM: 10, belowM: BELOW_M.town }, of('provincial'));
  draw({ ...minor, alpha: 0.8, widthPx: 1, widthM: 12 }, of('national'));
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
