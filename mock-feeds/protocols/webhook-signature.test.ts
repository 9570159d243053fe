import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { signature } from './webhook-signature.ts';

const sm3 = (bytes: Buffer): Buffer => createHash('sm3').update(bytes).digest();

test('the runtime computes SM3 as GB/T 32905 example 1 says', () => {
  expect(sm3(Buffer.from('abc')).toString('hex')).toBe(
    '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
  );
});

test('the signature is HMAC-SM3 over timestamp, nonce and raw body', () => {
  const key = Buffer.alloc(64);
  key.write('demo-webhook-key');
  const body = Buffer.from('{"events":[]}');
  const text = Buffer.concat([Buffer.from('1784190600.abc123.'), body]);
  const inner = sm3(Buffer.concat([key.map((b) => b ^ 0x36), text] as Buffer[]));
  const expected = sm3(Buffer.concat([key.map((b) => b ^ 0x5c), inner] as Buffer[])).toString('hex');
  expect(signature('demo-webhook-key', { timestamp: '1784190600', nonce: 'abc123', body })).toBe(
    `hmac-sm3=${expected}`,
  );
});
