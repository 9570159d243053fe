// Raw deflate from files of others: what grows beyond a limit is damage, not data.
import { Inflate } from 'fflate';
import { CodedError } from '../../contracts/errors.ts';

/** Fed in pieces this small, bytes, it can grow by at most 64 MiB before anybody looks. */
const PIECE_BYTES = 1 << 16;

/** @throws CodedError recording/damaged where it is no deflate, ends early or gets larger than `most` bytes */
export function inflateWithin(packed: Uint8Array, most: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let isEnded = false;
  const inflate = new Inflate((piece, isLast) => {
    pieces.push(piece);
    length += piece.length;
    isEnded = isLast;
  });
  try {
    for (let at = 0; at < packed.length && length <= most; at += PIECE_BYTES) {
      inflate.push(packed.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= packed.length);
    }
  } catch (error) {
    throw new CodedError('recording/damaged', error instanceof Error ? error.message : String(error));
  }
  if (length > most) throw new CodedError('recording/damaged', `a stretch of more than ${most} bytes`);
  if (!isEnded) throw new CodedError('recording/damaged', 'a stretch that ends early');
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
