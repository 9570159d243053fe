// Compression for what is written once and kept long: whichever of the two ways is smaller. Read with kit/packed.
import { pack } from '../kit/packed.ts';

export function packSmallest(bytes: Uint8Array): Buffer {
  const close = pack(bytes);
  const quick = pack(bytes, 'quick');
  return quick.byteLength < close.byteLength ? quick : close;
}
