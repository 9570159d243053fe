// Orders as the fold of their entries: pure. Whom an order goes to and when it is due stands in the entry; nothing is looked
// up again.
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type {
  Addressee,
  Nudge,
  Order,
  OrderLine,
  OrderState,
  OrderVerb,
} from '../../contracts/records/order.ts';
import { isOrderOpen, nudges, orderMoves, orderVerbs } from '../../contracts/records/order.ts';

export const ISSUE = 'order/issue';
export const TASK = 'order/task';
/** Kinds of entries orders are made of. */
export const orderKinds: readonly string[] = [
  ISSUE,
  TASK,
  ...[...orderVerbs, ...nudges].map((what) => `order/${what}`),
];

const MINUTE_MS = 60_000;

type Given = Pick<
  Order,
  | 'no'
  | 'text'
  | 'urgent'
  | 'place'
  | 'position'
  | 'from'
  | 'dueAt'
  | 'ackMin'
  | 'incident'
  | 'clause'
  | 'evidence'
  | 'work'
>;
export interface IssueBody extends Given {
  readonly action: string;
  /** Hash of what was asked. */
  readonly hash: string;
  readonly to: readonly (Addressee & { readonly region: string })[];
}
/** About one order that is there. */
export interface StepBody {
  readonly order: string;
  readonly action?: string;
  readonly hash?: string;
  readonly text?: string;
  /** When it was done, as who did it says; epoch ms. */
  readonly happenedAt?: number;
  /** Of an escalation. */
  readonly to?: Addressee;
  /** Of the entry that says which task is the work. */
  readonly task?: number;
  /** Of a reminder or a step up: when the next is due, epoch ms; null: nobody is left above. */
  readonly nextAt?: number | null;
}

export class OrderFold {
  /** Oldest first. */
  readonly orders = new Map<string, Order>();
  /** What an action did: sequence of an issue, or id of an order. */
  readonly done = new Map<string, { readonly of: string; readonly hash: string }>();
  /** Orders of each local day, by the number of the day. */
  readonly numbers = new Set<string>();

  apply(entry: LogEntry): void {
    if (entry.kind === ISSUE) return this.#issue(entry, entry.body as unknown as IssueBody);
    const body = entry.body as unknown as StepBody;
    const before = this.orders.get(body.order);
    if (!before) return;
    if (body.action !== undefined) this.done.set(body.action, { of: before.id, hash: body.hash ?? '' });
    const what = entry.kind.slice('order/'.length) as OrderVerb | Nudge | 'task';
    const after =
      what === 'task'
        ? { ...before, task: body.task ?? null }
        : (nudges as readonly string[]).includes(what)
          ? nudged(before, entry, what as Nudge)
          : moved(before, entry, what as OrderVerb);
    if (after) this.orders.set(before.id, after);
  }

  /** Of one entry, in the order they were named. */
  ofIssue(issue: number): Order[] {
    return [...this.orders.values()].filter((one) => one.issue === issue);
  }

  #issue({ seq, subject, knownAt }: LogEntry, body: IssueBody): void {
    const { action, hash, to: addressees, ...given } = body;
    addressees.forEach(({ region, ...to }, at) => {
      const order: Order = {
        ...{ ...given, id: `${seq}-${at + 1}`, issue: seq, seq, state: 'issued', to, region },
        ...{ givenBy: subject, givenAt: knownAt, nextNudgeAt: knownAt + given.ackMin * MINUTE_MS },
        ...{ task: null, deliveredAt: null, acknowledgedAt: null, acknowledgedBy: '', doneAt: null },
        ...{ late: false, escalations: 0, why: '' },
        log: [{ seq, verb: 'issue', by: subject, at: knownAt, text: '' }],
      };
      this.orders.set(order.id, order);
    });
    this.done.set(action, { of: String(seq), hash });
    this.numbers.add(given.no);
  }
}

/** null: the life of an order has no such step, the entry does nothing. */
function moved(before: Order, entry: LogEntry, verb: OrderVerb): Order | null {
  const { subject } = entry;
  const state = orderMoves[verb][before.state];
  if (state === undefined) return null;
  const { text = '', happenedAt = entry.knownAt } = entry.body as unknown as StepBody;
  // Not before it was given, and not after we knew.
  const at = Math.min(entry.knownAt, Math.max(before.givenAt, happenedAt));
  const after: Order = { ...lined(before, entry, { verb, text }), state };
  const isAnswered = verb === 'acknowledge' || !isOrderOpen(after);
  return {
    ...after,
    ...(verb === 'deliver' ? { deliveredAt: at } : {}),
    ...(verb === 'acknowledge' ? acknowledged(before, subject, at) : {}),
    ...(verb === 'finish' ? { doneAt: at, why: text } : {}),
    ...(verb === 'refuse' || verb === 'withdraw' ? { why: text } : {}),
    ...(isAnswered ? { nextNudgeAt: isOrderOpen(after) ? lateAt(after, at) : null } : {}),
  };
}

const acknowledged = ({ givenAt, ackMin }: Order, by: string, at: number): Partial<Order> => ({
  acknowledgedAt: at,
  acknowledgedBy: by,
  late: at > givenAt + ackMin * MINUTE_MS,
});

/** Once it is acknowledged, its due time is what is watched: said once. */
const lateAt = ({ dueAt, log }: Order, now: number): number | null =>
  dueAt === null || log.some(({ verb }) => verb === 'late') ? null : Math.max(dueAt, now);

function nudged(before: Order, entry: LogEntry, verb: Nudge): Order {
  const { to, nextAt = null, text = '' } = entry.body as unknown as StepBody;
  const after = lined(before, entry, { verb, text, ...(to ? { to } : {}) });
  return {
    ...after,
    nextNudgeAt: nextAt,
    late: before.late || verb !== 'late',
    escalations: before.escalations + (verb === 'escalate' ? 1 : 0),
  };
}

const lined = (
  before: Order,
  { seq, subject, knownAt }: LogEntry,
  line: Pick<OrderLine, 'verb' | 'text' | 'to'>,
): Order => ({ ...before, seq, log: [...before.log, { seq, by: subject, at: knownAt, ...line }] });

/** Steps that lead from one state to another, none left out; null: there is no way. */
export function stepsTo(from: OrderState, to: OrderState): readonly OrderVerb[] | null {
  const way: OrderVerb[] = [];
  for (let state = from; state !== to;) {
    const verb = (['deliver', 'acknowledge', 'start', 'finish'] as const).find(
      (one) => orderMoves[one][state],
    );
    if (verb === undefined) return null;
    way.push(verb);
    state = orderMoves[verb][state] as OrderState;
  }
  return way;
}
