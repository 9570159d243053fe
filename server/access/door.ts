// Who asks: the session of the cookie becomes a subject with its roles, areas and classes; without one it is nobody, or
// the demo subject where this is a demonstration.
import type { IncomingMessage } from 'node:http';
import { labels, type Title } from '../../contracts/column.ts';
import type { Role, SessionView } from '../../contracts/records/account.ts';
import type { Clock } from '../kit/clock.ts';
import type { AccountBook } from './account-book.ts';
import type { HeldAccount } from './account-fold.ts';
import type { Allow, Subject } from './allow.ts';
import { actions, demoSubject, nobody } from './allow.ts';
import type { DemoAccount } from './demo-accounts.ts';
import type { GlassBook } from './glass-book.ts';
import type { Rights } from './rights.ts';
import type { Session, SessionBook } from './session-book.ts';

/** Who stands at the door. */
export interface Caller {
  readonly subject: Subject;
  /** null: no session; nobody, or the demo subject. */
  readonly session: Session | null;
  /** Nothing but a password of their own is open to them. */
  readonly mustChange: boolean;
  /** Nothing but setting a second factor is open to them: their role is not held without. */
  readonly mustEnrol: boolean;
  /** They have a second factor, or nothing it would add to: a demonstration has no passwords. */
  readonly hasFactor: boolean;
  /** Who they are was said lately enough for what is sensitive; nobody has nothing to say. */
  readonly isFresh: boolean;
}

export interface Door {
  callerOf(request: IncomingMessage): Caller;
  /** The Set-Cookie of a token; null: it is taken away. */
  cookie(token: string | null): string;
  view(caller: Caller): SessionView;
}

interface ReadGrant {
  readonly roles: readonly Role[];
  readonly areas: readonly string[];
}

export interface DoorOptions {
  readonly accounts: AccountBook;
  readonly sessions: SessionBook;
  readonly glass: Pick<GlassBook, 'heldBy'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly rights: Rights;
  readonly allow: Allow;
  /** Counties, towns and departments by code. */
  readonly areaNames: ReadonlyMap<string, Title>;
  /** Layers that are their departments' own. */
  readonly ownLayers: (areas: readonly string[]) => ReadonlySet<string>;
  /** null: no demonstration. */
  readonly demo: readonly DemoAccount[] | null;
  readonly isSecure: boolean;
}

export function createDoor(options: DoorOptions): Door {
  const { sessions, isSecure } = options;
  // With the prefix a browser takes it over TLS only, and for this host alone.
  const name = isSecure ? '__Host-cockpit' : 'cockpit';
  return {
    callerOf: (request) => {
      const token = cookieOf(request, name);
      const session = token === null ? null : sessions.find(token);
      return (session && callerOf(options, session)) ?? noSession(options);
    },
    cookie: (token) => {
      const life = token === null ? '; Max-Age=0' : '';
      return `${name}=${token ?? ''}; Path=/; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}${life}`;
    },
    view: (caller) => viewOf(options, caller),
  };
}

function noSession({ demo }: DoorOptions): Caller {
  return {
    subject: demo ? demoSubject : nobody,
    session: null,
    mustChange: false,
    mustEnrol: false,
    hasFactor: demo !== null,
    isFresh: true,
  };
}

function callerOf(options: DoorOptions, session: Session): Caller | null {
  const { accounts, sessions, glass, demo } = options;
  const isFresh = sessions.isFresh(session);
  const taken = glass.heldBy(session.account)?.role;
  if (session.kind === 'demo') {
    const found = demo?.find(({ id }) => id === session.account);
    if (!found) return null;
    const { id, name, role, areas } = found;
    const subject = subjectOf({ id, name, grant: { roles: [role], areas } }, options, taken);
    // No password either: what a second factor would add to is not there, and audits say 演示账号.
    return { subject, session, mustChange: false, mustEnrol: false, hasFactor: true, isFresh };
  }
  const held = accounts.find(session.account);
  if (held?.state !== 'active' || !held.grant) return null;
  const mustChange = accounts.mustChange(held);
  const mustEnrol = accounts.needsTotp(held) && held.totp === null;
  return {
    subject: mustChange || mustEnrol ? unready(held) : subjectOf(held, options, taken),
    ...{ session, mustChange, mustEnrol, hasFactor: held.totp !== null, isFresh },
  };
}

/** `taken`: a role held in an emergency, in the own areas. */
function subjectOf(
  { id, name, grant }: Pick<HeldAccount, 'id' | 'name'> & { readonly grant: ReadGrant | null },
  { rights, ownLayers }: Pick<DoorOptions, 'rights' | 'ownLayers'>,
  taken: Role | undefined,
): Subject {
  const { roles: own = [], areas = [] } = grant ?? {};
  const roles = taken === undefined ? own : [...own, taken];
  const readable = new Set(roles.flatMap((role) => rights.of(role).labels));
  return {
    id,
    name,
    roles,
    areas,
    labels: labels.filter((label) => readable.has(label)),
    owns: ownLayers(areas),
  };
}

const unready = ({ id, name }: HeldAccount): Subject => ({ ...nobody, id, name });

function cookieOf({ headers }: IncomingMessage, name: string): string | null {
  for (const part of (headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return null;
}

function viewOf(options: DoorOptions, caller: Caller): SessionView {
  const { accounts, sessions, rights, allow, demo } = options;
  const { subject, session, mustChange } = caller;
  const held = session && session.kind !== 'demo' ? accounts.find(session.account) : null;
  const granted = subject.roles.flatMap((id) => (id === 'demo' ? [] : [{ id, title: rights.of(id).title }]));
  const { id, name, areas, labels: classes } = subject;
  return {
    who: id === '' ? null : { id, name, roles: granted, areas, labels: classes },
    areaNames: namesOf(options, [...areas, ...(demo ?? []).flatMap((one) => one.areas)]),
    may: actions.filter((action) => allow(subject, action, { kind: 'page', id: '*' })),
    mustChange,
    hasTotp: (held?.totp ?? null) !== null,
    needsTotp: held !== null && accounts.needsTotp(held),
    stepUp: stepUpOf(session, held),
    breakGlass: glassOf(options, caller),
    idleS: session && session.kind !== 'device' ? sessions.idleS : null,
    demo:
      demo?.map(({ id: account, name: called, title, areas: where }) => ({
        id: account,
        name: called,
        title,
        areas: where,
      })) ?? null,
  };
}

function namesOf({ areaNames }: DoorOptions, codes: readonly string[]): SessionView['areaNames'] {
  return Object.fromEntries(
    codes.flatMap((code) => {
      const name = areaNames.get(code);
      return name ? [[code, name]] : [];
    }),
  );
}

/** What is asked of them once more; null: nothing, they do nothing that is sensitive. */
function stepUpOf(session: Session | null, held: HeldAccount | null): SessionView['stepUp'] {
  if (session?.kind === 'demo') return 'demo';
  if (session?.kind !== 'person') return null;
  return held !== null && held.totp !== null ? 'code' : 'password';
}

function glassOf({ glass, clock, rights }: DoorOptions, caller: Caller): SessionView['breakGlass'] {
  const { subject, session } = caller;
  if (!session) return { held: null, offers: [] };
  const { id, roles } = subject;
  const held = glass.heldBy(id);
  const others = rights.glassRoles.filter((role) => !roles.includes(role));
  return {
    held: held && {
      role: held.role,
      title: held.roleTitle,
      leftS: Math.ceil((held.until - clock.now()) / 1000),
    },
    offers: held ? [] : others.map((role) => ({ id: role, title: rights.of(role).title })),
  };
}
