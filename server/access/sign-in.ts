// Signing in: name and password, then the second factor where there is one; a device by its token; an account of a
// demonstration by its name. What fails says the same whatever was wrong, takes as long, and is on record.
import { CodedError } from '../../contracts/errors.ts';
import type { SignIn, StepUp, TotpChange } from '../../contracts/records/account.ts';
import type { Clock } from '../kit/clock.ts';
import type { AccountBook } from './account-book.ts';
import type { HeldAccount } from './account-fold.ts';
import type { AuditNote, AuditTrail } from './audit-trail.ts';
import type { DemoAccount } from './demo-accounts.ts';
import type { LockOut } from './lock-out.ts';
import { fitsHash, hashPassword } from './password.ts';
import type { SecretBox } from './secret-box.ts';
import type { Session, SessionBook } from './session-book.ts';
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
  /** Who is signed in says once more who they are. @throws CodedError access/refused, access/code, access/locked */
  stepUp(session: Session, asked: StepUp, from: string): Promise<void>;
  /** Another password of one's own. Every other session of the account ends. @throws CodedError access/refused, access/password */
  choosePassword(account: string, asked: { old: string; new: string }, from: string): Promise<string>;
  /** A secret to be read by a phone; it counts when `setTotp` brings it back with its first code. */
  proposeTotp(account: string): { readonly secret: string; readonly address: string };
  setTotp(account: string, asked: TotpChange, from: string): Promise<void>;
}

type Failure = 'access/refused' | 'access/code' | 'access/locked';

/** Of somebody, from somewhere. */
interface Attempt {
  readonly id: string;
  readonly from: string;
  readonly event: 'sign-in' | 'step-up';
}

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
    const attempt = { id, from, event: 'sign-in' } as const;
    if (lockOut.isLocked(id, from)) return this.#refuse(attempt, 'access/locked');
    const held = accounts.find(id);
    const isRight = await this.#fits(held, password);
    if (!held || !isRight || held.kind !== 'person' || held.state !== 'active') return this.#fail(attempt);
    if (held.totp !== null) {
      if (code === undefined) return this.#refuse(attempt, 'access/code');
      if (!this.#takesCode(held, held.totp, code)) return this.#fail(attempt);
    }
    lockOut.forget(id);
    const token = await sessions.begin(held.id, 'person', from);
    this.#note(attempt, { kind: 'session/open', result: 'ok' });
    return token;
  }

  async device(token: string, from: string): Promise<string> {
    const { accounts, sessions, lockOut } = this.#options;
    const held = accounts.findDevice(token);
    const attempt = { id: held?.id ?? 'device', from, event: 'sign-in' } as const;
    if (lockOut.isLocked('device', from)) return this.#refuse(attempt, 'access/locked');
    if (held?.state !== 'active') {
      // No name is locked: tokens cannot be guessed, and a wrong one must not shut out the right ones.
      lockOut.failed(`device ${from}`, from);
      return this.#refuse(attempt, 'access/refused');
    }
    const cookie = await sessions.begin(held.id, 'device', from);
    this.#note(attempt, { kind: 'session/open', result: 'ok' });
    return cookie;
  }

  async demo(account: string, from: string): Promise<string> {
    const { demo, sessions } = this.#options;
    if (!demo?.some(({ id }) => id === account))
      throw new CodedError('request/not-found', `account ${account} of a demonstration`);
    const token = await sessions.begin(account, 'demo', from);
    this.#note({ id: account, from, event: 'sign-in' }, { kind: 'session/open', result: 'ok' });
    return token;
  }

  async stepUp({ account, kind, hash }: Session, { password, code }: StepUp, from: string): Promise<void> {
    const { accounts, sessions, lockOut } = this.#options;
    const attempt = { id: account, from, event: 'step-up' } as const;
    if (kind === 'device') throw new CodedError('request/conflict', `${account} has no password`);
    const sealed = accounts.find(account)?.totp ?? null;
    if (kind === 'person' && sealed === null) await this.#proven(attempt, password ?? '');
    if (kind === 'person' && sealed !== null) this.#provenByCode(attempt, sealed, code);
    if (kind === 'person') lockOut.forget(account);
    sessions.confirm(hash);
    const detail = kind === 'demo' ? { detail: '演示账号，没有密码 demo account, no password' } : {};
    this.#note(attempt, { kind: 'session/step-up', result: 'ok', ...detail });
  }

  async choosePassword(account: string, asked: { old: string; new: string }, from: string): Promise<string> {
    const { accounts, sessions } = this.#options;
    const attempt = { id: account, from, event: 'sign-in' } as const;
    const held = await this.#proven(attempt, asked.old);
    await accounts.choosePassword(held, asked.new);
    sessions.endAll(held.id, 'another password');
    const token = await sessions.begin(held.id, 'person', from);
    this.#note(attempt, { kind: 'session/open', result: 'ok' });
    return token;
  }

  proposeTotp(account: string): { secret: string; address: string } {
    const secret = newTotpSecret();
    return { secret, address: totpAddress(secret, account, this.#options.issuer) };
  }

  async setTotp(account: string, { password, secret, code }: TotpChange, from: string): Promise<void> {
    const { accounts, secrets, clock } = this.#options;
    const attempt = { id: account, from, event: 'sign-in' } as const;
    const held = await this.#proven(attempt, password);
    if (secret === null) {
      if (held.totp === null)
        throw new CodedError('request/conflict', `account ${account}: no second factor`);
      if (accounts.needsTotp(held))
        throw new CodedError('request/conflict', `account ${account}: its role is not held without one`);
      if (!this.#takesCode(held, held.totp, code)) return this.#fail(attempt);
      await accounts.setTotp(held, null);
      return;
    }
    const step = fittingStep(fromBase32(secret), code, { now: clock.now(), after: -1 });
    if (step === null) throw new CodedError('request/invalid', 'code: it does not fit the secret');
    await accounts.setTotp(held, secrets.seal(secret, held.id));
    this.#steps.set(held.id, step);
  }

  /** Who asks knows the password. */
  async #proven(attempt: Attempt, password: string): Promise<HeldAccount> {
    const { accounts, lockOut } = this.#options;
    const { id, from } = attempt;
    if (lockOut.isLocked(id, from)) return this.#refuse(attempt, 'access/locked');
    const held = accounts.find(id);
    if (held?.kind === 'person' && (await this.#fits(held, password))) return held;
    return this.#fail(attempt);
  }

  /** Who asks has the phone: the password was said when they signed in. */
  #provenByCode(attempt: Attempt, sealed: string, code: string | undefined): void {
    const { accounts, lockOut } = this.#options;
    const { id, from } = attempt;
    if (lockOut.isLocked(id, from)) return this.#refuse(attempt, 'access/locked');
    if (code === undefined) return this.#refuse(attempt, 'access/code');
    const held = accounts.find(id);
    if (!held || !this.#takesCode(held, sealed, code)) return this.#fail(attempt);
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

  #fail(attempt: Attempt): never {
    this.#options.lockOut.failed(attempt.id, attempt.from);
    return this.#refuse(attempt, 'access/refused');
  }

  #refuse(attempt: Attempt, code: Failure): never {
    this.#note(attempt, { kind: 'session/refuse', result: code });
    throw new CodedError(code, attempt.event);
  }

  #note({ id, ...said }: Attempt, told: Pick<AuditNote, 'kind' | 'result' | 'detail'>): void {
    // What somebody typed as a name may be a password: only names that exist are written down.
    const { accounts, audit, demo } = this.#options;
    const isKnown = accounts.find(id) !== null || (demo?.some((one) => one.id === id) ?? false);
    audit.note({ ...said, ...told, subject: isKnown ? id : '', roles: [], object: 'session' });
  }
}
