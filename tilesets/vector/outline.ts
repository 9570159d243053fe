// The outer line of neighbouring polygons: a side that two of them share runs once each way and cancels out.
import type { Ring } from '../city/features.ts';

/** Closed rings, the longest first. Needs polygons that share their vertices exactly. */
export function outlineOf(rings: Ring[]): Ring[] {
  const sides = new Map<string, [number, number][]>();
  const keyOf = (p: [number, number]): string => `${p[0].toFixed(5)},${p[1].toFixed(5)}`;
  const open = new Set<string>();
  for (const ring of rings) {
    const turned = signedArea(ring) < 0 ? [...ring].reverse() : ring;
    for (let k = 0; k + 1 < turned.length; k++) {
      const [from, to] = [keyOf(turned[k]!), keyOf(turned[k + 1]!)];
      if (from === to) continue;
      if (!open.delete(`${to} ${from}`)) open.add(`${from} ${to}`);
    }
  }
  for (const side of open) {
    const [from = '', to = ''] = side.split(' ');
    const end = to.split(',').map(Number) as [number, number];
    sides.set(from, [...(sides.get(from) ?? []), end]);
  }
  const out: Ring[] = [];
  for (const start of [...sides.keys()]) {
    const ring: Ring = [];
    for (let at = start; ;) {
      const next = sides.get(at)?.pop();
      if (!next) break;
      ring.push(next);
      at = keyOf(next);
    }
    if (ring.length > 2) out.push([...ring, ring[0]!]);
  }
  return out.sort((a, b) => Math.abs(signedArea(b)) - Math.abs(signedArea(a)));
}

function signedArea(ring: Ring): number {
  let sum = 0;
  for (let k = 0; k + 1 < ring.length; k++)
    sum += ring[k]![0] * ring[k + 1]![1] - ring[k + 1]![0] * ring[k]![1];
  return sum / 2;
}
