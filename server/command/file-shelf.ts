// Photos and voice notes that people send with what they say: by their hash, so that sending one twice keeps it once. What a
// camera writes beside the picture (place, device, time) is taken out: the record says place and time, and a photo may be made
// public. Voice notes are kept as they came.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { CodedError } from '../../contracts/errors.ts';
import type { FileRef } from '../../contracts/records/incident.ts';
import { voiceTypeOf } from './voice-note.ts';

/** About a minute as browsers record it at their best, ten at their thriftiest. */
const MAX_VOICE_BYTES = 2 * 1024 * 1024;
const HASH = /^[0-9a-f]{64}$/;

export class FileShelf {
  readonly #folder: string;

  /** Made with its first file. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Durable when it resolves. @throws CodedError request/invalid for what is neither picture nor voice, record/too-large */
  async keep(bytes: Buffer): Promise<FileRef> {
    const plain = withoutTraces(bytes);
    const hash = createHash('sha256').update(plain).digest('hex');
    const target = path.join(this.#folder, hash);
    const ref: FileRef = { hash, type: typeOf(plain), bytes: plain.length };
    if (existsSync(target)) return ref;
    mkdirSync(this.#folder, { recursive: true });
    const part = `${target}.new`;
    const file = await open(part, 'w');
    try {
      await file.writeFile(plain);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, target);
    const folder = await open(this.#folder);
    await folder.sync();
    await folder.close();
    return ref;
  }

  /** null: there is none of that hash. */
  find(hash: string): FileRef | null {
    const target = this.#pathOf(hash);
    if (target === null || !existsSync(target)) return null;
    return { hash, type: typeOf(readFileSync(target)), bytes: statSync(target).size };
  }

  /** @throws CodedError request/not-found */
  async read(hash: string): Promise<{ readonly ref: FileRef; readonly bytes: Buffer }> {
    const ref = this.find(hash);
    if (!ref) throw new CodedError('request/not-found', `file ${hash.slice(0, 64)}`);
    return { ref, bytes: await readFile(path.join(this.#folder, hash)) };
  }

  #pathOf(hash: string): string | null {
    return HASH.test(hash) ? path.join(this.#folder, hash) : null;
  }
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const isJpeg = (bytes: Buffer): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
const isPng = (bytes: Buffer): boolean => bytes.subarray(0, 8).equals(PNG);

/** Of what was kept, which is one of them. */
function typeOf(bytes: Buffer): FileRef['type'] {
  if (isJpeg(bytes)) return 'image/jpeg';
  return isPng(bytes) ? 'image/png' : (voiceTypeOf(bytes) ?? 'audio/webm');
}

/** By what it holds, never by its name. @throws CodedError request/invalid, record/too-large */
function withoutTraces(bytes: Buffer): Buffer {
  if (isJpeg(bytes)) return plainJpeg(bytes);
  if (isPng(bytes)) return plainPng(bytes);
  if (voiceTypeOf(bytes) === null)
    throw new CodedError(
      'request/invalid',
      'the file is neither JPEG or PNG, nor a voice note (WebM or MP4 with sound alone)',
    );
  if (bytes.length > MAX_VOICE_BYTES)
    throw new CodedError('record/too-large', `a voice note of more than ${MAX_VOICE_BYTES} bytes`);
  return bytes;
}

const broken = (): CodedError => new CodedError('request/invalid', 'the picture is cut off or damaged');

/** Segments of a JPEG before its picture, without those of applications (but JFIF and Adobe's colours) and comments. */
function plainJpeg(bytes: Buffer): Buffer {
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let at = 2;
  for (;;) {
    if (at + 4 > bytes.length || bytes[at] !== 0xff) throw broken();
    const marker = bytes[at + 1] as number;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) throw broken();
    if (marker === 0xda) return Buffer.concat([...kept, bytes.subarray(at, pictureEnd(bytes, end))]);
    const isTrace = (marker >= 0xe1 && marker <= 0xef && marker !== 0xee) || marker === 0xfe;
    if (!isTrace) kept.push(bytes.subarray(at, end));
    at = end;
  }
}

/** What stands after the end of the picture is no part of it. */
function pictureEnd(bytes: Buffer, from: number): number {
  const end = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]));
  if (end < from) throw broken();
  return end + 2;
}

/** Chunks a picture needs; texts, times and EXIF are none of them. */
const NEEDED = /^(IHDR|PLTE|IDAT|IEND|tRNS|gAMA|sRGB|cHRM|sBIT|bKGD|pHYs)$/;

function plainPng(bytes: Buffer): Buffer {
  const kept: Buffer[] = [PNG];
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length) throw broken();
    if (NEEDED.test(name)) kept.push(bytes.subarray(at, end));
    if (name === 'IEND') return Buffer.concat(kept);
    at = end;
  }
  throw broken();
}
