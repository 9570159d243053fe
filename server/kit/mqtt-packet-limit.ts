// A gate for MQTT bytes: reads only the length of each packet and errs on one that is too long or malformed.
import { Transform } from 'node:stream';
import { CodedError } from '../../contracts/errors.ts';

/** Passes bytes on unchanged. `maxBytes`: longest packet after its fixed header. */
export function limitPackets(maxBytes: number): Transform {
  /** Bytes of the current packet still to come; −1: its length is being read. */
  let left = 0;
  let lengthBytes = 0;
  let length = 0;

  const step = (byte: number): void => {
    if (lengthBytes === 0) {
      lengthBytes = 1;
      length = 0;
      return;
    }
    length += (byte & 0x7f) * 128 ** (lengthBytes - 1);
    if (byte & 0x80) {
      lengthBytes++;
      if (lengthBytes > 4) throw new CodedError('feed/protocol', 'MQTT packet length of more than 4 bytes');
      return;
    }
    if (length > maxBytes)
      throw new CodedError('record/too-large', `MQTT packet of ${length} bytes, at most ${maxBytes}`);
    left = length;
    lengthBytes = 0;
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        for (let at = 0; at < chunk.length;) {
          if (left > 0) {
            const skipped = Math.min(left, chunk.length - at);
            left -= skipped;
            at += skipped;
          } else {
            step(chunk[at] ?? 0);
            at++;
          }
        }
        done(null, chunk);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}
