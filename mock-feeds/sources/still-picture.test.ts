import { expect, test } from 'vitest';
import type { StillScene } from './still-picture.ts';
import { stillPicture } from './still-picture.ts';

const scene: StillScene = {
  id: 'rs-001',
  digits: '20260716143005',
  hour: 14.5,
  rainMmH: 0,
  visibilityM: 20_000,
  busy: 0.6,
  atS: 1_784_183_405,
};
const count = (text: string, part: string): number => text.split(part).length - 1;

test('the same scene is the same picture, stamped and marked', () => {
  const picture = stillPicture(scene);
  expect(picture).toBe(stillPicture({ ...scene }));
  expect(picture).toContain('2026-07-16 14:30:05');
  expect(picture).toContain('rs-001');
  expect(picture).not.toMatch(/NaN|undefined|<script|href/);
});

test('traffic, rain and night are seen', () => {
  const cars = (of: Partial<StillScene>): number => count(stillPicture({ ...scene, ...of }), '<circle');
  expect(cars({ busy: 0 })).toBe(0);
  expect(cars({ busy: 1 })).toBeGreaterThan(cars({ busy: 0.3 }));
  expect(count(stillPicture({ ...scene, rainMmH: 20 }), 'l-4 16')).toBeGreaterThan(100);
  expect(stillPicture({ ...scene, hour: 1 })).toContain('rgb(9 13 22)');
});
