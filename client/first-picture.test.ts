import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let { expectPicture, firstPicture, notePicture } = await import('./first-picture.ts');
// Each test is a page of its own.
beforeEach(async () => {
  vi.resetModules();
  ({ expectPicture, firstPicture, notePicture } = await import('./first-picture.ts'));
});

afterEach(() => vi.useRealTimers());

async function isOver(): Promise<boolean> {
  let over = false;
  void firstPicture().then(() => (over = true));
  await Promise.resolve();
  await Promise.resolve();
  return over;
}

it('holds nothing up without a map, and until the map is drawn with one', async () => {
  expect(await isOver()).toBe(true);
  expectPicture();
  expect(await isOver()).toBe(false);
  expectPicture();
  notePicture();
  expect(await isOver()).toBe(true);
});

it('does not wait for a map that never comes', async () => {
  vi.useFakeTimers();
  expectPicture();
  vi.advanceTimersByTime(7999);
  expect(await isOver()).toBe(false);
  vi.advanceTimersByTime(1);
  expect(await isOver()).toBe(true);
});
