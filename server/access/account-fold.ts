// Accounts as the fold of their entries in the log of access.
import type { AccountKind, AccountState, Grant } from '../../contracts/records/account.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';

/** Passwords that may not come again. */
const KEPT_PASSWORDS = 5;

export interface HeldAccount {
  readonly id: string;
  readonly name: string;
  readonly kind: AccountKind;
  readonly createdAt: number;
  readonly createdBy: string;
  grant: Grant | null;
  state: AccountState;
  asked: (Grant & { readonly by: string; readonly at: number }) | null;
  /** Hashes, newest first; '' for a device. */
  passwords: readonly string[];
  isInitial: boolean;
  passwordAt: number;
  /** Of a device: SHA-256 of its token. */
  tokenHash: string | null;
  /** Sealed. */
  totp: string | null;
  undo: Undo | null;
  lastAt: number | null;
  /** When it was made active last. */
  activeAt: number;
}

/** What the last change was, and what it was before. */
interface Undo {
  readonly kind: string;
  readonly state: AccountState;
  readonly grant: Grant | null;
}

export const accountKinds = [
  'account/create',
  'account/grant',
  'account/approve',
  'account/decline',
  'account/disable',
  'account/enable',
  'account/password',
  'account/totp',
  'account/token',
  'account/undo',
  'session/open',
] as const;
export type AccountEntry = (typeof accountKinds)[number];

type Body = Readonly<Record<string, unknown>>;

export function applyEntry(
  accounts: Map<string, HeldAccount>,
  { kind, subject, knownAt, body }: LogEntry,
): void {
  const said = body as Body;
  const id = String(said['id']);
  const by = { by: subject, at: knownAt };
  if (kind === 'account/create') return void accounts.set(id, created(said, by));
  const held = accounts.get(id);
  if (held) change(held, kind as AccountEntry, { said, ...by });
}

function created(said: Body, { by, at }: { by: string; at: number }): HeldAccount {
  const grant = grantOf(said);
  const isGranted = said['granted'] === true;
  return {
    id: String(said['id']),
    name: String(said['name']),
    kind: said['kind'] as AccountKind,
    createdAt: at,
    createdBy: by,
    grant: isGranted ? grant : null,
    state: isGranted ? 'active' : 'asked',
    asked: isGranted ? null : { ...grant, by, at },
    passwords: said['hash'] === undefined ? [] : [String(said['hash'])],
    isInitial: true,
    passwordAt: at,
    tokenHash: said['tokenHash'] === undefined ? null : String(said['tokenHash']),
    totp: null,
    undo: { kind: 'account/create', state: 'disabled', grant: null },
    lastAt: null,
    activeAt: at,
  };
}

interface Said {
  readonly said: Body;
  readonly by: string;
  readonly at: number;
}

function change(held: HeldAccount, kind: AccountEntry, { said, by, at }: Said): void {
  const before = { kind, state: held.state, grant: held.grant };
  switch (kind) {
    case 'account/create':
      return;
    case 'account/grant':
      held.asked = { ...grantOf(said), by, at };
      held.undo = before;
      return;
    case 'account/approve':
      approve(held, at);
      held.undo = null;
      return;
    case 'account/decline':
      held.asked = null;
      if (held.state === 'asked') held.state = 'disabled';
      held.undo = null;
      return;
    case 'account/disable':
      held.state = 'disabled';
      held.undo = before;
      return;
    case 'account/enable':
      held.state = held.grant ? 'active' : 'asked';
      held.activeAt = at;
      held.undo = before;
      return;
    case 'account/password':
      held.passwords = [String(said['hash']), ...held.passwords].slice(0, KEPT_PASSWORDS + 1);
      held.isInitial = said['isInitial'] === true;
      held.passwordAt = at;
      return;
    case 'account/totp':
      held.totp = said['secret'] === null ? null : String(said['secret']);
      return;
    case 'account/token':
      held.tokenHash = String(said['tokenHash']);
      return;
    case 'account/undo':
      return takeBack(held, { by, at });
    case 'session/open':
      held.lastAt = at;
      return;
  }
}

function approve(held: HeldAccount, at: number): void {
  if (!held.asked) return;
  const { roles, areas } = held.asked;
  held.grant = { roles, areas };
  held.asked = null;
  held.activeAt = at;
  if (held.state === 'asked') held.state = 'active';
}

/** What was granted is asked for again, never given back by one person alone. */
function takeBack(held: HeldAccount, { by, at }: { by: string; at: number }): void {
  const { undo } = held;
  held.undo = null;
  if (!undo) return;
  if (undo.kind === 'account/grant') held.asked = null;
  else if (undo.kind === 'account/create') {
    held.state = 'disabled';
    held.asked = null;
  } else {
    held.state = undo.state;
    if (undo.state === 'active') held.activeAt = at;
    if (undo.state === 'asked' && !held.asked && held.grant) held.asked = { ...held.grant, by, at };
  }
}

const grantOf = (said: Body): Grant => ({
  roles: said['roles'] as Grant['roles'],
  areas: said['areas'] as Grant['areas'],
});
