// Colours of the steps of a density or a grid: the sequential ramp, dark to light, half of it over the land at most.
import { stepColours } from '../../looks/step-colours.ts';
import { rgb } from '../engine/theme.ts';
import type { GridStop } from './grid-primitive.ts';

const MOST_ALPHA = 0.5;
/** The first step is there, not more. */
const LEAST_PART = 0.45;

/** One stop for nothing, then one for each step. */
export function stopsOf(steps: readonly number[]): GridStop[] {
  const colours = stepColours(steps.length);
  const last = Math.max(1, colours.length - 1);
  return [
    { colour: rgb(colours[0] ?? '#000000'), alpha: 0 },
    ...colours.map((colour, index) => ({
      colour: rgb(colour),
      alpha: MOST_ALPHA * (LEAST_PART + ((1 - LEAST_PART) * index) / last),
    })),
  ];
}
