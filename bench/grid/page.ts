// Page side: a grid of values laid on the ground that changes once a second; ours, and the usual image of a canvas.
import { ImageMaterialProperty, Rectangle } from 'cesium';
import { localMs } from '../../client/clock.ts';
import { GridPrimitive, type GridCells } from '../../client/map/grids/grid-primitive.ts';
import { bareMap, drain, median, ORIGIN, type BareMap } from '../page/bare-map.ts';
import { expose } from '../page/expose.ts';

export type Kind = 'own' | 'data-url';

export interface Measured {
  /** Script until a new grid is handed over, and with the frame that draws it above one without a new grid, ms. */
  readonly callMs: number;
  readonly changeMs: number;
}

const SPAN_DEG = 0.6;
const STOPS = [0.1, 0.4, 0.7].map((shade) => ({ colour: [shade, shade, 1] as const, alpha: 0.6 }));

function wave(side: number, round: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(side * side);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 7 + round * 13 + (i >> 9)) & 255;
  return bytes;
}

function own({ widget, state }: BareMap, side: number): (bytes: Uint8Array<ArrayBuffer>) => void {
  const primitive = new GridPrimitive(state, STOPS);
  widget.scene.primitives.add(primitive);
  const placeOf: GridCells['placeOf'] = (u, v) => [
    ORIGIN[0] + (u - 0.5) * SPAN_DEG,
    ORIGIN[1] + (v - 0.5) * SPAN_DEG,
  ];
  return (bytes) => primitive.set({ nx: side, ny: side, bytes, placeOf, boxId: 'bench' });
}

function dataUrl({ widget }: BareMap, side: number): (bytes: Uint8Array<ArrayBuffer>) => void {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2D canvas');
  const pixels = context.createImageData(side, side);
  const [lon, lat] = ORIGIN;
  const half = SPAN_DEG / 2;
  const entity = widget.entities.add({
    rectangle: {
      coordinates: Rectangle.fromDegrees(lon - half, lat - half, lon + half, lat + half),
      height: 500,
    },
  });
  return (bytes) => {
    for (let i = 0; i < bytes.length; i++) {
      const value = bytes[i] as number;
      pixels.data[i * 4] = value;
      pixels.data[i * 4 + 1] = value;
      pixels.data[i * 4 + 2] = 255;
      pixels.data[i * 4 + 3] = 150;
    }
    context.putImageData(pixels, 0, 0);
    const material = new ImageMaterialProperty({ image: canvas.toDataURL(), transparent: true });
    if (entity.rectangle) entity.rectangle.material = material;
  };
}

async function measure(kind: Kind, side: number, rounds: number): Promise<Measured> {
  const map = bareMap();
  const set = kind === 'own' ? own(map, side) : dataUrl(map, side);
  // What is in a grid costs both sides the same and is not timed: it comes from a worker.
  const grids = Array.from({ length: 4 }, (_, round) => wave(side, round));
  const frame = (grid: Uint8Array<ArrayBuffer> | null): { call: number; whole: number } => {
    const from = localMs();
    if (grid) set(grid);
    const call = localMs() - from;
    map.draw();
    const whole = localMs() - from;
    drain(map.widget.canvas);
    return { call, whole };
  };
  for (let i = 0; i < 20; i++) frame(i % 5 === 0 ? (grids[i % 4] ?? null) : null);
  const calls: number[] = [];
  const changes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const grid = grids[round % grids.length] ?? null;
    const isFirst = round % 2 === 0;
    const before = isFirst ? frame(null).whole : 0;
    const changed = frame(grid);
    const plain = isFirst ? before : frame(null).whole;
    calls.push(changed.call);
    changes.push(changed.whole - plain);
    // Images are decoded between frames: let them, as a real page would.
    await new Promise((next) => setTimeout(next, 20));
  }
  return { callMs: median(calls), changeMs: median(changes) };
}

expose(measure);
