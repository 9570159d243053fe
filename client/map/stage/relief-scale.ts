// How many times the relief is raised: so that it reads from above, not close to it, and not at all on the flat map.

const RAISED = 1.7;
/** Fully raised above, as it is below, metres above the ground; between them it eases. */
const RAISED_ABOVE_M = 14_000;
const PLAIN_ABOVE_M = 8000;
/** Not quite flat and not quite one: at those two numbers Cesium rebuilds the vertices of every tile, which shows. */
const ALMOST = 1.0001;
const FLAT = 0.0001;

/** @param heightM camera height above the ground as it is, metres: never above the raised one, or the two would chase each other */
export function raisedAt(heightM: number, flat: boolean): number {
  if (flat) return FLAT;
  const t = Math.min(Math.max((heightM - PLAIN_ABOVE_M) / (RAISED_ABOVE_M - PLAIN_ABOVE_M), 0), 1);
  return ALMOST + (RAISED - ALMOST) * t * t * (3 - 2 * t);
}
