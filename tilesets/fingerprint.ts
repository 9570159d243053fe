// What a part of the tiles depends on, as one short text: equal means it need not be built again.
import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Options, Part } from './arguments.ts';

// Raise it when the same inputs give other tiles.
export const BUILDER_VERSION = '2';
// Or only this one, when one part alone changes.
const PART_VERSIONS: Partial<Record<Part, string>> = { buildings: '3' };

const READ_FILES =
  /^(city\.yaml|relief\.yaml|[a-z-]+\.geojson|peaks\.csv|towns\.csv|stations[\\/](river-gauges|reservoirs)\.csv)$/;

// What one part alone reads.
const OWN_FILES: Partial<Record<Part, RegExp>> = { vector: /^villages\.csv$/ };

/** Changes with the builder, the city's files, the height file, the footprints (buildings only) and the options. */
export function fingerprintOf(options: Options, part: Part): string {
  const hash = createHash('sha256').update(`${BUILDER_VERSION} ${options.maxLevel} `);
  const folder = join(options.cities, options.city);
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
        (name) => READ_FILES.test(name) || OWN_FILES[part]?.test(name),
      )
    : [];
  for (const name of files.sort()) {
    const file = join(folder, name);
    hash.update(`${file.length} `).update(readFileSync(file));
  }
  addFile(hash, options.dem);
  hash.update(PART_VERSIONS[part] ?? '');
  if (part === 'buildings' && options.buildings !== null) {
    addFile(hash, options.buildings);
    hash.update(JSON.stringify(options.fields));
  }
  return hash.digest('hex').slice(0, 32);
}

/** Large files by size and time: reading them only to see that nothing changed would cost minutes. */
function addFile(hash: Hash, file: string | null): void {
  if (file === null) return;
  const facts = statSync(file, { throwIfNoEntry: false });
  hash.update(`${file} ${facts?.size ?? 0} ${facts?.mtimeMs ?? 0}`);
}
