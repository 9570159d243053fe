// Calls to units (通信): a message, a roll-call or a meeting, to units that were named or lie inside a drawn area, with what
// each of them answered (docs/orders.md). What leaves goes through the outbox.
import { z } from 'zod';
import type { LonLat, Title } from '../column.ts';
import { title } from '../declare.ts';
import { base, position, unit } from './action-parts.ts';
import type { UnitRef } from './incident.ts';
import type { MessageState } from './message.ts';

export const callKindTitles = {
  message: title('通知', 'Message'),
  'roll-call': title('点名', 'Roll-call'),
  meeting: title('会商', 'Meeting'),
} as const;
export type CallKind = keyof typeof callKindTitles;
export const callKinds = Object.keys(callKindTitles) as [CallKind, ...CallKind[]];

export const answerTitles = {
  here: title('到', 'Here'),
  coming: title('参加', 'Coming'),
  cannot: title('不能', 'Cannot'),
} as const;
export type CallAnswer = keyof typeof answerTitles;

/** What a unit can answer to each kind. */
export const answersTo: Readonly<Record<CallKind, readonly CallAnswer[]>> = {
  message: ['here'],
  'roll-call': ['here', 'cannot'],
  meeting: ['coming', 'cannot'],
};

/** After its time is over an answer is still asked for so long, ms (an hour). */
export const CALL_WAITS_MS = 3_600_000;

/** A ring of at most so many corners; it need not be closed. */
export const MOST_CORNERS = 200;
const area = z.array(position).min(3).max(MOST_CORNERS);
/** As many as a city has. */
const MOST_UNITS = 400;

export const callSchema = z.strictObject({
  action: base.action,
  kind: z.enum(callKinds),
  units: z.array(unit).min(1).max(MOST_UNITS),
  /** The drawn area the units were found in, degrees; null: they were named. */
  area: area.nullable().default(null),
  text: z.string().trim().min(1).max(500),
  /** Of a meeting: where it is joined. */
  address: z
    .string()
    .trim()
    .max(300)
    .regex(/^(?:|https:\/\/\S+|sips?:\S+@\S+)$/, 'https://… or sip:…@…')
    .default(''),
  /** Minutes. */
  answerMin: z.int().min(1).max(240).default(10),
  incident: z.int().positive().nullable().default(null),
});
export type CallRequest = z.infer<typeof callSchema>;
/** Units and corners of a large area stay below this, bytes. */
export const MAX_CALL_BYTES = 64 * 1024;

/** `happenedAt`: when it was answered, where a phone without a network sends it later. */
export const answerSchema = z.strictObject({
  ...base,
  unit,
  answer: z.enum(Object.keys(answerTitles) as [CallAnswer, ...CallAnswer[]]),
  text: z.string().trim().max(300).default(''),
});
export type AnswerRequest = z.infer<typeof answerSchema>;

/** `unit`: those it was called by, and nobody else's. */
export const callQuery = z.strictObject({ unit: unit.optional() });

/** `lon,lat;lon,lat;…`, degrees. */
export const areaQuery = z.strictObject({
  area: z
    .string()
    .max(8000)
    .transform((text) => text.split(';').map((corner) => corner.split(',').map(Number)))
    .pipe(area),
});

/** A number of a unit, out of the plans in force. */
export interface UnitContact {
  readonly post: Title;
  readonly phone: string;
  /** `tel:…`; null: nobody is rung from this world. */
  readonly dial: string | null;
}

export interface UnitFound extends UnitRef {
  readonly at: LonLat | null;
  readonly contacts: readonly UnitContact[];
}

export interface CallMember {
  readonly unit: UnitRef;
  /** What became of the notice; null: the city has no words for it, nobody was told. */
  readonly notice: MessageState | null;
  readonly noticeAt: number | null;
  readonly answer: CallAnswer | null;
  readonly answeredAt: number | null;
  readonly answeredBy: string;
  readonly text: string;
}

export interface Call {
  /** Sequence of its entry. */
  readonly id: number;
  /** Of its last entry. */
  readonly seq: number;
  /** For people: `T20260715-002`. */
  readonly no: string;
  readonly kind: CallKind;
  readonly text: string;
  readonly address: string;
  readonly area: readonly LonLat[] | null;
  readonly from: UnitRef;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  /** Answers are waited for until then, epoch ms. */
  readonly answerUntil: number;
  readonly incident: { readonly id: number; readonly no: string } | null;
  readonly members: readonly CallMember[];
}

export interface CallPage {
  /** Newest first. */
  readonly calls: readonly Call[];
  /** null: notices leave. Else why none does. */
  readonly withheld: Title | null;
  readonly names: Readonly<Record<string, string>>;
}
