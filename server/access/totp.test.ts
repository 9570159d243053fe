import { expect, test } from 'vitest';
import { base32, fittingStep, fromBase32, hotp, newTotpSecret, stepAt } from './totp.ts';

const ascii = (text: string): Uint8Array => Buffer.from(text, 'ascii');
const SEED = '12345678901234567890';

test.each(
  ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'].map(
    (code, counter) => [counter, code] as const,
  ),
)('HOTP of RFC 4226, appendix D: counter %d', (counter, code) => {
  expect(hotp(ascii(SEED), counter)).toBe(code);
});

test.each([
  [59, 'sha1', SEED, '94287082'],
  [59, 'sha256', `${SEED}123456789012`, '46119246'],
  [59, 'sha512', `${SEED.repeat(3)}1234`, '90693936'],
  [1111111109, 'sha1', SEED, '07081804'],
  [1111111111, 'sha256', `${SEED}123456789012`, '67062674'],
  [1234567890, 'sha512', `${SEED.repeat(3)}1234`, '93441116'],
  [2000000000, 'sha1', SEED, '69279037'],
  [20000000000, 'sha1', SEED, '65353130'],
])('TOTP of RFC 6238, appendix B: %d s, %s', (seconds, hash, secret, code) => {
  expect(hotp(ascii(secret), stepAt(seconds * 1000), { digits: 8, hash })).toBe(code);
});

test('base32 of RFC 4648 goes there and back', () => {
  expect(base32(ascii('foobar'))).toBe('MZXW6YTBOI');
  expect(Buffer.from(fromBase32('MZXW6YTBOI')).toString()).toBe('foobar');
  expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
});

test('a code counts in its step and the ones beside it, and once', () => {
  const secret = ascii(SEED);
  const now = 1_000_000_000_000;
  const step = stepAt(now);
  const fits = (at: number, after = -1) => fittingStep(secret, hotp(secret, at), { now, after });
  expect([fits(step - 2), fits(step - 1), fits(step), fits(step + 1), fits(step + 2)]).toEqual([
    null,
    step - 1,
    step,
    step + 1,
    null,
  ]);
  expect(fits(step, step)).toBeNull();
  expect(fittingStep(secret, '12345', { now, after: -1 })).toBeNull();
});
