// A picture of a height raster: tinted by height, lit from three sides. `node tilesets/hillshade.ts` writes a PNG.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { demOfGrid, KM_PER_DEGREE, type Bounds, type Dem } from './dem/grid.ts';
import { readRaster } from './dem/raster-cache.ts';

// Night hypsometry of the map, metres and sRGB.
const TINTS: [number, number, number, number][] = [
  [350, 0x10, 0x27, 0x2a],
  [600, 0x14, 0x34, 0x31],
  [950, 0x1a, 0x42, 0x3b],
  [1400, 0x23, 0x51, 0x49],
  [1900, 0x2e, 0x5c, 0x60],
  [2600, 0x42, 0x6b, 0x79],
  [3400, 0x66, 0x89, 0x9a],
  [3837, 0xa9, 0xbf, 0xc8],
];
// Azimuth (degrees from north), altitude and weight of the lights.
const LIGHTS = [
  { azimuth: 315, altitude: 29, weight: 0.68 },
  { azimuth: 180, altitude: 45, weight: 0.12 },
  { azimuth: 90, altitude: 45, weight: 0.2 },
].map(({ azimuth, altitude, weight }) => {
  const a = (azimuth * Math.PI) / 180;
  const h = (altitude * Math.PI) / 180;
  return { x: Math.sin(a) * Math.cos(h), y: Math.cos(a) * Math.cos(h), z: Math.sin(h), weight };
});
const AMBIENT = 0.2;
const GAIN = 1.45;

/** RGB bytes, `width` wide, the height following from the bounds. */
export function paintRelief(
  dem: Dem,
  bounds: Bounds,
  width: number,
): { rgb: Uint8Array; width: number; height: number } {
  const middle = ((bounds.south + bounds.north) / 2) * (Math.PI / 180);
  const step = (bounds.east - bounds.west) / width;
  const height = Math.round((bounds.north - bounds.south) / (step * Math.cos(middle)));
  const stepLat = (bounds.north - bounds.south) / height;
  const rgb = new Uint8Array(width * height * 3);
  const metresX = step * KM_PER_DEGREE * 1000 * Math.cos(middle);
  const metresY = stepLat * KM_PER_DEGREE * 1000;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const lon = bounds.west + (x + 0.5) * step;
      const lat = bounds.north - (y + 0.5) * stepLat;
      const h = dem.heightAt(lon, lat);
      // Low hills are steepened more than high mountains, so that both read.
      const steep = 6.7 + (2.2 - 6.7) * Math.min(1, Math.max(0, (h - 600) / 900));
      const gx = ((dem.heightAt(lon + step, lat) - dem.heightAt(lon - step, lat)) / (2 * metresX)) * steep;
      const gy =
        ((dem.heightAt(lon, lat + stepLat) - dem.heightAt(lon, lat - stepLat)) / (2 * metresY)) * steep;
      const length = Math.hypot(gx, gy, 1);
      let light = AMBIENT;
      for (const lamp of LIGHTS)
        light += lamp.weight * Math.max(0, (-gx * lamp.x - gy * lamp.y + lamp.z) / length);
      rgb.set(tint(h, light * GAIN), (y * width + x) * 3);
    }
  }
  return { rgb, width, height };
}

function tint(h: number, light: number): number[] {
  const i = Math.max(
    1,
    TINTS.findIndex(([at]) => at >= h),
  );
  const upper = h > 3837 ? TINTS[TINTS.length - 1]! : TINTS[i]!;
  const lower = TINTS[i - 1]!;
  const share = Math.min(1, Math.max(0, (h - lower[0]) / Math.max(1, upper[0] - lower[0])));
  return [1, 2, 3].map((c) => Math.min(255, (lower[c]! + share * (upper[c]! - lower[c]!)) * light));
}

export function toPng(image: { rgb: Uint8Array; width: number; height: number }): Buffer {
  const { rgb, width, height } = image;
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++)
    rows.set(rgb.subarray(y * width * 3, (y + 1) * width * 3), y * (width * 3 + 1) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, body: Buffer): Buffer {
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  out.write(name, 4, 'latin1');
  out.set(body, 8);
  out.writeUInt32BE(crc32(out.subarray(4, body.length + 8)), body.length + 8);
  return out;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Command line: raster, picture, width in pixels. */
function main(): void {
  const [raster = '', picture = '', width = '1600'] = process.argv.slice(2);
  const grid = readRaster(raster);
  if (!grid || picture === '') {
    process.stderr.write(
      'Use: node tilesets/hillshade.ts .tiles/<city>/build/heights.bin picture.png [width]\n',
    );
    process.exitCode = 1;
    return;
  }
  const dem = demOfGrid(grid);
  writeFileSync(picture, toPng(paintRelief(dem, dem.bounds, Number(width))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
