// Writes the buildings of a city as 3D Tiles 1.1: an explicit quadtree, flat footprints from afar, whole buildings near.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Reporter } from '../progress.ts';
import { openProgressLog } from '../progress-log.ts';
import { writeWhole } from '../terrain/build-terrain.ts';
import type { Surface } from '../terrain/drawn-surface.ts';
import type { Building } from './building.ts';
import { standOn } from './footing.ts';
import { writeGlb } from './glb.ts';
import { meshOf, placeAt } from './mesh.ts';
import { columnsOf } from './property-table.ts';
import { toQuads } from './quadtree.ts';
import { tableOf } from './table.ts';
import { planTileset, type ContentTile } from './tileset.ts';

export interface BuildingsJob {
  buildings: Building[];
  surface: Surface;
  /** Where tileset.json goes. */
  folder: string;
  /** Changes when anything the tiles depend on changes. */
  inputs: string;
  attribution: string;
  report: Reporter;
}

export interface BuildingsResult {
  tiles: number;
  bytes: number;
  /** SHA-256 over all tiles. */
  contentHash: string;
}

/** Throws what the file system throws (no space, no right to write). */
export function buildBuildings(job: BuildingsJob): BuildingsResult {
  const standings = job.buildings.map((building, number) => standOn(job.surface, building, number));
  const { tileset, contents } = planTileset(toQuads(standings), job.attribution);
  const log = openProgressLog(job.folder, job.inputs, (name) => name);
  const started = contents.filter(({ uri }) => log.finished.has(uri)).length;
  if (started > 0)
    job.report.note(`Going on after ${started} of ${contents.length} tiles / 接着上次的进度继续`);
  const steps = job.report.steps('buildings', contents.length - started);
  for (const content of contents) {
    if (log.finished.has(content.uri)) continue;
    const bytes = toGlb(content, job.attribution);
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    writeWhole(join(job.folder, content.uri), bytes);
    log.add(content.uri, { bytes: bytes.length, hash });
    steps.done();
  }
  log.flush();
  const hash = createHash('sha256');
  let bytes = 0;
  for (const { uri } of contents) {
    const entry = log.finished.get(uri)!;
    hash.update(`${uri} ${entry.hash}\n`);
    bytes += entry.bytes;
  }
  const table = tableOf(standings);
  hash.update(table);
  bytes += table.length;
  writeWhole(join(job.folder, 'table.bin'), table);
  writeWhole(join(job.folder, 'tileset.json'), Buffer.from(JSON.stringify(tileset)));
  return { tiles: contents.length, bytes, contentHash: hash.digest('hex') };
}

function toGlb({ standings, detail, box, heights }: ContentTile, copyright: string): Uint8Array {
  const place = placeAt((box.west + box.east) / 2, (box.south + box.north) / 2, heights[0]);
  return writeGlb({
    mesh: meshOf(standings, place, detail),
    place,
    columns: columnsOf(standings),
    count: standings.length,
    copyright,
  });
}
