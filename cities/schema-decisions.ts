// decisions.yaml: what each decision model must know of the city, and when it runs by itself (docs/models.md).
import { z } from 'zod';
import { slug } from './schema-base.ts';

const valueTest = z.union([
  z.string(),
  z.number(),
  z.strictObject({ min: z.number().optional(), max: z.number().optional() }),
  z.strictObject({ contains: z.string() }),
  z.strictObject({ oneOf: z.array(z.union([z.string(), z.number()])).min(1) }),
]);

const trigger = z.strictObject({
  inCrisis: z.boolean().default(true), // only while an area is in 战时
  everyMin: z.number().int().min(1).max(1440).nullable().default(null), // on the clock: 10 is :00, :10 …; null: once
  when: z
    .strictObject({ layer: slug, where: z.record(z.string(), valueTest) })
    .nullable()
    .default(null), // for each row that fits
  params: z.record(z.string(), z.unknown()).default({}),
  fromRow: z.record(z.string(), z.string()).default({}), // parameter → column of the row of `when`, or `key`
});

export const decisionsFile = z.record(
  slug,
  z.strictObject({
    triggers: z.array(trigger).default([]),
    facts: z.unknown(), // checked by the model itself
  }),
);

export type Decisions = z.output<typeof decisionsFile>;
