// An order (指令): who is to do what where by when, with the evidence it was given on (docs/orders.md). One entry gives it to
// all its addressees at once; each of them has a life of its own from there. A record: the fold of its entries.
import { z } from 'zod';
import type { LonLat, Title } from '../column.ts';
import { title } from '../declare.ts';
import { base, position, reason, unit } from './action-parts.ts';
import type { Post } from './duty.ts';
import { evidenceAsked } from './evidence-pack.ts';
import type { UnitRef } from './incident.ts';

export const orderStateTitles = {
  issued: title('已下达', 'Issued'),
  delivered: title('已送达', 'Delivered'),
  acknowledged: title('已签收', 'Acknowledged'),
  'under-way': title('执行中', 'Under way'),
  done: title('已完成', 'Done'),
  refused: title('已拒绝', 'Refused'),
  withdrawn: title('已撤回', 'Withdrawn'),
} as const;
export type OrderState = keyof typeof orderStateTitles;
export const orderStates = Object.keys(orderStateTitles) as readonly OrderState[];

/** What is done with an order after it was issued. */
export const orderVerbTitles = {
  deliver: title('送达', 'Deliver'),
  acknowledge: title('签收', 'Acknowledge'),
  start: title('开始执行', 'Start'),
  finish: title('报告完成', 'Report done'),
  refuse: title('拒绝', 'Refuse'),
  withdraw: title('撤回', 'Withdraw'),
} as const;
export type OrderVerb = keyof typeof orderVerbTitles;
export const orderVerbs = Object.keys(orderVerbTitles) as readonly OrderVerb[];

/** The life of an order: from state to state; a state that is not named refuses. Nothing else moves it. */
export const orderMoves: Readonly<Record<OrderVerb, Readonly<Partial<Record<OrderState, OrderState>>>>> = {
  deliver: { issued: 'delivered' },
  acknowledge: { delivered: 'acknowledged' },
  start: { acknowledged: 'under-way' },
  finish: { 'under-way': 'done' },
  refuse: { delivered: 'refused', acknowledged: 'refused' },
  withdraw: {
    issued: 'withdrawn',
    delivered: 'withdrawn',
    acknowledged: 'withdrawn',
    'under-way': 'withdrawn',
  },
};

/** Whether who gave it does it, and not who it is for. */
export const isDoneByIssuer = (verb: OrderVerb): boolean => verb === 'withdraw';

/** What the system does while nobody answers; none of them moves the state. */
export const nudgeTitles = {
  remind: title('提醒', 'Reminded'),
  escalate: title('升级', 'Escalated'),
  late: title('到期未完成', 'Not done in time'),
} as const;
export type Nudge = keyof typeof nudgeTitles;
export const nudges = Object.keys(nudgeTitles) as readonly Nudge[];

/** Whoever of a unit an order is for: the unit as a whole, or who holds a post of its shift. */
export interface Addressee {
  readonly unit: UnitRef;
  /** '' : the unit. */
  readonly post: Post | '';
  /** Who held that post when it was said; '' : the roster names nobody. */
  readonly person: string;
}

export interface OrderLine {
  readonly seq: number;
  readonly verb: OrderVerb | Nudge | 'issue';
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  readonly text: string;
  /** Of an escalation: whom it goes to now. */
  readonly to?: Addressee;
}

export interface Order {
  /** `<sequence of the entry that gave it>-<place among its addressees>`. */
  readonly id: string;
  /** Sequence of that entry: the same for all addressees. */
  readonly issue: number;
  /** Of its own last entry: what an action names as seen. */
  readonly seq: number;
  /** For people: `Z20260715-003`; all addressees have the same. */
  readonly no: string;
  readonly state: OrderState;
  readonly text: string;
  readonly urgent: boolean;
  readonly place: string;
  readonly position: LonLat | null;
  /** The unit of who gave it. */
  readonly from: UnitRef;
  readonly to: Addressee;
  /** Code of the region of the unit it is for. */
  readonly region: string;
  readonly givenBy: string;
  readonly givenAt: number;
  /** When it has to be done, epoch ms; null: no time is set. */
  readonly dueAt: number | null;
  /** Minutes in which it is to be acknowledged; between two steps up as well. */
  readonly ackMin: number;
  /** The next reminder or step up, epoch ms; null: none is due. */
  readonly nextNudgeAt: number | null;
  readonly incident: { readonly id: number; readonly no: string; readonly region: string } | null;
  readonly clause: {
    readonly plan: string;
    readonly version: number;
    readonly clause: string;
    /** Of the plan. Absent: written by a build that did not note it. */
    readonly title?: Title;
  } | null;
  /** Id of the evidence pack frozen when it was confirmed, and its hash. */
  readonly evidence: { readonly id: number; readonly hash: string };
  /** It gives work: a task of the incident is the work, and its report ends the order. */
  readonly work: boolean;
  /** Id of that task; null: none, or not given yet. */
  readonly task: number | null;
  readonly deliveredAt: number | null;
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string;
  readonly doneAt: number | null;
  /** Acknowledged after its time, or not yet and the time is over. */
  readonly late: boolean;
  /** Steps up so far. */
  readonly escalations: number;
  /** Why it was refused or withdrawn; what was reported when it was done. '' : neither. */
  readonly why: string;
  /** Oldest first. */
  readonly log: readonly OrderLine[];
}

const OVER: ReadonlySet<OrderState> = new Set(['done', 'refused', 'withdrawn']);
export const isOrderOpen = ({ state }: Pick<Order, 'state'>): boolean => !OVER.has(state);
export const isUnacknowledged = ({ state }: Pick<Order, 'state'>): boolean =>
  state === 'issued' || state === 'delivered';
export const isOrderOverdue = ({ state, dueAt }: Pick<Order, 'state' | 'dueAt'>, now: number): boolean =>
  dueAt !== null && dueAt < now && !OVER.has(state);

/** What may be done in a state, in the order of the table: of an order that gives work the end is the report of its task. */
export const orderVerbsFor = ({ state, work }: Pick<Order, 'state' | 'work'>): readonly OrderVerb[] =>
  orderVerbs.filter((verb) => orderMoves[verb][state] !== undefined && !(work && verb === 'finish'));

const posts = ['', 'leader', 'chief', 'officer'] as const;
const said = z.string().trim().min(1).max(1000);
/** Nobody answers to more at once; a whole city has fewer units. */
const MOST_ADDRESSEES = 40;

export const issueSchema = z.strictObject({
  action: base.action,
  to: z
    .array(z.strictObject({ unit, post: z.enum(posts).default('') }))
    .min(1)
    .max(MOST_ADDRESSEES),
  text: said,
  urgent: z.boolean().default(false),
  place: z.string().trim().max(160).default(''),
  position: position.nullable().default(null),
  dueAt: z.int().positive().nullable().default(null),
  /** Minutes. */
  ackMin: z.int().min(1).max(1440).default(10),
  incident: z.int().positive().nullable().default(null),
  /** Of a plan in force. */
  clause: z
    .strictObject({ plan: z.string().min(1).max(60), clause: z.string().min(1).max(20) })
    .nullable()
    .default(null),
  /** It gives work to the unit, as a task of the incident. */
  work: z.boolean().default(false),
  ...evidenceAsked,
});
export type IssueRequest = z.infer<typeof issueSchema>;
/** Rows and view of an order with many addressees stay below this, bytes. */
export const MAX_ISSUE_BYTES = 64 * 1024;

const seen = z.int().positive();
/** `happenedAt`: when it was done, where a phone without a network sends it later. */
const { action, happenedAt } = base;
const note = z.string().trim().max(1000).default('');
export const orderSchemas = {
  deliver: z.strictObject({ action, happenedAt, seen, text: note }),
  acknowledge: z.strictObject({ action, happenedAt, seen, text: note }),
  start: z.strictObject({ action, happenedAt, seen, text: note }),
  finish: z.strictObject({ action, happenedAt, seen, text: said }),
  refuse: z.strictObject({ action, happenedAt, seen, text: reason }),
  withdraw: z.strictObject({ action, happenedAt, seen, text: reason }),
} as const satisfies Readonly<Record<OrderVerb, z.ZodObject>>;
export type OrderRequest<V extends OrderVerb = OrderVerb> = z.infer<(typeof orderSchemas)[V]>;

export const orderQuery = z.strictObject({
  unit: unit.optional(),
  incident: z.coerce.number().int().positive().optional(),
  open: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type OrderFilter = z.output<typeof orderQuery>;

/** A page of the board. */
export interface OrderPage {
  /** Newest first. */
  readonly orders: readonly Order[];
  /** All that fit the filter. */
  readonly total: number;
  /** By state, of all within reach. */
  readonly counts: Readonly<Partial<Record<OrderState, number>>>;
  /** null: notices leave. Else why none does. */
  readonly withheld: Title | null;
  /** Of accounts, where known. */
  readonly names: Readonly<Record<string, string>>;
}
