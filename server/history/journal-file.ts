// The bytes of one journal file: a magic, then records of [length u32][crc32 u32][payload], little endian.
// A torn or damaged tail ends reading; what stands before it counts.
import { crc32 } from 'node:zlib';

export const MAGIC = Buffer.from('CKJ1');
const HEAD = 8;
/** A longer record is damage, not data. */
const MAX_RECORD = 256 * 1024 * 1024;

export function encodeRecord(payload: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(HEAD + payload.byteLength);
  bytes.writeUInt32LE(payload.byteLength, 0);
  bytes.writeUInt32LE(crc32(payload), 4);
  bytes.set(payload, HEAD);
  return bytes;
}

export interface JournalContent {
  readonly payloads: readonly Uint8Array[];
  /** Bytes that hold: a file is cut to this length before it is appended to. */
  readonly goodBytes: number;
}

export function decodeJournal(file: Buffer): JournalContent {
  const payloads: Uint8Array[] = [];
  if (!file.subarray(0, MAGIC.length).equals(MAGIC)) return { payloads, goodBytes: 0 };
  let at = MAGIC.length;
  while (at + HEAD <= file.length) {
    const length = file.readUInt32LE(at);
    const end = at + HEAD + length;
    if (length > MAX_RECORD || end > file.length) break;
    const payload = file.subarray(at + HEAD, end);
    if (crc32(payload) !== file.readUInt32LE(at + 4)) break;
    payloads.push(payload);
    at = end;
  }
  return { payloads, goodBytes: at };
}
