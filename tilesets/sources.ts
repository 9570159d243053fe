// What several parts are made from, each made once and only when a part asks for it.
import { join } from 'node:path';
import type { Options } from './arguments.ts';
import { readCity, type City } from './city/read-city.ts';
import { demOfGrid, type Dem } from './dem/grid.ts';
import { readRaster, rounded, writeRaster } from './dem/raster-cache.ts';
import { readDemFile } from './dem/read-dem.ts';
import type { Reporter } from './progress.ts';
import { planSettlement, type Settlement } from './settlement/plan-settlement.ts';
import { gatherFacts, type Facts } from './synthesis/pins.ts';
import { readRelief, type Relief } from './synthesis/read-relief.ts';
import { planeOf } from './synthesis/river-profile.ts';
import { synthesise } from './synthesis/synthesise.ts';
import { tileSizeDeg } from './terrain/tiling.ts';

// A tile of the finest level holds this many samples a side: the synthesised raster is made as fine as that.
const SAMPLES_PER_TILE = 64;
// Finer than this nothing is known that could be synthesised.
const FINEST_SYNTHESIS_LEVEL = 11;

export interface Sources {
  city: City;
  facts(): Facts;
  dem(): Promise<Dem>;
  settlement(): Promise<Settlement>;
}

export function openSources(job: {
  options: Options;
  folder: string;
  inputs: string;
  report: Reporter;
}): Sources {
  const { options, report } = job;
  const city = readCity(join(options.cities, options.city));
  const relief = readRelief(join(options.cities, options.city, 'relief.yaml'));
  const facts = once(() => gatherFacts(city, relief, planeOf(city)));
  const dem = once(() => openDem({ ...job, city, relief }));
  const settlement = once(async () => {
    const heights = await dem();
    report.note(`Planning towns and streets / 正在合成示意街区与道路`);
    return planSettlement({ city, dem: heights, facts: facts(), seed: relief.seed });
  });
  return { city, facts, dem, settlement };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

async function openDem(job: {
  options: Options;
  folder: string;
  inputs: string;
  report: Reporter;
  city: City;
  relief: Relief;
}): Promise<Dem> {
  const { options, city, relief, report } = job;
  if (options.dem !== null) {
    const margin = relief.marginDeg;
    const { west, south, east, north } = city.bounds;
    const region = { west: west - margin, south: south - margin, east: east + margin, north: north + margin };
    return readDemFile(options.dem, {
      region,
      finestStepDeg: tileSizeDeg(options.maxLevel) / (2 * SAMPLES_PER_TILE),
    });
  }
  const stepDeg = tileSizeDeg(Math.min(FINEST_SYNTHESIS_LEVEL, options.maxLevel)) / SAMPLES_PER_TILE;
  const file = join(job.folder, 'build', 'heights.bin');
  const kept = readRaster(file, job.inputs);
  if (kept) return demOfGrid(kept);
  report.note(`Shaping the land of ${city.title.zh || city.id} / 正在合成示意地形`);
  const { grid } = synthesise({ city, relief, stepDeg, progress: report.share('land') });
  writeRaster(file, grid, job.inputs);
  return demOfGrid(rounded(grid));
}
