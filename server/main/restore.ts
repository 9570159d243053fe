// Puts a backup (backup.ts) into an empty place: the files of the city, then its records, audited before one is written.
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readFile, rename, rm, rmdir, utimes } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { CodedError } from '../../contracts/errors.ts';
import type { TarFile, TarSink } from '../kit/tar.ts';
import { readTar } from '../kit/tar.ts';
import { Anchors } from '../store/anchor.ts';
import { sameHead } from '../store/chain.ts';
import { openBackend } from '../store/open-store.ts';
import { anchorFolder } from '../store/store.ts';
import { importLines } from '../store/take-over.ts';
import type { Manifest } from './backup.ts';
import { BACKUP_FORMAT, linesOf, MANIFEST } from './backup.ts';

const manifestSchema = z.object({
  format: z.number().int(),
  build: z.string(),
  city: z.string().regex(/^[a-z0-9-]+$/),
  madeAt: z.number(),
  heads: z.array(
    z.object({ world: z.string().min(1), seq: z.number().int().nonnegative(), hash: z.string() }),
  ),
});

export interface RestoreTarget {
  readonly dataDir: string;
  /** postgres://…; null: records go into the city's folder. */
  readonly url: string | null;
}

/**
 * Leaves the target as it was where it fails.
 * @throws CodedError request/conflict where the city's folder holds something, store/damaged, store/newer, store/…
 */
export async function restoreBackup(file: string, { dataDir, url }: RestoreTarget): Promise<Manifest> {
  if (!existsSync(file)) throw new CodedError('request/not-found', `the backup ${file}`);
  mkdirSync(dataDir, { recursive: true });
  const work = mkdtempSync(path.join(dataDir, '.restoring-'));
  try {
    const manifest = await unpack(file, work, dataDir);
    await putRecords(manifest, work, url);
    const target = path.join(dataDir, manifest.city);
    await rm(path.join(work, 'records'), { recursive: true, force: true });
    await rm(path.join(work, MANIFEST));
    if (existsSync(target)) await rmdir(target);
    await rename(work, target);
    return manifest;
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    throw error;
  }
}

async function unpack(file: string, work: string, dataDir: string): Promise<Manifest> {
  const sink = new Unpacking(work);
  const source = createReadStream(file);
  const pieces = source.pipe(createGunzip());
  source.once('error', (error) => pieces.destroy(error));
  try {
    await readTar(pieces, sink);
  } catch (error) {
    if (error instanceof CodedError) throw new CodedError(error.code, `${file}: ${error.message}`);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_'))
      throw new CodedError('store/damaged', `${file} is no whole backup (${message})`);
    throw error;
  } finally {
    await sink.close();
    source.destroy();
  }
  const manifest = await readManifest(file, work);
  const target = path.join(dataDir, manifest.city);
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new CodedError('request/conflict', `${target} holds data: restore into an empty folder`);
  return manifest;
}

async function readManifest(file: string, work: string): Promise<Manifest> {
  const text = await readFile(path.join(work, MANIFEST), 'utf8').catch(() => '');
  const parsed = manifestSchema.safeParse(text === '' ? null : JSON.parse(text));
  if (!parsed.success)
    throw new CodedError('store/damaged', `${file} has no ${MANIFEST}: it is no backup of ours`);
  if (parsed.data.format > BACKUP_FORMAT)
    throw new CodedError(
      'store/newer',
      `${file} has format ${parsed.data.format}, this build knows ${BACKUP_FORMAT}`,
    );
  return parsed.data;
}

async function putRecords({ city, heads }: Manifest, work: string, url: string | null): Promise<void> {
  const backend = await openBackend({ folder: work, city, url });
  const anchors = new Anchors(anchorFolder(work));
  try {
    for (const { world, ...kept } of heads) {
      const head = await importLines(backend, path.join(work, linesOf(world)), world);
      if (!sameHead(head, kept))
        throw new CodedError(
          'store/damaged',
          `${world} ends at entry ${head.seq}, the backup says ${kept.seq}`,
        );
      anchors.keep(world, head);
    }
  } finally {
    anchors.close();
    await backend.close();
  }
}

/** Writes the files of an archive below a folder, with their times. */
class Unpacking implements TarSink {
  readonly #root: string;
  #file: { readonly path: string; readonly modifiedAt: number; readonly handle: FileHandle } | null = null;

  constructor(root: string) {
    this.#root = root;
  }

  async begin({ name, modifiedAt }: TarFile): Promise<void> {
    const target = path.resolve(this.#root, name);
    if (!target.startsWith(`${path.resolve(this.#root)}${path.sep}`))
      throw new CodedError('store/damaged', `the archive names ${name}, outside its own folder`);
    await mkdir(path.dirname(target), { recursive: true });
    this.#file = { path: target, modifiedAt, handle: await open(target, 'wx') };
  }

  async write(bytes: Buffer): Promise<void> {
    await this.#file?.handle.writeFile(bytes);
  }

  async end(): Promise<void> {
    const file = this.#file;
    await file?.handle.sync();
    await this.close();
    if (file) await utimes(file.path, file.modifiedAt / 1000, file.modifiedAt / 1000);
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.handle.close();
  }
}
