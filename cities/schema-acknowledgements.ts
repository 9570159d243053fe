// What towns of a city have to acknowledge within which time, and whose orders permit a reservoir to stand over its limit.
import { z } from 'zod';
import { slug, townCode } from './schema-base.ts';

const minutes = z.number().int().min(1).max(240);

export const acknowledgementsFile = z.strictObject({
  /** A warning is asked about where one of these fits; events: all where none is named. */
  warnings: z
    .array(
      z.strictObject({
        events: z.array(z.string().min(1)).optional(),
        severities: z.array(z.enum(['red', 'orange', 'yellow', 'blue'])).min(1),
      }),
    )
    .default([]),
  withinMin: minutes.default(10),
  /** By reservoir: the towns downstream that acknowledge each dispatch order. */
  orders: z
    .strictObject({ withinMin: minutes, downstream: z.record(slug, z.array(townCode).min(1)) })
    .optional(),
  /** A part of the name of whoever may permit a reservoir to store above its flood limit (授权拦洪). */
  permitSenders: z.array(z.string().min(1)).default([]),
  /** Words of notices; absent: nobody is told. */
  texts: z
    .strictObject({ warning: z.string().max(500), order: z.string().max(500), missing: z.string().max(500) })
    .optional(),
});
export type AcknowledgementRules = z.output<typeof acknowledgementsFile>;
