// Levels drawn across the upstream face, bank to bank: what the pool is read against from that side.
import { BufferGeometry, Float32BufferAttribute } from 'three';
import type { Ground } from './ground-shape.ts';

/** Before the face, so that it does not swallow the line, metres. */
const BEFORE_M = 0.8;

/** @param heights above the foundation */
export function markLines(ground: Ground, heights: readonly number[]): BufferGeometry {
  const places = heights.flatMap((y) => {
    const half = ground.halfAt(y);
    return [-half, y, -BEFORE_M, half, y, -BEFORE_M];
  });
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute(places, 3));
  return geometry;
}
