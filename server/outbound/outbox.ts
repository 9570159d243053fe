// The outbox of one world (docs/outbound.md): what incidents make the city say, each once; drafts that a second person
// approves; receipts; and who is told when nobody reads it. Written to the log first, sent after.
import type { Title } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { Incident, LogLine } from '../../contracts/records/incident.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type {
  Message,
  MessageAsked,
  MessageState,
  MessageStep,
  MessageVerb,
  Outbox,
  Receipt,
  StatementAsked,
} from '../../contracts/records/message.ts';
import type { Clock, Timer } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { Turns } from '../kit/turns.ts';
import type { RecordLog } from '../store/port.ts';
import { requireSense } from './checks.ts';
import type { Draft, PutBody, StepBody } from './fold.ts';
import { applyEntry, BEGIN, entryKinds, isNews } from './fold.ts';
import type { Announcement, Announcer, Asker, GlassNews, IncidentSource, MessageFilter } from './port.ts';
import type { Messages, Note, OutboundRules, CityWords, Teller } from './port.ts';
import type { Sender } from './sender.ts';
import { ends, settles } from './settling.ts';
import { announcementOf, draftOf, draftsFor, draftsOfGlass, isNote, nextInLine } from './writing.ts';
import { statementOf } from './statement.ts';
import type { Writing } from './writing.ts';

/** What is due is seen this much later at most. */
const SWEEP_MS = 1000;
/** What was done before a start and told nobody is still told, unless it is as old as this. */
const STALE_MS = 86_400_000;

/** Messages of no incident; sequences begin with 1. */
const NO_INCIDENT = 0;

export interface OutboxOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly incidents: IncidentSource;
  readonly rules: OutboundRules;
  readonly city: CityWords & { readonly code: string };
  /** null: nothing leaves this world, and `withheld` says why. */
  readonly sender: Sender | null;
  readonly withheld: Title | null;
}

interface Happening {
  readonly incident: number;
  readonly line: LogLine;
}

export class OutboxBook implements Messages, Announcer, Teller {
  readonly #options: OutboxOptions;
  readonly #messages = new Map<number, Message>();
  /** Ids by what makes them once-only. */
  readonly #byOnce = new Map<string, number>();
  readonly #heard: ((message: Message) => void)[] = [];
  readonly #watching: ((message: Message) => void)[] = [];
  /** Ids by what they wait for. */
  readonly #queued = new Set<number>();
  readonly #unread = new Set<number>();
  readonly #ofIncident = new Map<number, Set<number>>();
  /** Done to incidents and not told yet, in order. */
  #happened: Happening[] = [];
  #timer: Timer | null = null;
  readonly #turns = new Turns();
  #isSweeping = false;
  #isFailing = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Folds the log, and tells what an earlier run had no time to tell; call when incidents are open. */
  async open(): Promise<void> {
    const { log, clock, incidents } = this.#options;
    // Of incidents, all before this was told; of a city that had none of this before: nothing is told late.
    let told = -1;
    for await (const entry of log.read({ kinds: entryKinds })) {
      if (entry.kind === BEGIN) told = entry.seq;
      this.#apply(entry);
      told = Math.max(told, (entry.body as Partial<PutBody>).line ?? 0);
    }
    if (told < 0) told = (await log.append({ subject: 'system', kind: BEGIN, body: {} })).seq;
    const since = clock.now() - STALE_MS;
    this.#happened = [...incidents.everyone()]
      .flatMap(({ id, log: lines }) => lines.map((line) => ({ incident: id, line })))
      .filter(({ line }) => line.seq >= told && line.knownAt >= since)
      .sort((a, b) => a.line.seq - b.line.seq);
    this.#timer = clock.every(SWEEP_MS, () => this.#sweep());
    this.#sweep();
  }

  /** Waits for what is being written and sent. */
  async close(): Promise<void> {
    this.#timer?.stop();
    await this.idle();
  }

  /** Resolves when nothing is being written or sent. */
  async idle(): Promise<void> {
    while (this.#isSweeping || (this.#options.sender?.flying ?? 0) > 0) {
      await this.#turns.settled();
      await this.#options.sender?.idle();
    }
    await this.#turns.settled();
  }

  /** Something was done to an incident: its last line. */
  happened(incident: Incident): void {
    const line = incident.log.at(-1);
    if (!line) return;
    this.#happened.push({ incident: incident.id, line });
    this.#sweep();
  }

  get withheld(): Title | null {
    return this.#options.withheld;
  }

  wordingOf(of: Announcement): string | null {
    return announcementOf(of, this.#writing())?.text ?? null;
  }

  async announce(by: string, all: readonly Announcement[]): Promise<void> {
    await this.#inTurn(async () => {
      for (const one of all) {
        const draft = announcementOf(one, this.#writing());
        if (!draft || this.#byOnce.has(draft.once)) continue;
        const isWaited = this.#waiting(draft).length > 0;
        await this.#put(by, isWaited ? { ...draft, ackDueAt: null } : draft, 0);
      }
    });
    this.#sweep();
  }

  /** Each is told once, whatever is said again after a restart. Written down before it resolves. @throws CodedError store/… */
  async tellOfGlass(all: readonly GlassNews[]): Promise<void> {
    await this.#inTurn(async () => {
      for (const news of all)
        for (const draft of draftsOfGlass(news, this.#writing()))
          if (!this.#byOnce.has(draft.once)) await this.#put('system', draft, 0);
    });
    this.#sweep();
  }

  async tell(by: string, notes: readonly Note[]): Promise<void> {
    await this.#inTurn(async () => {
      for (const note of notes) {
        const draft = draftOf(note, this.#options.city.code);
        if (!this.#byOnce.has(draft.once)) await this.#put(by, draft, 0);
      }
    });
    this.#sweep();
  }

  toldWith(once: string): Message | undefined {
    const id = this.#byOnce.get(`${this.#options.city.code}-${once}`);
    return id === undefined ? undefined : this.#messages.get(id);
  }

  follow(heard: (message: Message) => void): void {
    this.#heard.push(heard);
  }

  /** Called with each public statement there is, then with each that went on. */
  watchStatements(heard: (message: Message) => void): void {
    for (const one of this.#messages.values()) if (one.kind === 'statement') heard(one);
    this.#watching.push(heard);
  }

  publish(by: Asker, asked: StatementAsked): Promise<Message> {
    return this.#inTurn(async () => {
      const draft = statementOf(asked, by, this.#writing());
      if (!this.#byOnce.has(draft.once)) await this.#put(by.id, draft, 0);
      return this.#messages.get(this.#byOnce.get(draft.once) ?? 0) as Message;
    });
  }

  list({ state, kind, incident, from, limit }: MessageFilter, reaches: Asker['reaches']): Outbox {
    const { withheld, sender } = this.#options;
    const all = [...this.#messages.values()].filter((one) => reaches(this.#regionOf(one), [one.to.id]));
    const counts: Partial<Record<MessageState, number>> = {};
    for (const one of all) counts[one.state] = (counts[one.state] ?? 0) + 1;
    const found = all
      .filter(
        (one) =>
          (state === undefined || one.state === state) &&
          (kind === undefined || one.kind === kind) &&
          (incident === undefined || one.incident?.id === incident),
      )
      .reverse();
    const messages = found.slice(from, from + limit);
    return { withheld, messages, total: found.length, counts, paused: sender?.paused ?? {} };
  }

  act(
    by: Asker,
    id: number,
    { verb, asked }: { readonly verb: MessageVerb; readonly asked: MessageAsked },
  ): Promise<Message> {
    return this.#inTurn(async () => {
      const message = this.#messages.get(id);
      if (!message || !by.reaches(this.#regionOf(message), [message.to.id]))
        throw new CodedError('request/not-found', `message ${id}`);
      requireSense(message, { verb, asked, isFlying: this.#options.sender?.isFlying(id) === true });
      if (verb === 'approve' && message.writtenBy === by.id)
        throw new CodedError('access/duties', `${by.id}: who worded message ${id} does not approve it`);
      const { text, reason } = asked;
      await this.#step(by.id, verb, {
        message: id,
        ...(verb === 'word' ? { text } : {}),
        ...(reason === undefined ? {} : { reason }),
      });
      if (verb === 'read') await this.#readBefore(by.id, message);
      this.#sweep();
      return this.#messages.get(id) as Message;
    });
  }

  /** Receipts of gateways. → how many said something new, and how many are about no message of ours. @throws CodedError store/… */
  receive(receipts: readonly Receipt[]): Promise<{ readonly stored: number; readonly unknown: number }> {
    return this.#inTurn(async () => {
      let [stored, unknown] = [0, 0];
      for (const { key, reference, state, at, detail } of receipts) {
        const message = this.#told(key, reference);
        if (!message) unknown += 1;
        if (!message || !isNews(message, state)) continue;
        await this.#step('gateway', 'receipt', { message: message.id, state, at, reason: detail });
        if (state === 'read') await this.#readBefore('gateway', message);
        stored += 1;
      }
      return { stored, unknown };
    });
  }

  #told(key: string | undefined, reference: string | undefined): Message | undefined {
    for (const one of this.#messages.values()) {
      if (one.once === key || (reference !== undefined && one.reference === reference)) return one;
    }
    return undefined;
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    return this.#turns.take(['outbox'], act);
  }

  /** Everything that is due now; one round at a time. A store that is away is asked again with the next one. */
  #sweep(): void {
    if (this.#isSweeping || !this.#hasWork()) return;
    this.#isSweeping = true;
    const round = async (): Promise<void> => {
      await this.#tellHappened();
      await this.#tellNextInLine();
      await this.#sendQueued();
    };
    void this.#inTurn(round)
      .then(
        () => this.#noteOutcome(null),
        (error: unknown) => this.#noteOutcome(error),
      )
      .finally(() => {
        this.#isSweeping = false;
        // What happened meanwhile came too late for this round.
        if (this.#happened.length > 0 && !this.#isFailing) this.#sweep();
      });
  }

  #hasWork(): boolean {
    return this.#happened.length + this.#queued.size + this.#unread.size > 0;
  }

  #noteOutcome(error: unknown): void {
    const { logger } = this.#options;
    if (error !== null && !this.#isFailing) logger.error('outbox.not-written', { error: String(error) });
    if (error === null && this.#isFailing) logger.info('outbox.written-again', {});
    this.#isFailing = error !== null;
  }

  /** Strictly in order, each taken off when all of it is written: so the last one told says where to go on after a kill. */
  async #tellHappened(): Promise<void> {
    for (let next = this.#happened[0]; next; next = this.#happened[0]) {
      const { line } = next;
      const incident = this.#options.incidents.find(next.incident);
      if (incident) {
        await this.#settle(incident, line);
        for (const draft of draftsFor(incident, line, this.#writing())) {
          if (this.#byOnce.has(draft.once)) continue;
          const isWaited = this.#waiting(draft).length > 0;
          await this.#put(line.by, isWaited ? { ...draft, ackDueAt: null } : draft, line.seq);
        }
      }
      this.#happened.shift();
    }
  }

  async #settle(incident: Incident, line: LogLine): Promise<void> {
    for (const id of [...(this.#ofIncident.get(incident.id) ?? [])]) {
      const message = this.#messages.get(id) as Message;
      if (isNote(message) || id > line.seq || this.#options.sender?.isFlying(id) === true) continue;
      const said = { message: id, reason: line.verb };
      if (ends(message, line.verb)) await this.#step(line.by, 'cancel', said);
      else if (message.ackDueAt !== null && settles(line.verb))
        await this.#step(line.by, message.to.id === incident.unit?.id ? 'read' : 'settle', said);
    }
  }

  async #tellNextInLine(): Promise<void> {
    const now = this.#options.clock.now();
    for (const id of [...this.#unread]) {
      const message = this.#messages.get(id) as Message;
      if (message.ackDueAt === null || message.ackDueAt > now) continue;
      const draft = nextInLine(message, this.#below(message), this.#writing());
      if (draft) await this.#put('system', draft, 0);
      else await this.#step('system', 'settle', { message: id, reason: '已无上一级 nobody is left in line' });
    }
  }

  async #sendQueued(): Promise<void> {
    const { clock, sender, withheld } = this.#options;
    for (const id of [...this.#queued]) {
      const message = this.#messages.get(id) as Message;
      if (message.nextAt === null || message.nextAt > clock.now()) continue;
      if (sender) sender.send(message, (step, body) => this.#step('system', step, body));
      else await this.#step('system', 'withhold', { message: id, reason: withheld?.zh ?? '' });
    }
  }

  /** Notices of the same incident to the same recipient that the next in line is told of: one at a time is enough. */
  #waiting({ incident, to }: Pick<Message, 'incident' | 'to'>): readonly Message[] {
    return [...(this.#ofIncident.get(incident?.id ?? NO_INCIDENT) ?? [])]
      .map((id) => this.#messages.get(id) as Message)
      .filter((one) => one.to.id === to.id && one.ackDueAt !== null);
  }

  /** Whoever has read one has read what came before it. */
  async #readBefore(by: string, message: Message): Promise<void> {
    if (message.kind !== 'notice') return;
    for (const { id } of this.#waiting(message))
      if (id < message.id) await this.#step(by, 'read', { message: id, reason: `read with ${message.id}` });
  }

  #below(message: Message): readonly Message[] {
    const below = message.escalates === null ? undefined : this.#messages.get(message.escalates);
    return below ? [below, ...this.#below(below)] : [];
  }

  #writing(): Writing {
    const { rules, city, incidents, clock } = this.#options;
    return { rules, city, code: city.code, incidents, now: clock.now() };
  }

  /** As it stands now: an incident can be moved. */
  #regionOf({ incident }: Message): string {
    if (!incident) return this.#options.city.code;
    return this.#options.incidents.find(incident.id)?.region ?? incident.region;
  }

  async #put(by: string, draft: Draft, line: number): Promise<void> {
    const said: PutBody = { ...draft, line };
    const body = said as unknown as LogEntry['body'];
    this.#apply(await this.#options.log.append({ subject: by, kind: 'outbox/put', body }));
  }

  async #step(by: string, step: MessageStep, body: StepBody): Promise<void> {
    const said = { subject: by, kind: `outbox/${step}`, body: body as unknown as LogEntry['body'] };
    this.#apply(await this.#options.log.append(said));
  }

  #apply(entry: LogEntry): void {
    const changed = applyEntry(this.#messages, entry);
    if (!changed) return;
    this.#byOnce.set(changed.once, changed.id);
    if (isNote(changed)) for (const heard of this.#heard) heard(changed);
    if (changed.kind === 'statement') for (const heard of this.#watching) heard(changed);
    const incident = changed.incident?.id ?? NO_INCIDENT;
    const of = this.#ofIncident.get(incident) ?? new Set();
    this.#ofIncident.set(incident, of.add(changed.id));
    for (const id of of) this.#index(this.#messages.get(id) as Message);
  }

  #index({ id, state, ackDueAt }: Message): void {
    keep(this.#queued, id, state === 'queued');
    keep(this.#unread, id, ackDueAt !== null);
  }
}

function keep(set: Set<number>, id: number, isIn: boolean): void {
  if (isIn) set.add(id);
  else set.delete(id);
}
