// Orders of one world (docs/orders.md): the evidence is frozen, the order is written, then whoever it is for is told, once.
// What nobody acknowledges is reminded, then goes up the line; what a kill left undone, the next start does.
import { createHash } from 'node:crypto';
import { CodedError } from '../../contracts/errors.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Message } from '../../contracts/records/message.ts';
import type { IssueRequest, Order, OrderFilter } from '../../contracts/records/order.ts';
import type { OrderPage, OrderRequest, OrderState, OrderVerb } from '../../contracts/records/order.ts';
import {
  isDoneByIssuer,
  isOrderOpen,
  isOrderOverdue,
  isUnacknowledged,
  orderMoves,
  orderStateTitles,
  orderVerbsFor,
} from '../../contracts/records/order.ts';
import type { Reaches } from '../../contracts/records/reach.ts';
import type { Tasks } from '../command/port.ts';
import type { Freezer } from '../evidence/port.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Clock, Timer } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { dayNumber } from '../kit/day-number.ts';
import { Turns } from '../kit/turns.ts';
import type { Teller } from '../outbound/port.ts';
import type { RecordLog } from '../store/port.ts';
import { checkedOrder, evidenceOfOrder } from './checks.ts';
import type { IssueBody, StepBody } from './fold.ts';
import { ISSUE, OrderFold, orderKinds, TASK } from './fold.ts';
import { nextAbove } from './line-of-command.ts';
import type { NoticeWords } from './notices.ts';
import { issueOnce, noticesOf } from './notices.ts';
import type { FindIncident, InForce, OrderActor, OrderGround, Orders, OrderTargets } from './port.ts';
import { giveAction, taskOf, taskSteps, workSteps } from './work.ts';

const MINUTE_MS = 60_000;
/** What is due is seen this much later at most. */
const SWEEP_MS = 1000;
/** What nobody was told of for so long is told to nobody any more. */
const STALE_MS = 86_400_000;

export interface OrderBookOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ground: OrderGround;
  readonly words: NoticeWords;
  readonly freezer: Freezer;
  readonly teller: Teller;
  readonly targets: OrderTargets;
  readonly incident: FindIncident;
  readonly inForce: InForce;
  readonly tasks: Pick<Tasks, 'give' | 'act'>;
  readonly nameOf: (subject: string) => string | null;
}

export class OrderBook implements Orders {
  readonly #options: OrderBookOptions;
  readonly #fold = new OrderFold();
  readonly #turns = new Turns();
  /** Ids of those whose next reminder or step up is to come. */
  readonly #waiting = new Set<string>();
  #timer: Timer | null = null;

  constructor(options: OrderBookOptions) {
    this.#options = options;
  }

  /** Folds the log and does what an earlier run had no time to do; call when incidents and outbox are open. */
  async open(): Promise<void> {
    const { log, clock, teller, targets } = this.#options;
    for await (const entry of log.read({ kinds: orderKinds })) this.#fold.apply(entry);
    const all = [...this.#fold.orders.values()];
    targets.showOnly(new Set(all.filter(isOrderOpen).map(({ id }) => id)));
    teller.follow((message) => this.#heard(message));
    for (const order of all) {
      this.#show(order);
      this.#settleSoon(order.id);
    }
    await this.#turns.settled();
    this.#timer = clock.every(SWEEP_MS, () => this.#sweep());
  }

  async close(): Promise<void> {
    this.#timer?.stop();
    await this.#turns.settled();
  }

  /** Resolves when all that was due is written. */
  idle(): Promise<void> {
    return this.#turns.settled();
  }

  get withheld() {
    return this.#options.teller.withheld;
  }

  everyone(): Iterable<Order> {
    return this.#fold.orders.values();
  }

  list({ unit, incident, open, from, limit }: OrderFilter, reaches: Reaches): OrderPage {
    const all = [...this.#fold.orders.values()].filter((one) => isSeen(one, reaches)).reverse();
    const counts: Partial<Record<OrderState, number>> = {};
    for (const { state } of all) counts[state] = (counts[state] ?? 0) + 1;
    const found = all.filter(
      (one) =>
        (unit === undefined || one.to.unit.id === unit) &&
        (incident === undefined || one.incident?.id === incident) &&
        (open === undefined || isOrderOpen(one) === open),
    );
    const orders = found.slice(from, from + limit);
    const subjects = new Set(orders.flatMap(({ log }) => log.map(({ by }) => by)));
    const names = [...subjects].flatMap((subject) => {
      const name = this.#options.nameOf(subject);
      return name === null ? [] : [[subject, name] as const];
    });
    return { orders, total: found.length, counts, withheld: this.withheld, names: Object.fromEntries(names) };
  }

  view(id: string, reaches: Reaches): Order {
    const found = this.#fold.orders.get(id);
    if (!found || !isSeen(found, reaches)) throw new CodedError('request/not-found', `order ${id}`);
    return found;
  }

  issue(by: OrderActor, asked: IssueRequest): Promise<readonly Order[]> {
    return this.#turns.take(['issue', asked.action], async () => {
      const { view: _view, ...meant } = asked;
      const hash = hashOf('issue', meant);
      const before = this.#doneBefore(asked.action, hash);
      const issue = before === null ? await this.#write(by, asked, hash) : Number(before);
      for (const { id } of this.#fold.ofIssue(issue)) await this.#settle(id);
      return this.#fold.ofIssue(issue);
    });
  }

  act<V extends OrderVerb>(
    by: OrderActor,
    id: string,
    { verb, asked }: { readonly verb: V; readonly asked: OrderRequest<V> },
  ): Promise<Order> {
    return this.#turns.take([id, asked.action], async () => {
      const order = this.view(id, by.reaches);
      const hash = hashOf(`${verb} ${id}`, asked);
      if (this.#doneBefore(asked.action, hash) !== null) return order;
      requireHand(by, order, verb);
      const isFirst = verb === 'deliver' || (verb === 'acknowledge' && order.state === 'issued');
      // That it arrived is news to nobody who answers it: what the system wrote meanwhile contradicts no answer.
      if (!isFirst && lastByOthers(order, by.id) > asked.seen)
        throw new CodedError('request/conflict', `order ${id}: it was changed meanwhile (${order.seq})`);
      if (verb === 'deliver' && order.state !== 'issued') return order;
      const way = verb === 'acknowledge' && order.state === 'issued' ? ['deliver', verb] : [verb];
      this.#requireMove(order, verb, way.length > 1);
      for (const step of way as OrderVerb[]) {
        const isAsked = step === verb;
        await this.#step(by.id, step, {
          order: id,
          ...(isAsked ? { action: asked.action, hash, text: asked.text } : {}),
          ...(asked.happenedAt === undefined ? {} : { happenedAt: asked.happenedAt }),
        });
      }
      await this.#settle(id);
      return this.view(id, by.reaches);
    });
  }

  /** Something was done to an incident: the work of an order may have gone on. */
  happened({ id }: Pick<Incident, 'id'>): void {
    for (const order of this.#fold.orders.values())
      if (order.incident?.id === id && order.work && isOrderOpen(order)) this.#settleSoon(order.id);
  }

  async #write(by: OrderActor, asked: IssueRequest, hash: string): Promise<number> {
    const { log, clock, ground, incident, inForce, freezer } = this.#options;
    const checked = checkedOrder(by, asked, { ground, incident, inForce, now: clock.now() });
    const pack = await freezer.freeze(by, {
      ...{ action: `${asked.action}-e`, cause: 'order', title: asked.text.slice(0, 200) },
      ...{ incident: asked.incident, rows: asked.rows, view: asked.view },
    });
    const no = dayNumber('Z', this.#fold.numbers, { now: clock.now(), timeZone: ground.timeZone });
    const body: IssueBody = {
      ...{ ...checked, no, action: asked.action, hash, evidence: evidenceOfOrder(pack) },
    };
    const entry = await log.append({
      subject: by.id,
      kind: ISSUE,
      body: body as unknown as LogEntry['body'],
    });
    this.#fold.apply(entry);
    for (const order of this.#fold.ofIssue(entry.seq)) this.#show(order);
    return entry.seq;
  }

  #doneBefore(action: string, hash: string): string | null {
    const done = this.#fold.done.get(action);
    if (!done) return null;
    if (done.hash !== hash)
      throw new CodedError('request/invalid', `action: ${action} was used for something else`);
    return done.of;
  }

  /** @throws CodedError request/conflict */
  #requireMove(order: Order, verb: OrderVerb, isDelivered: boolean): void {
    const state = isDelivered ? 'delivered' : order.state;
    if (orderVerbsFor({ ...order, state }).includes(verb)) return;
    const isReported = verb === 'finish' && order.work && orderMoves.finish[state] !== undefined;
    const why = isReported ? 'its work is a task: report that one' : `it is ${orderStateTitles[state].zh}`;
    throw new CodedError('request/conflict', `order ${order.id}: no ${verb}, ${why}`);
  }

  /** The first notice arrived. */
  #heard({ cause, state, once }: Message): void {
    if (cause !== 'order' || (state !== 'delivered' && state !== 'read')) return;
    for (const order of this.#fold.orders.values()) {
      if (order.state !== 'issued' || !once.endsWith(issueOnce(order))) continue;
      this.#soon(order.id, async () => {
        if (this.#fold.orders.get(order.id)?.state === 'issued')
          await this.#step('gateway', 'deliver', { order: order.id, text: '' });
      });
    }
  }

  #sweep(): void {
    const now = this.#options.clock.now();
    for (const id of this.#waiting) {
      const order = this.#fold.orders.get(id) as Order;
      if (order.nextNudgeAt !== null && order.nextNudgeAt <= now) this.#soon(id, () => this.#nudge(id));
      if (isOrderOverdue(order, now)) this.#show(order);
    }
  }

  /** Reminds first, then goes up one step each time; once it is acknowledged, says that its due time has passed. */
  async #nudge(id: string): Promise<void> {
    const { clock, ground } = this.#options;
    const order = this.#fold.orders.get(id) as Order;
    const now = clock.now();
    if (!isOrderOpen(order) || order.nextNudgeAt === null || order.nextNudgeAt > now) return;
    const nextAt = now + order.ackMin * MINUTE_MS;
    if (!isUnacknowledged(order)) await this.#nudged('late', { order: id, nextAt: null });
    else if (!order.log.some(({ verb }) => verb === 'remind'))
      await this.#nudged('remind', { order: id, nextAt });
    else {
      const to = nextAbove(order, ground);
      await (to
        ? this.#nudged('escalate', { order: id, to, nextAt })
        : this.#nudged('late', { order: id, text: '已无上一级 nobody is left in line', nextAt: null }));
    }
    await this.#settle(id);
  }

  #nudged(what: 'remind' | 'escalate' | 'late', body: StepBody): Promise<void> {
    return this.#append('system', `order/${what}`, body);
  }

  #soon(id: string, act: () => Promise<void>): void {
    void this.#turns
      .take([id], act)
      .catch((error: unknown) =>
        this.#options.logger.error('order.not-written', { order: id, error: String(error) }),
      );
  }

  #settleSoon(id: string): void {
    this.#soon(id, () => this.#settle(id));
  }

  /** Gives the work, follows it, and tells of everything; all of it each time: each is done once. */
  async #settle(id: string): Promise<void> {
    const { clock, teller, words } = this.#options;
    await this.#giveWork(this.#fold.orders.get(id) as Order);
    await this.#followWork(this.#fold.orders.get(id) as Order);
    const order = this.#fold.orders.get(id) as Order;
    await teller.tell(order.givenBy, noticesOf(order, words, clock.now() - STALE_MS));
  }

  async #giveWork(order: Order): Promise<void> {
    const { tasks, incident: find } = this.#options;
    const incident = order.incident && find(order.incident.id);
    if (!order.work || !incident) return;
    if (order.task === null && isOrderOpen(order)) {
      const { text, place, position, dueAt, to, givenBy } = order;
      const outcome = await tasks.give(systemFor(givenBy), incident.id, {
        ...{ action: giveAction(order), seen: incident.seq, unit: to.unit.id, worker: to.person },
        ...{
          order: order.id,
          text,
          place,
          dueAt,
          proof: [],
          position: position && [position[0], position[1]],
        },
      });
      // Its incident takes no task now: the order stands all the same, and is asked again with what happens next.
      if (outcome.outcome === 'held' || outcome.outcome === 'conflict') return;
      await this.#append('system', TASK, { order: order.id, task: outcome.id });
      return;
    }
    const task = taskOf(order, incident);
    if (!task) return;
    for (const verb of taskSteps(order, task)) {
      const asked = { action: `${giveAction(order)}-${verb}`, seen: find(incident.id)?.seq ?? incident.seq };
      const by = systemFor(order.log.at(-1)?.by ?? order.givenBy);
      if (verb === 'withdraw') await tasks.act(by, task.id, { verb, asked: { ...asked, reason: order.why } });
      else await tasks.act(by, task.id, { verb, asked: { ...asked, text: '' } });
    }
  }

  async #followWork(order: Order): Promise<void> {
    const task = taskOf(order, order.incident ? this.#options.incident(order.incident.id) : undefined);
    for (const verb of workSteps(order, task)) {
      const text =
        verb === 'finish' ? (task?.report?.text ?? '') : verb === 'withdraw' ? (task?.why ?? '') : '';
      await this.#step(task?.report?.by ?? 'system', verb, { order: order.id, text });
    }
  }

  #step(by: string, verb: OrderVerb, body: StepBody): Promise<void> {
    return this.#append(by, `order/${verb}`, body);
  }

  async #append(subject: string, kind: string, body: StepBody): Promise<void> {
    const entry = await this.#options.log.append({
      subject,
      kind,
      body: body as unknown as LogEntry['body'],
    });
    this.#fold.apply(entry);
    this.#show(this.#fold.orders.get(body.order) as Order);
  }

  #show(order: Order): void {
    const { targets, ground, clock } = this.#options;
    if (isOrderOpen(order) && (order.nextNudgeAt !== null || order.dueAt !== null))
      this.#waiting.add(order.id);
    else this.#waiting.delete(order.id);
    targets.show(order, ground.placeOf(order.from.id), isOrderOverdue(order, clock.now()));
  }
}

/** Whoever gave it may give it: that was asked then. */
const systemFor = (id: string) => ({ id, reaches: () => true });

/** Who has it and who gave it, and those its incident belongs to. */
const isSeen = ({ region, to, from, incident }: Order, reaches: Reaches): boolean =>
  reaches(region, [to.unit.id]) ||
  reaches(regionIn(from.id), [from.id]) ||
  (incident !== null && reaches(incident.region));

const regionIn = (unit: string): string => /^(?:county|town):(\d+)$/.exec(unit)?.[1] ?? '-';

/** @throws CodedError request/forbidden */
function requireHand({ id, reaches }: OrderActor, order: Order, verb: OrderVerb): void {
  const { region, to, from, givenBy } = order;
  const isOwn = isDoneByIssuer(verb)
    ? givenBy === id || reaches(regionIn(from.id), [from.id])
    : reaches(region, [to.unit.id]);
  if (!isOwn) throw new CodedError('request/forbidden', `order ${order.id}: ${verb} is for another unit`);
}

/** Sequence of what somebody else did last: reminders and receipts contradict nobody, and nobody contradicts themselves. */
const lastByOthers = ({ log }: Order, me: string): number =>
  log.findLast(({ by, verb }) => by !== 'system' && by !== me && verb !== 'deliver')?.seq ?? 0;

const hashOf = (what: string, asked: object): string =>
  createHash('sha256')
    .update(`${what} ${canonicalJson(JSON.parse(JSON.stringify(asked)))}`)
    .digest('base64');
