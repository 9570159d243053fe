// The land that never changes, for the light map: relief, water, roads, rail and boundaries.
import { COORDINATE_SYSTEM, type Layer } from '@deck.gl/core';
import { BitmapLayer, PathLayer, SolidPolygonLayer } from '@deck.gl/layers';
import type { HeightGrid } from '../../shapes.ts';
import { rgb, type Theme } from '../engine/theme.ts';
import type { Basemap, NamedLine } from '../stage/basemap-source.ts';
import { asPolygon, toBytes, type FlatView } from './flat-view.ts';
import { paintRelief } from './relief.ts';

type Path = readonly (readonly [number, number])[];

interface Stroke {
  readonly id: string;
  readonly paths: readonly Path[];
  readonly colour: string;
  readonly alpha: number;
  readonly widthPx: number;
  /** White or dark edge on both sides, px. */
  readonly casingPx: number;
  /** Drawn below this camera height only, metres. */
  readonly belowM: number;
}

/** Widths of rivers by their order, px. */
const RIVER_PX = [4.2, 4.2, 3, 2.2, 1.6];
const RIVER_LEAST_PX = 1.4;
const ALWAYS = Infinity;
const MINOR_BELOW_M = 60_000;
const MAJOR_ROADS = ['expressway', 'national', 'provincial'];

const pathsOf = (features: readonly NamedLine[]): Path[] => features.flatMap(({ lines }) => [...lines]);

function strokesOf(source: Basemap, theme: Theme): Stroke[] {
  const roads = (...kinds: string[]): Path[] =>
    pathsOf(source.roads.filter(({ kind }) => kinds.includes(kind)));
  const minor = source.roads.filter(({ kind }) => !MAJOR_ROADS.includes(kind));
  const rivers = source.rivers.map((river): Stroke => {
    const widthPx = RIVER_PX[Number(river.kind)] ?? RIVER_LEAST_PX;
    return {
      id: `river-${river.id}`,
      paths: river.lines,
      colour: widthPx > 2.5 ? theme.water.main : theme.water.branch,
      alpha: 1,
      widthPx,
      casingPx: 0.8,
      belowM: ALWAYS,
    };
  });
  const counties = source.counties.flatMap(({ polygons }) => polygons.flat());
  const base = { alpha: 1, casingPx: 0, belowM: ALWAYS };
  return [
    { ...base, id: 'counties', paths: counties, colour: theme.boundary.county, alpha: 0.5, widthPx: 0.9 },
    {
      ...base,
      id: 'minor',
      paths: pathsOf(minor),
      colour: theme.road.national,
      alpha: 0.5,
      widthPx: 0.8,
      belowM: MINOR_BELOW_M,
    },
    {
      ...base,
      id: 'national',
      paths: roads('national', 'provincial'),
      colour: theme.road.national,
      alpha: 0.8,
      widthPx: 1.1,
    },
    { ...base, id: 'rail', paths: pathsOf(source.railways), colour: theme.road.rail, alpha: 0.8, widthPx: 1 },
    {
      ...base,
      id: 'expressway',
      paths: roads('expressway'),
      colour: theme.road.expressway,
      widthPx: 1.7,
      casingPx: 0.8,
    },
    ...rivers.sort((a, b) => a.widthPx - b.widthPx),
    { ...base, id: 'outline', paths: source.outline, colour: theme.boundary.city, alpha: 0.7, widthPx: 1.4 },
  ];
}

export class FlatLand {
  private readonly source: Basemap;
  private readonly theme: Theme;
  private readonly strokes: readonly Stroke[];
  private relief: { of: HeightGrid; image: HTMLCanvasElement } | null = null;

  constructor(source: Basemap, theme: Theme) {
    this.source = source;
    this.theme = theme;
    this.strokes = strokesOf(source, theme);
  }

  /** The relief arrives after the first frame; without it the land is paper. */
  setRelief(grid: HeightGrid | null): void {
    if (grid && this.relief?.of !== grid)
      this.relief = { of: grid, image: paintRelief(grid, this.theme, this.source.outline) };
  }

  layers({ heightM }: FlatView): Layer[] {
    const { theme } = this;
    const shown = this.strokes.filter(({ belowM, paths }) => heightM < belowM && paths.length > 0);
    return [
      ...this.reliefLayers(),
      ...shown.flatMap((stroke) => strokeLayers(stroke, theme)),
      // Over the rivers that run through them, so that no bank shows in the water.
      new SolidPolygonLayer<Path[]>({
        id: 'lakes',
        data: this.source.lakes.flatMap(({ polygons }) => polygons),
        getPolygon: asPolygon,
        getFillColor: toBytes(rgb(theme.water.main)),
      }),
    ];
  }

  private reliefLayers(): Layer[] {
    if (!this.relief) return [];
    const [west, south, east, north] = this.relief.of.bounds;
    return [
      new BitmapLayer({
        id: 'relief',
        image: this.relief.image,
        bounds: [west, south, east, north],
        _imageCoordinateSystem: COORDINATE_SYSTEM.LNGLAT,
      }),
    ];
  }
}

function strokeLayers({ id, paths, colour, alpha, widthPx, casingPx }: Stroke, theme: Theme): Layer[] {
  const layer = (name: string, width: number, paint: [number, number, number, number]): Layer =>
    new PathLayer<Path>({
      id: name,
      data: paths,
      widthUnits: 'pixels',
      capRounded: true,
      jointRounded: true,
      getPath: (path) => path as [number, number][],
      getWidth: width,
      getColor: paint,
    });
  const own = layer(id, widthPx, toBytes(rgb(colour), alpha));
  if (casingPx === 0) return [own];
  return [layer(`${id}-casing`, widthPx + casingPx * 2, toBytes(rgb(theme.water.casing), 0.7)), own];
}
