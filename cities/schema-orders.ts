// What is ordered often: order-templates.yaml. A city without the file has none.
import { z } from 'zod';
import { slug, title } from './schema-base.ts';

export const orderTemplatesFile = z.strictObject({
  templates: z
    .array(
      z.strictObject({
        id: slug,
        title,
        /** Kinds of incidents it is for, by their codes; empty: any. */
        kinds: z.array(slug).max(20).default([]),
        /** Departments, or who the incident says: the unit that handles it, the centre of its county, its town. */
        to: z
          .array(
            z.string().regex(/^(owner|county|town|dept:[a-z0-9-]{1,40})$/, 'owner, county, town, dept:<id>'),
          )
          .max(9)
          .default([]),
        /** What is to be done; {place} stands for the place of the order. */
        text: title,
        /** Minutes from now; null: no time is set. */
        dueMin: z.number().int().positive().max(43_200).nullable(),
        /** To be acknowledged within so many minutes. */
        ackMin: z.number().int().positive().max(1440).default(10),
        urgent: z.boolean().default(false),
        /** It gives a task with it. */
        work: z.boolean().default(false),
      }),
    )
    .max(40),
});

export type OrderTemplates = z.output<typeof orderTemplatesFile>['templates'];
