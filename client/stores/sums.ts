// What the worker summed up for the map and the legend, and what the map asked for.
import { shallowReactive, shallowRef } from 'vue';
import type { Aim, Sum, Tally } from '../shapes.ts';

/** By slug: how the map wants layers summed up. Replaced as a whole when the camera or the layers on show change. */
export const aims = shallowRef<ReadonlyMap<string, Aim>>(new Map());

/** Rows by class, of every layer that has a look. */
export const tallies = shallowReactive(new Map<string, Tally>());

const sums = new Map<string, Sum>();
const listeners = new Set<(sum: Sum) => void>();

export const sumOf = (slug: string): Sum | null => sums.get(slug) ?? null;

export function applySums(fresh: {
  readonly sums: readonly Sum[];
  readonly tallies: readonly Tally[];
}): void {
  for (const tally of fresh.tallies) tallies.set(tally.slug, tally);
  for (const sum of fresh.sums) {
    sums.set(sum.slug, sum);
    for (const listen of listeners) listen(sum);
  }
}

export function onSum(listen: (sum: Sum) => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

export function clearSums(): void {
  sums.clear();
  tallies.clear();
}
