// Whom a task moves out of which place, and how far that is (docs/incidents.md, "Evacuation"): counted by the unit that
// moves them, kept in the entries of its task.
import { z } from 'zod';
import type { LonLat, Title } from '../column.ts';

/** Code of a town or of a village of the city package. */
const place = z.string().regex(/^\d{9}(\d{3})?$/, 'the code of a town (9 digits) or of a village (12)');
const people = z.int().min(0).max(1_000_000);
const isOnce = (all: readonly { readonly place: string }[]): boolean =>
  new Set(all.map((one) => one.place)).size === all.length;
const ONCE = 'each place once';
/** Places of one task. */
export const MOST_PLACES = 60;

/** Of a task that is given: how many people are to leave which place. */
export const moveSchema = z
  .array(z.strictObject({ place, people: people.min(1) }))
  .min(1)
  .max(MOST_PLACES)
  .refine(isOnce, ONCE);

/** What the unit counted: places it does not name stay as they were. */
export const countedSchema = z
  .array(
    z.strictObject({
      place,
      moved: people,
      refused: people,
      /** More or fewer people than was thought; absent: as before. */
      toMove: people.optional(),
    }),
  )
  .min(1)
  .max(MOST_PLACES)
  .refine(isOnce, ONCE);
export type Counted = z.infer<typeof countedSchema>;

export interface EvacuationPlace {
  readonly place: string;
  readonly name: Title;
  readonly position: LonLat;
  /** People who are to leave; `moved` have left, `refused` do not want to and are still there. */
  readonly toMove: number;
  readonly moved: number;
  readonly refused: number;
  /** When it was counted last, as who counted says; epoch ms; null: not yet. */
  readonly countedAt: number | null;
}

export interface EvacuationSum {
  readonly toMove: number;
  readonly moved: number;
  readonly refused: number;
  /** Of those who are to leave, to a tenth; null: nobody is to leave. */
  readonly percent: number | null;
  /** The oldest count of its parts, epoch ms; null: one of them was not counted yet. */
  readonly countedAt: number | null;
}

/** A sum is as old as its oldest part. */
export function sumOfMoves(
  parts: readonly Pick<EvacuationPlace, 'toMove' | 'moved' | 'refused' | 'countedAt'>[],
): EvacuationSum {
  const sum = (of: 'toMove' | 'moved' | 'refused'): number => parts.reduce((all, one) => all + one[of], 0);
  const [toMove, moved, refused] = [sum('toMove'), sum('moved'), sum('refused')];
  const times = parts.map(({ countedAt }) => countedAt);
  return {
    ...{ toMove, moved, refused, percent: percentOf({ toMove, moved }) },
    countedAt: times.length === 0 || times.includes(null) ? null : Math.min(...(times as number[])),
  };
}

export const percentOf = ({ toMove, moved }: Pick<EvacuationPlace, 'toMove' | 'moved'>): number | null =>
  toMove === 0 ? null : Math.round((moved / toMove) * 1000) / 10;
