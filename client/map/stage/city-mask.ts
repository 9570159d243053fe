// The city as a picture in its own plane: red = inside, green = nearness, for dimming the surroundings.
import type { City } from '../../stores/city.ts';
import type { LocalFrame } from '../geo/enu.ts';
import type { County } from '../../stores/city.ts';
import type { GroundBox } from './globe-material.ts';

const SIDE = 2048;
/** It only darkens a little: 300 m of the land to a pixel are enough, with an edge of about a kilometre. */
const AFFECTED_SIDE = 1024;
const AFFECTED_EDGE_PX = 2;
/** How far beyond the city the surroundings stay visible, metres. */
const MARGIN_M = 90_000;
const FADE_M = 42_000;

export function drawCityMask(
  city: City,
  counties: readonly County[],
  frame: LocalFrame,
): { canvas: HTMLCanvasElement; box: GroundBox } {
  const box = planeBox(city, frame);
  const shape = outlineOf(counties, { box, frame, side: SIDE });
  const { canvas, context } = blackSquare(SIDE);
  context.globalCompositeOperation = 'lighter';
  const blurPx = (FADE_M / box.width) * SIDE * 0.5;
  context.filter = `blur(${blurPx}px)`;
  context.fillStyle = '#0f0';
  context.fill(shape);
  context.filter = 'none';
  context.fillStyle = '#f00';
  context.strokeStyle = '#f00';
  context.fill(shape);
  context.lineWidth = 1.5;
  context.stroke(shape);
  return { canvas, box };
}

/** Some counties in the same plane, white on black, with a soft edge. */
export function drawAffectedMask(
  city: City,
  counties: readonly County[],
  frame: LocalFrame,
): HTMLCanvasElement {
  const shape = outlineOf(counties, { box: planeBox(city, frame), frame, side: AFFECTED_SIDE });
  const { canvas, context } = blackSquare(AFFECTED_SIDE);
  context.filter = `blur(${AFFECTED_EDGE_PX}px)`;
  context.fillStyle = '#fff';
  context.fill(shape);
  return canvas;
}

interface Plane {
  readonly box: GroundBox;
  readonly frame: LocalFrame;
  readonly side: number;
}

function outlineOf(counties: readonly County[], { box, frame, side }: Plane): Path2D {
  const toPx = (lon: number, lat: number): [number, number] => {
    const [east, north] = frame.toEnu(lon, lat);
    return [((east - box.west) / box.width) * side, (1 - (north - box.south) / box.height) * side];
  };
  const shape = new Path2D();
  for (const ring of counties.flatMap(({ polygons }) => polygons.flat())) {
    ring.forEach(([lon, lat], index) => {
      const [x, y] = toPx(lon, lat);
      if (index === 0) shape.moveTo(x, y);
      else shape.lineTo(x, y);
    });
    shape.closePath();
  }
  return shape;
}

function blackSquare(side: number): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('city mask: no 2D canvas in this browser: use a current one');
  context.fillStyle = '#000';
  context.fillRect(0, 0, side, side);
  return { canvas, context };
}

function planeBox(city: City, frame: LocalFrame): GroundBox {
  const [west, south, east, north] = city.bounds;
  const corners = [
    frame.toEnu(west, south),
    frame.toEnu(east, south),
    frame.toEnu(west, north),
    frame.toEnu(east, north),
  ];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const left = Math.min(...xs) - MARGIN_M;
  const foot = Math.min(...ys) - MARGIN_M;
  return {
    west: left,
    south: foot,
    width: Math.max(...xs) + MARGIN_M - left,
    height: Math.max(...ys) + MARGIN_M - foot,
  };
}
