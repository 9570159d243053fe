// Passwords: scrypt with the parameters OWASP names, and the rules a new one must fit. A hash carries its parameters, so
// that they can be raised and old ones still hold.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** N = 2^17, r = 8, p = 1 (OWASP password storage): 128 MiB and some tenths of a second for each. */
export const OWASP_COST = 17;
const BLOCK = 8;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
export const LEAST_LENGTH = 12;
const MOST_LENGTH = 128;
/** Of lower case, upper case, digits and signs. */
const LEAST_KINDS = 3;

/** Each takes 128 MiB: the others wait. */
const MOST_AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

/** `cost`: log2 of N. → "scrypt$17$8$1$<salt>$<key>", both base64. */
export async function hashPassword(password: string, cost: number = OWASP_COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, cost);
  return `scrypt$${cost}$${BLOCK}$1$${salt.toString('base64')}$${key.toString('base64')}`;
}

/** Takes as long whether it fits or not. @throws Error on a text that is no hash of ours */
export async function fitsHash(password: string, hash: string): Promise<boolean> {
  const [kind, cost, , , salt = '', key = ''] = hash.split('$');
  if (kind !== 'scrypt' || key === '') throw new Error('no password hash of this server');
  const wanted = Buffer.from(key, 'base64');
  const found = await derive(password, Buffer.from(salt, 'base64'), Number(cost));
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}

async function derive(password: string, salt: Buffer, cost: number): Promise<Buffer> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  const N = 2 ** cost;
  try {
    return await new Promise((resolve, reject) => {
      // Twice what it needs: the limit is a guard, not a measure.
      const options = { N, r: BLOCK, p: 1, maxmem: 256 * N * BLOCK };
      // What people type is the same text whichever way it was composed.
      scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
        error ? reject(error) : resolve(key),
      );
    });
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

/** What is wrong with a new password, for people; null: nothing. `names`: words it must not hold. */
export function passwordFault(password: string, names: readonly string[]): string | null {
  const length = [...password].length;
  if (length < LEAST_LENGTH || length > MOST_LENGTH)
    return `${length} characters, ${LEAST_LENGTH} to ${MOST_LENGTH} are taken`;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length;
  if (kinds < LEAST_KINDS)
    return `${kinds} of the kinds lower case, upper case, digits, signs: ${LEAST_KINDS} are wanted`;
  const lower = password.toLowerCase();
  const name = names.find((word) => word.length >= 3 && lower.includes(word.toLowerCase()));
  if (name !== undefined) return `it holds the name ${name}`;
  if (new Set(lower).size < 6) return 'fewer than six different characters';
  return null;
}

/** For the first sign-in: 100 bits, without letters that are taken for others. */
export function initialPassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const draw = (): string => {
    // Bytes that would favour the first letters are thrown away.
    const limit = 256 - (256 % alphabet.length);
    for (;;) {
      const byte = randomBytes(1)[0] as number;
      if (byte < limit) return alphabet[byte % alphabet.length] as string;
    }
  };
  for (;;) {
    const word = Array.from({ length: 4 }, () => Array.from({ length: 5 }, draw).join('')).join('-');
    if (passwordFault(word, []) === null) return word;
  }
}
