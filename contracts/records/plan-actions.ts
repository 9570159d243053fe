// What may be done to plans and to their activations: one schema for each action, as for incidents.
import { z } from 'zod';
import { grades, incidentKinds } from './incident.ts';
import type { IncidentKind } from './incident.ts';
import type { PlanFinding } from './plan-findings.ts';
import type { PlanRecord, PlanVerb } from './plan.ts';
import { planSchema } from './plan.ts';
import { base } from './action-parts.ts';

/** Sequence of the last entry the client knew of. */
const seen = z.int().positive();
const reason = z.string().trim().min(1).max(500);
const note = z.string().trim().max(500).default('');
const { action } = base;

export const createPlanSchema = z.strictObject({ action, plan: planSchema, text: note });
export const planActionSchemas = {
  edit: z.strictObject({ action, seen, plan: planSchema, text: note }),
  submit: z.strictObject({ action, seen, text: note }),
  return: z.strictObject({ action, seen, reason }),
  approve: z.strictObject({ action, seen, text: note }),
  discard: z.strictObject({ action, seen, reason }),
} as const satisfies Readonly<Partial<Record<PlanVerb, z.ZodObject>>>;
export type PlanAction = keyof typeof planActionSchemas;
export const planActions = Object.keys(planActionSchemas) as readonly PlanAction[];

export type CreatePlanRequest = z.infer<typeof createPlanSchema>;
export type PlanRequest<A extends PlanAction = PlanAction> = z.infer<(typeof planActionSchemas)[A]>;

/** As large as a plan gets: 100 steps in two languages. */
export const MAX_PLAN_BYTES = 256 * 1024;

export const planQuery = z.strictObject({
  kind: z.enum(incidentKinds as readonly [IncidentKind, ...IncidentKind[]]).optional(),
});

/** One plan as the library lists it. */
export interface PlanSummary
  extends
    Pick<PlanRecord, 'id' | 'seq'>,
    Pick<PlanRecord['versions'][number]['plan'], 'title' | 'level' | 'kinds' | 'owner' | 'area'> {
  readonly inForce: number | null;
  readonly underWork: { readonly no: number; readonly state: 'draft' | 'review' } | null;
  readonly changedAt: number;
  readonly steps: number;
  /** Of the newest version. */
  readonly errors: number;
  readonly warnings: number;
}

export interface PlanView {
  readonly record: PlanRecord;
  /** Of the newest version that counts: under work, else in force. */
  readonly findings: readonly PlanFinding[];
  readonly next: readonly PlanVerb[];
  /** By id; who edited, submitted, approved. */
  readonly names: Readonly<Record<string, string>>;
}

const level = z.enum(grades);
/** As it would be said: it stands in what the command is told. */
const said = z.string().trim().max(500).default('');
/** Of an activation; `incident`: its id. */
export const previewQuery = z.strictObject({
  incident: z.coerce.number().int().positive(),
  level,
  reason: said,
});
/** Of another level, or of the end. */
export const changeQuery = z.strictObject({ level: z.enum([...grades, 'end']), reason: said });
export type PreviewAsked = z.infer<typeof previewQuery>;
export const activateSchema = z.strictObject({
  action,
  incident: z.int().positive(),
  level,
  /** The version whose preview was confirmed: another has come into force meanwhile, 409. */
  version: z.int().positive(),
  reason,
});
export const runActionSchemas = {
  level: z.strictObject({ action, seen, level, reason }),
  end: z.strictObject({ action, seen, reason }),
} as const;
export type RunAction = keyof typeof runActionSchemas;
export const runActions = Object.keys(runActionSchemas) as readonly RunAction[];
export type ActivateRequest = z.infer<typeof activateSchema>;
export type RunRequest<A extends RunAction = RunAction> = z.infer<(typeof runActionSchemas)[A]>;
