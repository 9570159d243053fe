// The header of a frame and its checksum.
import type { ByteWriter } from '../bytes.ts';
import { ByteReader, crc32 } from '../bytes.ts';
import type { Label } from '../column.ts';
import { labels } from '../column.ts';
import { CodedError } from '../errors.ts';
import type { FrameKind } from './layout.ts';
import { FRAME_VERSION, frameKinds } from './layout.ts';

export interface FrameHeader {
  readonly version: number;
  readonly kind: FrameKind;
  /** Slug. */
  readonly layer: string;
  /** Hash of the layer's columns. */
  readonly schema: number;
  /** World id. */
  readonly world: string;
  readonly label: Label;
  /** Code of the cell; '' for batches. */
  readonly cell: string;
  /** Seconds between two frames of the stream; 0 for batches. */
  readonly rateS: number;
  readonly tick: number;
  /** Delta: the tick of the cell's last frame before this one, −1 for none. It fits any state from then to before `tick`. */
  readonly baseTick: number;
  /** City clock when the server knew this, epoch ms. */
  readonly knownAt: number;
  /** Rows the cell has after the frame; in a batch its observations. */
  readonly rows: number;
}

/** Bytes before the varints: version, kind, length of the whole frame. */
const FIXED = 6;
const CRC_BYTES = 4;

export function writeHeader(out: ByteWriter, header: Omit<FrameHeader, 'version'>): void {
  out.byte(FRAME_VERSION);
  out.byte(frameKinds.indexOf(header.kind));
  out.u32(0);
  out.text(header.layer);
  out.u32(header.schema);
  out.text(header.world);
  out.byte(labels.indexOf(header.label));
  out.text(header.cell);
  out.varint(header.rateS);
  out.varint(header.tick);
  out.varint(header.baseTick + 1);
  out.varint(header.knownAt);
  out.varint(header.rows);
}

/** Fills in the length and appends the checksum → the finished frame, a copy. */
export function sealFrame(out: ByteWriter): Uint8Array {
  const length = out.length + CRC_BYTES;
  for (let i = 0; i < 4; i++) out.bytes[2 + i] = (length >>> (8 * i)) & 255;
  out.u32(crc32(out.bytes, 0, out.length));
  return out.copy();
}

/** Checks version, length and checksum → the header, and a reader that stands at the body and ends before the checksum. */
export function openFrame(bytes: Uint8Array): { header: FrameHeader; body: ByteReader } {
  if (bytes.length < 1) throw new CodedError('frame/truncated', 'an empty frame');
  if (bytes[0] !== FRAME_VERSION) {
    throw new CodedError('frame/version', `frame version ${bytes[0]}, this build reads ${FRAME_VERSION}`);
  }
  if (bytes.length < FIXED + CRC_BYTES)
    throw new CodedError('frame/truncated', `a frame of ${bytes.length} bytes`);
  const fixed = new ByteReader(bytes, 1);
  const kind = frameKinds[fixed.byte()];
  const length = fixed.u32();
  if (bytes.length < length) throw new CodedError('frame/truncated', `${bytes.length} of ${length} bytes`);
  if (bytes.length > length)
    throw new CodedError('frame/corrupt', `${bytes.length} bytes, the frame says ${length}`);
  const end = length - CRC_BYTES;
  if (crc32(bytes, 0, end) !== new ByteReader(bytes, end).u32()) {
    throw new CodedError('frame/corrupt', 'the checksum does not fit');
  }
  const body = new ByteReader(bytes, FIXED, end);
  const layer = body.text();
  const schema = body.u32();
  const world = body.text();
  const label = labels[body.byte()];
  if (!kind || !label) throw new CodedError('frame/corrupt', 'unknown frame kind or label');
  const header = {
    version: FRAME_VERSION,
    kind,
    layer,
    schema,
    world,
    label,
    cell: body.text(),
    rateS: body.varint(),
    tick: body.varint(),
    baseTick: body.varint() - 1,
    knownAt: body.varint(),
    rows: body.varint(),
  };
  return { header, body };
}

/** @throws CodedError frame/truncated, frame/version, frame/corrupt */
export const decodeHeader = (bytes: Uint8Array): FrameHeader => openFrame(bytes).header;
