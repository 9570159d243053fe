// What may be done to an incident: one schema for each action. Every action carries an id its client made, so that sending it
// twice does it once, and (all but the first) the sequence its client had seen.
import { z } from 'zod';
import type { Title } from '../column.ts';
import type {
  BriefKind,
  Channel,
  Fact,
  Grade,
  Incident,
  IncidentKind,
  LogLine,
  UnitRef,
  Verb,
  Verdict,
} from './incident.ts';
import { acted, base, files, position, reason, unit } from './action-parts.ts';
import { briefTitles, channelTitles, factNames, grades, incidentKinds, verdictTitles } from './incident.ts';

const keysOf = <K extends string>(of: Readonly<Record<K, unknown>>): readonly [K, ...K[]] =>
  Object.keys(of) as unknown as readonly [K, ...K[]];

const said = z.string().trim().min(1).max(2000);
const note = z.string().trim().max(2000).default('');
const kind = z.enum(incidentKinds as readonly [IncidentKind, ...IncidentKind[]]);
const facts = z.partialRecord(
  z.enum(factNames as readonly [Fact, ...Fact[]]),
  z.number().nonnegative().max(1e9),
);
const heading = z.string().trim().min(1).max(120);
const place = z.string().trim().max(160);

export const reportSchema = z.strictObject({
  ...base,
  kind,
  channel: z.enum(keysOf<Channel>(channelTitles)).default('phone'),
  title: heading,
  text: note,
  place: place.default(''),
  position: position.nullable().default(null),
  urgent: z.boolean().optional(),
  facts: facts.default({}),
  files,
});
/** Out of a call, ticket, post or warning: kind, title, place and time are its own unless they are said. */
export const fromRowSchema = z.strictObject({
  ...base,
  layer: z.string().min(1).max(80),
  key: z.string().min(1).max(200),
  kind: kind.optional(),
  title: heading.optional(),
});

export const actionSchemas = {
  accept: acted({ text: note }),
  grade: acted({
    grade: z.enum(grades),
    facts: facts.default({}),
    reason: z.string().trim().max(500).default(''),
  }),
  assign: acted({
    unit,
    assisting: z.array(unit).max(12).default([]),
    worker: z.string().trim().max(60).default(''),
    text: note,
  }),
  start: acted({ text: note }),
  answer: acted({ text: said, files }),
  check: acted({ text: said }),
  close: acted({ text: said }),
  rate: acted({ score: z.int().min(1).max(5).nullable(), text: note }),
  archive: acted({ text: note }),
  return: acted({ reason }),
  'hand-over': acted({ unit, reason }),
  escalate: acted({ grade: z.enum(grades), reason }),
  reopen: acted({ reason }),
  merge: acted({ into: z.int().positive(), reason }),
  split: acted({
    reason,
    part: z.int().positive().optional(),
    title: heading.optional(),
    kind: kind.optional(),
  }),
  amend: acted({
    title: heading.optional(),
    text: z.string().trim().max(2000).optional(),
    kind: kind.optional(),
    place: place.optional(),
    position: position.optional(),
    urgent: z.boolean().optional(),
    facts: facts.optional(),
    reason,
  }),
  urge: acted({ text: said }),
  supervise: acted({ on: z.boolean().default(true), text: said }),
  review: acted({ verdict: z.enum(keysOf<Verdict>(verdictTitles)), text: said }),
  brief: acted({ brief: z.enum(keysOf<BriefKind>(briefTitles)), text: said }),
  note: acted({ text: said, files }),
  cite: acted({ layer: z.string().min(1).max(80), key: z.string().min(1).max(200), text: note }),
} as const satisfies Readonly<Record<Verb, z.ZodObject>>;

export type ReportRequest = z.infer<typeof reportSchema>;
export type FromRowRequest = z.infer<typeof fromRowSchema>;
export type ActionRequest<V extends Verb = Verb> = z.infer<(typeof actionSchemas)[V]>;

/** One incident with what can be done to it. */
export interface IncidentView {
  readonly incident: Incident;
  /** In the order a life goes; marks last. */
  readonly next: readonly Verb[];
  readonly suggested: {
    readonly grade: Grade;
    readonly reason: Title;
    readonly unit: UnitRef;
    readonly assisting: readonly UnitRef[];
  };
}

/** The answer to an action that somebody else was faster than: nothing was done. */
export interface Conflict extends IncidentView {
  readonly code: 'request/conflict';
  readonly message: string;
  /** What the client had not seen. */
  readonly since: readonly LogLine[];
}
