// What the model must know of a city: its reach, lags, ratings, who lives where it floods, and what is done then.
import { z } from 'zod';

const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const id = z.string().regex(/^[a-z][a-z0-9-]*$/);
/** Longest way of water inside a city, hours. */
const lagH = z.number().min(0).max(24);
const position = z.tuple([z.number(), z.number()]);

const arrival = z.union([
  z.strictObject({ from: id, lagH }), // a reservoir or gauge of this reach
  z.strictObject({ forecast: z.string().min(1), lagH }), // name of a forecast hydrograph
]);

const reservoir = z.strictObject({
  id, // of stations/reservoirs.csv and storage-curves.csv
  arrivals: z.array(arrival).min(1),
  plusM3S: z.number().min(0).default(0), // of the land between
  maxStepM3S: z.number().positive(), // largest change of the outflow within 30 minutes
  overLimit: words, // who may let it rise over its flood limit
});

const gauge = z.strictObject({
  id, // of stations/river-gauges.csv
  arrivals: z.array(arrival).min(1),
  rating: z.strictObject({
    baseM: z.number(),
    riseM: z.number().positive(),
    refM3S: z.number().positive(),
    power: z.number().positive(),
  }),
});

const zone = z.strictObject({
  id,
  name: words,
  gauge: id,
  fromM: z.number(), // level of the gauge from which it is under water, or must be left
  effect: z.enum(['flooded', 'move']),
  residents: z.number().int().min(0),
  residentsAt: z.string().min(4), // date of the number
  kind: z.enum(['core', 'town']), // which factors of the hour hold
  position,
  radiusM: z.number().positive(), // drawn as a circle, 示意
});

const task = z.strictObject({
  // a level of a gauge, or a change of the release of a reservoir
  when: z.union([z.strictObject({ gauge: id, aboveM: z.number() }), z.strictObject({ release: id })]),
  unit: z.string().min(1),
  text: z.string().min(1), // {option} {peak} {at} {people} {steps}
  place: z.string().default(''),
  position: position.nullable().default(null),
  withinS: z.number().int().positive(),
  clause: z.string().default(''),
  zone: id.optional(), // whose people {people} counts
});

export const floodFacts = z.strictObject({
  id,
  title: words,
  region: z.string(), // code whose people it concerns
  position,
  horizonH: z.number().min(6).max(120),
  reservoirs: z.array(reservoir).min(1),
  gauges: z.array(gauge).min(1),
  zones: z.array(zone).default([]),
  tasks: z.array(task).default([]),
  clause: z.string().default(''),
});
export type FloodFacts = z.output<typeof floodFacts>;
export type FloodZone = FloodFacts['zones'][number];

export const floodParams = z.strictObject({
  horizonH: z
    .number()
    .min(6)
    .max(120)
    .optional()
    .describe('预见期（小时） / hours ahead; absent: as the city says'),
  scheme: z
    .strictObject({
      reservoir: id,
      steps: z
        .array(z.tuple([z.number().min(0).max(120), z.number().min(0).max(200_000)]))
        .min(1)
        .max(20),
    })
    .optional()
    .describe('自拟方案：[[几小时后, 出库 m³/s], …] / a scheme of your own'),
});
export type FloodParams = z.output<typeof floodParams>;
