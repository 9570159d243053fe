// What differs between two pictures of the city, layer by layer: what was known and what was true, or two moments.
import { z } from 'zod';

const momentSchema = z.number();

export const changeSchema = z.object({
  kind: z.enum(['new', 'gone', 'changed']),
  key: z.string(),
  /** What the row is called; '' where nothing names it. */
  name: z.string(),
  /** The moments the row speaks of on either side, epoch ms; null: there is none. */
  validAt: z.tuple([momentSchema.nullable(), momentSchema.nullable()]),
  /** When the other side became known, where it came late, epoch ms; null: that is not the question. */
  knownAt: momentSchema.nullable(),
  /** Columns that differ, with their values on either side; of what is new or gone the columns that say something. */
  columns: z.array(z.object({ column: z.string(), before: z.unknown(), after: z.unknown() })),
});
export type Change = z.infer<typeof changeSchema>;

export const layerDifferenceSchema = z.object({
  layer: z.string(),
  /** Rows, all of them. */
  added: z.number(),
  gone: z.number(),
  changed: z.number(),
  /** The first of them: new ones, gone ones, changed ones. */
  rows: z.array(changeSchema),
});
export type LayerDifference = z.infer<typeof layerDifferenceSchema>;

/** Layers without a difference are left out. */
export const differencesSchema = z.object({
  layers: z.array(layerDifferenceSchema),
  /** Layers of which nothing is recorded at one of the moments. */
  absent: z.array(z.string()),
});
export type Differences = z.infer<typeof differencesSchema>;
