// Bytes in and out without the platform: growing writer, checked reader, varints, UTF-8, CRC-32.
// Varints are LEB128 of non-negative integers up to 2^53 − 1. Signed numbers go through zigzag.
import { CodedError } from './errors.ts';

const TWO_28 = 0x10000000;
const TWO_31 = 0x80000000;

/** 0, −1, 1, −2, … → 0, 1, 2, 3, … for any integer of at most 52 bits. */
export const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);

export const unzigzag = (code: number): number => {
  if (code < TWO_31) return (code >>> 1) ^ -(code & 1);
  const half = Math.floor(code / 2);
  return half * 2 === code ? half : -half - 1;
};

/** A byte buffer that grows by doubling and is reused: `reset`, write, `copy`. */
export class ByteWriter {
  bytes: Uint8Array;
  length = 0;

  constructor(capacity = 1024) {
    this.bytes = new Uint8Array(capacity);
  }

  reset(): void {
    this.length = 0;
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    const need = this.length + count;
    if (need <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(need, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  u32(value: number): void {
    this.reserve(4);
    for (let shift = 0; shift < 32; shift += 8) this.bytes[this.length++] = (value >>> shift) & 255;
  }

  varint(value: number): void {
    this.reserve(8);
    this.length = putVarint(this.bytes, this.length, value);
  }

  /** Varints of `codes[0 … count − 1]`. */
  varints(codes: Float64Array, count: number): void {
    this.reserve(count * 8);
    const bytes = this.bytes;
    let at = this.length;
    for (let i = 0; i < count; i++) {
      const code = codes[i] as number;
      if (code < 128) bytes[at++] = code;
      else at = putVarint(bytes, at, code);
    }
    this.length = at;
  }

  raw(source: Uint8Array): void {
    this.reserve(source.length);
    this.bytes.set(source, this.length);
    this.length += source.length;
  }

  /** The UTF-8 bytes of a well-formed string, from a unit on. */
  utf8(text: string, from = 0): void {
    this.reserve((text.length - from) * 3);
    const { bytes } = this;
    let at = this.length;
    let unit = from;
    for (; unit < text.length; unit++) {
      const code = text.charCodeAt(unit);
      if (code >= 0x80) break;
      bytes[at++] = code;
    }
    this.length = unit < text.length ? putUtf8(bytes, at, text.slice(unit)) : at;
  }

  /** Byte length as a varint, then UTF-8. */
  text(text: string): void {
    this.varint(utf8Length(text));
    this.utf8(text);
  }

  copy(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

function putVarint(bytes: Uint8Array, from: number, value: number): number {
  let at = from;
  let rest = value;
  while (rest >= TWO_28) {
    bytes[at++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  while (rest >= 128) {
    bytes[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}

/** Reads `bytes`; every read is checked against the end. @throws CodedError frame/truncated, frame/corrupt */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get left(): number {
    return this.end - this.at;
  }

  byte(): number {
    if (this.at >= this.end) throw truncated(this.at);
    return this.bytes[this.at++] as number;
  }

  u32(): number {
    const low = this.byte() | (this.byte() << 8) | (this.byte() << 16);
    return (low | (this.byte() << 24)) >>> 0;
  }

  varint(): number {
    const first = this.byte();
    if (first < 128) return first;
    let value = first & 127;
    let scale = 128;
    for (;;) {
      const next = this.byte();
      value += (next & 127) * scale;
      if (next < 128) break;
      scale *= 128;
      if (scale > 2 ** 49)
        throw new CodedError('frame/corrupt', `varint before byte ${this.at} is longer than 8 bytes`);
    }
    if (value > Number.MAX_SAFE_INTEGER)
      throw new CodedError('frame/corrupt', `varint ${value} is above 2^53 − 1`);
    return value;
  }

  /** A count of things of at least one byte each: refused before anything is allocated when they cannot fit. */
  count(what: string): number {
    const value = this.varint();
    if (value > this.left) throw new CodedError('frame/corrupt', `${value} ${what} in ${this.left} bytes`);
    return value;
  }

  /** Fills `codes[0 … count − 1]`. */
  varints(codes: Float64Array, count: number): void {
    if (count > this.left) throw truncated(this.end);
    const { bytes, end } = this;
    let at = this.at;
    for (let i = 0; i < count; i++) {
      const first = at < end ? (bytes[at] as number) : 255;
      if (first < 128) {
        codes[i] = first;
        at++;
        continue;
      }
      const second = at + 1 < end ? (bytes[at + 1] as number) : 255;
      if (second < 128) {
        codes[i] = (first & 127) | (second << 7);
        at += 2;
        continue;
      }
      this.at = at;
      codes[i] = this.varint();
      at = this.at;
    }
    this.at = at;
  }

  raw(count: number): Uint8Array {
    if (count > this.left) throw truncated(this.end);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  text(): string {
    return this.utf8(this.count('text bytes'));
  }

  utf8(count: number): string {
    if (count > this.left) throw truncated(this.end);
    const from = this.at;
    this.at += count;
    return readUtf8(this.bytes, from, this.at);
  }
}

const truncated = (at: number): CodedError =>
  new CodedError('frame/truncated', `byte ${at}: nothing follows`);

/** UTF-8 bytes of a well-formed string, from a unit on. */
export function utf8Length(text: string, from = 0): number {
  let length = text.length - from;
  for (let i = from; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) length += 1;
    else if (unit >= 0xd800 && unit < 0xdc00) {
      length += 2;
      i++;
    } else length += 2;
  }
  return length;
}

function putUtf8(bytes: Uint8Array, from: number, text: string): number {
  let at = from;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      bytes[at++] = unit;
      continue;
    }
    if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >> 6);
    } else if (unit >= 0xd800 && unit < 0xdc00) {
      const point = text.codePointAt(i++) as number;
      bytes[at++] = 0xf0 | (point >> 18);
      bytes[at++] = 0x80 | ((point >> 12) & 63);
      bytes[at++] = 0x80 | ((point >> 6) & 63);
      bytes[at++] = 0x80 | (point & 63);
      continue;
    } else {
      bytes[at++] = 0xe0 | (unit >> 12);
      bytes[at++] = 0x80 | ((unit >> 6) & 63);
    }
    bytes[at++] = 0x80 | (unit & 63);
  }
  return at;
}

function readUtf8(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  let at = from;
  while (at < to) {
    const first = bytes[at++] as number;
    if (first < 0x80) {
      text += String.fromCharCode(first);
      continue;
    }
    const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    let point = first & (0x3f >> more);
    let sound = first >= 0xc2 && first < 0xf5 && at + more <= to;
    for (let i = 0; i < more && sound; i++) {
      const next = bytes[at++] as number;
      sound = (next & 0xc0) === 0x80;
      point = (point << 6) | (next & 63);
    }
    const least = more === 3 ? 0x10000 : more === 2 ? 0x800 : 0x80;
    if (!sound || point < least || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
      throw new CodedError('frame/corrupt', `byte ${at}: not UTF-8`);
    }
    text += String.fromCodePoint(point);
  }
  return text;
}

/**
 * Eight tables of CRC-32 (IEEE 802.3, reflected 0xEDB88320) in one, so that eight bytes go at once. Signed: compiled for
 * unsigned words, the loop below is thrown away time and again, and then runs tens of times slower.
 */
const crcTables = ((): Int32Array => {
  const tables = new Int32Array(8 * 256);
  for (let i = 0; i < 256; i++) {
    let value = i;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    tables[i] = value;
  }
  for (let i = 256; i < tables.length; i++) {
    const last = tables[i - 256] as number;
    tables[i] = (last >>> 8) ^ (tables[last & 255] as number);
  }
  return tables;
})();

/** CRC-32 as in zip and PNG, of bytes[from … to − 1]. */
export function crc32(bytes: Uint8Array, from = 0, to = bytes.length): number {
  const tail = to - ((to - from) & 7);
  return ~crcByBytes(bytes, { from: tail, to, crc: crcByEights(bytes, from, tail) }) >>> 0;
}

// Two functions: a loop that was compiled while it ran, before what follows it ever did, would be thrown away each time.
function crcByEights(bytes: Uint8Array, from: number, to: number): number {
  const t = crcTables;
  let crc = -1;
  for (let at = from; at < to; at += 8) {
    crc ^= (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    crc ^= ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24);
    crc =
      (t[1792 + (crc & 255)] as number) ^
      (t[1536 + ((crc >>> 8) & 255)] as number) ^
      (t[1280 + ((crc >>> 16) & 255)] as number) ^
      (t[1024 + (crc >>> 24)] as number) ^
      (t[768 + (bytes[at + 4] as number)] as number) ^
      (t[512 + (bytes[at + 5] as number)] as number) ^
      (t[256 + (bytes[at + 6] as number)] as number) ^
      (t[bytes[at + 7] as number] as number);
  }
  return crc;
}

function crcByBytes(bytes: Uint8Array, part: { from: number; to: number; crc: number }): number {
  let { crc } = part;
  for (let at = part.from; at < part.to; at++) {
    crc = (crcTables[(crc ^ (bytes[at] as number)) & 255] as number) ^ (crc >>> 8);
  }
  return crc;
}
