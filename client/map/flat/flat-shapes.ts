// Lines, areas and the grid of a map layer on the light map.
import { COORDINATE_SYSTEM, type Layer } from '@deck.gl/core';
import { BitmapLayer, LineLayer, PathLayer, SolidPolygonLayer } from '@deck.gl/layers';
import { rgb } from '../engine/theme.ts';
import type { GridCells, GridStop } from '../grids/grid-primitive.ts';
import type { Areas, Lines } from '../kit.ts';
import type { LineStyle } from '../lines/line-primitive.ts';
import { asPolygon, metresPerPixel, toBytes, type FlatPart, type FlatView } from './flat-view.ts';
import { counterHatchLines, hatchLines, type Segment } from './hatch.ts';

type LineList = Parameters<Lines['set']>[0];
type AreaList = Parameters<Areas['set']>[0];
const METRES_PER_DEGREE = 111_320;
/** A plain fill below this alpha shows the land through it; a hatch has no fill. */
const HATCH_ALPHA = 0.85;

export class FlatLines implements FlatPart {
  shown = true;
  opacity = 1;
  list: LineList = [];
  private readonly style: LineStyle;
  private readonly id: string;

  constructor(id: string, style: LineStyle) {
    this.id = id;
    this.style = style;
  }

  layers({ theme }: FlatView): Layer[] {
    const { list, style } = this;
    if (!this.shown || list.length === 0) return [];
    const width = (line: LineList[number]): number => style.widthPx * (line.scale ?? 1);
    const shared = {
      data: list,
      opacity: this.opacity,
      widthUnits: 'pixels',
      capRounded: true,
      jointRounded: true,
      getPath: ({ points }: LineList[number]) => points as [number, number][],
    } as const;
    const own = new PathLayer<LineList[number]>({
      ...shared,
      id: this.id,
      getWidth: width,
      getColor: (line) => toBytes(line.colour ?? rgb(style.colour), line.alpha ?? style.alpha),
    });
    if (style.casingPx === 0) return [own];
    const casing = new PathLayer<LineList[number]>({
      ...shared,
      id: `${this.id}-casing`,
      getWidth: (line) => width(line) + style.casingPx * 2,
      getColor: toBytes(theme.halo, style.casingAlpha),
    });
    return [casing, own];
  }
}

interface HatchLine {
  readonly segment: Segment;
  readonly area: AreaList[number];
}

export class FlatAreas implements FlatPart {
  shown = true;
  opacity = 1;
  list: AreaList = [];
  private readonly id: string;
  private hatched: { of: AreaList; zoom: number; lines: readonly HatchLine[] } | null = null;

  constructor(id: string) {
    this.id = id;
  }

  layers(view: FlatView): Layer[] {
    const plain = this.list.filter(({ hatch }) => hatch.pitchPx === 0);
    if (!this.shown || this.list.length === 0) return [];
    return [
      new SolidPolygonLayer<AreaList[number]>({
        id: `${this.id}-fill`,
        opacity: this.opacity,
        data: plain,
        getPolygon: ({ rings }) => asPolygon(rings),
        getFillColor: ({ colour, alpha }) => toBytes(colour, alpha),
      }),
      new LineLayer<HatchLine>({
        id: `${this.id}-hatch`,
        opacity: this.opacity,
        data: this.hatchAt(view),
        widthUnits: 'pixels',
        getSourcePosition: ({ segment }) => segment[0],
        getTargetPosition: ({ segment }) => segment[1],
        getWidth: ({ area }) => area.hatch.linePx,
        getColor: ({ area }) => toBytes(area.colour, HATCH_ALPHA),
      }),
    ];
  }

  /** Lines keep their pitch in pixels: they are laid anew when the zoom has changed by half a step. */
  private hatchAt({ zoom, viewport }: FlatView): readonly HatchLine[] {
    const step = Math.round(zoom * 2) / 2;
    if (this.hatched?.of === this.list && this.hatched.zoom === step) return this.hatched.lines;
    const degrees = metresPerPixel(step, viewport.latitude) / METRES_PER_DEGREE;
    const lines = this.list
      .filter(({ hatch }) => hatch.pitchPx > 0)
      .flatMap((area) =>
        (area.hatch.isCounter ? counterHatchLines : hatchLines)(area.rings, area.hatch.pitchPx * degrees).map(
          (segment) => ({ segment, area }),
        ),
      );
    this.hatched = { of: this.list, zoom: step, lines };
    return lines;
  }
}

export class FlatGrid implements FlatPart {
  shown = true;
  opacity = 1;
  private readonly id: string;
  private readonly stops: readonly GridStop[];
  private painted: { canvas: HTMLCanvasElement; bounds: [number, number, number, number] } | null = null;

  constructor(id: string, stops: readonly GridStop[]) {
    this.id = id;
    this.stops = stops;
  }

  set(cells: GridCells | null): void {
    if (!cells) {
      this.painted = null;
      return;
    }
    const [west, north] = cells.placeOf(0, 0);
    const [east, south] = cells.placeOf(1, 1);
    this.painted = { canvas: paint(cells, this.stops), bounds: [west, south, east, north] };
  }

  layers(): Layer[] {
    if (!this.shown || !this.painted) return [];
    return [
      new BitmapLayer({
        id: this.id,
        opacity: this.opacity,
        image: this.painted.canvas,
        bounds: this.painted.bounds,
        _imageCoordinateSystem: COORDINATE_SYSTEM.LNGLAT,
      }),
    ];
  }
}

/** A pixel a cell: the texture between them is smoothed by the map. */
function paint({ nx, ny, bytes }: GridCells, stops: readonly GridStop[]): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = nx;
  canvas.height = ny;
  const context = canvas.getContext('2d');
  const pixels = context?.createImageData(nx, ny);
  if (!context || !pixels) throw new Error('grid: no 2D canvas in this browser: use a current one');
  for (let cell = 0; cell < nx * ny; cell++) {
    const value = ((bytes[cell] ?? 0) / 255) * (stops.length - 1);
    const low = stops[Math.floor(value)];
    const high = stops[Math.min(Math.floor(value) + 1, stops.length - 1)];
    if (!low || !high) continue;
    const part = value % 1;
    for (let band = 0; band < 3; band++)
      pixels.data[cell * 4 + band] = (mix(low.colour[band], high.colour[band], part) * 255) | 0;
    pixels.data[cell * 4 + 3] = mix(low.alpha, high.alpha, part) * 255;
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}

const mix = (low = 0, high = 0, part: number): number => low + (high - low) * part;
