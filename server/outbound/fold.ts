// Messages as the fold of their entries: pure. Times and texts were worked out when an entry was written and stand in it.
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Message, MessageState, MessageStep, ReceiptState } from '../../contracts/records/message.ts';
import { messageSteps } from '../../contracts/records/message.ts';

export const BEGIN = 'outbox/begin';
/** Kinds of entries the outbox is made of. */
export const entryKinds: readonly string[] = [BEGIN, ...messageSteps.map((step) => `outbox/${step}`)];

/** A message as it is written first. */
export interface Draft extends Pick<
  Message,
  | 'kind'
  | 'to'
  | 'text'
  | 'incident'
  | 'once'
  | 'cause'
  | 'ackDueAt'
  | 'rung'
  | 'escalates'
  | 'plan'
  | 'facts'
> {
  readonly state: 'draft' | 'queued';
}

export interface PutBody extends Draft {
  /** Sequence of the incident's entry it tells of; 0: of none. */
  readonly line: number;
}

/** What stands in an entry about a message that is there. */
export interface StepBody {
  readonly message: number;
  readonly text?: string;
  readonly reason?: string;
  readonly reference?: string;
  readonly error?: string;
  /** Of a failure: epoch ms of the next try; null: given up. */
  readonly nextAt?: number | null;
  readonly state?: ReceiptState;
  /** Of a receipt: epoch ms, as the gateway says. */
  readonly at?: number;
  /** Of an approval: the time to read begins then. */
  readonly ackDueAt?: number | null;
}

export type Messages = Map<number, Message>;

/** Applies one entry. → the message it is about; null: it is about none. */
export function applyEntry(messages: Messages, entry: LogEntry): Message | null {
  const step = entry.kind.slice('outbox/'.length) as MessageStep | 'begin';
  if (step === 'begin') return null;
  if (step === 'put') return begun(messages, entry, entry.body as unknown as PutBody);
  const body = entry.body as unknown as StepBody;
  const before = messages.get(body.message);
  if (!before) return null;
  const line = {
    seq: entry.seq,
    step,
    by: entry.subject,
    at: entry.knownAt,
    text: body.reason ?? body.error ?? '',
  };
  const changed = changes[step](before, body, entry);
  const after: Message = { ...before, ...changed, seq: entry.seq, log: [...before.log, line] };
  messages.set(after.id, after);
  if (step === 'read') unchain(messages, after);
  return after;
}

function begun(messages: Messages, { seq, subject, knownAt }: LogEntry, body: PutBody): Message {
  const { line: _line, ...draft } = body;
  const message: Message = {
    ...draft,
    id: seq,
    seq,
    writtenAt: knownAt,
    writtenBy: subject,
    approvedBy: null,
    attempts: 0,
    nextAt: draft.state === 'queued' ? knownAt : null,
    error: '',
    reference: '',
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    readBy: '',
    escalatedTo: null,
    log: [{ seq, step: 'put', by: subject, at: knownAt, text: '' }],
  };
  messages.set(seq, message);
  const below = draft.escalates === null ? undefined : messages.get(draft.escalates);
  if (below) messages.set(below.id, { ...below, escalatedTo: seq, ackDueAt: null });
  return message;
}

/** Whoever is above in the line was told only because nobody had read this one. */
function unchain(messages: Messages, { escalatedTo }: Message): void {
  for (let next = escalatedTo; next !== null;) {
    const above = messages.get(next);
    if (!above) return;
    messages.set(above.id, { ...above, ackDueAt: null });
    next = above.escalatedTo;
  }
}

type Change = (before: Message, body: StepBody, entry: LogEntry) => Partial<Message>;

const QUEUED = { state: 'queued', attempts: 0, error: '' } as const;
const changes: Readonly<Record<Exclude<MessageStep, 'put'>, Change>> = {
  word: (_before, { text = '' }, { subject }) => ({ text, writtenBy: subject }),
  approve: (_before, { ackDueAt }, { subject, knownAt }) => ({
    ...QUEUED,
    approvedBy: subject,
    nextAt: knownAt,
    ...(ackDueAt === undefined ? {} : { ackDueAt }),
  }),
  cancel: () => ({ state: 'cancelled', nextAt: null, ackDueAt: null }),
  retry: (_before, _body, { knownAt }) => ({ ...QUEUED, nextAt: knownAt }),
  withhold: (_before, _body, { knownAt }) => ({ state: 'withheld', nextAt: null, sentAt: knownAt }),
  send: (before, { reference = '' }, { knownAt }) => ({
    state: further(before.state, 'sent'),
    nextAt: null,
    error: '',
    reference,
    sentAt: before.sentAt ?? knownAt,
  }),
  fail: ({ attempts }, { error = '', nextAt = null }) => ({
    state: nextAt === null ? 'failed' : 'queued',
    attempts: attempts + 1,
    error,
    nextAt,
  }),
  receipt: (before, body) => received(before, body),
  read: (before, _body, { subject, knownAt }) => ({
    state: before.state === 'sent' || before.state === 'delivered' ? 'read' : before.state,
    readAt: knownAt,
    readBy: subject,
    ackDueAt: null,
  }),
  settle: () => ({ ackDueAt: null }),
};

/** A receipt may overtake the answer of its own gateway: what it says proves that the message went out. */
function received(before: Message, { state, at = 0, reason = '' }: StepBody): Partial<Message> {
  const sentAt = before.sentAt ?? at;
  if (state === 'failed') return { state: 'failed', sentAt, nextAt: null, error: reason };
  const is = { sentAt, nextAt: null, error: '', deliveredAt: before.deliveredAt ?? at };
  if (state === 'read') return { ...is, state: 'read', readAt: at, ackDueAt: null };
  return { ...is, state: 'delivered' };
}

const order: readonly MessageState[] = ['draft', 'queued', 'sent', 'delivered', 'read'];
const further = (a: MessageState, b: MessageState): MessageState =>
  order.indexOf(a) > order.indexOf(b) ? a : b;

/** Whether a receipt says anything new: gateways send them again. */
export function isNews({ state }: Pick<Message, 'state'>, told: ReceiptState): boolean {
  if (state === 'queued' || state === 'sent') return true;
  if (state === 'failed') return told !== 'failed';
  return state === 'delivered' && told === 'read';
}
