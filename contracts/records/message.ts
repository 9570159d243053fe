// What leaves the city for people and systems outside (docs/outbound.md): answers to 12345, notices, pushes. A record: the
// fold of its entries, from the first draft to the receipt.
import { z } from 'zod';
import type { Title } from '../column.ts';
import { title } from '../declare.ts';
import { base } from './action-parts.ts';
import type { PlanOrigin } from './plan-run.ts';

export const messageKindTitles = {
  reply: title('12345 答复', 'Answer to 12345'),
  notice: title('短信通知', 'Notice by SMS'),
  push: title('系统推送', 'Push to a system'),
  statement: title('对外发布', 'Public statement'),
} as const;
export type MessageKind = keyof typeof messageKindTitles;
export const messageKinds = Object.keys(messageKindTitles) as readonly MessageKind[];

/** In the order of a life; the last three are ends beside it. */
export const messageStateTitles = {
  draft: title('待审核', 'Draft'),
  queued: title('待发送', 'Queued'),
  sent: title('已发送', 'Sent'),
  delivered: title('已送达', 'Delivered'),
  read: title('已读', 'Read'),
  failed: title('发送失败', 'Failed'),
  cancelled: title('已撤销', 'Cancelled'),
  withheld: title('未外发', 'Would have been sent'),
} as const;
export type MessageState = keyof typeof messageStateTitles;
export const messageStates = Object.keys(messageStateTitles) as readonly MessageState[];

/** What an entry of the log did. */
export const messageStepTitles = {
  put: title('拟稿', 'Written'),
  word: title('修改', 'Worded anew'),
  approve: title('审核通过', 'Approved'),
  cancel: title('撤销', 'Cancelled'),
  retry: title('重新发送', 'Tried again'),
  withhold: title('未外发', 'Would have been sent'),
  send: title('发送', 'Sent'),
  fail: title('发送失败', 'Failed'),
  receipt: title('回执', 'Receipt'),
  read: title('确认收到', 'Acknowledged'),
  settle: title('无需确认', 'Need not be acknowledged'),
} as const;
export type MessageStep = keyof typeof messageStepTitles;
export const messageSteps = Object.keys(messageStepTitles) as readonly MessageStep[];

/** What a gateway tells later of what it took. */
export const receiptStates = ['delivered', 'read', 'failed'] as const;
export type ReceiptState = (typeof receiptStates)[number];

export interface Recipient {
  /** `city`, `dept:<id>`, `county:<code>`, `town:<code>`; `ticket:<key>` for who rang 12345; `system:<id>`; `public`. */
  readonly id: string;
  readonly name: Title;
}

/** The incident a message belongs to, as it was when the message was written. */
export interface MessageIncident {
  readonly id: number;
  readonly no: string;
  readonly title: string;
  /** Code of county or town: who may see the message. */
  readonly region: string;
}

/** What a public statement rests on: a row among the evidence of its incident, as it was called when it was worded. */
export interface StatementFact {
  readonly layer: string;
  readonly key: string;
  readonly name: string;
  /** The moment the row speaks of, epoch ms. */
  readonly validAt: number;
}

export interface MessageLine {
  readonly seq: number;
  readonly step: MessageStep;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  /** Reason, error or note; '' where there is none. */
  readonly text: string;
}

export interface Message {
  /** Sequence of its first entry. */
  readonly id: number;
  /** Of its last entry: what an action names as seen. */
  readonly seq: number;
  readonly kind: MessageKind;
  readonly to: Recipient;
  readonly text: string;
  /** null: of none, as a notice of break-glass (紧急授权); whoever sees the whole city sees it. */
  readonly incident: MessageIncident | null;
  /** Once-only: the same cause never makes a second message, and a gateway that gets it twice delivers it once. */
  readonly once: string;
  /** What was done to the incident; `unread`: another message was; `plan`: a plan was activated, changed or ended; `glass`: rights were taken in an emergency; `order`, `call`, `decision`: of those; `publish`: a person words it for the public. */
  readonly cause: string;
  readonly state: MessageState;
  readonly writtenAt: number;
  /** Whoever worded it last. */
  readonly writtenBy: string;
  /** null: it needs no approval, or has none yet. */
  readonly approvedBy: string | null;
  /** Failed tries since it was queued last. */
  readonly attempts: number;
  /** Not tried before, epoch ms; null: nothing is due. */
  readonly nextAt: number | null;
  /** Of the last try; '' where there is none. */
  readonly error: string;
  /** The gateway's own id; '' where it gave none. */
  readonly reference: string;
  /** When the gateway took it; of one that was withheld, when it would have been sent. */
  readonly sentAt: number | null;
  readonly deliveredAt: number | null;
  readonly readAt: number | null;
  /** '' : by receipt, or not yet. */
  readonly readBy: string;
  /** Unread after this, the next in line is told; null: nobody waits for it. */
  readonly ackDueAt: number | null;
  /** How far up the line this one is: 0 is the first. */
  readonly rung: number;
  /** The unread message this one reports; null: none. */
  readonly escalates: number | null;
  /** The message to the next in line; null: none. */
  readonly escalatedTo: number | null;
  /** The clause of a plan it comes from; absent: of none. */
  readonly plan?: PlanOrigin;
  /** Of a public statement, at least one; absent: it is none. */
  readonly facts?: readonly StatementFact[];
  readonly log: readonly MessageLine[];
}

/** As long as an SMS gateway takes in parts, or an answer to 12345 is read. */
export const MAX_TEXT = 2000;

/** Sequence of the last entry the client knew of: what it approves is what it has read. */
const seen = z.int().positive();
const reason = z.string().trim().min(1).max(500);
export const messageActionSchemas = {
  word: z.strictObject({ seen, text: z.string().trim().min(1).max(MAX_TEXT) }),
  approve: z.strictObject({ seen }),
  cancel: z.strictObject({ seen, reason }),
  retry: z.strictObject({ seen }),
  read: z.strictObject({ seen: seen.optional() }),
} as const;
export type MessageVerb = keyof typeof messageActionSchemas;
export const messageVerbs = Object.keys(messageActionSchemas) as readonly MessageVerb[];
export type MessageAsked = {
  readonly seen?: number | undefined;
  readonly text?: string;
  readonly reason?: string;
};

/** A public statement about an incident, as somebody words it; the same `action` makes it once. */
export const statementSchema = z.strictObject({
  action: base.action,
  incident: z.int().positive(),
  text: z.string().trim().min(1).max(MAX_TEXT),
  /** Rows among the evidence of the incident. */
  facts: z
    .array(z.strictObject({ layer: z.string().min(1).max(60), key: z.string().min(1).max(200) }))
    .min(1)
    .max(20),
});
export type StatementAsked = z.infer<typeof statementSchema>;

/** A delivery of a gateway: at most 500 receipts. `key`: the once-only id it was given; `reference`: its own. */
export const receiptsSchema = z.strictObject({
  events: z
    .array(
      z
        .strictObject({
          key: z.string().min(1).max(120).optional(),
          reference: z.string().min(1).max(200).optional(),
          state: z.enum(receiptStates),
          /** Epoch ms. */
          at: z.int().positive(),
          detail: z.string().max(200).default(''),
        })
        .refine(({ key, reference }) => key !== undefined || reference !== undefined, 'key or reference'),
    )
    .min(1)
    .max(500),
});
export type Receipt = z.infer<typeof receiptsSchema>['events'][number];

/** What can be done to it by hand. */
export function verbsFor({ state, readAt, kind }: Pick<Message, 'state' | 'readAt' | 'kind'>): MessageVerb[] {
  switch (state) {
    case 'draft':
      return ['word', 'approve', 'cancel'];
    case 'queued':
      return ['retry', 'cancel'];
    case 'failed':
      return ['retry', 'cancel'];
    case 'sent':
    case 'delivered':
    case 'withheld':
      return kind === 'notice' && readAt === null ? ['read'] : [];
    case 'read':
    case 'cancelled':
      return [];
  }
}

/** A page of the outbox. */
export interface Outbox {
  /** null: messages leave. Else why none does. */
  readonly withheld: Title | null;
  readonly messages: readonly Message[];
  /** All that fit the filter. */
  readonly total: number;
  /** By state, of all within reach. */
  readonly counts: Readonly<Partial<Record<MessageState, number>>>;
  /** Gateways that failed so often that they are left alone for a while: name → tried again at, epoch ms. */
  readonly paused: Readonly<Record<string, number>>;
}
