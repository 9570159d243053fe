// Frames of JT/T 808: 0x7e, escaped header, body and check code, 0x7e. Headers of 2013 and of 2019.
import type { Sink } from '../../kit/feed.ts';

const FLAG = 0x7e;
const ESCAPE = 0x7d;
/** Header 17 + sub-package 4 + body 1023 + check code 1, before escaping. */
const MAX_PLAIN = 1045;
/** Every byte escaped, and both flags. */
const MAX_FRAME = MAX_PLAIN * 2 + 2;
const HEADER_2013 = 12;
const HEADER_2019 = 17;

/** A received message. One object for all: valid until the next frame is read. */
export interface Message {
  id: number;
  serial: number;
  /** Terminal number without leading zeros, so that 2013 and 2019 headers name the same terminal alike. */
  terminal: string;
  /** 2019 header. */
  version2019: boolean;
  encrypted: boolean;
  /** Sub-packages of the whole message; 0: it is whole. */
  parts: number;
  /** 1-based. */
  part: number;
  /** Bytes of the body, a view. */
  body: Buffer;
  /** The frame as received without its flags, for quarantine. */
  raw: Uint8Array;
}

export interface FrameReader {
  /** Reads every complete frame → bytes consumed. */
  read(bytes: Uint8Array): number;
}

/** Frames that do not hold are rejected; the others reach `onMessage`. */
export function createFrameReader(sink: Sink, onMessage: (message: Message) => void): FrameReader {
  const plain = Buffer.allocUnsafe(MAX_PLAIN);
  const names = createTerminalNames();
  const message: Message = {
    id: 0,
    serial: 0,
    terminal: '',
    version2019: false,
    encrypted: false,
    parts: 0,
    part: 0,
    body: plain,
    raw: plain,
  };

  const frame = (raw: Uint8Array): void => {
    const length = unescape(raw, plain);
    const fault =
      length < 0
        ? 'a bad escape, or longer than a frame may be'
        : decode(plain.subarray(0, length), message, names);
    if (fault) return sink.reject('record/parse', `frame: ${fault}`, raw);
    message.raw = raw;
    onMessage(message);
  };
  return {
    read(bytes) {
      if (bytes.length === 0) return 0;
      let start = bytes.indexOf(FLAG);
      if (start !== 0) {
        const end = start < 0 ? bytes.length : start;
        sink.reject(
          'record/parse',
          `frame: ${end} bytes before the first flag`,
          bytes.subarray(0, Math.min(end, 2000)),
        );
        if (start < 0) return bytes.length;
      }
      // The flag that ends a frame may also begin the next one, so it is kept; doubled flags hold nothing.
      for (;;) {
        const end = bytes.indexOf(FLAG, start + 1);
        if (end < 0) break;
        if (end > start + 1) frame(bytes.subarray(start + 1, end));
        start = end;
      }
      if (bytes.length - start <= MAX_FRAME) return start;
      sink.reject(
        'record/too-large',
        `frame: no end within ${MAX_FRAME} bytes`,
        bytes.subarray(start, start + 2000),
      );
      return bytes.length;
    },
  };
}

/** 0x7d02 → 0x7e, 0x7d01 → 0x7d. → plain length, −1 where that is not possible. */
function unescape(raw: Uint8Array, plain: Uint8Array): number {
  let length = 0;
  for (let at = 0; at < raw.length; at++) {
    let byte = raw[at] ?? 0;
    if (byte === ESCAPE) {
      const next = raw[++at];
      if (next !== 1 && next !== 2) return -1;
      byte = next === 1 ? ESCAPE : FLAG;
    }
    if (length === plain.length) return -1;
    plain[length++] = byte;
  }
  return length;
}

/** Fills `message` from unescaped bytes → what is wrong, or null. */
function decode(plain: Buffer, message: Message, names: TerminalNames): string | null {
  const { length } = plain;
  if (length < HEADER_2013 + 1) return `${length} bytes hold no header`;
  let code = 0;
  for (let at = 0; at < length; at++) code ^= plain[at] ?? 0;
  if (code !== 0) return 'the check code does not fit';
  const properties = plain.readUInt16BE(2);
  message.version2019 = (properties & 0x4000) !== 0;
  const header = message.version2019 ? HEADER_2019 : HEADER_2013;
  const split = (properties & 0x2000) !== 0;
  const bodyAt = header + (split ? 4 : 0);
  const bodyLength = properties & 0x3ff;
  if (bodyAt + bodyLength + 1 !== length) return `the header promises ${bodyLength} bytes of body`;
  const terminal = names.at(plain, message.version2019 ? 5 : 4, header - 2);
  if (terminal === null) return 'the terminal number is not BCD';
  message.id = plain.readUInt16BE(0);
  message.encrypted = (properties & 0x1c00) !== 0;
  message.terminal = terminal;
  message.serial = plain.readUInt16BE(header - 2);
  message.parts = split ? plain.readUInt16BE(header) : 0;
  message.part = split ? plain.readUInt16BE(header + 2) : 0;
  message.body = plain.subarray(bodyAt, bodyAt + bodyLength);
  return null;
}

interface TerminalNames {
  /** BCD bytes [from, to) → digits without leading zeros; null where a half byte is no digit. */
  at(bytes: Uint8Array, from: number, to: number): string | null;
}

/** Most connections carry one terminal: the last name is kept instead of being built for each frame. */
function createTerminalNames(): TerminalNames {
  const last = new Uint8Array(10);
  let lastLength = 0;
  let name = '';
  return {
    at(bytes, from, to) {
      let same = to - from === lastLength;
      for (let at = from; same && at < to; at++) same = bytes[at] === last[at - from];
      if (same) return name;
      let digits = '';
      for (let at = from; at < to; at++) {
        const byte = bytes[at] ?? 0;
        if (byte >> 4 > 9 || (byte & 15) > 9) return null;
        digits += String(byte >> 4) + String(byte & 15);
      }
      last.set(bytes.subarray(from, to));
      lastLength = to - from;
      name = digits.replace(/^0+(?=\d)/, '');
      return name;
    },
  };
}

/** A message of the platform, framed in the version the terminal speaks. */
export function encodeFrame(
  to: Pick<Message, 'terminal' | 'version2019'>,
  answer: { readonly id: number; readonly serial: number; readonly body: Uint8Array },
): Buffer {
  const { id, serial, body } = answer;
  const digits = to.version2019 ? 20 : 12;
  const header = to.version2019 ? HEADER_2019 : HEADER_2013;
  const plain = Buffer.alloc(header + body.length + 1);
  plain.writeUInt16BE(id, 0);
  plain.writeUInt16BE(body.length | (to.version2019 ? 0x4000 : 0), 2);
  if (to.version2019) plain[4] = 1;
  plain.write(to.terminal.padStart(digits, '0'), header - 2 - digits / 2, 'hex');
  plain.writeUInt16BE(serial & 0xffff, header - 2);
  plain.set(body, header);
  let code = 0;
  for (const byte of plain) code ^= byte;
  plain[plain.length - 1] = code;
  return escapeFrame(plain);
}

function escapeFrame(plain: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(plain.length * 2 + 2);
  let length = 0;
  frame[length++] = FLAG;
  for (const byte of plain) {
    if (byte === FLAG || byte === ESCAPE) {
      frame[length++] = ESCAPE;
      frame[length++] = byte === FLAG ? 2 : 1;
    } else frame[length++] = byte;
  }
  frame[length++] = FLAG;
  return frame.subarray(0, length);
}
