import { expect, test } from 'vitest';
import { fitsHash, hashPassword, initialPassword, OWASP_COST, passwordFault } from './password.ts';

const CHEAP = 10;

test('a hash fits its own password and no other, is salted, and says how it was made', async () => {
  const [first, second] = [
    await hashPassword('Right-Horse-9', CHEAP),
    await hashPassword('Right-Horse-9', CHEAP),
  ];
  expect(first).not.toBe(second);
  expect(first).toMatch(/^scrypt\$10\$8\$1\$/);
  expect([await fitsHash('Right-Horse-9', first), await fitsHash('right-Horse-9', first)]).toEqual([
    true,
    false,
  ]);
  await expect(fitsHash('x', 'plain')).rejects.toThrow('no password hash');
});

test('the usual cost is what OWASP names: N = 2^17, r = 8, p = 1', async () => {
  expect(await hashPassword('Right-Horse-9')).toMatch(new RegExp(`^scrypt\\$${OWASP_COST}\\$8\\$1\\$`));
  expect(OWASP_COST).toBeGreaterThanOrEqual(17);
});

test.each([
  ['Short-1a', '12 to 128'],
  ['alllowercaseletters', 'kinds'],
  ['Lower-and-upper', null],
  ['ADMIN-of-city-7', 'name'],
  ['aaaaaaaaaaaA1', 'different'],
  [`${'x'.repeat(200)}A1`, '12 to 128'],
  ['嘉陵江水位-2026-高', 'kinds'],
  ['嘉陵江水位-2026-Gao', null],
])('the rules say of %s: %s', (password, fault) => {
  const said = passwordFault(password, ['admin']);
  if (fault === null) expect(said).toBeNull();
  else expect(said).toContain(fault);
});

test('an initial password fits the rules and is never the same', () => {
  const drawn = Array.from({ length: 200 }, initialPassword);
  expect(new Set(drawn).size).toBe(200);
  expect(drawn.filter((one) => passwordFault(one, []) !== null)).toEqual([]);
});
