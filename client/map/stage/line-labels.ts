// Names of what is long: rivers along their course, lakes, roads by their number, streets by their name.
import { contains } from '../geo/geometry.ts';
import type { Label, Pair } from '../labels/label.ts';
import type { Basemap, NamedLine } from './basemap-source.ts';
import type { Name } from './city-labels.ts';
import type { LabelKind } from './label-table.ts';
import { riverWidth } from './water-lines.ts';

/** Parts of a river's length where its name stands best, in order; then what lies between them, where bends leave no other. */
const BEST = [0.62, 0.5, 0.38, 0.74, 0.26, 0.86, 0.14];
const BETWEEN = [
  0.56, 0.44, 0.68, 0.32, 0.8, 0.2, 0.92, 0.08, 0.59, 0.47, 0.41, 0.53, 0.65, 0.35, 0.71, 0.29, 0.77,
];
/** A road wears its number this often, degrees. */
const SHIELD_EVERY = 0.12;
/** A street as it is drawn, metres. */
const STREET_M = 16;

export function waterLabels(basemap: Basemap, name: Name): Label[] {
  const rivers = basemap.rivers.map((river, order) => {
    const line = longestOf(river);
    const kind: LabelKind = river.kind === '1' ? 'mainRiver' : river.kind === '2' ? 'river' : 'brook';
    // The lake bears its own name: the river's stands elsewhere.
    const best = [...BEST, ...BETWEEN].filter((part) => !inLake(basemap, pointOf(line, part)));
    const at = pointOf(line, 0.5);
    return name(
      kind,
      { id: `river-${river.id}`, title: river.name, at, order },
      {
        along: {
          line,
          widthM: riverWidth(river, basemap.rivers).metres,
          best: best.length > 0 ? best : BEST,
        },
      },
    );
  });
  const lakes = basemap.lakes.map((lake, order) =>
    name('lake', { id: `lake-${lake.id}`, title: lake.name, at: lake.labelAt, order }, { anchor: 'beside' }),
  );
  return [...rivers, ...lakes];
}

/** Numbers of main roads, again and again along them, and the names of streets. */
export function shieldLabels({ roads }: Basemap, name: Name): Label[] {
  return roads.flatMap((road, order) => {
    const line = longestOf(road);
    if (road.kind === 'street') {
      const at = pointOf(line, 0.5);
      return [
        name(
          'street',
          { id: `street-${road.id}`, title: road.name, at, order },
          { along: { line: densified(line), widthM: STREET_M, best: [0.5, 0.3, 0.7] } },
        ),
      ];
    }
    if (road.ref === '') return [];
    const title = { zh: road.ref, en: road.ref };
    return everyOf(line, SHIELD_EVERY).map((at, number) =>
      name('shield', { id: `shield-${road.id}-${number}`, title, at, order }),
    );
  });
}

function longestOf(line: NamedLine): readonly Pair[] {
  return line.lines.reduce<readonly Pair[]>((best, one) => (one.length > best.length ? one : best), []);
}

function pointOf(line: readonly Pair[], part: number): Pair {
  return line[Math.round((line.length - 1) * part)] ?? [0, 0];
}

const inLake = ({ lakes }: Basemap, at: Pair): boolean =>
  lakes.some(({ polygons }) => polygons.some((rings) => contains(rings, at)));

/** Points at even distances along a line, degrees apart, the first half a distance in. */
function everyOf(line: readonly Pair[], distance: number): Pair[] {
  const out: Pair[] = [];
  let left = distance / 2;
  for (let i = 1; i < line.length; i++) {
    const [x0, y0] = line[i - 1] ?? [0, 0];
    const [x1, y1] = line[i] ?? [0, 0];
    const length = Math.hypot(x1 - x0, y1 - y0);
    while (left <= length) {
      const part = left / length;
      out.push([x0 + (x1 - x0) * part, y0 + (y1 - y0) * part]);
      left += distance;
    }
    left -= length;
  }
  return out;
}

/** Streets have few points: names need some between them. */
function densified(line: readonly Pair[]): readonly Pair[] {
  return line.flatMap(([x0, y0], i): Pair[] => {
    const next = line[i + 1];
    if (!next) return [[x0, y0]];
    return Array.from({ length: 16 }, (_, step): Pair => [
      x0 + ((next[0] - x0) * step) / 16,
      y0 + ((next[1] - y0) * step) / 16,
    ]);
  });
}
