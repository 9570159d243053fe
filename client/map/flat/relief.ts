// The land as one picture for the light map: heights by colour, three lights, paper outside the city.
import type { HeightGrid } from '../../shapes.ts';
import type { Theme } from '../engine/theme.ts';

type Ring = readonly (readonly [lon: number, lat: number])[];

/** From where the light comes, degrees, and its share. */
const LIGHTS = [
  { azimuthDeg: 315, altitudeDeg: 29, weight: 0.68 },
  { azimuthDeg: 180, altitudeDeg: 29, weight: 0.12 },
  { azimuthDeg: 90, altitudeDeg: 29, weight: 0.2 },
].map(({ azimuthDeg, altitudeDeg, weight }) => {
  const azimuth = (azimuthDeg * Math.PI) / 180;
  const altitude = (altitudeDeg * Math.PI) / 180;
  return [
    Math.sin(azimuth) * Math.cos(altitude) * weight,
    Math.cos(azimuth) * Math.cos(altitude) * weight,
    Math.sin(altitude) * weight,
  ] as const;
});
const AMBIENT = 0.2;
const GAIN = 1.45;
/** Slopes are raised by this in mountains and in hills, so that low hills read too. */
const SLOPE = { mountains: 2.2, hills: 6.7 };
const HILLS_BELOW_M = 500;
const MOUNTAINS_ABOVE_M = 1600;
/** Flat ground keeps this brightness whatever the lights do. */
const FLAT_SHADE = AMBIENT + GAIN * LIGHTS.reduce((sum, [, , up]) => sum + up, 0);
/** How much of the shading a theme takes: paper stays light. */
const DEPTH = { night: 1, light: 0.36 } as const;
const METRES_PER_DEGREE = 111_320;
/** How much of the paper lies over what is outside the city. */
const OUTSIDE = 0.78;
/** The picture ends softly: this part of each side fades into the paper. */
const EDGE = 0.12;

/** RGBA of a grid, north row first. */
export function shadeRelief(grid: HeightGrid, theme: Theme): Uint8ClampedArray<ArrayBuffer> {
  const { nx, ny, heights, bounds } = grid;
  const out = new Uint8ClampedArray(nx * ny * 4);
  const stepY = ((bounds[3] - bounds[1]) / (ny - 1)) * METRES_PER_DEGREE;
  const squeeze = Math.cos((((bounds[1] + bounds[3]) / 2) * Math.PI) / 180);
  const stepX = ((bounds[2] - bounds[0]) / (nx - 1)) * METRES_PER_DEGREE * squeeze;
  const colour: [number, number, number] = [0, 0, 0];
  for (let y = 0; y < ny; y++) {
    for (let x = 0; x < nx; x++) {
      const at = y * nx + x;
      const height = heights[at] ?? 0;
      const east =
        (heights[y * nx + Math.min(x + 1, nx - 1)] ?? 0) - (heights[y * nx + Math.max(x - 1, 0)] ?? 0);
      const north =
        (heights[Math.max(y - 1, 0) * nx + x] ?? 0) - (heights[Math.min(y + 1, ny - 1) * nx + x] ?? 0);
      const shade = shadeOf(east / (2 * stepX), north / (2 * stepY), height);
      const light = 1 + (shade / FLAT_SHADE - 1) * DEPTH[theme.name];
      rampAt(theme.ramp, height, colour);
      for (let band = 0; band < 3; band++) out[at * 4 + band] = (colour[band] ?? 0) * 255 * light;
      out[at * 4 + 3] = 255;
    }
  }
  return out;
}

function shadeOf(slopeEast: number, slopeNorth: number, heightM: number): number {
  const t = Math.min(Math.max((heightM - HILLS_BELOW_M) / (MOUNTAINS_ABOVE_M - HILLS_BELOW_M), 0), 1);
  const factor = SLOPE.hills + (SLOPE.mountains - SLOPE.hills) * t;
  const x = -slopeEast * factor;
  const y = -slopeNorth * factor;
  const length = Math.hypot(x, y, 1);
  let light = 0;
  for (const [east, north, up] of LIGHTS) light += Math.max(0, (x * east + y * north + up) / length);
  return AMBIENT + GAIN * light;
}

/** Writes the colour of a height, red green blue 0 to 1, into `out`. */
export function rampAt(ramp: Theme['ramp'], heightM: number, out: [number, number, number]): void {
  let index = 0;
  while (index < ramp.length - 2 && heightM > (ramp[index + 1]?.[0] ?? Infinity)) index++;
  const [low, from] = ramp[index] ?? [0, [0, 0, 0]];
  const [high, to] = ramp[index + 1] ?? [low + 1, from];
  const t = Math.min(Math.max((heightM - low) / (high - low), 0), 1);
  for (let band = 0; band < 3; band++) {
    const start = from[band] ?? 0;
    out[band] = start + ((to[band] ?? 0) - start) * t;
  }
}

/** The whole picture: the relief, and paper over everything outside the rings. */
export function paintRelief(grid: HeightGrid, theme: Theme, inside: readonly Ring[]): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = grid.nx;
  canvas.height = grid.ny;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('relief: no 2D canvas in this browser: use a current one');
  context.putImageData(new ImageData(shadeRelief(grid, theme), grid.nx, grid.ny), 0, 0);
  const [west, south, east, north] = grid.bounds;
  const around = new Path2D();
  around.rect(0, 0, grid.nx, grid.ny);
  for (const ring of inside) {
    ring.forEach(([lon, lat], index) => {
      const x = ((lon - west) / (east - west)) * grid.nx;
      const y = ((north - lat) / (north - south)) * grid.ny;
      if (index === 0) around.moveTo(x, y);
      else around.lineTo(x, y);
    });
    around.closePath();
  }
  const [red, green, blue] = theme.page;
  context.fillStyle = `rgb(${red * 255} ${green * 255} ${blue * 255} / ${OUTSIDE})`;
  context.fill(around, 'evenodd');
  fadeEdges(context, grid);
  return canvas;
}

function fadeEdges(context: CanvasRenderingContext2D, { nx, ny }: HeightGrid): void {
  context.globalCompositeOperation = 'destination-in';
  for (const [x, y] of [
    [nx, 0],
    [0, ny],
  ] as const) {
    const gradient = context.createLinearGradient(0, 0, x, y);
    gradient.addColorStop(0, 'transparent');
    gradient.addColorStop(EDGE, '#000');
    gradient.addColorStop(1 - EDGE, '#000');
    gradient.addColorStop(1, 'transparent');
    context.fillStyle = gradient;
    context.fillRect(0, 0, nx, ny);
  }
}
