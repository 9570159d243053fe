// Builds the tiles of one city: terrain, a small height raster, vector layers, buildings. `node tilesets/build.ts --city guangyuan`
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseOptions, type Options, type Part } from './arguments.ts';
import { buildBuildings } from './buildings/build-buildings.ts';
import type { Building } from './buildings/building.ts';
import { readFootprints } from './buildings/read-footprints.ts';
import { fingerprintOf } from './fingerprint.ts';
import { buildHeights } from './heights/build-heights.ts';
import { buildingsNote, readRecords, terrainNote, writeManifests, type PartRecord } from './manifests.ts';
import { BuildProblem } from './problem.ts';
import { createReporter, type Reporter } from './progress.ts';
import { openSources, type Sources } from './sources.ts';
import { buildTerrain } from './terrain/build-terrain.ts';
import { drawnSurface } from './terrain/drawn-surface.ts';
import { buildVector } from './vector/build-vector.ts';

interface Job {
  options: Options;
  folder: string;
  sources: Sources;
  inputs: string;
  report: Reporter;
}

type Built = Omit<PartRecord, 'inputs' | 'builtAt'>;

/** Answers with the names of the parts that were built; empty when all were up to date. */
export async function build(options: Options, report: Reporter): Promise<Part[]> {
  const startedAt = Date.now();
  const folder = join(options.out, options.city);
  const sources = openSources({ options, folder, inputs: fingerprintOf(options, 'terrain'), report });
  const records = options.force ? {} : readRecords(folder);
  if (options.force)
    for (const part of options.only) rmSync(join(folder, part), { recursive: true, force: true });
  const stale = options.only.filter(
    (part) =>
      records[part]?.inputs !== fingerprintOf(options, part) || !existsSync(join(folder, RESULT[part])),
  );
  if (stale.length === 0) {
    report.note(`Tiles of ${options.city} are up to date / 瓦片已是最新：${folder}`);
    return [];
  }
  for (const part of stale) {
    const inputs = fingerprintOf(options, part);
    const built = await BUILDERS[part]({ options, folder, sources, inputs, report });
    records[part] = { inputs, builtAt: new Date().toISOString(), ...built };
    // After every part: a run that is cut off later keeps what it has finished.
    writeManifests({ options, city: sources.city, folder, records });
  }
  const bytes = Object.values(records).reduce((sum, record) => sum + record.bytes, 0);
  report.note(
    `Built ${stale.join(', ')} of ${options.city}: ${(bytes / 1e6).toFixed(1)} MB in ${Math.round((Date.now() - startedAt) / 1000)} s → ${folder}`,
  );
  return stale;
}

const RESULT: Record<Part, string> = {
  terrain: 'terrain/layer.json',
  heights: 'height-grid.bin',
  vector: 'vector/manifest.json',
  buildings: 'buildings/tileset.json',
};

const BUILDERS: Record<Part, (job: Job) => Promise<Built>> = {
  terrain: terrainPart,
  heights: heightsPart,
  vector: vectorPart,
  buildings: buildingsPart,
};

async function terrainPart({ options, folder, sources, inputs, report }: Job): Promise<Built> {
  const note = terrainNote(options);
  return buildTerrain({
    city: sources.city,
    dem: await sources.dem(),
    folder: join(folder, 'terrain'),
    maxLevel: options.maxLevel,
    inputs,
    attribution: `${note.zh} / ${note.en}`,
    report,
  });
}

async function heightsPart({ options, folder, sources }: Job): Promise<Built> {
  const dem = await sources.dem();
  const facts = { synthetic: options.dem === null, note: terrainNote(options) };
  return { tiles: 1, ...buildHeights({ dem, bounds: sources.city.bounds, folder, ...facts }) };
}

async function vectorPart({ folder, sources }: Job): Promise<Built> {
  const settlement = await sources.settlement();
  const { files, contentHash } = buildVector({
    city: sources.city,
    facts: sources.facts(),
    settlement,
    folder,
  });
  const all = Object.values(files);
  return { tiles: all.length, bytes: all.reduce((sum, file) => sum + file.bytes, 0), contentHash };
}

async function buildingsPart({ options, folder, sources, inputs, report }: Job): Promise<Built> {
  const { buildings, counts } = await gatherBuildings(options, sources, report);
  const note = buildingsNote(options);
  const result = buildBuildings({
    buildings,
    surface: drawnSurface(await sources.dem(), options.maxLevel),
    folder: join(folder, 'buildings'),
    inputs,
    attribution: `${note.zh} / ${note.en}`,
    report,
  });
  const isOwn = options.buildings !== null;
  return {
    ...result,
    source: options.buildings ?? 'synthesised from the city folder',
    licence: isOwn ? 'as given by the owner of the footprints' : 'Apache-2.0',
    synthetic: !isOwn,
    note,
    counts,
  };
}

async function gatherBuildings(
  options: Options,
  sources: Sources,
  report: Reporter,
): Promise<{ buildings: Building[]; counts: Record<string, number> }> {
  const count = (buildings: Building[]): Record<string, number> => ({
    buildings: buildings.length,
    residents: buildings.reduce((sum, building) => sum + building.residents, 0),
  });
  if (options.buildings !== null) {
    const { buildings, notes } = readFootprints(options.buildings, options.fields);
    notes.forEach((note) => report.note(note));
    return { buildings, counts: count(buildings) };
  }
  const { buildings, towns } = await sources.settlement();
  const unhoused = towns.reduce((sum, town) => sum + Math.max(0, town.planned - town.residents), 0);
  return { buildings, counts: { ...count(buildings), towns: towns.length, unhoused } };
}

async function main(): Promise<void> {
  const write = (text: string): boolean => process.stdout.write(text);
  try {
    await build(parseOptions(process.argv.slice(2)), createReporter(write));
  } catch (error) {
    if (!(error instanceof BuildProblem)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
