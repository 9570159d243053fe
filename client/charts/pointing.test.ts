import { expect, it } from 'vitest';
import type { ChartModel } from './model.ts';
import { lineAt, placeIn } from './pointing.ts';

const line = (key: string, values: readonly (number | null)[]): ChartModel['lines'][number] => ({
  key,
  name: key,
  kind: 'observed',
  points: values.map((value, index) => ({ at: index * 10, value })),
});
const model: ChartModel = {
  title: 't',
  unit: 'm',
  step: 0.1,
  shape: 'line',
  from: 0,
  to: 20,
  lines: [line('high', [10, 10, null]), line('low', [0, 0, 0])],
  limits: [],
  gaps: [],
};

it('is the nearest line at the moment', () => {
  expect(lineAt(model, { at: 5, down: 0.1, reachMs: 10 })).toBe('high');
  expect(lineAt(model, { at: 5, down: 0.9, reachMs: 10 })).toBe('low');
});

it('is never one that says nothing then', () => {
  expect(lineAt(model, { at: 20, down: 0.1, reachMs: 10 })).toBe('low');
  expect(lineAt(model, { at: 99, down: 0.1, reachMs: 10 })).toBeNull();
});

it('hangs from the top where the chart does', () => {
  const hanging = { ...model, shape: 'hanging' as const };
  expect(lineAt(hanging, { at: 5, down: 0.95, reachMs: 10 })).toBe('high');
});

it('is a moment inside the plot, and none beside it', () => {
  const box = { width: 120, height: 60, grid: { left: 10, right: 10, top: 10, bottom: 20 } };
  expect(placeIn({ x: 60, y: 25 }, box, model)).toEqual({ at: 10, down: 0.5 });
  expect(placeIn({ x: 5, y: 25 }, box, model)).toBeNull();
  expect(placeIn({ x: 111, y: 25 }, box, model)).toBeNull();
});
