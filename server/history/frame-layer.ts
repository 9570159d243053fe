// Which layer a frame is of, without checking or decoding it: readers of mixed files skip what they do not need.
import { ByteReader } from '../../contracts/bytes.ts';

/** Behind version, kind and length. */
const SLUG_AT = 6;

/** @throws CodedError frame/truncated */
export const frameLayer = (frame: Uint8Array): string => new ByteReader(frame, SLUG_AT).text();
