// Builds the tiles of one city: terrain, a small height raster, vector layers. `node tilesets/build.ts --city guangyuan`
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseOptions, type Options, type Part } from './arguments.ts';
import { readCity, type City } from './city/read-city.ts';
import { readDemFile } from './dem/ascii-grid.ts';
import { demOfGrid, type Dem } from './dem/grid.ts';
import { readRaster, rounded, writeRaster } from './dem/raster-cache.ts';
import { buildHeights } from './heights/build-heights.ts';
import { BuildProblem } from './problem.ts';
import { createReporter, type Reporter } from './progress.ts';
import { gatherFacts } from './synthesis/pins.ts';
import { readRelief, type Relief } from './synthesis/read-relief.ts';
import { planeOf } from './synthesis/river-profile.ts';
import { synthesise } from './synthesis/synthesise.ts';
import { buildTerrain, writeWhole } from './terrain/build-terrain.ts';
import { tileSizeDeg } from './terrain/tiling.ts';
import { buildVector } from './vector/build-vector.ts';

// Raise it when the same inputs give other tiles.
const BUILDER_VERSION = '1';
// A tile of the finest level holds this many samples a side: the synthesised raster is made as fine as that.
const SAMPLES_PER_TILE = 64;
// Finer than this nothing is known that could be synthesised.
const FINEST_SYNTHESIS_LEVEL = 11;

const SYNTHETIC_NOTE = {
  zh: '示意地形，由山峰、河流水位和驻地高程合成，不是测量成果',
  en: 'Schematic terrain made from peaks, river levels and seat elevations; not surveyed',
};
const OWN_NOTE = { zh: '由所给高程文件生成', en: 'Made from the given height file' };

interface PartRecord {
  inputs: string;
  builtAt: string;
  tiles: number;
  bytes: number;
  contentHash: string;
}

/** Answers with the names of the parts that were built; empty when all were up to date. */
export function build(options: Options, report: Reporter): Part[] {
  const startedAt = Date.now();
  const folder = join(options.out, options.city);
  const city = readCity(join(options.cities, options.city));
  const reliefFile = join(options.cities, options.city, 'relief.yaml');
  const inputs = fingerprint(options, reliefFile);
  const manifestFile = join(folder, 'manifest.json');
  const records = options.force ? {} : readRecords(manifestFile);
  if (options.force)
    for (const part of options.only) rmSync(join(folder, part), { recursive: true, force: true });
  const stale = options.only.filter(
    (part) => records[part]?.inputs !== inputs || !existsSync(join(folder, RESULT[part])),
  );
  if (stale.length === 0) {
    report.note(`Tiles of ${options.city} are up to date / 瓦片已是最新：${folder}`);
    return [];
  }
  const relief = readRelief(reliefFile);
  const needsDem = stale.some((part) => part !== 'vector');
  const dem = needsDem ? openDem({ options, city, relief, folder, inputs, report }) : undefined;
  const synthetic = options.dem === null;
  const note = synthetic ? SYNTHETIC_NOTE : OWN_NOTE;
  for (const part of stale) {
    const done = { inputs, builtAt: new Date().toISOString(), tiles: 0, bytes: 0, contentHash: '' };
    if (part === 'vector') {
      const result = buildVector({ city, facts: gatherFacts(city, relief, planeOf(city)), folder });
      const files = Object.values(result.files);
      records.vector = {
        ...done,
        tiles: files.length,
        bytes: files.reduce((sum, f) => sum + f.bytes, 0),
        contentHash: result.contentHash,
      };
    } else if (part === 'heights') {
      records.heights = {
        ...done,
        tiles: 1,
        ...buildHeights({ dem: dem!, bounds: city.bounds, folder, synthetic, note }),
      };
    } else {
      const terrain = {
        city,
        dem: dem!,
        folder: join(folder, 'terrain'),
        maxLevel: options.maxLevel,
        inputs,
        report,
      };
      records.terrain = { ...done, ...buildTerrain({ ...terrain, attribution: `${note.zh} / ${note.en}` }) };
    }
  }
  writeManifests({ options, city, dem, folder, records, note });
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
};

type Records = Partial<Record<Part, PartRecord>>;

function readRecords(file: string): Records {
  if (!existsSync(file)) return {};
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { parts?: Records }).parts ?? {};
  } catch {
    // A manifest that cannot be read says nothing: build again.
    return {};
  }
}

/** Changes with the builder, the city's files, the relief, the height file and the options. */
function fingerprint(options: Options, reliefFile: string): string {
  const hash = createHash('sha256').update(`${BUILDER_VERSION} ${options.maxLevel} `);
  const cityFolder = join(options.cities, options.city);
  const files = readdirSync(cityFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => READ_FILES.test(name))
    .sort()
    .map((name) => join(cityFolder, name));
  for (const file of [...files, reliefFile]) {
    if (existsSync(file)) hash.update(`${file.length} `).update(readFileSync(file));
  }
  if (options.dem !== null) {
    const file = statSync(options.dem, { throwIfNoEntry: false });
    hash.update(`${options.dem} ${file?.size ?? 0} ${file?.mtimeMs ?? 0}`);
  }
  return hash.digest('hex').slice(0, 32);
}

const READ_FILES =
  /^(city\.yaml|[a-z-]+\.geojson|peaks\.csv|towns\.csv|stations[\\/](river-gauges|reservoirs)\.csv)$/;

function openDem(job: {
  options: Options;
  city: City;
  relief: Relief;
  folder: string;
  inputs: string;
  report: Reporter;
}): Dem {
  const { options, city, relief, report } = job;
  if (options.dem !== null) return readDemFile(options.dem);
  const stepDeg = tileSizeDeg(Math.min(FINEST_SYNTHESIS_LEVEL, options.maxLevel)) / SAMPLES_PER_TILE;
  const file = join(job.folder, 'build', 'heights.bin');
  const kept = readRaster(file, job.inputs);
  if (kept) return demOfGrid(kept);
  report.note(`Shaping the land of ${city.title.zh || city.id} / 正在合成示意地形`);
  const { grid } = synthesise({ city, relief, stepDeg, progress: report.share('land') });
  writeRaster(file, grid, job.inputs);
  return demOfGrid(rounded(grid));
}

function writeManifests(job: {
  options: Options;
  city: City;
  dem: Dem | undefined;
  folder: string;
  records: Records;
  note: { zh: string; en: string };
}): void {
  const { options, city, folder, records } = job;
  const synthetic = options.dem === null;
  const facts = {
    builderVersion: BUILDER_VERSION,
    city: city.id,
    source: synthetic ? 'synthesised from the city folder' : options.dem,
    licence: synthetic ? 'Apache-2.0' : 'as given by the owner of the height file',
    builtAt: new Date().toISOString(),
    validFrom: new Date().toISOString().slice(0, 10),
    bounds: city.bounds,
    synthetic,
    note: job.note,
  };
  writeWhole(
    join(folder, 'manifest.json'),
    Buffer.from(JSON.stringify({ ...facts, parts: records }, null, 1)),
  );
  if (records.terrain) {
    const { tiles, bytes, contentHash } = records.terrain;
    const terrain = {
      ...facts,
      format: 'quantized-mesh-1.0',
      contentEncoding: 'gzip',
      extensions: ['octvertexnormals'],
      maxLevel: options.maxLevel,
      tiles,
      bytes,
      contentHash,
    };
    writeWhole(join(folder, 'terrain', 'manifest.json'), Buffer.from(JSON.stringify(terrain, null, 1)));
  }
}

function main(): void {
  const write = (text: string): boolean => process.stdout.write(text);
  try {
    build(parseOptions(process.argv.slice(2)), createReporter(write));
  } catch (error) {
    if (!(error instanceof BuildProblem)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
