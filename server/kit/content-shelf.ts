// Files by their SHA-256, written once and never again: what was kept under a name is what the name says, or it is damaged.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { CodedError } from '../../contracts/errors.ts';

/** Of a city's folder: evidence packs. */
export const EVIDENCE_FOLDER = 'evidence';
const HASH = /^[0-9a-f]{64}$/;

export const contentHash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Why what is kept under a hash is not what it was; null: it is. */
export async function contentFault(folder: string, hash: string): Promise<string | null> {
  if (!HASH.test(hash)) return `${hash.slice(0, 70)} is no name of a file`;
  const bytes = await readFile(path.join(folder, hash)).catch(() => null);
  if (!bytes) return `file ${hash} is not there`;
  const is = contentHash(bytes);
  return is === hash ? null : `file ${hash} holds something else (${is})`;
}

export class ContentShelf {
  readonly #folder: string;

  /** Made with its first file. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Durable when it resolves. → its hash */
  async keep(bytes: Uint8Array): Promise<string> {
    const hash = contentHash(bytes);
    const target = path.join(this.#folder, hash);
    if (existsSync(target)) return hash;
    mkdirSync(this.#folder, { recursive: true });
    const part = `${target}.new`;
    const file = await open(part, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, target);
    const folder = await open(this.#folder);
    await folder.sync();
    await folder.close();
    return hash;
  }

  /** @throws CodedError store/damaged where it is not there or not what was kept */
  async read(hash: string): Promise<Buffer> {
    const fault = await contentFault(this.#folder, hash);
    if (fault !== null) throw new CodedError('store/damaged', fault);
    return readFile(path.join(this.#folder, hash));
  }
}
