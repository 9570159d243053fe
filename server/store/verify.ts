// Audits the records of a whole data folder: each city's store, and the log that was taken over into it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CodedError } from '../../contracts/errors.ts';
import type { Fault } from './audit.ts';
import { Audit, describeFault, rowsOfLines } from './audit.ts';
import { auditStore } from './audit-store.ts';
import { openForReading, recordsFile } from './open-store.ts';
import { anchorFolder } from './store.ts';
import { oldLogIn } from './take-over.ts';

/** One log as it was found. */
export interface Verified {
  readonly city: string;
  /** '': it is not about one log. */
  readonly world: string;
  /** File, or database and schema. */
  readonly where: string;
  readonly entries: number;
  /** Hash of the last entry. */
  readonly head: string;
  readonly faults: readonly Fault[];
}

export interface VerifyOptions {
  readonly dataDir: string;
  /** null: every city of the folder. */
  readonly city: string | null;
  /** postgres://…; null: a file in each city's folder. */
  readonly url: string | null;
}

/** May run beside a server. @throws CodedError store/unreachable, store/newer: what could not be looked at */
export async function verifyFolder({ dataDir, city, url }: VerifyOptions): Promise<readonly Verified[]> {
  const found: Verified[] = [];
  for (const name of city === null ? citiesIn(dataDir) : [city]) {
    const folder = path.join(dataDir, name);
    found.push(...(await verifyStore(name, folder, url)), ...verifyOldLog(name, folder));
  }
  return found;
}

/** The folders that hold records, or held some. */
function citiesIn(dataDir: string): string[] {
  const holds = (name: string): boolean => {
    const folder = path.join(dataDir, name);
    return existsSync(recordsFile(folder)) || existsSync(anchorFolder(folder)) || oldLogIn(folder) !== null;
  };
  return existsSync(dataDir) ? readdirSync(dataDir).filter(holds).sort() : [];
}

async function verifyStore(city: string, folder: string, url: string | null): Promise<Verified[]> {
  const where = url === null ? recordsFile(folder) : 'PostgreSQL';
  try {
    const backend = await openForReading({ folder, city, url });
    if (!backend)
      return existsSync(anchorFolder(folder)) ? [broken(city, where, 'the file is not there')] : [];
    try {
      const { logs, faults } = await auditStore(backend, anchorFolder(folder));
      const own = faults.map((detail) => broken(city, backend.where, detail));
      return [
        ...logs.map(({ head, ...log }) => ({ city, where: backend.where, ...log, head: head.hash })),
        ...own,
      ];
    } finally {
      await backend.close();
    }
  } catch (error) {
    // What cannot be read is a finding, what could not be asked is none.
    if (error instanceof CodedError && error.code === 'store/damaged')
      return [broken(city, where, error.message)];
    throw error;
  }
}

function verifyOldLog(city: string, folder: string): Verified[] {
  const file = oldLogIn(folder);
  if (file === null) return [];
  const world = 'live';
  // Its end is in the store that took it over: no head of its own is due.
  const audit = new Audit(world, null);
  for (const row of rowsOfLines(readFileSync(file, 'utf8'), world)) audit.take(row);
  const { count: entries, head, faults } = audit;
  return [{ city, world, where: file, entries, head: head.hash, faults }];
}

const broken = (city: string, where: string, detail: string): Verified => ({
  city,
  world: '',
  where,
  entries: 0,
  head: '',
  faults: [{ what: 'damaged', from: 0, to: 0, detail }],
});

export function describeVerified({ city, world, where, entries, head, faults }: Verified): string {
  const name = `${city}${world === '' ? '' : `/${world}`} (${where})`;
  if (faults.length === 0) return `holds    ${name}: ${entries} entries, head ${head}`;
  return [`BROKEN   ${name}`, ...faults.map((fault) => `         ${describeFault(fault)}`)].join('\n');
}
