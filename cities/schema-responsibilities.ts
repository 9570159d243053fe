// Who handles which kind of incident where, within which time, and what kind of incident a signal is: responsibilities.yaml.
import { z } from 'zod';
import { slug, title, unitCode } from './schema-base.ts';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');
const minutes = z.number().int().positive();
/** Minutes of the clock, minutes of working hours, or the end of the n-th working day after. */
const standard = z.union([
  z.strictObject({ minutes }),
  z.strictObject({ workingMinutes: minutes }),
  z.strictObject({ workingDays: minutes }),
]);
const standards = z.strictObject({
  reported: standard,
  accepted: standard,
  graded: standard,
  assigned: standard,
  handling: standard,
  answered: standard,
  checked: standard,
  closed: standard, // until it is rated and archived
});
const grade = z.enum(['I', 'II', 'III', 'IV']);

export const responsibilitiesFile = z.strictObject({
  hours: z.array(z.tuple([clockTime, clockTime])).min(1), // working hours of a workday, in order
  /** Of the duty desks, local; one over midnight belongs to the day it begins on. */
  shifts: z.array(z.strictObject({ id: slug, name: title, from: clockTime, to: clockTime })).min(1),
  standards: z.strictObject({ urgent: standards, normal: standards }),
  /** Reports to the level above, for the grades named. */
  briefs: z.strictObject({
    firstMin: minutes, // after it was reported to us
    everyMin: z.partialRecord(grade, minutes),
    finalMin: minutes, // after it was closed
  }),
  /** Grades that the county leads, the department of the city assisting. */
  countyGrades: z.array(grade),
  /** The first that names kind and area counts; the last of a kind names no area. */
  rules: z
    .array(
      z.strictObject({
        kinds: z.array(slug).min(1),
        areas: z.array(unitCode).optional(),
        department: slug,
        assisting: z.array(slug).default([]),
        countyGrades: z.array(grade).optional(), // instead of those of all
      }),
    )
    .min(1),
  /** By layer: which columns say what, and which words mean which kind; the first that fits counts. */
  signals: z.record(
    slug,
    z.strictObject({
      title: z.string(),
      text: z.string().optional(),
      place: z.string().optional(),
      at: z.string().optional(), // absent: the moment the row speaks of
      kinds: z.array(
        z.strictObject({
          column: z.string(),
          contains: z.string().min(1),
          kind: slug,
          urgent: z.boolean().optional(),
        }),
      ),
      otherwise: slug,
      urgent: z.boolean(),
    }),
  ),
});

export type Responsibilities = z.output<typeof responsibilitiesFile>;
