// The four shapes of severity, and the ring of what people must look at.
import { circle, disc, fill, type Context } from './pencil.ts';

export const severityDrawings = {
  diamond: (c: Context) =>
    fill(c, [
      [0, -0.98],
      [0.98, 0],
      [0, 0.98],
      [-0.98, 0],
    ]),
  triangle: (c: Context) =>
    fill(c, [
      [0, -0.88],
      [0.95, 0.75],
      [-0.95, 0.75],
    ]),
  square: (c: Context) => c.fillRect(-0.78, -0.78, 1.56, 1.56),
  circle: (c: Context) => disc(c, [0, 0], 0.86),
  ring: (c: Context) => {
    c.lineWidth = 0.24;
    circle(c, [0, 0], 0.7);
  },
} as const;
