// Which way of packing files take.
import { expect, test } from 'vitest';
import { DEFLATED, unpack, ZSTANDARD } from '../kit/packed.ts';
import { packSmallest } from './smallest.ts';

test('columns are kept as Zstandard, texts that would take more as deflate; both come back', () => {
  // As codes of a column are: small, and none tells the next.
  let seed = 7;
  const columns = new Uint8Array(60_000).map(() => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
    return Math.clz32(seed) + ((seed >>> 9) & 3);
  });
  const rows = Array.from({ length: 12 }, (_, at) => ({
    id: `w${at * 7919}`,
    text: `第${at * 31}号测站水位上涨`,
    at: at * 86_399,
  }));
  const texts = new TextEncoder().encode(JSON.stringify(rows));
  const [first, second] = [packSmallest(columns), packSmallest(texts)];
  expect([first[0], second[0]]).toEqual([ZSTANDARD, DEFLATED]);
  expect(unpack(first)).toEqual(Buffer.from(columns));
  expect(unpack(second)).toEqual(Buffer.from(texts));
});
