// What a decision model answers (推演): findings, options side by side, who is exposed, what it would set going, and what it
// was made of. A run, its adoption and its dismissal are entries of the log (docs/models.md); an advice never acts by itself.
import { z } from 'zod';
import type { LonLat, Title } from '../column.ts';
import { title } from '../declare.ts';
import type { RowHead } from '../layer.ts';
import { units } from '../units.ts';
import { base, position, reason, unit } from './action-parts.ts';
import { evidenceAsked } from './evidence-pack.ts';

const words = z.strictObject({ zh: z.string().max(600), en: z.string().max(900) });
const slug = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(60);
const unitName = z.enum(Object.keys(units) as [keyof typeof units, ...(keyof typeof units)[]]);
/** Epoch ms. */
const moment = z.number().int().positive();
const place = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const ring = z.array(place).min(2).max(2000);

/** The facts of an option stand in this order, whatever the model. */
export const factKindTitles = {
  people: title('人员', 'People'),
  place: title('区域', 'Places'),
  structure: title('工程', 'Structures'),
  cost: title('代价', 'Cost'),
  authority: title('权限', 'Authority'),
} as const;
export type FactKind = keyof typeof factKindTitles;
export const factKinds = Object.keys(factKindTitles) as readonly FactKind[];

const number = {
  /** In `unit`; null: it could not be worked out, and `text` says why. */
  value: z.number().nullable(),
  unit: unitName,
};

const finding = z.strictObject({
  title: words,
  ...number,
  /** 80 % interval, in `unit`. */
  range: z.tuple([z.number(), z.number()]).nullable().default(null),
  /** The moment it speaks of; null: of none. */
  at: moment.nullable().default(null),
  method: words,
});

const exposure = z.strictObject({
  title: words,
  /** Id of the option it belongs to; '' : of all. */
  option: z.string().max(40).default(''),
  /** People there then, and the range that is ±20 % unless the model knows better. */
  people: z.number().min(0),
  range: z.tuple([z.number(), z.number()]),
  /** Where the number comes from: residents, their date, the factor of the hour. */
  basis: words,
});

const fact = z.strictObject({
  kind: z.enum(factKinds as [FactKind, ...FactKind[]]),
  /** What it is about, the same in every option: facts of one subject share a row. null: by their order within the kind. */
  of: words.nullable().default(null),
  /** What is said beside the number; may be empty where `of` says it all. */
  text: words,
  ...number,
  /** The limit that this option breaks, as a word; null: it breaks none. */
  violates: words.nullable().default(null),
});

const proposedTask = z.strictObject({
  unit,
  text: z.string().trim().min(1).max(2000),
  place: z.string().trim().max(160).default(''),
  position: position.nullable().default(null),
  /** Seconds after it is adopted; null: no time is set. */
  withinS: z.number().int().positive().nullable(),
  /** Clause of a plan it stands in; '' : of none. */
  clause: z.string().max(120).default(''),
});

const option = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .max(40),
  title: words,
  facts: z.array(fact).min(1).max(20),
  tasks: z.array(proposedTask).max(20),
});

const series = z.strictObject({
  title: words,
  /** '' : it belongs to all options, as what was observed. */
  option: z.string().max(40),
  /** What it is of: series of one place stand in one chart. */
  of: z.string().min(1).max(60),
  unit: unitName,
  observed: z.boolean(),
  /** [epoch ms, value, low, high] in `unit`; low and high are the 80 % interval, absent where there is none. */
  points: z.array(z.array(z.number()).min(2).max(4)).max(400),
  limits: z
    .array(z.strictObject({ title: words, value: z.number() }))
    .max(6)
    .default([]),
  /** [epoch ms, value] of the highest point, where it is worth naming. */
  peak: z.tuple([moment, z.number()]).nullable().default(null),
});

const shape = z.strictObject({
  title: words,
  option: z.string().max(40),
  /** Word of the model for what it is (zone, inundated, arrival): looks are by class. */
  class: slug,
  geometry: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('Point'), coordinates: place }),
    z.strictObject({ type: z.literal('LineString'), coordinates: ring }),
    z.strictObject({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1).max(20) }),
  ]),
  /** From when to when it holds; null: as long as the advice does. */
  from: moment.nullable().default(null),
  to: moment.nullable().default(null),
});

/** A row of a forecast layer: the branch of an option. */
const branchRow = z.strictObject({
  layer: slug,
  /** Unique within layer and place of the run. */
  id: z.string().min(1).max(80),
  /** The moment it speaks of. */
  validAt: moment,
  values: z.record(z.string(), z.unknown()),
});

export const gapKindTitles = {
  missing: title('缺失', 'Missing'),
  late: title('迟到', 'Late'),
  stale: title('陈旧', 'Stale'),
} as const;
export type GapKind = keyof typeof gapKindTitles;

const gap = z.strictObject({
  layer: slug,
  kind: z.enum(Object.keys(gapKindTitles) as [GapKind, ...GapKind[]]),
  /** What of it, and since when. */
  what: words,
  /** What was used in its place. */
  used: words,
});

export const adviceSchema = z.strictObject({
  question: words,
  /** What the run is about: one advice stands for each model and place. */
  place: z.strictObject({
    id: z.string().min(1).max(80),
    title: words,
    position: place.nullable(),
    /** Code of the region; '' : the city. */
    region: z.string().max(12),
  }),
  findings: z.array(finding).max(40),
  exposure: z.array(exposure).max(20),
  options: z.array(option).min(1).max(4),
  confidence: z.strictObject({
    /** 0–1. */
    value: z.number().min(0).max(1),
    reasons: z.array(words).min(1).max(12),
  }),
  /** `option` null: none is advised, and `why` says so. */
  advised: z.strictObject({
    option: z.string().max(40).nullable(),
    why: words,
    /** Why it rather than each other option, where the model compares them; runs recorded before it did have none. */
    over: z
      .array(z.strictObject({ option: z.string().max(40), text: words }))
      .max(3)
      .optional(),
  }),
  clause: z.string().max(200).default(''),
  series: z.array(series).max(24).default([]),
  shapes: z.array(shape).max(60).default([]),
  branch: z.array(branchRow).max(400).default([]),
  /** After this moment nobody should act on it. */
  validUntil: moment,
  gaps: z.array(gap).max(40).default([]),
});
/** As the framework keeps it, every default filled in. */
export type Advice = z.output<typeof adviceSchema>;
/** As a model may write it. */
export type AdviceSaid = z.input<typeof adviceSchema>;
export type AdviceOption = Advice['options'][number];
export type AdviceSeries = Advice['series'][number];
export type AdviceGap = Advice['gaps'][number];
export type OptionFact = AdviceOption['facts'][number];
export type ProposedTask = AdviceOption['tasks'][number];

/** A row the model used, as it was. */
export interface CitedRow extends Pick<RowHead, 'key' | 'validAt' | 'quality' | 'source'> {
  readonly layer: string;
  /** Seconds between its moment and that of the run. */
  readonly ageS: number;
  readonly values: Readonly<Record<string, unknown>>;
}

export const runStateTitles = {
  queued: title('排队', 'Queued'),
  running: title('计算中', 'Running'),
  done: title('完成', 'Done'),
  failed: title('失败', 'Failed'),
  cancelled: title('已取消', 'Cancelled'),
} as const;
export type RunState = keyof typeof runStateTitles;

/** One run of a model. */
export interface DecisionRun {
  /** The action that asked for it. */
  readonly id: string;
  readonly model: string;
  readonly state: RunState;
  /** Who asked: an account, or `system`. */
  readonly by: string;
  /** City clock of its inputs: what it knows is what was known then, epoch ms. */
  readonly at: number;
  readonly params: Readonly<Record<string, unknown>>;
  /** 0–1, as far as the model says; null: it says nothing. */
  readonly progress: number | null;
  /** Seconds it is expected to take, from earlier runs. */
  readonly expectedS: number;
  /** Seconds it took; null: not over. */
  readonly tookS: number | null;
  /** Why it failed; '' : it did not. */
  readonly fault: string;
  /** Sequence of its entry; null: not recorded yet. */
  readonly seq: number | null;
  /** SHA-256 over params and inputs, hex: the same gives the same. */
  readonly inputs: string;
  readonly advice: Advice | null;
  readonly cited: readonly CitedRow[];
  /** What it was made of has changed since (输入已变化). */
  readonly changed: boolean;
  /** A later run of the same model and place stands in its stead. */
  readonly superseded: boolean;
  readonly adopted: readonly Adoption[];
  readonly dismissed: Dismissal | null;
}

export interface Adoption {
  /** Sequence of its entry. */
  readonly id: number;
  readonly by: string;
  readonly at: number;
  readonly option: string;
  readonly incident: number;
  readonly reason: string;
  readonly evidence: { readonly id: number; readonly hash: string };
  /** Ids of the tasks that were given; what could not be given says why. */
  readonly tasks: readonly { readonly id: number | null; readonly why: string }[];
}

export interface Dismissal {
  readonly id: number;
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}

/** A model as it is offered, before anybody runs it. */
export interface DecisionModel {
  readonly slug: string;
  readonly title: Title;
  readonly question: Title;
  /** Kinds of incidents it is offered for. */
  readonly kinds: readonly string[];
  readonly inputs: readonly { readonly layer: string; readonly title: Title; readonly needed: boolean }[];
  /** JSON Schema of its parameters. */
  readonly params: unknown;
  readonly method: Title;
  readonly validity: Title;
  readonly uncertainty: Title;
  readonly source: Title;
  readonly expectedS: number;
  readonly limitS: number;
  /** false: the city package says nothing this model needs (未接入). */
  readonly connected: boolean;
  readonly waiting: number;
  /** The last run, where it failed: what stands is of an earlier one. */
  readonly failed: DecisionRun | null;
  /** Runs that are not over, then the newest of each place, newest first; without series, shapes and branch. */
  readonly latest: readonly DecisionRun[];
}

export interface DecisionPage {
  readonly models: readonly DecisionModel[];
  readonly names: Readonly<Record<string, string>>;
}

export const runSchema = z.strictObject({
  action: base.action,
  params: z.record(z.string().max(60), z.json()).default({}),
});
export type RunRequest = z.infer<typeof runSchema>;

export const adoptSchema = z.strictObject({
  action: base.action,
  option: z.string().min(1).max(40),
  incident: z.int().positive(),
  reason,
  /** The inputs that were read: others meanwhile are 409 unless `anyway`. */
  inputs: z.string().regex(/^[0-9a-f]{64}$/),
  anyway: z.boolean().default(false),
  ...evidenceAsked,
});
export type AdoptRequest = z.infer<typeof adoptSchema>;

export const dismissSchema = z.strictObject({ action: base.action, reason });
export type DismissRequest = z.infer<typeof dismissSchema>;

/** Where something a model speaks of is. */
export type { LonLat };
