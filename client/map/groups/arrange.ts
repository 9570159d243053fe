// Moves groups of different layers aside where their circles would lie on each other. Each layer has its own side, so that
// the picture stays as it is while counts change.
import { ASIDE_AT, GROUP_BYTES, GROUP_FLOATS, groupRadiusPx } from './group-record.ts';

/** Records of the groups of one layer. */
export interface Grouped {
  readonly records: Uint8Array<ArrayBuffer>;
}

/** Directions tried around a circle in the way. */
const SIDES = 8;
const GAP_PX = 1;
/** Farther than this from its place a group is left where it is: better covered than wrong. */
const MOST_PX = 90;

interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** @param layers in a fixed order: the first stay where they are @param metresPerPx of the ground, at 1080 lines */
export function arrange(layers: readonly Grouped[], metresPerPx: number): void {
  const placed: Circle[] = [];
  layers.forEach(({ records }, layer) => {
    const floats = new Float32Array(records.buffer, records.byteOffset, records.byteLength / 4);
    const aside = new Int8Array(records.buffer, records.byteOffset, records.byteLength);
    for (let i = 0; i * GROUP_BYTES < records.byteLength; i++) {
      const at = i * GROUP_FLOATS;
      const count = floats[at + 3] as number;
      if (count < 2) continue;
      const home = {
        x: (floats[at] as number) / metresPerPx,
        y: (floats[at + 1] as number) / metresPerPx,
        radius: groupRadiusPx(count),
      };
      const free = freePlace(home, placed, layer);
      placed.push(free);
      aside[i * GROUP_BYTES + ASIDE_AT] = Math.round(free.x - home.x);
      aside[i * GROUP_BYTES + ASIDE_AT + 1] = Math.round(free.y - home.y);
    }
  });
}

function blockerOf(circle: Circle, placed: readonly Circle[]): Circle | null {
  for (const other of placed) {
    const reach = circle.radius + other.radius + GAP_PX;
    const dx = circle.x - other.x;
    const dy = circle.y - other.y;
    if (dx * dx + dy * dy < reach * reach - 0.01) return other;
  }
  return null;
}

function freePlace(home: Circle, placed: readonly Circle[], layer: number): Circle {
  const near = placed.filter(
    (other) => Math.hypot(other.x - home.x, other.y - home.y) < home.radius + other.radius + MOST_PX,
  );
  if (!blockerOf(home, near)) return home;
  let best: Circle | null = null;
  let least = MOST_PX;
  for (const blocker of near) {
    const reach = home.radius + blocker.radius + GAP_PX;
    for (let side = 0; side < SIDES; side++) {
      const turn = ((side + layer) / SIDES) * 2 * Math.PI;
      const there = {
        x: blocker.x + Math.cos(turn) * reach,
        y: blocker.y + Math.sin(turn) * reach,
        radius: home.radius,
      };
      const far = Math.hypot(there.x - home.x, there.y - home.y);
      if (far < least && !blockerOf(there, near)) {
        best = there;
        least = far;
      }
    }
  }
  return best ?? home;
}
