// Whether bytes are a voice note as browsers record it: WebM (Matroska, RFC 9559) or MP4 (ISO/IEC 14496-12) that holds sound
// and nothing else. By what it holds, never by its name.

export type VoiceType = 'audio/webm' | 'audio/mp4';

/** null: it is neither, or it holds something beside sound. */
export function voiceTypeOf(bytes: Buffer): VoiceType | null {
  try {
    if (isWebmSound(bytes)) return 'audio/webm';
    return isMp4Sound(bytes) ? 'audio/mp4' : null;
  } catch (error) {
    // Cut off: a length leads beyond the end.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Elements of EBML, by their ids. */
const EBML = 0x1a45dfa3;
const DOC_TYPE = 0x4282;
const SEGMENT = 0x18538067;
const TRACKS = 0x1654ae6b;
const TRACK_ENTRY = 0xae;
const TRACK_TYPE = 0x83;
const CLUSTER = 0x1f43b675;
const SOUND_TRACK = 2;

interface Part {
  readonly id: number;
  readonly from: number;
  /** Behind it; of an element without a length, the end of what it stands in. */
  readonly to: number;
}

/** A number that says its own length by its leading zeros. @throws RangeError beyond the end */
function lengthAt(bytes: Buffer, at: number): number {
  return Math.clz32(bytes.readUInt8(at)) - 23;
}

function* elements(bytes: Buffer, from: number, to: number): Generator<Part> {
  for (let at = from; at < to;) {
    const idLength = lengthAt(bytes, at);
    if (idLength > 4) return;
    const id = bytes.readUIntBE(at, idLength);
    const sizeAt = at + idLength;
    const sizeLength = lengthAt(bytes, sizeAt);
    if (sizeLength > 8) return;
    const begin = sizeAt + sizeLength;
    const end = begin + sizeOf(bytes, sizeAt, sizeLength);
    yield { id, from: begin, to: Math.min(end, to) };
    at = end;
  }
}

/** Infinity: a recorder that was writing did not know it yet. */
function sizeOf(bytes: Buffer, at: number, length: number): number {
  let size = bytes.readUInt8(at) & (0xff >> length);
  let isUnknown = size === 0xff >> length;
  for (let next = 1; next < length; next += 1) {
    const byte = bytes.readUInt8(at + next);
    isUnknown &&= byte === 0xff;
    size = size * 256 + byte;
  }
  return isUnknown ? Infinity : size;
}

function isWebmSound(bytes: Buffer): boolean {
  const [head, segment] = elements(bytes, 0, bytes.length);
  if (head?.id !== EBML || segment?.id !== SEGMENT) return false;
  const kind = [...elements(bytes, head.from, head.to)].find(({ id }) => id === DOC_TYPE);
  if (!kind || bytes.toString('latin1', kind.from, kind.to) !== 'webm') return false;
  for (const part of elements(bytes, segment.from, segment.to)) {
    // The tracks are named before what is on them.
    if (part.id === CLUSTER) return false;
    if (part.id !== TRACKS) continue;
    const tracks = [...elements(bytes, part.from, part.to)].filter(({ id }) => id === TRACK_ENTRY);
    return tracks.length > 0 && tracks.every((track) => isSoundTrack(bytes, track));
  }
  return false;
}

function isSoundTrack(bytes: Buffer, { from, to }: Part): boolean {
  const kind = [...elements(bytes, from, to)].find(({ id }) => id === TRACK_TYPE);
  return kind !== undefined && bytes.readUInt8(kind.from) === SOUND_TRACK;
}

interface Box extends Omit<Part, 'id'> {
  readonly name: string;
}

function* boxes(bytes: Buffer, from: number, to: number): Generator<Box> {
  for (let at = from; at < to;) {
    const short = bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    const head = short === 1 ? 16 : 8;
    const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? to - at : short;
    if (size < head) return;
    yield { name, from: at + head, to: Math.min(at + size, to) };
    at += size;
  }
}

const boxesNamed = (bytes: Buffer, { from, to }: Omit<Box, 'name'>, wanted: string): readonly Box[] =>
  [...boxes(bytes, from, to)].filter(({ name }) => name === wanted);

/** Handler of a track: version, flags and a reserved word stand before it, 4 bytes each. */
const HANDLER_AT = 8;

function isMp4Sound(bytes: Buffer): boolean {
  const all = [...boxes(bytes, 0, bytes.length)];
  const moov = all.find(({ name }) => name === 'moov');
  if (all[0]?.name !== 'ftyp' || !moov) return false;
  const tracks = boxesNamed(bytes, moov, 'trak');
  const handlers = tracks.map((track) =>
    boxesNamed(bytes, track, 'mdia')
      .flatMap((media) => boxesNamed(bytes, media, 'hdlr'))
      .map(({ from }) => bytes.toString('latin1', from + HANDLER_AT, from + HANDLER_AT + 4))
      .join(),
  );
  return handlers.length > 0 && handlers.every((handler) => handler === 'soun');
}
