// What the time axis shows: from when to when history reaches, and how much happened in each bin.
import type { ExtentAnswer, Orders } from './orders.ts';
import type { StateReader } from './state-reader.ts';

const MINUTE_MS = 60_000;

export function extentOf(
  reader: StateReader,
  { layers, from, to, binMs }: Orders['extent']['ask'],
): ExtentAnswer {
  const density: Record<string, number[]> = {};
  let first = Infinity;
  let last = -Infinity;
  for (const layer of layers) {
    const range = reader.range(layer);
    if (range) {
      first = Math.min(first, range.from);
      last = Math.max(last, range.to);
    }
    const bins = new Array<number>(Math.ceil((to - from) / binMs)).fill(0);
    let sum = 0;
    for (const { from: start, minutes } of reader.density(layer, from, to)) {
      minutes.forEach((count, minute) => {
        const bin = Math.floor((start + minute * MINUTE_MS - from) / binMs);
        if (bin < 0 || bin >= bins.length) return;
        bins[bin] = (bins[bin] as number) + count;
        sum += count;
      });
    }
    if (sum > 0) density[layer] = bins;
  }
  return { from: first === Infinity ? null : first, to: last === -Infinity ? null : last, density };
}
