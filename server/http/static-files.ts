// The built client and the tiles: files of two folders, nothing above them. Text is compressed once and kept in memory.
import { closeSync, openSync, readSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Compressed files kept in memory, bytes. */
const CACHE_BYTES = 64 * 1024 * 1024;
const MIN_COMPRESSED = 1024;
const COMPRESSIBLE = new Set([
  '.html',
  '.js',
  '.mjs',
  '.css',
  '.json',
  '.svg',
  '.txt',
  '.geojson',
  '.glsl',
  '.map',
  '.wasm',
  '.glb',
]);
/** Built files with a hash in their name never change. */
const HASHED = /[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;

interface Compressed {
  readonly mtimeMs: number;
  readonly bytes: Buffer;
}

/**
 * Pages of the client; an address without a file of its own is the client's (index.html), unless it lies beside `others`:
 * who mistypes an address of the interface is told so, and not given a page.
 */
export function pageRoutes(folder: string, others: () => readonly Route[]): Route[] {
  const files = new CompressedFiles();
  return [
    route({
      method: 'get',
      path: '/{*path}',
      title: title('页面', 'Pages'),
      answers: { type: 'text/html' },
      action: 'read-page',
      about: (params) => ({ kind: 'page', id: params.path ?? '' }),
      query: null,
      answer: async ({ request, params }, response) => {
        const asked = params.path || 'index.html';
        const [root] = asked.split('/');
        if (others().some((other) => other.path.split('/')[1] === root))
          throw new CodedError('request/not-found', `GET /${asked.slice(0, 100)}`);
        const isPage = !path.extname(asked);
        const file = inside(folder, isPage ? 'index.html' : asked);
        const isFixed = asked.startsWith('assets/') && HASHED.test(asked);
        const headers = { 'Cache-Control': isFixed ? 'public, max-age=31536000, immutable' : 'no-cache' };
        await files.send({ folder, file, headers }, request, response);
      },
    }),
  ];
}

/** Terrain and vector tiles. */
export function tileRoutes(folder: string): Route[] {
  const files = new CompressedFiles();
  return [
    route({
      method: 'get',
      path: '/tiles/*path',
      title: title('瓦片', 'Terrain and other tiles'),
      answers: { type: 'application/octet-stream' },
      action: 'read-tiles',
      about: (params) => ({ kind: 'tiles', id: params.path ?? '' }),
      query: null,
      answer: async ({ request, params }, response) => {
        const file = inside(folder, params.path ?? '');
        const headers: Record<string, string> = { 'Cache-Control': 'public, max-age=3600' };
        if (file.endsWith('.terrain')) {
          headers['Content-Type'] = 'application/vnd.quantized-mesh';
          if (isGzip(file)) headers['Content-Encoding'] = 'gzip';
        }
        await files.send({ folder, file, headers }, request, response);
      },
    }),
  ];
}

interface Found {
  readonly folder: string;
  /** Absolute, inside the folder. */
  readonly file: string;
  /** Of the file, not of a refusal. */
  readonly headers: Readonly<Record<string, string>>;
}

class CompressedFiles {
  readonly #kept = new Map<string, Compressed>();
  #bytes = 0;

  async send({ folder, file, headers }: Found, request: Request, response: Response): Promise<void> {
    const encoding = this.#encodingFor(file, request);
    if (encoding) {
      const bytes = await this.#compressed(file, encoding);
      if (bytes) {
        response.set(headers).setHeader('Content-Encoding', encoding).setHeader('Vary', 'Accept-Encoding');
        response.type(path.extname(file)).send(bytes);
        return;
      }
    }
    await new Promise<void>((resolve, reject) => {
      // Relative to the folder: names that begin with a dot are refused below it, not on the way to it.
      const options = {
        root: path.resolve(folder),
        headers,
        cacheControl: false,
        dotfiles: 'ignore',
      } as const;
      response.sendFile(path.relative(options.root, file), options, (error) =>
        error ? reject(notFound(error, request)) : resolve(),
      );
    });
  }

  #encodingFor(file: string, request: Request): 'br' | 'gzip' | null {
    if (request.headers.range !== undefined) return null;
    if (!COMPRESSIBLE.has(path.extname(file))) return null;
    const accepted = request.acceptsEncodings('br', 'gzip');
    return accepted === 'br' || accepted === 'gzip' ? accepted : null;
  }

  async #compressed(file: string, encoding: 'br' | 'gzip'): Promise<Buffer | null> {
    const facts = await stat(file).catch(() => null);
    if (!facts?.isFile() || facts.size < MIN_COMPRESSED) return null;
    const name = `${encoding}:${file}`;
    const known = this.#kept.get(name);
    if (known?.mtimeMs === facts.mtimeMs) return known.bytes;
    const bytes = await compress(await readFile(file), encoding);
    this.#keep(name, { mtimeMs: facts.mtimeMs, bytes });
    return bytes;
  }

  #keep(name: string, entry: Compressed): void {
    this.#bytes += entry.bytes.length - (this.#kept.get(name)?.bytes.length ?? 0);
    this.#kept.delete(name);
    this.#kept.set(name, entry);
    for (const [oldest, { bytes }] of this.#kept) {
      if (this.#bytes <= CACHE_BYTES) return;
      this.#kept.delete(oldest);
      this.#bytes -= bytes.length;
    }
  }
}

function compress(bytes: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> {
  return encoding === 'br'
    ? brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
    : gzipped(bytes);
}

/** @throws CodedError request/not-found for anything outside the folder, and for names that begin with a dot */
function inside(folder: string, asked: string): string {
  const file = path.resolve(folder, asked);
  const isHidden = asked.split(/[\\/]/).some((name) => name.startsWith('.'));
  if (file.startsWith(path.resolve(folder) + path.sep) && !isHidden && !asked.includes('\0')) return file;
  throw new CodedError('request/not-found', asked);
}

function notFound(error: Error, request: Request): Error {
  const status = (error as { status?: number }).status;
  if ((error as NodeJS.ErrnoException).code === 'ECONNABORTED') return error;
  return status === 404 || status === 403 ? new CodedError('request/not-found', request.path) : error;
}

function isGzip(file: string): boolean {
  const head = Buffer.alloc(2);
  try {
    const fd = openSync(file, 'r');
    readSync(fd, head, 0, 2, 0);
    closeSync(fd);
  } catch {
    return false;
  }
  return head[0] === 0x1f && head[1] === 0x8b;
}
