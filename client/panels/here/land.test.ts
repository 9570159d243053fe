import { expect, it } from 'vitest';
import { nearestWay } from './land.ts';

it('names the nearest way', () => {
  const way = (ref: string, lat: number) => ({
    name: { zh: ref, en: ref },
    ref,
    lines: [
      [
        [105, lat],
        [106, lat],
      ] as const,
    ],
  });
  expect(nearestWay([way('G5', 32.5), way('G75', 32.41)], [105.5, 32.4])).toMatchObject({
    way: { ref: 'G75' },
  });
  expect(nearestWay([], [105.5, 32.4])).toBeNull();
});
