// Signing in: name and password, then the second factor where there is one; a device by its token; an account of a
// demonstration by its name. What fails says the same whatever was wrong, takes as long, and is on record.
import { CodedError } from '../../contracts/errors.ts';
import type { SignIn, TotpChange } from '../../contracts/records/account.ts';
import type { Clock } from '../kit/clock.ts';
import type { AccountBook } from './account-book.ts';
import type { HeldAccount } from './account-fold.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { DemoAccount } from './demo-accounts.ts';
import type { LockOut } from './lock-out.ts';
import { fitsHash, hashPassword } from './password.ts';
import type { SecretBox } from './secret-box.ts';
import type { SessionBook } from './session-book.ts';
import { fittingStep, fromBase32, newTotpSecret, totpAddress } from './totp.ts';

export interface SignInOptions {
  readonly accounts: AccountBook;
  readonly sessions: SessionBook;
  readonly lockOut: LockOut;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly secrets: SecretBox;
  readonly demo: readonly DemoAccount[] | null;
  readonly cost: number;
  /** Who the codes on a phone are for. */
  readonly issuer: string;
}

/** All resolve to the token of a new session. */
export interface SignInDesk {
  /** @throws CodedError access/refused, access/code, access/locked */
  person(asked: SignIn, from: string): Promise<string>;
  device(token: string, from: string): Promise<string>;
  /** @throws CodedError request/not-found where there is no such account of a demonstration */
  demo(account: string, from: string): Promise<string>;
  /** Another password of one's own. Every other session of the account ends. @throws CodedError access/refused, access/password */
  choosePassword(account: string, asked: { old: string; new: string }, from: string): Promise<string>;
  /** A secret to be read by a phone; it counts when `setTotp` brings it back with its first code. */
  proposeTotp(account: string): { readonly secret: string; readonly address: string };
  setTotp(account: string, asked: TotpChange, from: string): Promise<void>;
}

type Failure = 'access/refused' | 'access/code' | 'access/locked';

export class SignIns implements SignInDesk {
  readonly #options: SignInOptions;
  /** Compared with where there is no such account, so that it takes as long. */
  #decoy: Promise<string> | null = null;
  /** Last step of the second factor by account: a code counts once. */
  readonly #steps = new Map<string, number>();

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  async person({ name, password, code }: SignIn, from: string): Promise<string> {
    const { accounts, sessions, lockOut } = this.#options;
    const id = name.trim().toLowerCase();
    if (lockOut.isLocked(id, from)) return this.#refuse(id, from, 'access/locked');
    const held = accounts.find(id);
    const isRight = await this.#fits(held, password);
    if (!held || !isRight || held.kind !== 'person' || held.state !== 'active') return this.#fail(id, from);
    if (held.totp !== null) {
      if (code === undefined) return this.#refuse(id, from, 'access/code');
      if (!this.#takesCode(held, held.totp, code)) return this.#fail(id, from);
    }
    lockOut.forget(id);
    const token = await sessions.begin(held.id, 'person', from);
    this.#note({ kind: 'session/open', id: held.id, from, result: 'ok' });
    return token;
  }

  async device(token: string, from: string): Promise<string> {
    const { accounts, sessions, lockOut } = this.#options;
    if (lockOut.isLocked('device', from)) return this.#refuse('device', from, 'access/locked');
    const held = accounts.findDevice(token);
    if (held?.state !== 'active') {
      // No name is locked: tokens cannot be guessed, and a wrong one must not shut out the right ones.
      lockOut.failed(`device ${from}`, from);
      return this.#refuse(held?.id ?? 'device', from, 'access/refused');
    }
    const cookie = await sessions.begin(held.id, 'device', from);
    this.#note({ kind: 'session/open', id: held.id, from, result: 'ok' });
    return cookie;
  }

  async demo(account: string, from: string): Promise<string> {
    const { demo, sessions } = this.#options;
    if (!demo?.some(({ id }) => id === account))
      throw new CodedError('request/not-found', `account ${account} of a demonstration`);
    const token = await sessions.begin(account, 'demo', from);
    this.#note({ kind: 'session/open', id: account, from, result: 'ok' });
    return token;
  }

  async choosePassword(account: string, asked: { old: string; new: string }, from: string): Promise<string> {
    const { accounts, sessions } = this.#options;
    const held = await this.#proven(account, asked.old, from);
    await accounts.choosePassword(held, asked.new);
    sessions.endAll(held.id, 'another password');
    const token = await sessions.begin(held.id, 'person', from);
    this.#note({ kind: 'session/open', id: held.id, from, result: 'ok' });
    return token;
  }

  proposeTotp(account: string): { secret: string; address: string } {
    const secret = newTotpSecret();
    return { secret, address: totpAddress(secret, account, this.#options.issuer) };
  }

  async setTotp(account: string, { password, secret, code }: TotpChange, from: string): Promise<void> {
    const { accounts, secrets, clock } = this.#options;
    const held = await this.#proven(account, password, from);
    if (secret === null) {
      if (held.totp === null)
        throw new CodedError('request/conflict', `account ${account}: no second factor`);
      if (!this.#takesCode(held, held.totp, code)) return this.#fail(held.id, from);
      await accounts.setTotp(held, null);
      return;
    }
    const step = fittingStep(fromBase32(secret), code, { now: clock.now(), after: -1 });
    if (step === null) throw new CodedError('request/invalid', 'code: it does not fit the secret');
    await accounts.setTotp(held, secrets.seal(secret, held.id));
    this.#steps.set(held.id, step);
  }

  /** Who asks knows the password. */
  async #proven(account: string, password: string, from: string): Promise<HeldAccount> {
    const { accounts, lockOut } = this.#options;
    if (lockOut.isLocked(account, from)) return this.#refuse(account, from, 'access/locked');
    const held = accounts.find(account);
    if (held?.kind === 'person' && (await this.#fits(held, password))) return held;
    return this.#fail(account, from);
  }

  #takesCode(held: HeldAccount, sealed: string, code: string): boolean {
    const { secrets, clock } = this.#options;
    const secret = fromBase32(secrets.open(sealed, held.id));
    const step = fittingStep(secret, code, { now: clock.now(), after: this.#steps.get(held.id) ?? -1 });
    if (step === null) return false;
    this.#steps.set(held.id, step);
    return true;
  }

  async #fits(held: HeldAccount | null, password: string): Promise<boolean> {
    const hash = held?.passwords[0];
    this.#decoy ??= hashPassword('nobody has this password', this.#options.cost);
    return (await fitsHash(password, hash ?? (await this.#decoy))) && hash !== undefined;
  }

  #fail(id: string, from: string): never {
    this.#options.lockOut.failed(id, from);
    return this.#refuse(id, from, 'access/refused');
  }

  #refuse(id: string, from: string, code: Failure): never {
    this.#note({ kind: 'session/refuse', id, from, result: code });
    throw new CodedError(code, 'sign-in');
  }

  #note({
    kind,
    id,
    from,
    result,
  }: {
    kind: 'session/open' | 'session/refuse';
    id: string;
    from: string;
    result: string;
  }): void {
    // What somebody typed as a name may be a password: only names that exist are written down.
    const { accounts, audit, demo } = this.#options;
    const isKnown = accounts.find(id) !== null || (demo?.some((one) => one.id === id) ?? false);
    audit.note({
      kind,
      subject: isKnown ? id : '',
      roles: [],
      from,
      event: 'sign-in',
      object: 'session',
      result,
    });
  }
}
