import { expect, it } from 'vitest';
import { GlyphMirror } from './glyphs.ts';

const RECORD_BYTES = 36;

function all(highWater: number, mark: number) {
  const slots = Array.from({ length: highWater }, (_, slot) => slot);
  return { ...update(slots, highWater, mark), slots: null };
}

function update(slots: readonly number[], highWater: number, mark: number) {
  const records = new Uint8Array(slots.length * RECORD_BYTES);
  slots.forEach((slot, index) => records.fill(mark + slot, index * RECORD_BYTES, (index + 1) * RECORD_BYTES));
  return { slug: 'x', slots: Uint32Array.from(slots), records: records.buffer, highWater };
}
const marks = (mirror: GlyphMirror): number[] =>
  Array.from({ length: mirror.highWater }, (_, slot) => mirror.bytes[slot * RECORD_BYTES] ?? -1);

it('puts records where they belong, in whatever order they come', () => {
  const mirror = new GlyphMirror();
  mirror.apply(update([0, 1, 2, 3], 4, 10));
  expect(marks(mirror)).toEqual([10, 11, 12, 13]);
  mirror.apply(update([0, 2, 1, 3], 4, 20));
  expect(marks(mirror)).toEqual([20, 21, 22, 23]);
  mirror.apply(update([5, 4], 6, 30));
  expect(marks(mirror)).toEqual([20, 21, 22, 23, 34, 35]);
  mirror.apply(update([0, 1], 6, 40));
  expect(marks(mirror)).toEqual([40, 41, 22, 23, 34, 35]);
});

it('takes all of them in order as they come, and keeps what lies beyond', () => {
  const mirror = new GlyphMirror();
  mirror.apply(all(3, 10));
  expect(marks(mirror)).toEqual([10, 11, 12]);
  mirror.apply(update([4, 3], 5, 20));
  mirror.takeDirty();
  mirror.apply(all(3, 30));
  expect(marks(mirror)).toEqual([30, 31, 32, 23, 24]);
  expect(mirror.takeDirty()).toEqual({ from: 0, to: 3 });
});

it('says once which slots to upload', () => {
  const mirror = new GlyphMirror();
  mirror.apply(update([0, 1, 2], 3, 0));
  expect(mirror.takeDirty()).toEqual({ from: 0, to: 3 });
  expect(mirror.takeDirty()).toBeNull();
  mirror.apply(update([2], 3, 5));
  expect(mirror.takeDirty()).toEqual({ from: 2, to: 3 });
});

it('empties every slot when the tables are void', () => {
  const mirror = new GlyphMirror();
  mirror.apply(update([0, 1, 2], 3, 0));
  mirror.clear();
  expect([32, 68, 104].map((at) => mirror.bytes[at])).toEqual([255, 255, 255]);
});
