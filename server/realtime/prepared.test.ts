import { expect, test } from 'vitest';
import { prepare } from './prepared.ts';

test.each([
  [0, '8200'],
  [125, '827d'],
  [126, '827e007e'],
  [65_535, '827effff'],
  [65_536, '827f0000000000010000'],
])('%i bytes begin with the header %s', (length, header) => {
  const message = Buffer.alloc(length, 'leader');
  const { bytes, options } = prepare(message);
  expect(Buffer.compare(bytes, message)).toBe(0);
  const frame = Buffer.concat([...options.wsPreEncodedFrame]);
  expect(frame.subarray(0, header.length / 2).toString('hex')).toBe(header);
  expect(Buffer.compare(frame.subarray(header.length / 2), message)).toBe(0);
});
