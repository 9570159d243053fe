import { expect, test } from 'vitest';
import { DEFLATED, pack, packZstandard, STORED, unpack, ZSTANDARD } from './packed.ts';

test('short bytes are stored, long ones deflated, both come back', () => {
  for (const bytes of [new Uint8Array(0), Uint8Array.of(1, 2, 3), new Uint8Array(5000)]) {
    const packed = pack(bytes);
    expect(packed[0]).toBe(bytes.length > 1000 ? DEFLATED : STORED);
    expect(new Uint8Array(unpack(packed))).toEqual(bytes);
  }
});

test('what files keep as Zstandard comes back; damaged and endless bytes are refused', () => {
  const bytes = new Uint8Array(500_000).map((_, at) => (at * at) >>> 9);
  const packed = packZstandard(bytes);
  expect(packed[0]).toBe(ZSTANDARD);
  expect(unpack(packed)).toEqual(Buffer.from(bytes));
  expect(() => unpack(packed.subarray(0, packed.length / 2))).toThrow();
  expect(() => unpack(packed, 1000)).toThrow();
});

test('bytes that do not shrink are stored', () => {
  const noise = new Uint8Array(400).map((_, at) => Math.imul(at + 1, 2_654_435_761) >>> 24);
  expect(pack(noise)[0]).toBe(STORED);
});

test('a bomb and unknown bytes are refused', () => {
  expect(() => unpack(pack(new Uint8Array(1_000_000)), 1000)).toThrow();
  expect(() => unpack(Uint8Array.of(7, 1))).toThrow(/begin with 7/);
});
