// JT/T 808-2013 and JT/T 808-2019, the terminal's side: headers, escaping, check code and the messages a vehicle
// terminal sends and understands. All numbers are big-endian.
import { encodeGbk } from './gbk.ts';

export type Version = '2013' | '2019';

export const MESSAGE = {
  terminalReply: 0x0001,
  heartbeat: 0x0002,
  register: 0x0100,
  authenticate: 0x0102,
  position: 0x0200,
  positionBatch: 0x0704,
  platformReply: 0x8001,
  registerReply: 0x8100,
} as const;

export interface Terminal {
  version: Version;
  /** Terminal number (phone): digits, 12 in 2013 headers, 20 in 2019 headers. */
  phone: string;
}

export interface PositionReport {
  alarm: number;
  status: number;
  lon: number;
  lat: number;
  altitudeM: number;
  speedKmh: number;
  headingDeg: number;
  /** Epoch ms; sent as China Standard Time. */
  time: number;
  /** Digits YYMMDDhhmmss of `time` in China Standard Time. */
  timeDigits: string;
  mileageKm: number;
  satellites: number;
  signal: number;
}

const FLAG = 0x7e;
const ESCAPE = 0x7d;
const VERSION_BIT = 1 << 14;
/** Protocol version byte of 2019 headers: first release. */
const VERSION_BYTE = 1;

export const bcd = (digits: string): Buffer =>
  Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');

/** 0x7e → 0x7d02, 0x7d → 0x7d01. */
export function escape(bytes: Buffer): Buffer {
  let extra = 0;
  for (const b of bytes) if (b === FLAG || b === ESCAPE) extra++;
  if (extra === 0) return bytes;
  const escaped = Buffer.allocUnsafe(bytes.length + extra);
  let i = 0;
  for (const b of bytes) {
    if (b === FLAG || b === ESCAPE) {
      escaped[i++] = ESCAPE;
      escaped[i++] = b === FLAG ? 0x02 : 0x01;
    } else escaped[i++] = b;
  }
  return escaped;
}

export function unescape(bytes: Buffer): Buffer {
  if (!bytes.includes(ESCAPE)) return bytes;
  const plain: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === ESCAPE) plain.push(bytes[++i] === 0x02 ? FLAG : ESCAPE);
    else plain.push(bytes[i] as number);
  }
  return Buffer.from(plain);
}

/** Check code: XOR of everything from the header to the byte before it. */
export function checkCode(bytes: Buffer): number {
  let code = 0;
  for (const b of bytes) code ^= b;
  return code;
}

/** One framed message, ready for the wire. */
export function encodeMessage(
  terminal: Terminal,
  message: { id: number; serial: number; body: Buffer },
): Buffer {
  const newer = terminal.version === '2019';
  const header = Buffer.alloc(newer ? 17 : 12);
  header.writeUInt16BE(message.id, 0);
  header.writeUInt16BE((message.body.length & 0x3ff) | (newer ? VERSION_BIT : 0), 2);
  if (newer) header.writeUInt8(VERSION_BYTE, 4);
  bcd(terminal.phone.padStart(newer ? 20 : 12, '0')).copy(header, newer ? 5 : 4);
  header.writeUInt16BE(message.serial & 0xffff, newer ? 15 : 10);
  const plain = Buffer.concat([header, message.body]);
  const inner = escape(Buffer.concat([plain, Buffer.of(checkCode(plain))]));
  return Buffer.concat([Buffer.of(FLAG), inner, Buffer.of(FLAG)]);
}

const fixed = (text: string, length: number): Buffer => {
  const field = Buffer.alloc(length);
  encodeGbk(text).copy(field, 0, 0, length);
  return field;
};

export interface Registration {
  province: number;
  city: number;
  maker: string;
  model: string;
  terminalId: string;
  /** 1 blue, 2 yellow, 3 black, 4 white, 5 green (JT/T 415). */
  plateColour: number;
  plate: string;
}

export function registerBody(version: Version, r: Registration): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(r.province, 0);
  head.writeUInt16BE(r.city, 2);
  const [maker, model, id] = version === '2019' ? [11, 30, 30] : [5, 20, 7];
  return Buffer.concat([
    head,
    fixed(r.maker, maker),
    fixed(r.model, model),
    fixed(r.terminalId, id),
    Buffer.of(r.plateColour),
    encodeGbk(r.plate),
  ]);
}

/** 2013: the code alone. 2019: its length, the code, IMEI (15) and software version (20). */
export function authenticateBody(version: Version, code: string, imei: string): Buffer {
  const bytes = encodeGbk(code);
  if (version === '2013') return bytes;
  return Buffer.concat([Buffer.of(bytes.length), bytes, fixed(imei, 15), fixed('V2.1.4', 20)]);
}

export function positionBody(p: PositionReport): Buffer {
  const body = Buffer.alloc(28 + 6 + 4 + 3 + 3);
  body.writeUInt32BE(p.alarm >>> 0, 0);
  body.writeUInt32BE(p.status >>> 0, 4);
  body.writeUInt32BE(Math.round(Math.abs(p.lat ?? 0) * 1e6), 8);
  body.writeUInt32BE(Math.round(Math.abs(p.lon ?? 0) * 1e6), 12);
  body.writeUInt16BE(Math.max(0, Math.round(p.altitudeM ?? 0)), 16);
  body.writeUInt16BE(Math.round((p.speedKmh ?? 0) * 10) & 0xffff, 18);
  body.writeUInt16BE(Math.round(p.headingDeg ?? 0) % 360, 20);
  bcd(p.timeDigits).copy(body, 22, 0, 6);
  body.set([0x01, 4], 28);
  body.writeUInt32BE(Math.round((p.mileageKm ?? 0) * 10) >>> 0, 30);
  body.set([0x03, 2], 34);
  body.writeUInt16BE(Math.round((p.speedKmh ?? 0) * 10) & 0xffff, 36);
  body.set([0x30, 1, p.signal ?? 0, 0x31, 1, p.satellites ?? 0], 38);
  return body;
}

/** 0x0704: `kind` 0 regular batch, 1 positions kept while there was no coverage. */
export function positionBatchBody(bodies: readonly Buffer[], kind: 0 | 1): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt16BE(bodies.length, 0);
  head.writeUInt8(kind, 2);
  const parts = bodies.flatMap((body) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(body.length, 0);
    return [length, body];
  });
  return Buffer.concat([head, ...parts]);
}

/** General reply of a terminal: result 0 done, 1 failed, 2 wrong message, 3 not supported. */
export function terminalReplyBody(serial: number, id: number, result: number): Buffer {
  const body = Buffer.alloc(5);
  body.writeUInt16BE(serial, 0);
  body.writeUInt16BE(id, 2);
  body.writeUInt8(result, 4);
  return body;
}

export interface Downlink {
  id: number;
  phone: string;
  serial: number;
  body: Buffer;
}

/** Splits a TCP stream into the messages a platform sends; damaged frames are left out. */
export function createDownlinkReader(onMessage: (message: Downlink) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  const read = (frame: Buffer): void => {
    const plain = unescape(frame);
    if (plain.length < 13 || checkCode(plain) !== 0) return;
    const newer = (plain.readUInt16BE(2) & VERSION_BIT) !== 0;
    const start = newer ? 5 : 4;
    const end = newer ? 15 : 10;
    onMessage({
      id: plain.readUInt16BE(0),
      phone: plain.toString('hex', start, end),
      serial: plain.readUInt16BE(end),
      body: plain.subarray(end + 2, plain.length - 1),
    });
  };
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const start = rest.indexOf(FLAG);
      const end = start < 0 ? -1 : rest.indexOf(FLAG, start + 1);
      if (end < 0) break;
      if (end > start + 1) read(rest.subarray(start + 1, end));
      // Two flags in a row: the first one closed a frame that began before this stream.
      rest = end > start + 1 ? rest.subarray(end + 1) : rest.subarray(end);
    }
    if (rest.length > 65_536) rest = Buffer.alloc(0);
  };
}
