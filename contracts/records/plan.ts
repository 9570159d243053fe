// A plan (预案, docs/plans.md): who commands, who does which step where with what until when, at which response level. The
// same shape for the files of a city package, the editor and the log.
import { z } from 'zod';
import { title } from '../declare.ts';
import type { Grade, IncidentKind } from './incident.ts';
import { grades, incidentKinds } from './incident.ts';
import type { Proof } from './task.ts';
import { proofs } from './task.ts';

export const planLevelTitles = {
  overall: title('总体预案', 'Overall'),
  special: title('专项预案', 'Special'),
  department: title('部门预案', 'Departmental'),
  site: title('现场处置方案', 'On site'),
} as const;
export type PlanLevel = keyof typeof planLevelTitles;

/** What a shelter may have to be safe from; as `notFor` of shelters in the city package. */
export const hazardTitles = {
  flood: title('洪水', 'Flood'),
  earthquake: title('地震', 'Earthquake'),
  landslide: title('滑坡泥石流', 'Landslide'),
  fire: title('火灾', 'Fire'),
  gas: title('有毒气体', 'Toxic gas'),
} as const;
export type PlanHazard = keyof typeof hazardTitles;

/** Ⅳ is the lightest. */
export const responseTitles = {
  I: title('Ⅰ级响应', 'Response I'),
  II: title('Ⅱ级响应', 'Response II'),
  III: title('Ⅲ级响应', 'Response III'),
  IV: title('Ⅳ级响应', 'Response IV'),
} as const satisfies Readonly<Record<Grade, unknown>>;
/** Lightest first. */
const lightestFirst: readonly Grade[] = ['IV', 'III', 'II', 'I'];
/** Below 0: `a` is lighter than `b`. */
export const compareLevels = (a: Grade, b: Grade): number =>
  lightestFirst.indexOf(a) - lightestFirst.indexOf(b);

/** Longest of a time limit: 30 days. */
const MOST_MIN = 43_200;

const slug = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use kebab-case, for example "flood-city"');
const texts = (most: number) =>
  z.strictObject({ zh: z.string().trim().min(1).max(most), en: z.string().trim().min(1).max(most) });
const name = texts(160);
const unit = z
  .string()
  .regex(/^(city|(dept|county|town):[a-z0-9-]{1,40})$/, 'city, dept:<id>, county:<code> or town:<code>');
const clauseNo = z
  .string()
  .regex(/^\d{1,2}(\.\d{1,2}){0,3}$/, 'the number of a clause, for example "5.2.1": write it in quotes');
const minutes = z.int().min(1).max(MOST_MIN);
const grade = z.enum(grades);

const post = z.strictObject({
  /** The office that holds it, for example 市长; never the name of a person. */
  post: name,
  unit,
  clause: clauseNo,
});

const group = z.strictObject({
  id: slug,
  name,
  lead: unit,
  /** Stands in where the lead cannot; null: nobody is named, which the linter says. */
  deputy: unit.nullable().default(null),
  members: z.array(unit).max(30).default([]),
  duties: texts(600),
  clause: clauseNo,
});

const response = z.strictObject({
  /** The start condition, for people. */
  when: texts(800),
  /** Who decides on it. */
  startedBy: name,
  /** Minutes between two reports upward; null: no rule. */
  reportEveryMin: minutes.nullable().default(null),
  clause: clauseNo,
});

const step = z.strictObject({
  id: slug,
  clause: clauseNo,
  text: texts(1000),
  /** Id of a working group, or `office`, `chief`, or a unit; null: nobody, which the linter says. */
  role: z.string().min(1).max(60).nullable().default(null),
  /** The lightest level at which it is done; it is done at all graver ones too. */
  from: grade,
  /** Steps that have to be done before it. */
  after: z.array(slug).max(10).default([]),
  /** Minutes after the activation, or after the last of the steps before it; null: no time, which the linter says. */
  withinMin: minutes.nullable().default(null),
  /** Ids of places of the city, the first is where it is done. */
  places: z.array(slug).max(12).default([]),
  /** Teams and stores it uses, ids of places. */
  resources: z.array(slug).max(12).default([]),
  proof: z
    .array(z.enum(proofs as readonly [Proof, ...Proof[]]))
    .max(2)
    .default([]),
});

const contact = z.strictObject({
  unit,
  post: name,
  /** As it is dialled. */
  phone: z.string().trim().max(30),
  /** The last call that tried it; null: nobody has. */
  checked: z.strictObject({ on: z.iso.date(), reached: z.boolean() }).nullable().default(null),
});

export const planSchema = z.strictObject({
  id: slug,
  title: name,
  level: z.enum(Object.keys(planLevelTitles) as [PlanLevel, ...PlanLevel[]]),
  /** Kinds of incidents it is for. */
  kinds: z.array(z.enum(incidentKinds as readonly [IncidentKind, ...IncidentKind[]])).min(1),
  hazard: z.enum(Object.keys(hazardTitles) as [PlanHazard, ...PlanHazard[]]),
  /** Code of the region it holds in: that of the city or a county. */
  area: z.string().regex(/^\d{6}$/, 'six digits in quotes'),
  /** Who keeps it. */
  owner: unit,
  /** 编制依据: laws and plans above it. */
  basis: z.array(name).min(1).max(30),
  command: z.strictObject({
    chief: post,
    /** None is allowed while it is a draft; the linter says that one is missing. */
    deputies: z.array(post).max(12).default([]),
    office: z.strictObject({ unit, clause: clauseNo }),
  }),
  groups: z.array(group).max(20).default([]),
  levels: z
    .partialRecord(grade, response)
    .refine((levels) => Object.keys(levels).length > 0, 'name at least one response level'),
  clauses: z
    .array(z.strictObject({ no: clauseNo, title: name, text: texts(2000) }))
    .min(1)
    .max(120),
  steps: z.array(step).max(100),
  contacts: z.array(contact).max(80).default([]),
});
export type Plan = z.output<typeof planSchema>;
export type PlanStep = Plan['steps'][number];

/** A file of a city package: plans/<id>.yaml. */
export const planFileSchema = planSchema.extend({
  /** The paper it was issued with: then it comes in as approved. null: as a draft. */
  issued: z
    .strictObject({ no: z.string().min(1).max(80), by: name, on: z.iso.date() })
    .nullable()
    .default(null),
});
export type PlanFile = z.output<typeof planFileSchema>;
export type Issued = NonNullable<PlanFile['issued']>;

export const versionStateTitles = {
  draft: title('草稿', 'Draft'),
  review: title('送审', 'In review'),
  approved: title('现行', 'In force'),
  superseded: title('已被替代', 'Superseded'),
  discarded: title('已放弃', 'Discarded'),
} as const;
export type VersionState = keyof typeof versionStateTitles;

export const planVerbTitles = {
  import: title('导入', 'Imported'),
  create: title('新建', 'Created'),
  edit: title('编辑', 'Edited'),
  submit: title('送审', 'Submitted'),
  return: title('退回修改', 'Sent back'),
  approve: title('批准', 'Approved'),
  discard: title('放弃草稿', 'Discarded'),
} as const;
export type PlanVerb = keyof typeof planVerbTitles;

export interface PlanLine {
  readonly seq: number;
  readonly verb: PlanVerb;
  readonly version: number;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  /** Note or reason; '' where none was given. */
  readonly text: string;
}

export interface PlanVersion {
  /** 1, 2, 3 … */
  readonly no: number;
  readonly state: VersionState;
  readonly plan: Plan;
  /** Whoever wrote or submitted something of it: none of them approves it. */
  readonly editors: readonly string[];
  readonly changedAt: number;
  readonly approvedBy: string | null;
  readonly approvedAt: number | null;
  /** Of one that came with the city package. */
  readonly issued: Issued | null;
}

/** A plan with its versions: the fold of its entries. */
export interface PlanRecord {
  readonly id: string;
  /** Sequence of its last entry: what an action names as seen. */
  readonly seq: number;
  /** Oldest first. */
  readonly versions: readonly PlanVersion[];
  readonly log: readonly PlanLine[];
}

/** The version in force; null: none was approved. */
export const inForce = ({ versions }: Pick<PlanRecord, 'versions'>): PlanVersion | null =>
  versions.find(({ state }) => state === 'approved') ?? null;
/** The version that is being worked on; null: none is. */
export const underWork = ({ versions }: Pick<PlanRecord, 'versions'>): PlanVersion | null =>
  versions.find(({ state }) => state === 'draft' || state === 'review') ?? null;
export const newestOf = ({ versions }: Pick<PlanRecord, 'versions'>): PlanVersion =>
  underWork({ versions }) ?? inForce({ versions }) ?? (versions.at(-1) as PlanVersion);

/** What may be done to a plan, by the state of its versions. */
export function planVerbsFor(record: Pick<PlanRecord, 'versions'>): readonly PlanVerb[] {
  const at = underWork(record);
  if (at?.state === 'draft') return ['edit', 'submit', 'discard'];
  if (at?.state === 'review') return ['return', 'approve'];
  return ['edit'];
}
