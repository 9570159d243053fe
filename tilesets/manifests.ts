// manifest.json of a city's tiles: what they were made from, when, under which licence, and that they are 示意 where so.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options, Part } from './arguments.ts';
import type { City } from './city/read-city.ts';
import { BUILDER_VERSION } from './fingerprint.ts';
import { writeWhole } from './terrain/build-terrain.ts';

export interface PartRecord {
  inputs: string;
  builtAt: string;
  tiles: number;
  bytes: number;
  contentHash: string;
  /** Only where it differs from the terrain's: who made it, what it is worth. */
  source?: string;
  licence?: string;
  synthetic?: boolean;
  note?: Note;
  /** What is in it, by name. */
  counts?: Record<string, number>;
}

export interface Note {
  zh: string;
  en: string;
}

export type Records = Partial<Record<Part, PartRecord>>;

const SYNTHETIC_NOTE = {
  zh: '示意地形，由山峰、河流水位和驻地高程合成，不是测量成果',
  en: 'Schematic terrain made from peaks, river levels and seat elevations; not surveyed',
};
const OWN_NOTE = { zh: '由所给高程文件生成', en: 'Made from the given height file' };
const SYNTHETIC_BUILDINGS = {
  zh: '示意建筑：按乡镇人口、道路、水系和坡度合成的街区，不是实测建筑',
  en: 'Schematic buildings: blocks made up from town populations, roads, water and slopes; not surveyed',
};
const OWN_BUILDINGS = { zh: '由所给建筑轮廓文件生成', en: 'Made from the given footprints' };

export function terrainNote(options: Options): Note {
  return options.dem === null ? SYNTHETIC_NOTE : OWN_NOTE;
}

export function buildingsNote(options: Options): Note {
  return options.buildings === null ? SYNTHETIC_BUILDINGS : OWN_BUILDINGS;
}

export function readRecords(folder: string): Records {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file)) return {};
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { parts?: Records }).parts ?? {};
  } catch {
    // A manifest that cannot be read says nothing: build again.
    return {};
  }
}

export function writeManifests(job: {
  options: Options;
  city: City;
  folder: string;
  records: Records;
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
    note: terrainNote(options),
  };
  const put = (name: string, value: object): void =>
    writeWhole(join(folder, name), Buffer.from(JSON.stringify(value, null, 1)));
  put('manifest.json', { ...facts, parts: records });
  if (records.terrain) {
    const { tiles, bytes, contentHash } = records.terrain;
    put('terrain/manifest.json', {
      ...facts,
      format: 'quantized-mesh-1.0',
      contentEncoding: 'gzip',
      extensions: ['octvertexnormals'],
      maxLevel: options.maxLevel,
      tiles,
      bytes,
      contentHash,
    });
  }
  if (records.buildings) {
    put('buildings/manifest.json', { ...facts, format: '3D Tiles 1.1', ...records.buildings });
  }
}
