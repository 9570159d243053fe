import { expect, test } from 'vitest';
import { isSamePose } from './in-step.ts';
import type { CameraPose } from './view.ts';

const pose: CameraPose = [-1_466_000, 5_190_000, 3_409_000, 0, -0.9, 0];

test.each<[string, Partial<Record<number, number>>, boolean]>([
  ['itself', {}, true],
  ['a full turn', { 3: 2 * Math.PI }, true],
  ['a hundred metres aside', { 0: -1_466_100 }, false],
  ['turned', { 3: 0.01 }, false],
  ['tilted', { 4: -0.8 }, false],
])('%s', (_, other, same) => {
  const [x, y, z, heading, pitch, roll] = pose.map((one, at) => other[at] ?? one) as unknown as CameraPose;
  expect(isSamePose(pose, [x, y, z, heading, pitch, roll])).toBe(same);
});

test('no pose is like no pose only', () => {
  expect([isSamePose(null, null), isSamePose(pose, null), isSamePose(null, pose)]).toEqual([
    true,
    false,
    false,
  ]);
});
