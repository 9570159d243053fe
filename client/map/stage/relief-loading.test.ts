import { expect, it } from 'vitest';
import { loadingMs } from './relief-loading.ts';

it('takes what Cesium takes where frames are quick', () => {
  expect(loadingMs(4)).toBe(5);
  expect(loadingMs(12)).toBe(5);
});

it('takes a share of a slow frame, and never so much that the page stands still', () => {
  expect(loadingMs(250)).toBe(100);
  expect(loadingMs(400)).toBeGreaterThan(loadingMs(250));
  expect(loadingMs(60_000)).toBe(200);
});
