// Reads one city package from disk into a typed, checked whole. Node only; the browser gets what the server sends it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { cityProblems } from './check.ts';
import * as schema from './schema.ts';

export type { AcknowledgementRules, City } from './schema.ts';

/** A file of the package is missing, unreadable or against its schema. `where` is `file`, `file:line` or `file field`. */
export class CityError extends Error {
  readonly where: string;

  constructor(where: string, problem: string, remedy: string) {
    super(`${where}: ${problem} → ${remedy}`);
    this.name = 'CityError';
    this.where = where;
  }
}

type Folder = { path: string; label: string };

function readText({ path, label }: Folder, file: string): string {
  try {
    return readFileSync(join(path, file), 'utf8');
  } catch {
    throw new CityError(
      `${label}/${file}`,
      'cannot be read',
      'add the file; cities/README.md says what it holds.',
    );
  }
}

function problemOf(issue: z.core.$ZodIssue): string {
  const field = issue.path.map(String).join('.');
  const text = issue.code === 'unrecognized_keys' ? `unknown ${issue.keys.join(', ')}` : issue.message;
  return field === '' ? text : `${field}: ${text}`;
}

function check<T extends z.ZodType>(type: T, value: unknown, where: string): z.output<T> {
  const parsed = type.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const more = parsed.error.issues.length - 1;
  const problem = `${first ? problemOf(first) : 'not valid'}${more > 0 ? ` (and ${more} more)` : ''}`;
  throw new CityError(where, problem, 'correct or remove the field; cities/schema.ts lists what is allowed.');
}

function readYaml<T extends z.ZodType>(folder: Folder, file: string, type: T): z.output<T> {
  const document = parseDocument(readText(folder, file));
  const where = `${folder.label}/${file}`;
  const [error] = document.errors;
  if (error)
    throw new CityError(`${where}:${error.linePos?.[0].line ?? 1}`, error.message, 'correct the YAML.');
  return check(type, document.toJS(), where);
}

function readJson<T extends z.ZodType>(folder: Folder, file: string, type: T): z.output<T> {
  const where = `${folder.label}/${file}`;
  let value: unknown;
  try {
    value = JSON.parse(readText(folder, file));
  } catch (error) {
    if (error instanceof CityError) throw error;
    throw new CityError(where, error instanceof Error ? error.message : 'not JSON', 'correct the JSON.');
  }
  return check(type, value, where);
}

/** Plain CSV: one header row, commas, no quotes. The line number in an error counts the header as line 1. */
function readCsv<T extends z.ZodType>(folder: Folder, file: string, row: T): z.output<T>[] {
  const where = `${folder.label}/${file}`;
  const [header = '', ...lines] = readText(folder, file).trimEnd().split('\n');
  const columns = header.split(',');
  return lines.map((line, i) => {
    const cells = line.split(',');
    if (cells.length !== columns.length) {
      const problem = `${cells.length} values for ${columns.length} columns`;
      throw new CityError(
        `${where}:${i + 2}`,
        problem,
        'give every column a value, without commas, or leave it empty.',
      );
    }
    return check(
      row,
      Object.fromEntries(columns.map((column, c) => [column, cells[c]])),
      `${where}:${i + 2}`,
    );
  });
}

function readStations(folder: Folder): schema.Stations {
  const files = Object.entries(schema.stationRows);
  return Object.fromEntries(
    files.map(([name, row]) => [name, readCsv<z.ZodType>(folder, `stations/${name}.csv`, row)]),
  ) as schema.Stations;
}

function readSystems(folder: Folder): schema.System[] {
  const rank = ({ no }: schema.System): number => {
    const [box = 0, item = 0] = (no ?? '99-0').split('-').map(Number);
    return box * 100 + item;
  };
  return readdirSync(join(folder.path, 'systems'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => {
      const system = readYaml(folder, `systems/${file}`, schema.systemFile);
      if (`${system.id}.yaml` === file) return system;
      const where = `${folder.label}/systems/${file}`;
      throw new CityError(where, `holds system "${system.id}"`, `rename the file to ${system.id}.yaml.`);
    })
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

function readOrderTemplates(folder: Folder): schema.OrderTemplates {
  const file = 'order-templates.yaml';
  return existsSync(join(folder.path, file))
    ? readYaml(folder, file, schema.orderTemplatesFile).templates
    : [];
}

function readCity(folder: Folder): schema.City {
  const features = <T extends z.ZodType>(file: string, type: T): z.output<T> => readJson(folder, file, type);
  return {
    profile: readYaml(folder, 'city.yaml', schema.profileFile),
    counties: features('counties.geojson', schema.countiesFile).features.sort(
      (a, b) => a.properties.order - b.properties.order,
    ),
    towns: readCsv(folder, 'towns.csv', schema.townRow),
    villages: existsSync(join(folder.path, 'villages.csv'))
      ? readCsv(folder, 'villages.csv', schema.villageRow)
      : [],
    rivers: features('rivers.geojson', schema.riversFile).features,
    lakes: features('lakes.geojson', schema.lakesFile).features,
    roads: features('roads.geojson', schema.roadsFile).features,
    railways: features('railways.geojson', schema.railwaysFile).features,
    faults: features('faults.geojson', schema.faultsFile).features,
    peaks: readCsv(folder, 'peaks.csv', schema.peakRow),
    places: features('places.geojson', schema.placesFile).features,
    gatherings: existsSync(join(folder.path, 'gatherings.csv'))
      ? readCsv(folder, 'gatherings.csv', schema.gatheringRow)
      : [],
    stations: readStations(folder),
    organisation: readYaml(folder, 'organisation.yaml', schema.organisationFile),
    calendar: readYaml(folder, 'calendar.yaml', schema.calendarFile),
    responsibilities: readYaml(folder, 'responsibilities.yaml', schema.responsibilitiesFile),
    outbound: readYaml(folder, 'outbound.yaml', schema.outboundFile),
    orderTemplates: readOrderTemplates(folder),
    acknowledgements: existsSync(join(folder.path, 'acknowledgements.yaml'))
      ? readYaml(folder, 'acknowledgements.yaml', schema.acknowledgementsFile)
      : schema.acknowledgementsFile.parse({}),
    normals: readYaml(folder, 'normals.yaml', schema.normalsFile),
    thresholds: readYaml(folder, 'thresholds.yaml', schema.thresholdsFile),
    gazetteer: readCsv(folder, 'gazetteer.csv', schema.gazetteerRow),
    systems: readSystems(folder),
    feeds: readYaml(folder, 'feeds.yaml', schema.feedsFile),
    decisions: existsSync(join(folder.path, 'decisions.yaml'))
      ? readYaml(folder, 'decisions.yaml', schema.decisionsFile)
      : {},
  };
}

/** Ids of the city packages under a root, sorted. */
export function listCities(root: string = import.meta.dirname): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'city.yaml')))
    .map((entry) => entry.name)
    .sort();
}

/**
 * Reads and checks the package `<root>/<id>`; the root defaults to this folder.
 * Throws CityError naming file, line or field, and what to do, at the first problem.
 */
export function loadCity(id: string, root: string = import.meta.dirname): schema.City {
  if (!listCities(root).includes(id)) {
    const known = listCities(root).join(', ') || 'none';
    throw new CityError(
      `cities/${id}`,
      'no such city package',
      `choose one of: ${known}; or add the folder.`,
    );
  }
  const folder = { path: join(root, id), label: `cities/${id}` };
  const city = readCity(folder);
  if (city.profile.id !== id) {
    throw new CityError(`${folder.label}/city.yaml`, `id is "${city.profile.id}"`, `write id: ${id}.`);
  }
  const [problem] = cityProblems(city);
  if (problem) throw new CityError(`${folder.label}/${problem.file}`, problem.problem, problem.remedy);
  return city;
}
