// A scenario as people write it in scenes/scenarios/<slug>/scenario.yaml, and as the server, pages and tests get it.
// Written moments count from T0 as playbooks do ("-6:00", "1:30"); read ones are seconds from the start.
import { z } from 'zod';
import { type Decision, decisionSchema } from './decision.ts';
import { claimShape, type Expectation } from './expectation.ts';
import { injectSchema } from './inject.ts';

const slug = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'use kebab-case, for example "first-rain"');
const words = (zh: number, en: number) =>
  z.strictObject({ zh: z.string().min(1).max(zh), en: z.string().min(1).max(en) });

/** Hours and minutes, or with seconds; a minus before T0. */
export const MOMENT = /^(-?)(\d{1,3}):([0-5]\d)(?::([0-5]\d))?$/;
const moment = z
  .union([z.string().regex(MOMENT, 'write "h:mm" or "h:mm:ss" after T0, "-h:mm" before it'), z.number()])
  .describe('From T0: "h:mm", "h:mm:ss", "-h:mm", or seconds');

const longitude = z.number().min(-180).max(180);
const latitude = z.number().min(-90).max(90);
const camera = z.strictObject({
  centre: z
    .union([z.string().min(1).max(60), z.tuple([longitude, latitude])])
    .describe('The id of a place in the gazetteer, or [lon, lat]'),
  heightM: z.number().min(500).max(1_000_000).describe('Distance of the eye from the centre, metres'),
  pitchDeg: z.number().min(-90).max(-15).optional(),
  headingDeg: z.number().min(0).max(360).optional(),
});

export const scenarioSchema = z.strictObject({
  title: words(40, 90),
  summary: words(200, 400),
  city: slug.describe('City package it plays in'),
  seed: z.number().int().min(0).max(4_294_967_295),
  t0: z.iso.datetime({ offset: true }).describe('T0 as city time, with its offset'),
  from: moment.describe('Start of the scenario, at or before T0'),
  until: moment.describe('End of the scenario'),
  scale: z
    .number()
    .min(0)
    .max(2)
    .describe('Vehicles, buses and ships in the background; 1: as many as the city has'),
  quiet: z
    .array(z.enum(['rain', 'warnings', 'earthquakes', 'orders', 'road-events']))
    .default([])
    .describe('What the seed would make happen by itself is held back: only injects bring it'),
  chapters: z
    .array(z.strictObject({ id: slug, at: moment, title: words(24, 60) }))
    .min(1)
    .max(30),
  injects: z.array(injectSchema(moment)).max(400),
  decisions: z
    .array(decisionSchema(moment))
    .max(200)
    .default([])
    .describe('What people do, headless: in a drill they do it themselves'),
  captions: z
    .array(
      z.strictObject({
        at: moment,
        text: words(120, 260),
        forS: z.number().min(1).max(86_400).optional().describe('Absent: until the next one'),
        speak: z.boolean().optional().describe('false: shown, never spoken'),
      }),
    )
    .max(200),
  moves: z
    .array(
      z.strictObject({
        at: moment,
        scene: slug.optional(),
        camera: camera.optional(),
        select: z.strictObject({ layer: slug, key: z.string().min(1).max(80) }).optional(),
      }),
    )
    .max(200)
    .default([]),
  notes: z
    .array(z.strictObject({ at: moment, text: words(300, 600) }))
    .max(100)
    .default([])
    .describe('For the presenter, never on the wall'),
  expect: z
    .array(
      z.strictObject({
        at: moment.optional().describe('Judged once, then'),
        by: moment.optional().describe('Must have been true once until then'),
        from: moment.optional().describe('With `by` or `until`: not before'),
        until: moment.optional().describe('Must be true all the time from `from` until then'),
        text: words(120, 240),
        pending: z
          .string()
          .min(8)
          .max(200)
          .optional()
          .describe('Why today it cannot be met; it fails when it starts to pass'),
        ...claimShape,
      }),
    )
    .max(200),
});
/** As written. */
export type ScenarioFile = z.input<typeof scenarioSchema>;
export type ScenarioBody = z.output<typeof scenarioSchema>;
export type ScenarioInject = ScenarioBody['injects'][number];
type Words = Readonly<{ zh: string; en: string }>;

export interface ScenarioChapter {
  readonly id: string;
  readonly title: Words;
  /** Seconds from the start, as everywhere below. */
  readonly atS: number;
}

export interface ScenarioCaption {
  readonly atS: number;
  readonly text: Words;
  readonly forS?: number | undefined;
  readonly speak?: boolean | undefined;
}

export interface ScenarioMove {
  readonly atS: number;
  readonly scene?: string | undefined;
  readonly camera?:
    | {
        readonly centre: readonly [lon: number, lat: number];
        readonly heightM: number;
        readonly pitchDeg?: number | undefined;
        readonly headingDeg?: number | undefined;
      }
    | undefined;
  readonly select?: { readonly layer: string; readonly key: string } | undefined;
}

export interface ScenarioNote {
  readonly atS: number;
  readonly text: Words;
}

/** One of GET /api/scenarios. */
export interface ScenarioSummary {
  readonly slug: string;
  readonly title: Words;
  readonly summary: Words;
  /** ISO 8601 with the offset of the city. */
  readonly startAt: string;
  /** Seconds from the start to T0. */
  readonly t0S: number;
  readonly durationS: number;
  readonly chapters: readonly ScenarioChapter[];
  readonly expectations: { readonly total: number; readonly pending: number };
}

/** GET /api/scenarios/:slug: what a page needs to tell it. */
export interface ScenarioStory extends ScenarioSummary {
  readonly captions: readonly ScenarioCaption[];
  readonly moves: readonly ScenarioMove[];
  readonly notes: readonly ScenarioNote[];
}

/** A scenario that was read: all of it, in order of time. */
export interface Scenario {
  readonly slug: string;
  readonly title: Words;
  readonly summary: Words;
  readonly city: string;
  readonly seed: number;
  /** Epoch ms of the start, and its text in the time of the city. */
  readonly startAt: number;
  readonly startText: string;
  /** Seconds from the start to T0. */
  readonly t0S: number;
  readonly durationS: number;
  readonly scale: number;
  readonly chapters: readonly ScenarioChapter[];
  readonly captions: readonly ScenarioCaption[];
  readonly moves: readonly ScenarioMove[];
  readonly notes: readonly ScenarioNote[];
  readonly injects: readonly { readonly atS: number; readonly kind: string }[];
  readonly decisions: readonly Decision[];
  readonly expectations: readonly Expectation[];
}
