// Sessions: who is signed in, on which token, until when. Only hashes of tokens are kept; those of people and devices are
// on record, so that a restart signs nobody out. What ends a session ends its sockets and streams.
import type { Clock, Timer } from '../kit/clock.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { RecordLog } from '../store/port.ts';
import { newToken, tokenHash } from './account-book.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A wall screen shows on and on; its token can be taken back. */
const DEVICE_MS = 90 * 24 * HOUR_MS;
/** Ends are seen this much later at most. */
const SWEEP_MS = 5000;
/** Of demonstrations: anybody may open one. */
const MOST_DEMO = 500;

export type SessionKind = 'person' | 'device' | 'demo';

export interface Session {
  readonly hash: string;
  readonly account: string;
  readonly kind: SessionKind;
  readonly openedAt: number;
  readonly from: string;
  /** When who it is was last said, epoch ms; null: never, as in a demonstration. */
  readonly saidAt: number | null;
  readonly ended: AbortSignal;
}

interface Held extends Session {
  seenAt: number;
  saidAt: number | null;
  abort: AbortController;
  ended: AbortSignal;
}

export interface SessionOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  /** Told of each new session of a person or a device. */
  readonly onOpen: (entry: LogEntry) => void;
  readonly onEnd: (session: Session, why: string) => void;
  readonly idleMinutes: number;
  readonly absoluteHours: number;
  /** Who somebody is, once said, is believed so long for what is sensitive. */
  readonly stepUpMinutes: number;
  /** Of one person at once; the oldest ends. */
  readonly most: number;
}

export class SessionBook {
  readonly #options: SessionOptions;
  readonly #sessions = new Map<string, Held>();
  #timer: Timer | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier run left open: as if it had been touched now. */
  async open(): Promise<void> {
    const { log, clock } = this.#options;
    const knownFrom = clock.now() - DEVICE_MS;
    for await (const { kind, knownAt, body } of log.read({
      kinds: ['session/open', 'session/close'],
      knownFrom,
    })) {
      const said = body as Readonly<Record<string, string>>;
      const hash = said['hash'] ?? '';
      if (kind === 'session/close') this.#sessions.delete(hash);
      else
        this.#hold({
          hash,
          account: said['id'] ?? '',
          kind: said['as'] as SessionKind,
          openedAt: knownAt,
          from: said['from'] ?? '',
        });
    }
    for (const held of [...this.#sessions.values()]) if (this.#isOver(held)) this.#sessions.delete(held.hash);
    this.#timer = clock.every(SWEEP_MS, () => this.#sweep());
  }

  close(): void {
    this.#timer?.stop();
  }

  get idleS(): number {
    return this.#options.idleMinutes * 60;
  }

  countOf(account: string): number {
    return this.#of(account).length;
  }

  /** → its token. On record before it is given away, but for demonstrations, which leave no accounts. */
  async begin(account: string, kind: SessionKind, from: string): Promise<string> {
    const { log, clock, most, onOpen } = this.#options;
    const token = newToken();
    const hash = tokenHash(token);
    if (kind !== 'demo') {
      const body = { id: account, hash, as: kind, from };
      onOpen(await log.append({ subject: account, kind: 'session/open', body }));
    }
    this.#hold({ hash, account, kind, openedAt: clock.now(), from });
    const others =
      kind === 'demo' ? [...this.#sessions.values()].filter((one) => one.kind === 'demo') : this.#of(account);
    const limit = kind === 'demo' ? MOST_DEMO : kind === 'device' ? 1 : most;
    for (const oldest of others.slice(0, Math.max(0, others.length - limit)))
      this.end(oldest.hash, 'another sign-in');
    return token;
  }

  /** null: there is none, or it is over. */
  find(token: string): Session | null {
    const held = this.#sessions.get(tokenHash(token));
    if (!held) return null;
    if (!this.#isOver(held)) return held;
    this.end(held.hash, 'time is over');
    return null;
  }

  /** Somebody is there. */
  touch(hash: string): void {
    const held = this.#sessions.get(hash);
    if (held) held.seenAt = this.#options.clock.now();
  }

  /** Who it is was said again. */
  confirm(hash: string): void {
    const held = this.#sessions.get(hash);
    if (held) held.saidAt = this.#options.clock.now();
  }

  /** Who it is was said lately enough for what is sensitive. */
  isFresh({ saidAt }: Pick<Session, 'saidAt'>): boolean {
    const { clock, stepUpMinutes } = this.#options;
    return saidAt !== null && clock.now() - saidAt <= stepUpMinutes * MINUTE_MS;
  }

  end(hash: string, why: string): void {
    const held = this.#sessions.get(hash);
    if (!held) return;
    this.#sessions.delete(hash);
    held.abort.abort();
    this.#options.onEnd(held, why);
    if (held.kind === 'demo') return;
    // It is over whether or not this can be written: a restart then takes it up until its own end.
    void this.#options.log
      .append({ subject: held.account, kind: 'session/close', body: { id: held.account, hash, why } })
      .catch(() => undefined);
  }

  /** → how many there were. */
  endAll(account: string, why: string): number {
    const all = this.#of(account);
    for (const { hash } of all) this.end(hash, why);
    return all.length;
  }

  /** Its sockets and streams end and may begin anew: what the account may has changed. */
  cut(account: string): void {
    for (const held of this.#of(account)) {
      const { abort } = held;
      held.abort = new AbortController();
      held.ended = held.abort.signal;
      abort.abort();
    }
  }

  #of(account: string): Held[] {
    return [...this.#sessions.values()].filter((held) => held.account === account);
  }

  #hold(facts: Omit<Session, 'ended' | 'saidAt'>): void {
    const abort = new AbortController();
    // Signing in says it; a demonstration asks nothing then.
    const saidAt = facts.kind === 'demo' ? null : facts.openedAt;
    const held = { ...facts, saidAt, abort, ended: abort.signal, seenAt: this.#options.clock.now() };
    this.#sessions.set(facts.hash, held);
  }

  #isOver({ kind, openedAt, seenAt }: Held): boolean {
    const { clock, idleMinutes, absoluteHours } = this.#options;
    const now = clock.now();
    if (kind === 'device') return now - openedAt > DEVICE_MS;
    return now - openedAt > absoluteHours * HOUR_MS || now - seenAt > idleMinutes * MINUTE_MS;
  }

  #sweep(): void {
    for (const held of [...this.#sessions.values()])
      if (this.#isOver(held)) this.end(held.hash, 'time is over');
  }
}
