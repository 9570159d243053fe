// Entity ids: short, deterministic names for (system, layer, source id), the same on every machine and after every restart.
import { createHash } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, so that an id can be read over the telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const ENTITY_ID = /^[0-9A-HJKMNP-TV-Z]{13}$/;

/** 13 characters: the first 64 bits of SHA-256(system NUL layer NUL sourceId). */
export function entityId(system: string, layer: string, sourceId: string): string {
  const digest = createHash('sha256').update(`${system}\0${layer}\0${sourceId}`).digest();
  let bits = digest.readBigUInt64BE(0);
  let text = '';
  for (let at = 0; at < 13; at += 1) {
    text = ALPHABET.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return text;
}
