// Break-glass: a role taken alone for a while. On record before it holds, told to those who watch, over by itself, and
// reviewed by somebody else.
import { CodedError } from '../../contracts/errors.ts';
import type { BrokenGlass, ReviewGlass, TakeGlass } from '../../contracts/records/break-glass.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Clock, Timer } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { Turns } from '../kit/turns.ts';
import type { RecordLog } from '../store/port.ts';
import type { AuditTrail } from './audit-trail.ts';
import { requireOther } from './duties.ts';
import type { GlassKind, HeldGlass } from './glass-fold.ts';
import { applyGlass, glassKinds } from './glass-fold.ts';
import type { Rights } from './rights.ts';

const MINUTE_MS = 60_000;
/** Streams of a role that is over end this much later at most; questions are refused at once. */
const SWEEP_MS = 1000;

export interface GlassOptions {
  readonly log: RecordLog;
  readonly audit: Pick<AuditTrail, 'note'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly rights: Rights;
  readonly nameOf: (id: string) => string;
  /** What an account may has changed: its streams begin anew. */
  readonly onChange: (account: string) => void;
  /** It was taken, ended or reviewed: on record already. */
  readonly onNews?: (glass: BrokenGlass) => void;
}

/** Who does it, and from which network address. */
export interface GlassHand {
  readonly id: string;
  readonly roles: readonly string[];
  readonly from: string;
}

export class GlassBook {
  readonly #options: GlassOptions;
  readonly #all = new Map<number, HeldGlass>();
  readonly #turns = new Turns();
  /** Held ones as the sweep saw them last. */
  readonly #holding = new Set<number>();
  #timer: Timer | null = null;

  constructor(options: GlassOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    for await (const entry of this.#options.log.read({ kinds: glassKinds })) applyGlass(this.#all, entry);
    for (const one of this.#all.values()) if (this.#isHeld(one)) this.#holding.add(one.id);
    this.#timer = this.#options.clock.every(SWEEP_MS, () => this.#sweep());
  }

  close(): void {
    this.#timer?.stop();
  }

  /** What an account holds now; null: nothing. */
  heldBy(account: string): BrokenGlass | null {
    for (const id of this.#holding) {
      const one = this.#all.get(id);
      if (one?.account === account && this.#isHeld(one)) return this.#view(one);
    }
    return null;
  }

  /** Newest first. */
  list(): BrokenGlass[] {
    return [...this.#all.values()].reverse().map((one) => this.#view(one));
  }

  /** @throws CodedError access/duties: no role that is taken so; request/conflict: one is held, or it is their own */
  take(by: GlassHand, { role, minutes, reason }: TakeGlass): Promise<BrokenGlass> {
    return this.#inTurn(async () => {
      const { rights, clock, logger } = this.#options;
      if (!rights.glassRoles.includes(role))
        throw new CodedError('access/duties', `${role}: ${rights.glassRoles.join(', ')} can be taken so`);
      if (by.roles.includes(role)) throw new CodedError('request/conflict', `${by.id} has ${role}`);
      const held = this.heldBy(by.id);
      if (held) throw new CodedError('request/conflict', `${by.id} holds ${held.role} until it is ended`);
      const until = clock.now() + minutes * MINUTE_MS;
      const taken = await this.#say(by, 'glass/take', { role, until, reason });
      this.#holding.add(taken.id);
      logger.warn('access.glass-broken', { id: taken.id, account: by.id, role, minutes });
      this.#options.onChange(by.id);
      return taken;
    });
  }

  /** By whoever holds it, or by who reviews it. @throws CodedError request/not-found, request/conflict: it is over */
  end(by: GlassHand, id: number, reason: string): Promise<BrokenGlass> {
    return this.#inTurn(async () => {
      const one = this.#named(id);
      if (!this.#isHeld(one)) throw new CodedError('request/conflict', `break-glass ${id} is over`);
      const ended = await this.#say(by, 'glass/end', { id, reason });
      this.#holding.delete(id);
      this.#options.onChange(one.account);
      return ended;
    });
  }

  /** Afterwards, by somebody else. @throws CodedError request/not-found, request/conflict, access/duties */
  review(by: GlassHand, id: number, { isJustified, reason }: ReviewGlass): Promise<BrokenGlass> {
    return this.#inTurn(async () => {
      const one = this.#named(id);
      requireOther(by.id, one.account, 'a review');
      if (this.#isHeld(one)) throw new CodedError('request/conflict', `break-glass ${id}: end it first`);
      if (one.review) throw new CodedError('request/conflict', `break-glass ${id} was reviewed`);
      return this.#say(by, 'glass/review', { id, isJustified, reason });
    });
  }

  #sweep(): void {
    for (const id of this.#holding) {
      const one = this.#named(id);
      if (this.#isHeld(one)) continue;
      this.#holding.delete(id);
      this.#note({ id: one.account, roles: [], from: '' }, 'glass/end', {
        one,
        reason: '到时自动结束 time is over',
      });
      this.#options.onChange(one.account);
      this.#options.onNews?.(this.#view(one));
    }
  }

  #isHeld({ until, ended }: HeldGlass): boolean {
    return ended === null && this.#options.clock.now() < until;
  }

  #named(id: number): HeldGlass {
    const one = this.#all.get(id);
    if (!one) throw new CodedError('request/not-found', `break-glass ${id}`);
    return one;
  }

  /** On record first, then true, and in the audit log with its reason. */
  async #say(by: GlassHand, kind: GlassKind, body: Readonly<Record<string, unknown>>): Promise<BrokenGlass> {
    const entry = await this.#options.log.append({ subject: by.id, kind, body: body as LogEntry['body'] });
    applyGlass(this.#all, entry);
    const one = this.#named(Number(body['id'] ?? entry.seq));
    this.#note(by, kind, { one, reason: String(body['reason']) });
    const view = this.#view(one);
    this.#options.onNews?.(view);
    return view;
  }

  #note(by: GlassHand, kind: GlassKind, { one, reason }: { one: HeldGlass; reason: string }): void {
    this.#options.audit.note({
      ...{ kind, subject: by.id, roles: by.roles, from: by.from, event: 'break-glass', result: 'ok' },
      ...{ object: `break-glass ${one.id} ${one.account} ${one.role}`, detail: reason },
    });
  }

  #view(one: HeldGlass): BrokenGlass {
    const { nameOf, rights } = this.#options;
    const state = this.#isHeld(one) ? 'held' : one.review ? 'reviewed' : 'ended';
    return { ...one, name: nameOf(one.account), roleTitle: rights.of(one.role).title, state };
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    return this.#turns.take(['glass'], act);
  }
}
