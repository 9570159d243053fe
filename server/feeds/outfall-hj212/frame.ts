// Frames of HJ 212: `##`, four digits of length, the data segment, four hex digits of CRC, CR LF. Packets stick together.
import type { Sink } from '../../kit/feed.ts';

const HASH = 0x23;
const HEAD = 6;
const CRC = 4;
/** Longest data segment that the four digits can say. */
export const MAX_SEGMENT = 9999;

/** What eight turns of the register make of each value of its low byte. */
const TURNED = Uint16Array.from({ length: 256 }, (_, value) => {
  let register = value;
  for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >> 1) ^ 0xa001 : register >> 1;
  return register;
});

/** CRC-16 of appendix A, over the data segment. */
export function crcOf(bytes: Uint8Array): number {
  let register = 0xffff;
  for (let at = 0; at < bytes.length; at++)
    register = TURNED[(register >> 8) ^ (bytes[at] as number)] as number;
  return register;
}

/** A data segment, framed. */
export function encodeFrame(segment: string): Buffer {
  const bytes = Buffer.from(segment, 'latin1');
  const crc = crcOf(bytes).toString(16).toUpperCase().padStart(CRC, '0');
  return Buffer.from(`##${String(bytes.length).padStart(4, '0')}${segment}${crc}\r\n`, 'latin1');
}

/** Reads every complete frame of `bytes` → bytes consumed. What is between frames is rejected once. */
export function readFrames(bytes: Uint8Array, sink: Sink, onSegment: (segment: Uint8Array) => void): number {
  let at = 0;
  while (at < bytes.length) {
    const start = startOf(bytes, at);
    rejectNoise(bytes.subarray(at, start), sink);
    at = start;
    if (bytes.length - start < HEAD) return start;
    const length = lengthAt(bytes, start + 2);
    const end = start + HEAD + length + CRC;
    if (Number.isNaN(length)) {
      reject(sink, 'the length is no number', bytes.subarray(start, start + HEAD));
      at = start + 2;
    } else if (end > bytes.length) {
      return start;
    } else if (crcFits(bytes, start + HEAD, end)) {
      onSegment(bytes.subarray(start + HEAD, end - CRC));
      at = end;
    } else {
      reject(sink, 'the CRC does not fit', bytes.subarray(start, end));
      // A wrong length must not swallow the frames after it: only a frame whose end is in place is skipped whole.
      at = bytes[end] === 0x0d || bytes[end] === HASH ? end : start + 2;
    }
  }
  return at;
}

/** Where the next `##` begins; the last byte stays when it may be the first half of one. */
function startOf(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(HASH, from); at >= 0; at = bytes.indexOf(HASH, at + 1)) {
    if (at + 1 === bytes.length || bytes[at + 1] === HASH) return at;
  }
  return bytes.length;
}

function lengthAt(bytes: Uint8Array, at: number): number {
  let length = 0;
  for (let index = at; index < at + 4; index++) {
    const digit = (bytes[index] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return NaN;
    length = length * 10 + digit;
  }
  return length;
}

function crcFits(bytes: Uint8Array, from: number, end: number): boolean {
  const stated = Buffer.from(bytes.subarray(end - CRC, end)).toString('latin1');
  return (
    /^[0-9a-f]{4}$/i.test(stated) && Number.parseInt(stated, 16) === crcOf(bytes.subarray(from, end - CRC))
  );
}

function rejectNoise(noise: Uint8Array, sink: Sink): void {
  if (noise.some((byte) => byte !== 0x0d && byte !== 0x0a))
    reject(sink, `${noise.length} bytes outside a frame`, noise);
}

function reject(sink: Sink, what: string, raw: Uint8Array): void {
  sink.reject('record/parse', `frame: ${what}`, raw.slice(0, 2000));
}
