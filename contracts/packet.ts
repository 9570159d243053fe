// Packets: the frames of one tick for one set of streams, joined so that they are compressed and sent once.
// Layout: version, tick, count, then each frame as length and bytes. Compression is the carrier's.
import { ByteReader, ByteWriter } from './bytes.ts';
import { CodedError } from './errors.ts';

const PACKET_VERSION = 1;
/** Most frames of one packet: layers × cells, with room. */
const MAX_FRAMES = 100_000;

export interface Packet {
  readonly tick: number;
  readonly frames: readonly Uint8Array[];
}

export function joinFrames(tick: number, frames: readonly Uint8Array[]): Uint8Array {
  const out = new ByteWriter(frames.reduce((sum, frame) => sum + frame.length + 8, 16));
  out.byte(PACKET_VERSION);
  out.varint(tick);
  out.varint(frames.length);
  for (const frame of frames) {
    out.varint(frame.length);
    out.raw(frame);
  }
  return out.copy();
}

/** The frames are views into `bytes`. @throws CodedError frame/truncated, frame/version, frame/corrupt */
export function splitFrames(bytes: Uint8Array): Packet {
  const reader = new ByteReader(bytes);
  const version = reader.byte();
  if (version !== PACKET_VERSION) {
    throw new CodedError('frame/version', `packet version ${version}, this build reads ${PACKET_VERSION}`);
  }
  const tick = reader.varint();
  const count = reader.count('frames');
  if (count > MAX_FRAMES) throw new CodedError('frame/corrupt', `${count} frames in a packet`);
  const frames: Uint8Array[] = [];
  for (let i = 0; i < count; i++) frames.push(reader.raw(reader.varint()));
  if (reader.left > 0) throw new CodedError('frame/corrupt', `${reader.left} bytes after the last frame`);
  return { tick, frames };
}
