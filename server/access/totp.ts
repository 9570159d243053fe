// The second factor: time-based one-time passwords (RFC 6238) over HOTP (RFC 4226), as phones show them.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const STEP_MS = 30_000;
const DIGITS = 6;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** Clocks of phones go wrong: one step before and after counts as well. */
const SKEW = 1;

/** RFC 4226, section 5.3: `digits` of the truncated HMAC over the counter. */
export function hotp(
  secret: Uint8Array,
  counter: number,
  { digits = DIGITS, hash = 'sha1' }: { readonly digits?: number; readonly hash?: string } = {},
): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac(hash, secret).update(message).digest();
  const at = (mac.at(-1) as number) & 0xf;
  const number = mac.readUInt32BE(at) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** Number of the step a moment lies in; `now` in epoch ms. */
export const stepAt = (now: number): number => Math.floor(now / STEP_MS);

/** The step a code fits, above `after`; null: none. A code counts once. */
export function fittingStep(
  secret: Uint8Array,
  code: string,
  { now, after }: { readonly now: number; readonly after: number },
): number | null {
  const given = Buffer.from(code);
  const current = stepAt(now);
  let found: number | null = null;
  for (let step = current - SKEW; step <= current + SKEW; step += 1) {
    const wanted = Buffer.from(hotp(secret, step));
    if (step > after && wanted.length === given.length && timingSafeEqual(wanted, given)) found = step;
  }
  return found;
}

/** 160 bits, as RFC 4226 wants, in base32. */
export function newTotpSecret(): string {
  return base32(randomBytes(20));
}

/** What a phone reads as a QR code or a link. */
export function totpAddress(secret: string, account: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}

/** RFC 4648, without padding. */
export function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

export function fromBase32(text: string): Uint8Array {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
