// Tar archives as a stream: POSIX pax interchange format, so that `tar tf` reads what we write. Regular files only; names of
// up to 100 bytes; times to the millisecond in a pax record; sizes up to 8 GiB.
import { CodedError } from '../../contracts/errors.ts';

const BLOCK = 512;
const MAX_SIZE = 8 * 1024 ** 3 - 1;
const MAX_NAME = 100;
const PAX = 'x';
const REGULAR = new Set(['0', '\0']);
/** Bytes of a pax record we read: ours are about 40. */
const MAX_PAX = 65_536;

export interface TarFile {
  readonly name: string;
  readonly size: number;
  /** Epoch ms. */
  readonly modifiedAt: number;
}

/** The blocks before a file's bytes. @throws CodedError request/invalid for a name or a size that does not fit */
export function tarHead({ name, size, modifiedAt }: TarFile): Buffer {
  if (Buffer.byteLength(name) > MAX_NAME || size > MAX_SIZE)
    throw new CodedError('request/invalid', `${name} of ${size} bytes does not fit a tar archive`);
  const pax = Buffer.from(paxRecord('mtime', (modifiedAt / 1000).toFixed(3)));
  const seconds = Math.floor(modifiedAt / 1000);
  return Buffer.concat([
    header({ name: 'pax', size: pax.length, seconds, type: PAX }),
    pax,
    tarPadding(pax.length),
    header({ name, size, seconds, type: '0' }),
  ]);
}

/** What follows a file of `size` bytes. */
export const tarPadding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

/** What follows the last file. */
export const tarEnd = (): Buffer => Buffer.alloc(2 * BLOCK);

/** "<length> <key>=<value>\n", the length counting itself. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length + 1;
  while (`${length}${rest}`.length !== length) length = `${length}${rest}`.length;
  return `${length}${rest}`;
}

function header(entry: { name: string; size: number; seconds: number; type: string }): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
  block.write(entry.name, 0);
  block.write(`${octal(0o600, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0`, 100, 'latin1');
  block.write(`${octal(entry.size, 11)}\0${octal(Math.max(0, entry.seconds), 11)}\0`, 124, 'latin1');
  block.write(' '.repeat(8), 148, 'latin1');
  block.write(`${entry.type}`, 156, 'latin1');
  block.write('ustar\0' + '00', 257, 'latin1');
  block.write(`${octal(sumOf(block), 6)}\0 `, 148, 'latin1');
  return block;
}

/** Of all bytes, the sum itself counted as spaces. */
function sumOf(block: Buffer): number {
  let sum = 0;
  for (const [at, byte] of block.entries()) sum += at >= 148 && at < 156 ? 0x20 : byte;
  return sum;
}

/** Where a file's bytes go as they come. */
export interface TarSink {
  begin(file: TarFile): Promise<void>;
  write(bytes: Buffer): Promise<void>;
  end(): Promise<void>;
}

/** Reads an archive from its pieces. @throws CodedError store/damaged where it is no whole archive of ours */
export async function readTar(pieces: AsyncIterable<Buffer>, sink: TarSink): Promise<void> {
  const bytes = new Pieces(pieces);
  let modifiedAt: number | null = null;
  for (;;) {
    const block = await bytes.take(BLOCK);
    if (block.every((byte) => byte === 0)) return;
    const file = parseHeader(block);
    if (file.type === PAX) {
      if (file.size > MAX_PAX) throw damaged('a pax record is too long');
      const text = (await bytes.take(file.size)).toString();
      await bytes.take(tarPadding(file.size).length);
      const [, seconds] = /(?:^|\n)\d+ mtime=([\d.]+)\n/.exec(text) ?? [];
      modifiedAt = seconds === undefined ? null : Math.round(Number(seconds) * 1000);
      continue;
    }
    if (!REGULAR.has(file.type)) throw damaged(`${file.name} is no regular file`);
    await sink.begin({ ...file, modifiedAt: modifiedAt ?? file.modifiedAt });
    modifiedAt = null;
    await bytes.pass(file.size, (part) => sink.write(part));
    await sink.end();
    await bytes.take(tarPadding(file.size).length);
  }
}

function parseHeader(block: Buffer): TarFile & { readonly type: string } {
  const text = (from: number, to: number): string => block.toString('utf8', from, to).split('\0', 1)[0] ?? '';
  const number = (from: number, to: number): number => Number.parseInt(text(from, to).trim(), 8);
  if (number(148, 156) !== sumOf(block)) throw damaged('a checksum does not fit');
  return {
    name: text(0, 100),
    size: number(124, 136),
    modifiedAt: number(136, 148) * 1000,
    type: block.toString('latin1', 156, 157),
  };
}

const damaged = (what: string): CodedError => new CodedError('store/damaged', `the archive: ${what}`);

/** A stream that is read by count. */
class Pieces {
  readonly #from: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(from: AsyncIterable<Buffer>) {
    this.#from = from[Symbol.asyncIterator]();
  }

  async take(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    await this.pass(count, (part) => {
      parts.push(part);
      return Promise.resolve();
    });
    return Buffer.concat(parts);
  }

  /** Hands on the next `count` bytes, in pieces as they come. */
  async pass(count: number, on: (part: Buffer) => Promise<void>): Promise<void> {
    for (let left = count; left > 0;) {
      if (this.#rest.length === 0) {
        const next = await this.#from.next();
        if (next.done === true) throw damaged('it ends too early');
        this.#rest = next.value;
      }
      const part = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(part.length);
      left -= part.length;
      await on(part);
    }
  }
}
