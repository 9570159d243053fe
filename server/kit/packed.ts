// Bytes with a first byte that says how they are kept: 0 stored, 1 raw deflate, 2 Zstandard (RFC 8878; files only: browsers
// read the first two). What goes over the wire and into files.
import { constants, deflateRawSync, inflateRawSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

export const STORED = 0;
export const DEFLATED = 1;
export const ZSTANDARD = 2;

/** Fewer bytes than this do not get smaller. */
const WORTH_BYTES = 128;

/** From here on the quick way counts; fewer bytes are done at once either way. */
const LARGE_BYTES = 16 * 1024;

/** A segment comes out in one or two pieces. */
const CHUNK = 256 * 1024;

/**
 * `quick`, for large packets that many rows changed in: looks for runs only. Columns of moving objects repeat in no
 * other way, so that it gets as small in a third of the time; texts would lose.
 */
export function pack(bytes: Uint8Array, way: 'close' | 'quick' = 'close'): Buffer {
  if (bytes.byteLength >= WORTH_BYTES) {
    const isQuick = way === 'quick' && bytes.byteLength >= LARGE_BYTES;
    const small = deflateRawSync(bytes, {
      strategy: isQuick ? constants.Z_RLE : constants.Z_DEFAULT_STRATEGY,
    });
    if (small.byteLength < bytes.byteLength) return prefixed(DEFLATED, small);
  }
  return prefixed(STORED, bytes);
}

/** For files: read in a quarter of the time, made in a tenth. Level 1: for columns the higher ones get no smaller. */
export function packZstandard(bytes: Uint8Array): Buffer {
  const params = { [constants.ZSTD_c_compressionLevel]: 1 };
  return prefixed(ZSTANDARD, zstdCompressSync(bytes, { params }));
}

/** For what is written to a file while others wait: at once either way. */
export const packForFile = (bytes: Uint8Array): Buffer =>
  bytes.byteLength >= LARGE_BYTES ? packZstandard(bytes) : pack(bytes);

/** @throws Error when the bytes are none of these, or inflate to more than `maxBytes` */
export function unpack(bytes: Uint8Array, maxBytes = 256 * 1024 * 1024): Uint8Array {
  const body = bytes.subarray(1);
  if (bytes[0] === STORED) return body;
  if (bytes[0] === DEFLATED) return inflateRawSync(body, { maxOutputLength: maxBytes });
  if (bytes[0] === ZSTANDARD)
    return zstdDecompressSync(body, { maxOutputLength: maxBytes, chunkSize: CHUNK });
  throw new Error(`packed bytes begin with ${bytes[0] ?? 'nothing'}: 0, 1 or 2 is known`);
}

function prefixed(first: number, bytes: Uint8Array): Buffer {
  const whole = Buffer.allocUnsafe(bytes.byteLength + 1);
  whole[0] = first;
  whole.set(bytes, 1);
  return whole;
}
