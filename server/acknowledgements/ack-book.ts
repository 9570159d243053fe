// Acknowledgements of one world (docs/acknowledgements.md): warnings and dispatch orders ask town posts, receipts and people
// answer, who is silent goes up the line. Written to the log first; what a kill left undone, the next start does.
import { createHash } from 'node:crypto';
import { CodedError } from '../../contracts/errors.ts';
import type { townReceipt } from '../../contracts/layers/town-receipt.ts';
import type {
  AckAnswer,
  Acknowledgement,
  AcknowledgementPage,
  AcknowledgementView,
  AcknowledgeRequest,
} from '../../contracts/records/acknowledgement.ts';
import { missingIn } from '../../contracts/records/acknowledgement.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Reaches } from '../../contracts/records/reach.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { Turns } from '../kit/turns.ts';
import type { Teller } from '../outbound/port.ts';
import type { TickFollower } from '../state/port.ts';
import type { RecordLog } from '../store/port.ts';
import type { AnswerBody, AskBody, EscalateBody } from './fold.ts';
import { AckFold, ackKinds, ANSWER, ASK, END, ESCALATE, nameOf } from './fold.ts';
import { askOnce, notesOf } from './notices.ts';
import type { AckActor, AckGround, Acknowledgements } from './port.ts';
import type { DispatchOrders, Subject, Warnings } from './subjects.ts';
import { ordersInForce, warningsInForce } from './subjects.ts';

const DAY_MS = 86_400_000;
/** What nobody was told of for so long is told to nobody any more. */
const STALE_MS = DAY_MS;
/** Rows that end by themselves are seen this much later at most. */
const SWEEP_MS = 30_000;
const ABOUT = 'acknowledgements';

export type Receipts = LayerTable<(typeof townReceipt)['columns']>;

export interface AckBookOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ground: AckGround;
  readonly teller: Teller;
  readonly tables: {
    readonly warnings: Warnings;
    readonly orders: DispatchOrders;
    readonly receipts: Receipts;
  };
  /** Puts it on every screen as it is now, or takes it off when it is over. */
  readonly show: (ack: Acknowledgement) => void;
}

export class AckBook implements Acknowledgements, TickFollower {
  readonly #options: AckBookOptions;
  readonly #fold = new AckFold();
  readonly #turns = new Turns();
  /** Ends with every tick; what is asked or answered and not written yet is not asked or answered again. */
  readonly #pending = new Set<string>();
  #isFresh = true;
  #sweptAt = -Infinity;

  constructor(options: AckBookOptions) {
    this.#options = options;
  }

  /** Folds the log and tells whom an earlier run had no time to tell. */
  async open(): Promise<void> {
    const { log, clock } = this.#options;
    for await (const entry of log.read({ kinds: ackKinds })) this.#fold.apply(entry);
    const since = clock.now() - STALE_MS;
    for (const ack of this.#fold.acks.values()) {
      this.#options.show(ack);
      if (ack.at >= since) await this.#tell(ack);
    }
  }

  async close(): Promise<void> {
    await this.#turns.settled();
  }

  /** Resolves when all that was due is written. */
  idle(): Promise<void> {
    return this.#turns.settled();
  }

  everyone(): Iterable<Acknowledgement> {
    return this.#fold.acks.values();
  }

  list(reaches: Reaches): AcknowledgementPage {
    const { clock, ground, teller } = this.#options;
    const since = clock.now() - DAY_MS;
    const found = [...this.#fold.acks.values()]
      .filter(({ endedAt }) => endedAt === null || endedAt >= since)
      .flatMap((ack) => this.#within(ack, reaches) ?? [])
      .reverse();
    const subjects = new Set(found.flatMap(({ answers }) => answers.map(({ by }) => by)));
    const names = [...subjects].flatMap((subject) => {
      const name = ground.nameOf(subject);
      return name === null ? [] : [[subject, name] as const];
    });
    const acknowledgements = found.map((ack) => this.#viewOf(ack));
    return { acknowledgements, withheld: teller.withheld, names: Object.fromEntries(names) };
  }

  acknowledge(by: AckActor, id: number, asked: AcknowledgeRequest): Promise<AcknowledgementView> {
    return this.#turns.take([ABOUT, asked.action], async () => {
      const held = this.#fold.acks.get(id);
      const ack = held && this.#within(held, by.reaches);
      if (!ack) throw new CodedError('request/not-found', `acknowledgement ${id}`);
      const { action, unit, way, text } = asked;
      const hash = createHash('sha256')
        .update(canonicalJson({ id, ...asked }))
        .digest('base64');
      const before = this.#fold.done.get(action);
      if (before && before.hash !== hash)
        throw new CodedError('request/invalid', `action: ${action} was used for something else`);
      if (!ack.asked.some((one) => one.id === unit))
        throw new CodedError('request/invalid', `unit: ${unit} was not asked by ${ack.of}, or is not yours`);
      const isAnswered = ack.answers.some((one) => one.unit === unit);
      if (!before && !isAnswered) {
        const now = this.#options.clock.now();
        // A phone without a network answers later than it was pressed; never ahead of now, nor before it was asked.
        const at = Math.min(now, Math.max(ack.at, asked.happenedAt ?? now));
        const answer = { unit, by: by.id, at, way, text };
        await this.#append(by.id, ANSWER, { ack: id, answers: [answer], action, hash } satisfies AnswerBody);
      }
      return this.#viewOf(this.#within(this.#fold.acks.get(id) as Acknowledgement, by.reaches) ?? ack);
    });
  }

  tick({ at }: { readonly at: number }): void {
    const { warnings, orders, receipts } = this.#options.tables;
    const isChanged = warnings.changedCount + orders.changedCount > 0;
    if (this.#isFresh || isChanged || at - this.#sweptAt >= SWEEP_MS) {
      this.#sweptAt = at;
      this.#askAndEnd(at);
    }
    if (this.#isFresh || receipts.changedCount > 0) this.#soon(() => this.#match());
    this.#isFresh = false;
    for (const ack of this.#open()) if (isDue(ack, at)) this.#soon(() => this.#escalate(ack.id));
  }

  /** Asks those who were not asked yet; ends what is about nothing that holds. */
  #askAndEnd(now: number): void {
    const { tables, ground } = this.#options;
    const subjects = [
      ...warningsInForce(tables.warnings, ground, now),
      ...ordersInForce(tables.orders, ground, now),
    ];
    const held = new Set(subjects.map(nameOf));
    for (const subject of subjects) {
      const name = nameOf(subject);
      const known = this.#fold.asked.get(name);
      const asked = subject.asked.filter(({ id }) => !known?.has(id) && !this.#pending.has(`${name} ${id}`));
      if (asked.length === 0 || subject.isOld) continue;
      for (const { id } of asked) this.#pending.add(`${name} ${id}`);
      this.#soon(() => this.#ask({ ...subject, asked }, now));
    }
    for (const ack of this.#open()) if (!held.has(nameOf(ack))) this.#soon(() => this.#end(ack.id));
  }

  async #ask({ withinMs, isOld: _, ...subject }: Subject, now: number): Promise<void> {
    const body: AskBody = { ...subject, dueAt: now + withinMs };
    const id = await this.#append('system', ASK, body);
    for (const { id: unit } of subject.asked) this.#pending.delete(`${nameOf(subject)} ${unit}`);
    await this.#match();
    await this.#tell(this.#fold.acks.get(id) as Acknowledgement);
  }

  async #end(id: number): Promise<void> {
    if (this.#fold.acks.get(id)?.endedAt === null) await this.#append('system', END, { ack: id });
  }

  /** Receipts of towns that are still missing; those of one moment are one entry. */
  async #match(): Promise<void> {
    const { receipts } = this.#options.tables;
    for (const ack of this.#open()) {
      const missing = new Map(missingIn(ack).map((unit) => [unit.id, unit]));
      const answers: Omit<AckAnswer, 'isLate'>[] = [];
      for (let slot = 0; slot < receipts.highWater && missing.size > 0; slot++) {
        if (receipts.alive[slot] !== 1 || receipts.column('of').get(slot) !== ack.of) continue;
        const unit = `town:${receipts.column('town').get(slot) ?? ''}`;
        if (receipts.column('subject').get(slot) !== ack.subject || !missing.delete(unit)) continue;
        const [by, at] = [receipts.sourceAt(slot), receipts.column('receivedAt').get(slot)];
        answers.push({ unit, by: `feed:${by}`, at, way: 'system', text: '' });
      }
      if (answers.length > 0) {
        answers.sort((a, b) => a.at - b.at || (a.unit < b.unit ? -1 : 1));
        await this.#append('system', ANSWER, { ack: ack.id, answers } satisfies AnswerBody);
      }
    }
  }

  async #escalate(id: number): Promise<void> {
    const ack = this.#fold.acks.get(id);
    if (!ack || !isDue(ack, this.#options.clock.now())) return;
    const to = ack.escalated.length === 0 ? 'county' : 'city';
    const missing = missingIn(ack).length;
    await this.#append('system', ESCALATE, { ack: id, to, missing } satisfies EscalateBody);
    await this.#tell(this.#fold.acks.get(id) as Acknowledgement);
  }

  #open(): Acknowledgement[] {
    return [...this.#fold.open].map((id) => this.#fold.acks.get(id) as Acknowledgement);
  }

  #tell(ack: Acknowledgement): Promise<void> {
    return this.#options.teller.tell('system', notesOf(ack, this.#options.ground));
  }

  async #append(subject: string, kind: string, body: object): Promise<number> {
    const entry = await this.#options.log.append({ subject, kind, body: body as LogEntry['body'] });
    const id = this.#fold.apply(entry);
    this.#options.show(this.#fold.acks.get(id) as Acknowledgement);
    return id;
  }

  #soon(act: () => Promise<void>): void {
    void this.#turns
      .take([ABOUT], act)
      .catch((error: unknown) =>
        this.#options.logger.error('acknowledgement.not-written', { error: String(error) }),
      );
  }

  /** With those of its towns that are within reach; null: none is. */
  #within(ack: Acknowledgement, reaches: Reaches): Acknowledgement | null {
    const asked = ack.asked.filter(({ id }) => reaches(id.slice('town:'.length), [id]));
    const own = new Set(asked.map(({ id }) => id));
    if (asked.length === 0) return null;
    return { ...ack, asked, answers: ack.answers.filter(({ unit }) => own.has(unit)) };
  }

  #viewOf(ack: Acknowledgement): AcknowledgementView {
    const { teller, ground } = this.#options;
    const isClosed = teller.withheld !== null;
    const missing = missingIn(ack).map((unit) => ({
      unit,
      notice: teller.toldWith(askOnce(ack, unit.id))?.state ?? null,
      // A drill, and a demonstration, ring nobody: not even by a link that somebody presses.
      contacts: ground.contactsOf(unit.id).map(({ post, phone }) => ({
        ...{ post, phone },
        dial: isClosed ? null : `tel:${phone.replaceAll(/[^\d+]/g, '')}`,
      })),
    }));
    return { ...ack, missing };
  }
}

/** The counties when the time is over, the city after as long again; then nobody is left. */
function isDue(ack: Acknowledgement, now: number): boolean {
  const { at, dueAt, escalated, endedAt } = ack;
  const next = dueAt + escalated.length * (dueAt - at);
  return endedAt === null && escalated.length < 2 && now >= next && missingIn(ack).length > 0;
}
