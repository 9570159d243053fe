// What a scenario expects of the cockpit, as it is written: which rows, indicators and feeds, with which values, when.
import { z } from 'zod';

const scalar = z.union([z.string().max(200), z.number(), z.boolean(), z.null()]);

/** What one value must be: the value itself, or a range, part of a text, one of several, or anything but one. */
const test = z.union([
  scalar,
  z.strictObject({ min: z.number().optional(), max: z.number().optional() }),
  z.strictObject({ contains: z.string().min(1).max(200) }),
  z.strictObject({ oneOf: z.array(scalar).min(1).max(20) }),
  z.strictObject({ not: scalar }),
  z.strictObject({
    near: z.tuple([z.number(), z.number()]).describe('[lon, lat] of a position'),
    withinM: z.number().min(1).max(500_000),
  }),
]);
export type ValueTest = z.output<typeof test>;

/** Column → test. */
export const valueTests = z.record(z.string().max(60), test);

/** Which row of a layer is meant: keys are not known when a scenario is written. */
export const rowChoiceShape = {
  where: valueTests.describe('Which rows: column → test'),
  nearest: z
    .tuple([z.number(), z.number()])
    .optional()
    .describe('Of the rows that fit the one nearest to [lon, lat]; absent: the first in order of keys'),
};
export interface RowChoice {
  readonly where: Readonly<Record<string, ValueTest>>;
  readonly nearest?: readonly [number, number] | undefined;
}

const citation = z.strictObject({
  layer: z.string().max(60).describe('Slug of the layer it was a row of'),
  where: valueTests.default({}).describe('What it said when it was taken: column → test'),
});
export type Citation = z.output<typeof citation>;

const count = z.union([
  z.number().int().min(0),
  z.strictObject({ min: z.number().int().min(0).optional(), max: z.number().int().min(0).optional() }),
]);

/** The parts of an expectation that say what; exactly one of layer, indicator and feed. */
export const claimShape = {
  layer: z.string().max(60).optional().describe('Slug of a layer; its rows are asked'),
  where: valueTests.optional().describe('Which rows of the layer are meant: column → test'),
  has: valueTests.optional().describe('What those rows must say: column → test'),
  cites: citation.optional().describe('Of incidents: a row that must be among their evidence'),
  count: count.optional().describe('How many rows must fit `where`, `has` and `cites`; absent: at least one'),
  indicator: z
    .string()
    .max(60)
    .optional()
    .describe('Slug of an indicator; columns of indicator-value are asked'),
  feed: z.string().max(60).optional().describe('Id of a feed'),
  state: z
    .array(z.enum(['live', 'quiet', 'late', 'stale', 'down', 'degraded', 'connecting', 'off']))
    .min(1)
    .optional()
    .describe('States of the feed that are right'),
};
export interface Claim {
  readonly layer?: string | undefined;
  readonly where?: Readonly<Record<string, ValueTest>> | undefined;
  readonly has?: Readonly<Record<string, ValueTest>> | undefined;
  readonly cites?: Citation | undefined;
  readonly count?: number | { min?: number | undefined; max?: number | undefined } | undefined;
  readonly indicator?: string | undefined;
  readonly feed?: string | undefined;
  readonly state?: readonly string[] | undefined;
}

/** An expectation with its moments in seconds from the start of the scenario. */
export interface Expectation {
  /** What it says, for people. */
  readonly text: { readonly zh: string; readonly en: string };
  /** Judged once at `toS`; once between `fromS` and `toS` is enough; or all the time between them. */
  readonly when: 'at' | 'by' | 'throughout';
  readonly fromS: number;
  readonly toS: number;
  readonly claim: Claim;
  /** Why today's features cannot meet it; null: it must be met. */
  readonly pending: string | null;
  /** Where it is written: "scenes/scenarios/x/scenario.yaml:12:5". */
  readonly where: string;
}
