// A recording: a stretch of a city as one file that explains itself. Magic, version, then parts with a checksum each: a
// head with city, world and the columns of every layer, stretches (stretch.ts, packed by the carrier), and a closing part.
import { z } from 'zod';
import { ByteReader, ByteWriter, crc32 } from './bytes.ts';
import { labels } from './column.ts';
import { CodedError } from './errors.ts';
import { layerSchema } from './layer-schema.ts';
import { worldSchema } from './wire.ts';

/** 'COCKPIT' and a byte that text tools break. */
export const RECORDING_MAGIC = Uint8Array.of(0x43, 0x4f, 0x43, 0x4b, 0x50, 0x49, 0x54, 0x1a);
export const RECORDING_VERSION = 1;
export const RECORDING_TYPE = 'application/vnd.cockpit.recording';
/** Bytes of a part before its body: kind, length. */
const PART_HEAD = 5;
const CRC_BYTES = 4;
/** Magic and version. */
export const START_BYTES = RECORDING_MAGIC.length + 4;
/** More in one part is damage: a stretch ends at 4 MiB before it is packed, a key frame of a large city has a tenth. */
const MOST_PART_BYTES = 128 * 1024 * 1024;
const HEAD = 0x48;
const STRETCH = 0x53;
const END = 0x45;

const titleSchema = z.strictObject({ zh: z.string().max(200), en: z.string().max(200) });
const degrees = (most: number) => z.number().min(-most).max(most);

export const recordingHeadSchema = z.object({
  /** Build of the server that wrote it. */
  build: z.string().max(100),
  /** City clock when it was written, epoch ms. */
  madeAt: z.number(),
  city: z.object({
    id: z.string().max(60),
    title: titleSchema,
    timeZone: z.string().max(60),
    /** West, south, east, north; degrees. */
    bounds: z.tuple([degrees(180), degrees(90), degrees(180), degrees(90)]),
  }),
  world: worldSchema,
  /** The class of who saved it: columns above it are not in the file. */
  label: z.enum(labels),
  /** What was asked for, epoch ms; the closing part says how far it got. */
  from: z.number(),
  to: z.number(),
  /** Milliseconds between two states; 0: every tick that was recorded. */
  stepMs: z.number().int().min(0),
  /** Each layer in it, as it was declared. */
  layers: z.array(layerSchema).max(500),
  /** Layers that were asked for and may not be read by who saved it. */
  refused: z.array(z.string().max(60)).max(500),
  /** Everything in it is 演示数据; rows say for themselves as well. */
  isDemo: z.boolean(),
});
export type RecordingHead = z.infer<typeof recordingHeadSchema>;

const endSchema = z.object({
  /** Up to where it says everything, epoch ms. */
  to: z.number(),
  stretches: z.number().int().nonnegative(),
  /** `full`: it was cut at the size a recording may have. */
  reason: z.enum(['whole', 'full']),
});
export type RecordingEnd = z.infer<typeof endSchema>;

/** A stretch as it lies in the file. */
export interface RecordedStretch {
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  /** Begins with key frames of every layer: watching can start here. */
  readonly isWhole: boolean;
  readonly states: number;
  /** A stretch, packed: first byte 0 stored or 1 raw deflate, then the bytes. */
  readonly packed: Uint8Array;
}

export type RecordingPart =
  | { readonly kind: 'head'; readonly head: RecordingHead }
  /** `at`: where its packed bytes begin in the file. */
  | { readonly kind: 'stretch'; readonly at: number; readonly stretch: RecordedStretch }
  | { readonly kind: 'end'; readonly end: RecordingEnd };

/** Magic, version and head. @throws Error when the head does not fit its schema */
export function startRecording(head: RecordingHead): Uint8Array {
  const out = new ByteWriter(1 << 16);
  out.raw(RECORDING_MAGIC);
  out.u32(RECORDING_VERSION);
  out.raw(partOf(HEAD, jsonBytes(recordingHeadSchema.parse(head))));
  return out.copy();
}

export function stretchPart({ from, to, isWhole, states, packed }: RecordedStretch): Uint8Array {
  const body = new ByteWriter(packed.length + 32);
  body.byte(isWhole ? 1 : 0);
  body.varint(from);
  body.varint(to - from);
  body.varint(states);
  body.raw(packed);
  return partOf(STRETCH, body.copy());
}

export const endPart = (end: RecordingEnd): Uint8Array => partOf(END, jsonBytes(end));

function partOf(kind: number, body: Uint8Array): Uint8Array {
  const out = new ByteWriter(body.length + PART_HEAD + CRC_BYTES);
  out.byte(kind);
  out.u32(body.length);
  out.raw(body);
  out.u32(crc32(out.bytes, 0, out.length));
  return out.copy();
}

function jsonBytes(value: unknown): Uint8Array {
  const out = new ByteWriter();
  out.utf8(JSON.stringify(value).toWellFormed());
  return out.copy();
}

/**
 * Takes a recording in pieces of any size and says each part once it is whole and known to be good. After an error it
 * takes no more; the parts said before stand.
 */
export class RecordingReader {
  readonly #waiting = new Waiting();
  #head: RecordingHead | null = null;
  #isStarted = false;
  #isEnded = false;
  #stretches = 0;
  /** Where the last stretch ended, epoch ms. */
  #to = 0;

  /** The closing part came: the file is whole. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** @throws CodedError recording/foreign, recording/version, recording/damaged, with the byte where it is so */
  *push(bytes: Uint8Array): Generator<RecordingPart> {
    this.#waiting.add(bytes);
    if (!this.#isStarted && !this.#start()) return;
    for (let part = this.#next(); part; part = this.#next()) yield part;
  }

  /** No more bytes will come. @throws CodedError recording/foreign, recording/truncated */
  end(): void {
    if (this.#isEnded && this.#waiting.length === 0) return;
    if (this.#waiting.at === 0) throw new CodedError('recording/foreign', 'fewer bytes than a head has');
    throw new CodedError('recording/truncated', `byte ${this.#waiting.at + this.#waiting.length}`);
  }

  #start(): boolean {
    const begin = this.#waiting.peek(Math.min(START_BYTES, this.#waiting.length));
    if (RECORDING_MAGIC.some((byte, index) => index < begin.length && begin[index] !== byte)) {
      throw new CodedError('recording/foreign', 'the first bytes are not those of a recording');
    }
    if (begin.length < START_BYTES) return false;
    const version = new ByteReader(begin, RECORDING_MAGIC.length).u32();
    if (version !== RECORDING_VERSION) {
      throw new CodedError('recording/version', `version ${version}, this build reads ${RECORDING_VERSION}`);
    }
    this.#waiting.take(START_BYTES);
    this.#isStarted = true;
    return true;
  }

  #next(): RecordingPart | null {
    const waiting = this.#waiting;
    if (this.#isEnded && waiting.length > 0) throw damaged(waiting.at, 'bytes after the closing part');
    if (waiting.length < PART_HEAD) return null;
    const begin = new ByteReader(waiting.peek(PART_HEAD));
    const kind = begin.byte();
    const length = begin.u32();
    if (length > MOST_PART_BYTES) throw damaged(waiting.at, `a part of ${length} bytes`);
    if (waiting.length < PART_HEAD + length + CRC_BYTES) return null;
    const at = waiting.at;
    const whole = waiting.take(PART_HEAD + length + CRC_BYTES);
    const end = whole.length - CRC_BYTES;
    if (crc32(whole, 0, end) !== new ByteReader(whole, end).u32()) throw damaged(at, 'the checksum');
    return this.#part(kind, whole.subarray(PART_HEAD, end), at + PART_HEAD);
  }

  #part(kind: number, body: Uint8Array, at: number): RecordingPart {
    if ((kind === HEAD) !== (this.#head === null)) throw damaged(at, 'the order of the parts');
    switch (kind) {
      case HEAD:
        this.#head = parsed(recordingHeadSchema, body, at);
        return { kind: 'head', head: this.#head };
      case STRETCH:
        return this.#stretch(body, at);
      case END: {
        const end = parsed(endSchema, body, at);
        if (end.stretches !== this.#stretches) throw damaged(at, `${end.stretches} stretches were written`);
        this.#isEnded = true;
        return { kind: 'end', end };
      }
      default:
        throw damaged(at, `part ${kind}`);
    }
  }

  #stretch(body: Uint8Array, at: number): RecordingPart {
    const reader = new ByteReader(body);
    try {
      const isWhole = reader.byte() === 1;
      const from = reader.varint();
      const to = from + reader.varint();
      const states = reader.varint();
      const isFirst = this.#stretches === 0;
      if (isFirst ? !isWhole : from !== this.#to) throw damaged(at, 'a stretch that does not follow');
      this.#stretches += 1;
      this.#to = to;
      const packed = reader.raw(reader.left);
      return {
        kind: 'stretch',
        at: at + reader.at - packed.length,
        stretch: { from, to, isWhole, states, packed },
      };
    } catch (error) {
      throw error instanceof CodedError && error.code.startsWith('frame/')
        ? damaged(at, error.message)
        : error;
    }
  }
}

const damaged = (at: number, what: string): CodedError =>
  new CodedError('recording/damaged', `byte ${at}: ${what}`);

function parsed<T>(schema: z.ZodType<T>, body: Uint8Array, at: number): T {
  let value: unknown;
  try {
    value = JSON.parse(new ByteReader(body).utf8(body.length));
  } catch {
    throw damaged(at, 'not JSON');
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw damaged(at, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'does not fit'}`);
}

/** Bytes that came and are not a whole part yet; joined once each. */
class Waiting {
  #pieces: Uint8Array[] = [];
  /** Bytes waiting. */
  length = 0;
  /** Where they begin in the file. */
  at = 0;

  add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#pieces.push(bytes);
    this.length += bytes.length;
  }

  /** The first `count` bytes, which are there. */
  peek(count: number): Uint8Array {
    const first = this.#pieces[0];
    if (first && first.length >= count) return first.subarray(0, count);
    const joined = new Uint8Array(count);
    let filled = 0;
    for (const piece of this.#pieces) {
      if (filled >= count) break;
      const part = piece.subarray(0, count - filled);
      joined.set(part, filled);
      filled += part.length;
    }
    return joined;
  }

  take(count: number): Uint8Array {
    const taken = this.peek(count);
    let left = count;
    while (left > 0) {
      const first = this.#pieces[0] as Uint8Array;
      if (first.length > left) {
        this.#pieces[0] = first.subarray(left);
        left = 0;
      } else {
        this.#pieces.shift();
        left -= first.length;
      }
    }
    this.length -= count;
    this.at += count;
    return taken;
  }
}
