// Reads the height raster that belongs to the city's tiles: height-grid.json says how, height-grid.bin holds int16 metres.
import { gunzipSync } from 'fflate';
import type { HeightGrid } from '../../shapes.ts';

const GZIP_MAGIC = 0x1f;
const HEAD_FIELDS = ['west', 'north', 'stepLon', 'stepLat', 'nx', 'ny'] as const;
type Head = Record<(typeof HEAD_FIELDS)[number], number>;

/** @returns null where the city has no raster: everything then lies at sea level */
export async function fetchHeights(tilesUrl: string): Promise<HeightGrid | null> {
  const [head, bytes] = await Promise.all([
    read(`${tilesUrl}/height-grid.json`),
    read(`${tilesUrl}/height-grid.bin`),
  ]);
  if (!head || !bytes) return null;
  return toGrid(parseHead(await head.json()), new Uint8Array(await bytes.arrayBuffer()));
}

async function read(url: string): Promise<Response | null> {
  const response = await fetch(url).catch(() => null);
  return response?.ok ? response : null;
}

function parseHead(body: unknown): Head {
  const fields = body as Partial<Record<string, unknown>>;
  for (const field of HEAD_FIELDS) {
    if (typeof fields[field] !== 'number')
      throw new Error(`height-grid.json: ${field} is no number: rebuild the tiles`);
  }
  return fields as Head;
}

export function toGrid(head: Head, stored: Uint8Array): HeightGrid {
  const raw = stored[0] === GZIP_MAGIC && stored[1] === 0x8b ? gunzipSync(stored) : stored;
  const { west, north, stepLon, stepLat, nx, ny } = head;
  if (raw.byteLength !== nx * ny * 2) {
    throw new Error(
      `height-grid.bin: ${raw.byteLength} bytes are not ${nx} × ${ny} samples: rebuild the tiles`,
    );
  }
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const heights = Float32Array.from({ length: nx * ny }, (_, index) => view.getInt16(index * 2, true));
  const bounds = [west, north - stepLat * (ny - 1), west + stepLon * (nx - 1), north] as const;
  return { bounds, nx, ny, heights };
}
