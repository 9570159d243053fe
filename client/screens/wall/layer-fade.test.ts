import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { opacityOf } from '../../stores/choices.ts';
import { visible } from '../../stores/view.ts';
import { fadeLayers } from './layer-fade.ts';

const motion = vi.hoisted(() => ({ still: false }));
vi.mock('../../motion.ts', () => ({ isStill: () => motion.still }));
let now = 0;
vi.mock('../../clock.ts', async (original) => ({ ...(await original<object>()), localMs: () => now }));

let frames: (() => void)[] = [];
const draw = (atMs: number): void => {
  now = atMs;
  const due = frames;
  frames = [];
  for (const run of due) run();
};
const shownSlugs = (): string[] => [...visible].flatMap(([slug, isShown]) => (isShown ? [slug] : []));

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
  for (const slug of visible.keys()) visible.set(slug, false);
  motion.still = true;
  now = 0;
  fadeLayers(new Map([['warning', 1]]));
  motion.still = false;
});
afterEach(() => vi.unstubAllGlobals());

it('lets one scene out while the next comes in, up to the opacity it asks for', () => {
  fadeLayers(new Map([['reservoir', 0.6]]));
  draw(300);
  expect(shownSlugs().sort()).toEqual(['reservoir', 'warning']);
  expect(opacityOf('warning')).toBeCloseTo(0.5);
  expect(opacityOf('reservoir')).toBeCloseTo(0.3);
  draw(700);
  expect(shownSlugs()).toEqual(['reservoir']);
  expect([opacityOf('reservoir'), opacityOf('warning')]).toEqual([0.6, 1]);
});

it('a scene that comes during a fade starts from what the one before would have been', () => {
  fadeLayers(new Map([['reservoir', 1]]));
  draw(300);
  fadeLayers(new Map([['river-gauge', 1]]));
  draw(1000);
  expect(shownSlugs()).toEqual(['river-gauge']);
});

it('cuts where the screen keeps still', () => {
  motion.still = true;
  fadeLayers(new Map([['reservoir', 0.6]]));
  expect(shownSlugs()).toEqual(['reservoir']);
  expect(opacityOf('reservoir')).toBe(0.6);
});
