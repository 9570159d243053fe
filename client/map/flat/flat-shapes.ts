// Lines, areas and the grid of a map layer on the light map.
import { COORDINATE_SYSTEM, type Layer } from '@deck.gl/core';
import { BitmapLayer, LineLayer, PathLayer, SolidPolygonLayer } from '@deck.gl/layers';
import { rgb } from '../engine/theme.ts';
import type { Areas, GridImage, Lines } from '../kit.ts';
import type { LineStyle } from '../lines/line-primitive.ts';
import { asPolygon, metresPerPixel, toBytes, type FlatPart, type FlatView } from './flat-view.ts';
import { hatchLines, type Segment } from './hatch.ts';

type LineList = Parameters<Lines['set']>[0];
type AreaList = Parameters<Areas['set']>[0];
const METRES_PER_DEGREE = 111_320;
const GRID_SIDE = 384;
/** A plain fill below this alpha shows the land through it; a hatch has no fill. */
const HATCH_ALPHA = 0.85;

export class FlatLines implements FlatPart {
  shown = true;
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
        data: plain,
        getPolygon: ({ rings }) => asPolygon(rings),
        getFillColor: ({ colour, alpha }) => toBytes(colour, alpha),
      }),
      new LineLayer<HatchLine>({
        id: `${this.id}-hatch`,
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
        hatchLines(area.rings, area.hatch.pitchPx * degrees).map((segment) => ({ segment, area })),
      );
    this.hatched = { of: this.list, zoom: step, lines };
    return lines;
  }
}

export class FlatGrid implements FlatPart {
  shown = true;
  private readonly id: string;
  private painted: { canvas: HTMLCanvasElement; bounds: GridImage['bounds'] } | null = null;

  constructor(id: string) {
    this.id = id;
  }

  set(image: GridImage | null): void {
    this.painted = image && { canvas: paint(image), bounds: image.bounds };
  }

  layers(): Layer[] {
    if (!this.shown || !this.painted) return [];
    const [west, south, east, north] = this.painted.bounds;
    return [
      new BitmapLayer({
        id: this.id,
        image: this.painted.canvas,
        bounds: [west, south, east, north],
        _imageCoordinateSystem: COORDINATE_SYSTEM.LNGLAT,
      }),
    ];
  }
}

function paint(image: GridImage): HTMLCanvasElement {
  const [west, south, east, north] = image.bounds;
  const canvas = document.createElement('canvas');
  canvas.width = GRID_SIDE;
  canvas.height = GRID_SIDE;
  const context = canvas.getContext('2d');
  const pixels = context?.createImageData(GRID_SIDE, GRID_SIDE);
  if (!context || !pixels) throw new Error('rain grid: no 2D canvas in this browser: use a current one');
  for (let y = 0; y < GRID_SIDE; y++) {
    const lat = north - ((y + 0.5) / GRID_SIDE) * (north - south);
    for (let x = 0; x < GRID_SIDE; x++) {
      const lon = west + ((x + 0.5) / GRID_SIDE) * (east - west);
      image.colourAt([lon, lat], pixels.data, (y * GRID_SIDE + x) * 4);
    }
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}
