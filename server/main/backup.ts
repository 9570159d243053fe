// Everything a city keeps, as one file, of a running server too: records as JSON lines up to one head, then the files of its
// folder in the order in which each is older than what is needed to go on from it.
import { createWriteStream, mkdtempSync, readdirSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { copyFile, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { CodedError } from '../../contracts/errors.ts';
import { tarEnd, tarHead, tarPadding } from '../kit/tar.ts';
import type { Backend } from '../store/backend.ts';
import type { StorePlace } from '../store/open-store.ts';
import { openForReading } from '../store/open-store.ts';
import type { LogHead } from '../store/port.ts';
import { headOf } from '../store/chain.ts';
import { pagesOf } from '../store/take-over.ts';

/** Raised when an older version could not restore it. */
export const BACKUP_FORMAT = 1;
export const MANIFEST = 'backup.json';

export interface Manifest {
  readonly format: number;
  readonly build: string;
  readonly city: string;
  /** Epoch ms. */
  readonly madeAt: number;
  /** The last entry of each world's log. */
  readonly heads: readonly ({ readonly world: string } & LogHead)[];
}

/** Where the log of a world stands in the archive. */
export const linesOf = (world: string): string => `records/${encodeURIComponent(world)}.jsonl`;

/** Not copied: what the records are kept in, the key of their secrets, and what belongs to a process. */
const LEFT_OUT = /^(records\.db.*|heads\/.*|secret\.key)$|\.new$/;
/** What is sealed moves from the first of these to the later ones: in this order nothing is missed. */
const ORDER = [/^state\//, /^schemas\//, /^journal\//, /^history\/[^/]+\/open\//, /^history\//];
/** Tries to have records and names of one moment, while people go on merging. */
const TRIES = 20;
const ALIASES = 'aliases.jsonl';

export interface BackupFacts {
  readonly build: string;
  /** Epoch ms. */
  readonly now: number;
}

export interface BackupReport extends Manifest {
  readonly files: number;
  readonly bytes: number;
}

/** @throws CodedError request/conflict where the file exists, request/not-found where nothing is kept, store/… */
export async function backUp(place: StorePlace, file: string, facts: BackupFacts): Promise<BackupReport> {
  const target = await open(file, 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST')
      throw new CodedError('request/conflict', `${file} exists: choose another name`);
    throw new CodedError('request/invalid', `${file} cannot be written: ${error.message}`);
  });
  await target.close();
  const work = mkdtempSync(`${file}.making-`);
  try {
    const backend = await openForReading(place);
    if (!backend) throw new CodedError('request/not-found', `records in ${place.folder}`);
    try {
      return await write(place, { backend, file, work, facts });
    } finally {
      await backend.close();
    }
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

interface Making {
  readonly backend: Backend;
  readonly file: string;
  readonly work: string;
  readonly facts: BackupFacts;
}

async function write({ folder, city }: StorePlace, making: Making): Promise<BackupReport> {
  const { backend, file, work, facts } = making;
  const heads = await recordsAndNames(folder, backend, work);
  const manifest: Manifest = { format: BACKUP_FORMAT, build: facts.build, city, madeAt: facts.now, heads };
  await writeFile(path.join(work, MANIFEST), `${JSON.stringify(manifest)}\n`);
  const made = [MANIFEST, ...heads.map(({ world }) => linesOf(world)), ALIASES];
  const counted = { files: 0, bytes: 0 };
  const part = path.join(work, 'archive');
  await pipeline(
    Readable.from(archive({ work, made, folder }, counted)),
    createGzip({ level: 1 }),
    createWriteStream(part),
  );
  await toDisk(part);
  await rename(part, file);
  await toDisk(path.dirname(path.resolve(file)));
  return { ...manifest, ...counted };
}

/** Names that were merged are on record: both are taken again until no entry came between. */
async function recordsAndNames(folder: string, backend: Backend, work: string): Promise<Manifest['heads']> {
  let heads = await writeLogs(backend, work);
  for (let attempt = 1; ; attempt += 1) {
    await copyFile(path.join(folder, ALIASES), path.join(work, ALIASES)).catch(() =>
      writeFile(path.join(work, ALIASES), ''),
    );
    const isStill = (await headsOf(backend)).every(
      ({ world, seq }) => heads.find((head) => head.world === world)?.seq === seq,
    );
    if (isStill || attempt === TRIES) return heads;
    heads = await writeLogs(backend, work);
  }
}

async function headsOf(backend: Backend): Promise<Manifest['heads']> {
  const heads: ({ world: string } & LogHead)[] = [];
  for (const world of await backend.worlds()) heads.push({ world, ...headOf(await backend.last(world)) });
  return heads;
}

async function writeLogs(backend: Backend, work: string): Promise<Manifest['heads']> {
  const heads: ({ world: string } & LogHead)[] = [];
  await rm(path.join(work, 'records'), { recursive: true, force: true });
  for (const world of await backend.worlds()) {
    const lines = path.join(work, linesOf(world));
    let head: LogHead | null = null;
    const texts = async function* (): AsyncGenerator<string> {
      for await (const page of pagesOf(backend, world)) {
        head = headOf(page.at(-1) ?? null);
        yield page.map(({ text }) => `${text}\n`).join('');
      }
    };
    await mkdir(path.dirname(lines), { recursive: true });
    await pipeline(Readable.from(texts()), createWriteStream(lines));
    heads.push({ world, ...(head ?? headOf(null)) });
  }
  return heads;
}

interface Archived {
  readonly work: string;
  /** In `work`, of this backup's own making. */
  readonly made: readonly string[];
  readonly folder: string;
}

async function* archive(
  { work, made, folder }: Archived,
  counted: { files: number; bytes: number },
): AsyncGenerator<Buffer> {
  const taken = new Set<string>();
  const add = async function* (root: string, name: string): AsyncGenerator<Buffer> {
    taken.add(name);
    for await (const bytes of entryOf(path.join(root, name), name)) {
      counted.bytes += bytes.length;
      yield bytes;
    }
    counted.files += 1;
  };
  for (const name of made) yield* add(work, name);
  // While it is copied, hours and windows become segments, and days thinner ones: until nothing new is found.
  for (;;) {
    const names = filesIn(folder).filter((name) => !taken.has(name));
    if (names.length === 0) break;
    for (const name of names) yield* add(folder, name);
  }
  yield tarEnd();
}

function filesIn(folder: string): string[] {
  const rank = (name: string): number => {
    const found = ORDER.findIndex((part) => part.test(name));
    return found < 0 ? ORDER.length : found;
  };
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((name) => !LEFT_OUT.test(name))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** As long as it was when it was opened: all files are appended to or put in place whole. Gone: sealed meanwhile. */
async function* entryOf(file: string, name: string): AsyncGenerator<Buffer> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    const { size, mtimeMs } = await handle.stat();
    yield tarHead({ name, size, modifiedAt: mtimeMs });
    let left = size;
    if (size > 0) {
      for await (const part of handle.createReadStream({ end: size - 1, autoClose: false })) {
        left -= (part as Buffer).length;
        yield part as Buffer;
      }
    }
    // Half a record that was cut off meanwhile: its place is filled with what is no record either.
    yield Buffer.alloc(left);
    yield tarPadding(size);
  } finally {
    await handle.close();
  }
}

async function toDisk(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
