// Compression for what is written once, kept long and read often. Read with kit/packed.
import { pack, packZstandard } from '../kit/packed.ts';

/** So much more Zstandard may take, for being read in a quarter of the time. */
const WORTH = 1.02;

export function packSmallest(bytes: Uint8Array): Buffer {
  const close = pack(bytes);
  const fast = packZstandard(bytes);
  return fast.byteLength <= close.byteLength * WORTH ? fast : close;
}
