// Which rows somebody asks for: those in a box, those whose columns hold a value. Crosses threads as it is.
import type { Column } from '../../../contracts/column.ts';
import type { RowPlace } from '../../../contracts/geojson.ts';
import { rowFeature } from '../../../contracts/geojson.ts';
import type { Box } from './box.ts';
import type { Reach } from '../../../contracts/records/reach.ts';
import { isWithin } from '../../../contracts/records/reach.ts';
import { reachesInto } from './box.ts';
import type { PublishedView } from './published-row.ts';
import { isShape } from './published-row.ts';

export interface Selection {
  /** In any of them; null: anywhere, or nowhere. */
  readonly boxes: readonly Box[] | null;
  /** All of them hold. */
  readonly where: readonly Test[];
  /** Where who asks may look; null: everywhere. */
  readonly reach: Reach | null;
}

/** Name of a column or of a part of the head. */
export type Test = readonly [name: string, value: string | number];

export type IsWanted = (row: RowPlace) => boolean;

/** Parts of the head that rows can be chosen by. */
export const headNames = ['regionCode', 'quality', 'source'] as const;

/** Columns that can be told by one value. */
export const isTestable = ({ type }: Column): boolean =>
  type === 'number' || type === 'enum' || type === 'text' || type === 'time' || type === 'strings';

export function wanted({ boxes, where, reach }: Selection, view: PublishedView): IsWanted {
  const inBoxes = boxes && placeTest(boxes, view);
  const isHere = ({ stores, index }: RowPlace): boolean =>
    reach === null || isWithin(reach, stores.region.get(index));
  return (row) => isHere(row) && where.every((test) => holds(row, test)) && (inBoxes?.(row) ?? true);
}

function placeTest(boxes: readonly Box[], view: PublishedView): IsWanted {
  return (row) => {
    const columns = view.columns.filter((name) => isShape(row.layer.columns[name] as Column));
    const { geometry } = rowFeature(row, { ...view, columns });
    return geometry !== null && boxes.some((box) => reachesInto(geometry, box));
  };
}

function holds({ layer, stores, index }: RowPlace, [name, value]: Test): boolean {
  if (name === 'regionCode') return stores.region.get(index) === value;
  if (name === 'quality') return (stores.quality.get(index) ?? 'good') === value;
  if (name === 'source') return stores.source.get(index) === value;
  const column = layer.columns[name];
  const held: unknown = stores.columns.get(name)?.value(index) ?? null;
  if (held === null || column === undefined) return false;
  if (Array.isArray(held)) return held.includes(value);
  if (typeof held !== 'number') return held === value;
  // Both are multiples of the step, as floating-point numbers.
  const step = column.type === 'number' ? column.step : column.type === 'time' ? column.stepMs : 1;
  return Math.abs(held - (value as number)) < step / 2;
}
