// How wide waters are drawn: rivers by their order and length, and a reservoir as a reach of its river that widens to the dam.
import type { GroundLine } from '../lines/line-geometry.ts';
import type { Basemap, NamedLine } from './basemap-source.ts';
import { contains } from '../geo/geometry.ts';

export interface RiverWidth {
  /** Picture pixels at 1080 lines. */
  readonly px: number;
  /** Metres on the ground. */
  readonly metres: number;
}

/** A reservoir at its dam is so many times wider than at its tail. */
const WIDENS = 2.8;

const pointsOf = (river: NamedLine): number => river.lines.reduce((sum, line) => sum + line.length, 0);

/** The main stem, then its first tributaries, then by order; within an order the longer is the wider. */
export function riverWidth(river: NamedLine, rivers: readonly NamedLine[]): RiverWidth {
  const peers = rivers.filter(({ kind }) => kind === river.kind).map(pointsOf);
  const longest = Math.max(1, ...peers);
  const part = pointsOf(river) / longest;
  switch (river.kind) {
    case '0':
    case '1':
      return part === 1 ? { px: 4.2, metres: 190 } : { px: 3.4, metres: 120 };
    case '2':
      return { px: part === 1 ? 2.4 : 2.1, metres: 60 };
    default:
      return { px: 1.2 + 0.4 * part, metres: 25 };
  }
}

/** The reaches of rivers that lie in a lake, upstream end first, widening to the dam. */
export function reservoirReaches({ rivers, lakes }: Basemap): (GroundLine & { readonly px: number })[] {
  return rivers.flatMap((river) => {
    const { px } = riverWidth(river, rivers);
    return lakes.flatMap(({ polygons }) =>
      river.lines.flatMap((line) => {
        const wet = line.map((at) => polygons.some((rings) => contains(rings, at)));
        const from = wet.indexOf(true);
        const to = wet.lastIndexOf(true);
        if (from < 0 || to - from < 3) return [];
        return [{ points: line.slice(from, to + 1), scale: 1, scaleTo: WIDENS, px }];
      }),
    );
  });
}
