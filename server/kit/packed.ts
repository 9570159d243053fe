// Bytes with a first byte that says how they are kept: 0 stored, 1 raw deflate. What goes over the wire and into files.
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';

export const STORED = 0;
export const DEFLATED = 1;

/** Fewer bytes than this do not get smaller. */
const WORTH_BYTES = 128;

/** `level` 1–9: 6 for what many receive, 1 for what is only kept. */
export function pack(bytes: Uint8Array, level = constants.Z_DEFAULT_COMPRESSION): Buffer {
  if (bytes.byteLength >= WORTH_BYTES) {
    const small = deflateRawSync(bytes, { level });
    if (small.byteLength < bytes.byteLength) return prefixed(DEFLATED, small);
  }
  return prefixed(STORED, bytes);
}

/** @throws Error when the bytes are neither, or inflate to more than `maxBytes` */
export function unpack(bytes: Uint8Array, maxBytes = 256 * 1024 * 1024): Uint8Array {
  const body = bytes.subarray(1);
  if (bytes[0] === STORED) return body;
  if (bytes[0] === DEFLATED) return inflateRawSync(body, { maxOutputLength: maxBytes });
  throw new Error(`packed bytes begin with ${bytes[0] ?? 'nothing'}: 0 or 1 is known`);
}

function prefixed(first: number, bytes: Uint8Array): Buffer {
  const whole = Buffer.allocUnsafe(bytes.byteLength + 1);
  whole[0] = first;
  whole.set(bytes, 1);
  return whole;
}
