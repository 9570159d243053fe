// Writes the terrain pyramid of a city; what an earlier run finished is kept.
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { City } from '../city/read-city.ts';
import type { Dem } from '../dem/grid.ts';
import type { Reporter } from '../progress.ts';
import { openProgressLog } from '../progress-log.ts';
import { touches } from '../synthesis/rings.ts';
import { createMeshTile, errorOfLevel } from './mesh-tile.ts';
import { encodeQuantizedMesh } from './quantized-mesh.ts';
import { planTiles, tileBounds, toRanges, type TileId } from './tiling.ts';

export interface TerrainJob {
  city: City;
  dem: Dem;
  folder: string;
  maxLevel: number;
  /** Changes when anything the tiles depend on changes. */
  inputs: string;
  attribution: string;
  report: Reporter;
}

export interface TerrainResult {
  tiles: number;
  bytes: number;
  /** SHA-256 over all tiles. */
  contentHash: string;
}

/** Throws what the file system throws (no space, no right to write). */
export function buildTerrain(job: TerrainJob): TerrainResult {
  const levels = planTiles({ region: job.dem.bounds, rings: job.city.rings, maxLevel: job.maxLevel });
  const log = openProgressLog(job.folder, job.inputs, (name) => `${name}.terrain`);
  const all = levels.flat();
  const started = all.length - all.filter((id) => !log.finished.has(nameOf(id))).length;
  if (started > 0) job.report.note(`Going on after ${started} of ${all.length} tiles / 接着上次的进度继续`);
  const steps = job.report.steps('terrain', all.length - started);
  for (const id of all) {
    const name = nameOf(id);
    if (log.finished.has(name)) continue;
    const bytes = gzipSync(encodeQuantizedMesh(createMeshTile(job.dem, id, errorOf(id, job))), { level: 9 });
    const entry = {
      bytes: bytes.length,
      hash: createHash('sha256').update(bytes).digest('hex').slice(0, 16),
    };
    writeWhole(join(job.folder, `${name}.terrain`), bytes);
    log.add(name, entry);
    steps.done();
  }
  log.flush();
  const names = all.map(nameOf).sort();
  const hash = createHash('sha256');
  let bytes = 0;
  for (const name of names) {
    const entry = log.finished.get(name)!;
    hash.update(`${name} ${entry.hash}\n`);
    bytes += entry.bytes;
  }
  const contentHash = hash.digest('hex');
  const layer = describeLayer(levels, job, contentHash);
  writeWhole(join(job.folder, 'layer.json'), Buffer.from(JSON.stringify(layer)));
  return { tiles: all.length, bytes, contentHash };
}

// The map dims what lies outside the city: such tiles may be coarser by this factor.
const OUTSIDE_FACTOR = 2.5;

function errorOf(id: TileId, job: TerrainJob): number {
  const own = job.city.rings.length === 0 || touches(job.city.rings, tileBounds(id));
  return errorOfLevel(id.z, job.maxLevel) * (own ? 1 : OUTSIDE_FACTOR);
}

function nameOf({ z, x, y }: TileId): string {
  return `${z}/${x}/${y}`;
}

/** A file is there whole or not at all. */
export function writeWhole(file: string, bytes: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, bytes);
  renameSync(`${file}.part`, file);
}

function describeLayer(levels: TileId[][], job: TerrainJob, contentHash: string): object {
  return {
    tilejson: '2.1.0',
    name: `${job.city.id}-terrain`,
    description: '示意地形 / schematic terrain',
    version: '1.0.0',
    format: 'quantized-mesh-1.0',
    attribution: job.attribution,
    scheme: 'tms',
    tiles: [`{z}/{x}/{y}.terrain?v=${contentHash.slice(0, 12)}`],
    extensions: ['octvertexnormals'],
    projection: 'EPSG:4326',
    bounds: [-180, -90, 180, 90],
    minzoom: 0,
    maxzoom: levels.length - 1,
    available: levels.map(toRanges),
  };
}
