// The container of history files: segments one behind the other, each [magic][head length][body length][crc of the head]
// [crc of the body], all u32 little endian, then the head as JSON and the body. Heads are read without bodies.
import { closeSync, fsyncSync, ftruncateSync, fstatSync, mkdirSync, openSync, readSync, renameSync, writeSync } from 'node:fs'; // prettier-ignore
import path from 'node:path';
import { crc32 } from 'node:zlib';

const MAGIC = 0x31534b43;
const FIXED = 20;
/** A longer head or body is damage, not data. */
const MAX_HEAD = 16 * 1024 * 1024;
const MAX_BODY = 512 * 1024 * 1024;

export interface Segment<H> {
  readonly head: H;
  readonly body: Uint8Array;
}

/** Where a segment lies in its file. */
export interface SegmentPlace<H> {
  readonly file: string;
  readonly head: H;
  readonly bodyAt: number;
  readonly bodyLength: number;
  readonly bodyCrc: number;
}

function encode<H>({ head, body }: Segment<H>): Buffer {
  const text = Buffer.from(JSON.stringify(head));
  const bytes = Buffer.allocUnsafe(FIXED + text.length + body.byteLength);
  bytes.writeUInt32LE(MAGIC, 0);
  bytes.writeUInt32LE(text.length, 4);
  bytes.writeUInt32LE(body.byteLength, 8);
  bytes.writeUInt32LE(crc32(text), 12);
  bytes.writeUInt32LE(crc32(body), 16);
  bytes.set(text, FIXED);
  bytes.set(body, FIXED + text.length);
  return bytes;
}

/** Appends and makes durable. What a crash left half written at the end is cut off first. @throws Error of the disk */
export function appendSegments<H>(file: string, segments: readonly Segment<H>[]): void {
  const isNew = mkdirSync(path.dirname(file), { recursive: true }) !== undefined;
  const fd = openSync(file, 'a+');
  try {
    const whole = scan<H>(file, fd);
    const good = wholeBytes(whole, fd);
    if (good < fstatSync(fd).size) ftruncateSync(fd, good);
    try {
      for (const segment of segments) writeAll(fd, encode(segment));
      fsyncSync(fd);
    } catch (error) {
      // A full disk: nothing half written stays behind, so that older segments remain the end of the file.
      ftruncateSync(fd, good);
      throw error;
    }
    if (good === 0 || isNew) syncFolder(path.dirname(file));
  } finally {
    closeSync(fd);
  }
}

/** Writes a whole file beside its place, then puts it there in one step. @throws Error of the disk */
export function writeSegments<H>(file: string, segments: Iterable<Segment<H>>): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const next = `${file}.new`;
  const fd = openSync(next, 'w');
  try {
    for (const segment of segments) writeAll(fd, encode(segment));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(next, file);
  syncFolder(path.dirname(file));
}

/** The segments of a file, in its order; what does not hold ends the list. A file that is not there has none. */
export function readHeads<H>(file: string): SegmentPlace<H>[] {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  try {
    return scan<H>(file, fd);
  } finally {
    closeSync(fd);
  }
}

/** @throws Error naming the file and the segment whose body is damaged */
export function readBody<H>({ file, bodyAt, bodyLength, bodyCrc }: SegmentPlace<H>): Buffer {
  const fd = openSync(file, 'r');
  try {
    const body = Buffer.allocUnsafe(bodyLength);
    if (readSync(fd, body, 0, bodyLength, bodyAt) === bodyLength && crc32(body) === bodyCrc) return body;
  } finally {
    closeSync(fd);
  }
  throw new Error(`${file}: the segment at byte ${bodyAt} is damaged: its checksum does not fit`);
}

function scan<H>(file: string, fd: number): SegmentPlace<H>[] {
  const places: SegmentPlace<H>[] = [];
  const { size } = fstatSync(fd);
  const fixed = Buffer.allocUnsafe(FIXED);
  for (let at = 0; at + FIXED <= size;) {
    if (readSync(fd, fixed, 0, FIXED, at) < FIXED || fixed.readUInt32LE(0) !== MAGIC) break;
    const [headLength, bodyLength] = [fixed.readUInt32LE(4), fixed.readUInt32LE(8)];
    const bodyAt = at + FIXED + headLength;
    if (headLength > MAX_HEAD || bodyLength > MAX_BODY || bodyAt + bodyLength > size) break;
    const text = Buffer.allocUnsafe(headLength);
    readSync(fd, text, 0, headLength, at + FIXED);
    if (crc32(text) !== fixed.readUInt32LE(12)) break;
    const head = JSON.parse(text.toString()) as H;
    places.push({ file, head, bodyAt, bodyLength, bodyCrc: fixed.readUInt32LE(16) });
    at = bodyAt + bodyLength;
  }
  return places;
}

/** Bytes that hold: a length on the disk without its bytes, as a power failure leaves it, does not. */
function wholeBytes<H>(places: SegmentPlace<H>[], fd: number): number {
  const last = places.at(-1);
  if (!last) return 0;
  const body = Buffer.allocUnsafe(last.bodyLength);
  readSync(fd, body, 0, last.bodyLength, last.bodyAt);
  if (crc32(body) === last.bodyCrc) return last.bodyAt + last.bodyLength;
  return wholeBytes(places.slice(0, -1), fd);
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
}

/** A new name is durable only when its folder is. */
function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
