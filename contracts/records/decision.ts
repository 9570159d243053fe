// What people decide and do in a scenario, as it is written: the part of a playbook that no rule and no feed does. It goes
// the way of the routes, so that it is checked, recorded and shown like what people do by hand.
import { z } from 'zod';
import { roles } from './account.ts';
import { position, reason, unit } from './action-parts.ts';
import { rowChoiceShape, valueTests } from './expectation.ts';
import { MAX_TEXT } from './message.ts';
import { moveSchema } from './evacuation.ts';
import { incidentKinds, verbs } from './incident.ts';
import type { IncidentKind, Verb } from './incident.ts';
import { cutSchema } from './road.ts';
import type { SituationKind } from './situation.ts';
import { issueSituationSchema, situationKinds } from './situation.ts';
import { taskVerbs } from './task.ts';
import type { TaskVerb } from './task.ts';

const name = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9-]*$/, 'use kebab-case, for example "leak"');
const as = name.describe('Name by which later decisions of this scenario speak of it');
const of = name.describe('The `as` of an earlier decision');
const area = z.string().regex(/^\d{6}$/, 'six digits: the city or one of its counties');
const said = z
  .record(z.string().max(40), z.json())
  .default({})
  .describe(
    'The rest of what the action asks for, without `action` and `seen`; assign without a unit takes those that the rules of the city name',
  );
const literals = <T extends string>(all: readonly T[]) => z.enum(all as readonly [T, ...T[]]);

const proposedBy = z
  .enum(roles)
  .optional()
  .describe(
    'Another than who approves; absent: the duty chief, or the duty officer where the chief approves',
  );

const kinds = {
  crisis: z.object({
    area,
    responseLevel: z.enum(['I', 'II', 'III', 'IV']).nullable().default(null),
    forS: z.number().min(60).max(400_000).describe('How long it holds unless it is ended, seconds'),
    name: z
      .string()
      .min(1)
      .max(40)
      .optional()
      .describe('What people call it; absent: the beginning of the reason'),
    of: of.optional(),
    kind: literals<IncidentKind>(incidentKinds)
      .optional()
      .describe('Of the response; absent: that of the incident'),
    proposedBy,
    reason,
  }),
  'crisis-end': z.object({ area, proposedBy, reason }),
  'incident-from-row': z.object({
    as,
    layer: z.string().max(60).describe('A layer of signals; one of its rows that fit is taken'),
    ...rowChoiceShape,
    kind: literals<IncidentKind>(incidentKinds).optional(),
    title: z.string().min(1).max(120).optional(),
  }),
  'incident-report': z.object({
    as,
    kind: literals<IncidentKind>(incidentKinds),
    title: z.string().min(1).max(120),
    text: z.string().max(2000).default(''),
    place: z.string().max(160).default(''),
    position: position.nullable().default(null),
    facts: z.record(z.string().max(40), z.number().nonnegative()).default({}),
  }),
  incident: z.object({
    ...{ of, step: literals<Verb>(verbs), said },
    row: z
      .strictObject({ layer: z.string().max(60), ...rowChoiceShape })
      .optional()
      .describe('Of cite: the row that becomes evidence, by what it says and where it is'),
  }),
  'give-task': z.object({
    of,
    as,
    unit,
    text: z.string().min(1).max(2000),
    place: z.string().max(160).default(''),
    position: position.nullable().default(null),
    withinS: z.number().min(1).max(864_000).optional().describe('Due so long after it was given'),
    move: moveSchema.optional().describe('People it moves, by the code of a town or village'),
  }),
  situation: z.object({
    of,
    kind: literals<SituationKind>(situationKinds),
    text: z.string().min(1).max(4000),
    next: z.string().max(2000).default(''),
    decisions: issueSituationSchema.shape.decisions,
  }),
  'draft-statement': z.object({
    of,
    as,
    text: z.string().trim().min(1).max(MAX_TEXT),
    facts: z
      .array(z.strictObject({ layer: z.string().max(60), where: valueTests }))
      .min(1)
      .max(20)
      .describe('Rows among the evidence of the incident, by what they said when they were taken'),
  }),
  'approve-statement': z.object({ of }),
  task: z.object({ of, step: literals<TaskVerb>(taskVerbs), said }),
  'close-roads': z.object({
    as,
    of: of.optional(),
    ring: cutSchema.shape.ring.describe('Every stretch that lies in it or crosses it is closed'),
    reason,
  }),
  'open-roads': z.object({ of, reason }),
  'confirm-cluster': z.object({ where: valueTests.describe('Which row of the layer cluster'), reason }),
  'merge-clusters': z.object({
    where: valueTests.describe('Which row of the layer cluster'),
    into: valueTests.describe('The row it becomes part of'),
    reason,
  }),
} as const;

const by = z.enum(roles).describe('Who decides; it needs the right to (server/access/rights.yaml)');

type Moment = z.ZodType<string | number, string | number>;

const kindOf = <K extends string, S extends z.core.$ZodShape>(
  at: Moment,
  kind: K,
  { shape }: z.ZodObject<S>,
) => z.strictObject({ at, by, do: z.literal(kind), ...shape });

/** The schema of one decision. @param at schema of a moment, as the scenario writes it. */
export const decisionSchema = (at: Moment) =>
  z.discriminatedUnion('do', [
    kindOf(at, 'crisis', kinds.crisis),
    kindOf(at, 'crisis-end', kinds['crisis-end']),
    kindOf(at, 'incident-from-row', kinds['incident-from-row']),
    kindOf(at, 'incident-report', kinds['incident-report']),
    kindOf(at, 'incident', kinds.incident),
    kindOf(at, 'give-task', kinds['give-task']),
    kindOf(at, 'task', kinds.task),
    kindOf(at, 'situation', kinds.situation),
    kindOf(at, 'draft-statement', kinds['draft-statement']),
    kindOf(at, 'approve-statement', kinds['approve-statement']),
    kindOf(at, 'close-roads', kinds['close-roads']),
    kindOf(at, 'open-roads', kinds['open-roads']),
    kindOf(at, 'confirm-cluster', kinds['confirm-cluster']),
    kindOf(at, 'merge-clusters', kinds['merge-clusters']),
  ]);

export type WrittenDecision = z.output<ReturnType<typeof decisionSchema>>;
type WithoutMoment<T> = T extends unknown ? Omit<T, 'at'> : never;
export type DecisionBody = WithoutMoment<WrittenDecision>;

/** A decision with its moment in seconds from the start of the scenario. */
export interface Decision {
  readonly atS: number;
  readonly body: DecisionBody;
}
