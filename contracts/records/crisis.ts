// 战时 (docs/crisis.md): who proposes, approves, withdraws and ends it, what holds in an area, and what a switch would change.
import { z } from 'zod';
import type { Title } from '../column.ts';
import { title } from '../declare.ts';
import { base, reason } from './action-parts.ts';
import type { Grade, IncidentKind } from './incident.ts';
import { grades, incidentKinds } from './incident.ts';
import type { RunPreview } from './plan-run.ts';

const { action } = base;
/** Code of the city or a county. */
const area = z.string().regex(/^\d{6}$/, 'the code of the city or a county, six digits');
const kind = z.enum(incidentKinds as readonly [IncidentKind, ...IncidentKind[]]);
const level = z.enum(grades);

const state = {
  area,
  /** As people call it: 「7·16」特大暴雨洪涝. */
  name: z.string().trim().min(1).max(40),
  /** Empty: no response is active. */
  responses: z.array(z.strictObject({ kind, level })).max(6),
  /** Epoch ms; peacetime comes back then by itself. */
  until: z.int().positive(),
  /** Scene that walls are led to; '' : each keeps its own. */
  scene: z.string().max(60).default(''),
  /** Id of the incident whose record tells of casualties; null: none. */
  incident: z.int().positive().nullable().default(null),
  /** Plans to be activated for the incident, each in the version that was looked at. */
  plans: z
    .array(z.strictObject({ plan: z.string().max(80), version: z.int().positive(), level }))
    .max(4)
    .default([]),
};

/** begin, change: says what holds. end: back to peacetime. rollback: back to what held before the last switch. */
export const switchSchema = z.discriminatedUnion('verb', [
  z.strictObject({ verb: z.literal('begin'), ...state }),
  z.strictObject({ verb: z.literal('change'), ...state }),
  z.strictObject({ verb: z.literal('end'), area }),
  z.strictObject({ verb: z.literal('rollback'), area }),
]);
export type Switch = z.output<typeof switchSchema>;
export type SwitchVerb = Switch['verb'];
export type CrisisSaid = Extract<Switch, { verb: 'begin' }>;

export const previewSwitchSchema = z.strictObject({ change: switchSchema });
export const proposeSchema = z.strictObject({ action, reason, change: switchSchema });
/** approve, withdraw, refuse: of a proposal. */
export const decideSchema = z.strictObject({ action, reason });
/** By one person, without a second: 60 minutes at most. */
export const aloneSchema = z.strictObject({ action, reason, change: switchSchema });
/** A second person says afterwards whether it had to be. */
export const reviewAloneSchema = z.strictObject({
  action,
  justified: z.boolean(),
  text: z.string().trim().min(1).max(500),
});
export type ProposeRequest = z.output<typeof proposeSchema>;
export type DecideRequest = z.output<typeof decideSchema>;
export type ReviewAloneRequest = z.output<typeof reviewAloneSchema>;

export const switchTitles = {
  begin: title('转入战时', 'Begin'),
  change: title('调整战时', 'Change'),
  end: title('恢复平时', 'Back to peacetime'),
  rollback: title('撤回上一次切换', 'Take the last switch back'),
} as const satisfies Readonly<Record<SwitchVerb, Title>>;

/** One person alone holds it for so long, minutes. */
export const LONGEST_ALONE_MIN = 60;
/** Nobody approved it for so long: it has expired, minutes. */
export const PROPOSAL_MIN = 30;

export interface Commit {
  /** Sequence of its entry. */
  readonly id: number;
  readonly change: Switch;
  /** Epoch ms. */
  readonly at: number;
  readonly by: string;
  readonly reason: string;
  /** Proposal it came from; null: one person did it alone. */
  readonly proposal: { readonly id: number; readonly by: string; readonly reason: string } | null;
  /** What held in the area until then; null: peacetime. */
  readonly before: Crisis | null;
  /** Of one that was done alone: null until somebody else has looked at it. */
  readonly review: {
    readonly by: string;
    readonly at: number;
    readonly justified: boolean;
    readonly text: string;
  } | null;
  /** Who let it stand beyond the hour of one person; null: nobody yet, or it needed none. */
  readonly confirmed: { readonly by: string; readonly at: number; readonly reason: string } | null;
}

/** 战时 of one area as it holds. */
export interface Crisis extends Omit<CrisisSaid, 'verb'> {
  /** Id of the commit that said so last. */
  readonly id: number;
  /** Gravest of the responses; null: none is active. */
  readonly level: Grade | null;
  /** Since when the area is in 战时, epoch ms; a change keeps it. */
  readonly sinceAt: number;
  /** When it ends by itself: the asked time, or sooner while one person alone holds it. */
  readonly until: number;
  readonly isAlone: boolean;
}

export type ProposalState = 'open' | 'withdrawn' | 'refused' | 'committed' | 'expired' | 'stale';
export const proposalStateTitles = {
  open: title('待批准', 'Waits for approval'),
  withdrawn: title('已撤回', 'Withdrawn'),
  refused: title('未批准', 'Refused'),
  committed: title('已执行', 'Committed'),
  expired: title('已过期', 'Expired'),
  stale: title('已失效', 'Overtaken'),
} as const satisfies Readonly<Record<ProposalState, Title>>;

export interface Proposal {
  /** Sequence of its entry. */
  readonly id: number;
  readonly change: Switch;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  readonly reason: string;
  readonly expiresAt: number;
  readonly state: ProposalState;
  /** What was shown when it was made. */
  readonly preview: readonly PreviewLine[];
  readonly decided: { readonly by: string; readonly at: number; readonly reason: string } | null;
}

export const previewPartTitles = {
  mode: title('模式', 'Mode'),
  levels: title('响应级别', 'Response levels'),
  until: title('自动恢复', 'Ends by itself'),
  layout: title('大屏布局', 'Layout of walls'),
  tick: title('刷新周期', 'Tick'),
  feed: title('数据源周期', 'Period of a feed'),
  rights: title('权限', 'Rights'),
  plan: title('预案', 'Plan'),
  told: title('通知', 'Told'),
} as const;
export type PreviewPart = keyof typeof previewPartTitles;

export interface PreviewLine {
  readonly part: PreviewPart;
  readonly what: Title;
  /** null: there is none. */
  readonly before: Title | null;
  readonly after: Title | null;
}

export interface SwitchPreview {
  readonly lines: readonly PreviewLine[];
  /** Of each plan that is activated: tasks and notices. */
  readonly plans: readonly RunPreview[];
  /** Why it cannot be done; empty: it can. */
  readonly blocked: readonly Title[];
  readonly warnings: readonly Title[];
  /** Whether whoever asked may approve such a switch of somebody else. */
  readonly mayApprove: boolean;
}

/** GET /api/crisis. */
export interface CrisisView {
  readonly now: number;
  readonly crises: readonly Crisis[];
  /** Newest first. */
  readonly proposals: readonly Proposal[];
  readonly commits: readonly Commit[];
  /** What could not be carried out, and is tried again. */
  readonly troubles: readonly string[];
  /** By id, where known. */
  readonly names: Readonly<Record<string, string>>;
}
