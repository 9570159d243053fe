// Accounts: made by the system administrator, granted by the security administrator, kept as a log. What one asks for,
// another decides; nobody keeps an own account; an id is never given twice.
import { createHash, randomBytes } from 'node:crypto';
import { CodedError } from '../../contracts/errors.ts';
import type { Account, ChangedGrant, NewAccount } from '../../contracts/records/account.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Clock } from '../kit/clock.ts';
import { Turns } from '../kit/turns.ts';
import type { RecordLog } from '../store/port.ts';
import type { AccountEntry, HeldAccount } from './account-fold.ts';
import { accountKinds, applyEntry } from './account-fold.ts';
import { requireFits, requireOther } from './duties.ts';
import { fitsHash, hashPassword, initialPassword, passwordFault } from './password.ts';
import type { Rights } from './rights.ts';

const DAY_MS = 86_400_000;
/** Names of the product itself and of demonstrations. */
const RESERVED = /^(demo|system|nobody)([-.]|$)/;

export interface AccountOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly rights: Rights;
  readonly knowsArea: (code: string) => boolean;
  /** log2 of the cost of a password hash. */
  readonly cost: number;
  /** Days after which an account nobody used is disabled, and a password is old. */
  readonly unusedDays: number;
  readonly passwordDays: number;
  /** There is a security administrator without an account: a demonstration has one. */
  readonly hasDecider: boolean;
  /** What was given is no more: sessions of the account end. */
  readonly onLess: (id: string) => void;
}

/** An account and what is said about it once. */
export interface Fresh {
  readonly account: HeldAccount;
  /** The initial password of a person, the token of a device. */
  readonly secret: string;
}

export class AccountBook {
  readonly #options: AccountOptions;
  readonly #accounts = new Map<string, HeldAccount>();
  readonly #turns = new Turns();

  constructor(options: AccountOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    for await (const entry of this.#options.log.read({ kinds: accountKinds }))
      applyEntry(this.#accounts, entry);
  }

  get size(): number {
    return this.#accounts.size;
  }

  all(): readonly HeldAccount[] {
    return [...this.#accounts.values()];
  }

  /** null: there is none. */
  find(id: string): HeldAccount | null {
    return this.#accounts.get(id.toLowerCase()) ?? null;
  }

  findDevice(token: string): HeldAccount | null {
    const hash = tokenHash(token);
    return this.all().find((one) => one.tokenHash === hash) ?? null;
  }

  /** @throws CodedError request/conflict where the id was ever taken, access/duties, request/invalid */
  create(by: string, asked: NewAccount): Promise<Fresh> {
    return this.#inTurn(async () => {
      const { id, kind } = asked;
      if (this.#accounts.has(id)) throw new CodedError('request/conflict', `account ${id}`);
      if (RESERVED.test(id)) throw new CodedError('request/invalid', `id: ${id} is reserved`);
      requireFits(this.#options, asked);
      const granted = this.#isGrantedAtOnce(by, asked.roles);
      const secret = kind === 'device' ? newToken() : initialPassword();
      const proof =
        kind === 'device'
          ? { tokenHash: tokenHash(secret) }
          : { hash: await hashPassword(secret, this.#options.cost) };
      const account = await this.#say(by, 'account/create', { ...asked, ...proof, granted });
      return { account, secret };
    });
  }

  /** Other roles or areas, once a second person has approved. */
  ask(by: string, id: string, { roles, areas, reason }: ChangedGrant): Promise<HeldAccount> {
    return this.#about(by, id, (held) => {
      requireFits(this.#options, { kind: held.kind, roles, areas });
      return this.#say(by, 'account/grant', { id, roles, areas, reason });
    });
  }

  /** @throws CodedError access/duties for who asked, request/conflict where nothing is asked */
  decide(
    by: string,
    id: string,
    { isApproved, reason }: { isApproved: boolean; reason: string },
  ): Promise<HeldAccount> {
    return this.#about(by, id, async (held) => {
      if (!held.asked) throw new CodedError('request/conflict', `account ${id}: nothing is asked`);
      requireOther(by, held.asked.by, 'approval');
      const after = await this.#say(by, isApproved ? 'account/approve' : 'account/decline', { id, reason });
      this.#options.onLess(id);
      return after;
    });
  }

  setEnabled(
    by: string,
    id: string,
    { isEnabled, reason }: { isEnabled: boolean; reason: string },
  ): Promise<HeldAccount> {
    return this.#about(by, id, async (held) => {
      if (isEnabled === (held.state !== 'disabled'))
        throw new CodedError('request/conflict', `account ${id} is ${held.state}`);
      const after = await this.#say(by, isEnabled ? 'account/enable' : 'account/disable', { id, reason });
      if (!isEnabled) this.#options.onLess(id);
      return after;
    });
  }

  /** A new initial password, or a new token; what was known before is worth nothing any more. */
  reset(by: string, id: string, reason: string): Promise<Fresh> {
    return this.#inTurn(async () => {
      const held = this.#named(id);
      requireOther(by, id, 'a new password of one’s own account');
      const secret = held.kind === 'device' ? newToken() : initialPassword();
      const account =
        held.kind === 'device'
          ? await this.#say(by, 'account/token', { id, reason, tokenHash: tokenHash(secret) })
          : await this.#setPassword(by, held, { secret, isInitial: true, reason });
      if (held.totp) await this.#say(by, 'account/totp', { id, secret: null });
      this.#options.onLess(id);
      return { account, secret };
    });
  }

  /** Takes the last change back. @throws CodedError request/conflict where there is none */
  undo(by: string, id: string, reason: string): Promise<HeldAccount> {
    return this.#about(by, id, async (held) => {
      if (!held.undo) throw new CodedError('request/conflict', `account ${id}: nothing to take back`);
      const after = await this.#say(by, 'account/undo', { id, reason, of: held.undo.kind });
      this.#options.onLess(id);
      return after;
    });
  }

  /** A password of one's own. @throws CodedError access/password naming what does not fit */
  choosePassword(held: HeldAccount, secret: string): Promise<HeldAccount> {
    return this.#inTurn(async () => {
      const fault = passwordFault(secret, [held.id, held.name]);
      if (fault !== null) throw new CodedError('access/password', fault);
      for (const hash of held.passwords)
        if (await fitsHash(secret, hash))
          throw new CodedError('access/password', 'it is one of the last five');
      return this.#setPassword(held.id, held, { secret, isInitial: false, reason: '' });
    });
  }

  /** `sealed`: null takes the second factor away. */
  setTotp(held: HeldAccount, sealed: string | null): Promise<HeldAccount> {
    return this.#inTurn(() => this.#say(held.id, 'account/totp', { id: held.id, secret: sealed }));
  }

  /** Only their own password, and nothing else, until they have chosen one. */
  mustChange({ kind, isInitial, passwordAt }: HeldAccount): boolean {
    const { clock, passwordDays } = this.#options;
    return kind === 'person' && (isInitial || clock.now() - passwordAt > passwordDays * DAY_MS);
  }

  /** Their role is not held without a second factor. */
  needsTotp({ kind, grant }: HeldAccount): boolean {
    return kind === 'person' && this.#options.rights.asksSecondFactor(grant?.roles ?? []);
  }

  /** Disables who has not come for long; call now and then. */
  async sweep(): Promise<void> {
    const { clock, unusedDays } = this.#options;
    for (const { id, kind, state, lastAt, activeAt } of this.all()) {
      const since = Math.max(lastAt ?? 0, activeAt);
      if (kind !== 'person' || state !== 'active' || clock.now() - since <= unusedDays * DAY_MS) continue;
      const reason = `not used for ${unusedDays} days`;
      await this.setEnabled('system', id, { isEnabled: false, reason });
    }
  }

  noteSignIn(entry: LogEntry): void {
    applyEntry(this.#accounts, entry);
  }

  view(held: HeldAccount, sessions: number): Account {
    const { id, name, kind, state, asked, grant, createdAt, createdBy, lastAt } = held;
    const { roles, areas } = grant ?? { roles: [], areas: [] };
    return {
      ...{ id, name, kind, state, asked, roles, areas, createdAt, createdBy, lastAt, sessions },
      hasTotp: held.totp !== null,
      mustChange: this.mustChange(held),
      needsTotp: this.needsTotp(held),
      undo: held.undo?.kind ?? null,
    };
  }

  /** The first security administrator is made without one; nobody else is. */
  #isGrantedAtOnce(by: string, roles: NewAccount['roles']): boolean {
    if (by === 'system') return true;
    const { hasDecider } = this.#options;
    const decides = ({ state, grant }: HeldAccount): boolean =>
      state === 'active' && (grant?.roles.includes('sec-admin') ?? false);
    if (hasDecider || this.all().some(decides)) return false;
    if (roles[0] === 'sec-admin') return true;
    throw new CodedError('access/duties', 'make a security administrator first: nobody can approve this');
  }

  async #setPassword(
    by: string,
    { id }: HeldAccount,
    { secret, isInitial, reason }: { secret: string; isInitial: boolean; reason: string },
  ): Promise<HeldAccount> {
    const hash = await hashPassword(secret, this.#options.cost);
    return this.#say(by, 'account/password', { id, hash, isInitial, reason });
  }

  #about(by: string, id: string, act: (held: HeldAccount) => Promise<HeldAccount>): Promise<HeldAccount> {
    return this.#inTurn(async () => {
      requireOther(by, id, 'a change of one’s own account');
      return act(this.#named(id));
    });
  }

  #named(id: string): HeldAccount {
    const held = this.#accounts.get(id);
    if (!held) throw new CodedError('request/not-found', `account ${id}`);
    return held;
  }

  /** On record first, then true. */
  async #say(by: string, kind: AccountEntry, body: Readonly<Record<string, unknown>>): Promise<HeldAccount> {
    const entry = await this.#options.log.append({ subject: by, kind, body: body as LogEntry['body'] });
    applyEntry(this.#accounts, entry);
    return this.#named(String(body['id']));
  }

  /** Accounts are few, and rules about them look at all of them. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    return this.#turns.take(['accounts'], act);
  }
}

/** 256 bits: needs no slow hash. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
