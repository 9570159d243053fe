import { expect, it } from 'vitest';
import { courseAt } from './dams.ts';

const river = (points: [number, number][]) => {
  const along = new Float64Array(points.length);
  for (let i = 1; i < points.length; i++) {
    const [[ax, ay], [bx, by]] = [points[i - 1]!, points[i]!];
    along[i] = along[i - 1]! + Math.hypot(bx - ax, by - ay);
  }
  return {
    id: 'river',
    order: 1,
    x: Float64Array.from(points, ([x]) => x),
    y: Float64Array.from(points, ([, y]) => y),
    level: new Float64Array(points.length),
    along,
  };
};

it('tells the course downstream, with the left bank to the left of who looks along the water', () => {
  // South for a kilometre, then east.
  const bend = river([
    ...Array.from({ length: 11 }, (_, i): [number, number] => [0, 1 - i * 0.1]),
    ...Array.from({ length: 10 }, (_, i): [number, number] => [0.1 + i * 0.1, 0]),
  ]);
  const { flowDeg, course } = courseAt(bend, [0.02, 0.5])!;
  expect(flowDeg).toBe(180);
  expect(course[0]).toEqual([0, -500]);
  // Downstream the river turns to the east, which is the left of who looks south.
  expect(course.at(-1)).toEqual([1000, 500]);
});

it('knows no course where no river is near', () =>
  expect(
    courseAt(
      river([
        [0, 0],
        [0, 1],
      ]),
      [5, 0],
    ),
  ).toBeUndefined());
