// Who may come in, wired: accounts and audit log in the store of the live world, sessions, the door, and what the first
// start of a server with real feeds needs.
import type { City } from '../../cities/load.ts';
import type { Title } from '../../contracts/column.ts';
import type { BrokenGlass } from '../../contracts/records/break-glass.ts';
import { mode } from '../../contracts/layers/mode.ts';
import { roles } from '../../contracts/records/account.ts';
import { DEPARTMENT, WHOLE_CITY } from '../../contracts/records/reach.ts';
import { LIVE_WORLD } from '../../contracts/records/world.ts';
import { AccountBook } from '../access/account-book.ts';
import type { Action, Allow } from '../access/allow.ts';
import { createAllow, demoSubject } from '../access/allow.ts';
import { AuditLog } from '../access/audit-trail.ts';
import type { DemoPlaces } from '../access/demo-accounts.ts';
import { demoAccounts } from '../access/demo-accounts.ts';
import type { Caller, Door } from '../access/door.ts';
import { createDoor } from '../access/door.ts';
import { LockOut } from '../access/lock-out.ts';
import { ExportBook } from '../access/export-book.ts';
import { Proofs } from '../access/proof.ts';
import { GlassBook } from '../access/glass-book.ts';
import type { Rights } from '../access/rights.ts';
import { readRights } from '../access/rights.ts';
import { openSecretBox } from '../access/secret-box.ts';
import { SessionBook } from '../access/session-book.ts';
import { SignIns } from '../access/sign-in.ts';
import type { ServerConfig } from '../config.ts';
import { accountRoutes } from '../http/accounts.ts';
import { glassRoutes } from '../http/break-glass.ts';
import type { Route } from '../http/route.ts';
import { sessionRoutes } from '../http/session.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { LiveWorld } from '../state/live-world.ts';
import type { RecordLog, RecordStore } from '../store/port.ts';
import { countiesOf } from './city-facts.ts';

/** Accounts of a demonstration are never those of a server with real feeds. */
const logName = (isDemo: boolean): string => (isDemo ? 'access-demo' : 'access');
const UNUSED_LOOK_MS = 3_600_000;

/** Rules and door as they stand before the store is open: nothing is let in then. */
export interface Gate {
  readonly rights: Rights;
  readonly allow: Allow;
  readonly door: Pick<Door, 'callerOf'>;
  readonly audit: Pick<AuditLog, 'note'>;
  /** Name of an account, for people; null: there is none of that id. */
  nameOf(id: string): string | null;
  /** Exports that need a second person. @throws Error before the store is open */
  exports(): ExportBook;
  /** What it goes by from now on. */
  use(access: OpenAccess, world: LiveWorld): void;
}

export interface OpenAccess {
  readonly door: Door;
  readonly audit: AuditLog;
  /** Who does it must have said lately who they are. */
  readonly asksStepUp: (action: Action) => boolean;
  /** Nobody does it who has no second factor. */
  readonly asksFactor: (action: Action) => boolean;
  readonly routes: readonly Route[];
  readonly exports: ExportBook;
  /** How many accounts have this area. */
  readonly accountsIn: (area: string) => number;
  /** null: there is none. */
  nameOf(id: string): string | null;
  /** Ends what runs by itself, and waits for what is being written. */
  close(): Promise<void>;
}

export function createGate(): Gate {
  const rights = readRights();
  let open: OpenAccess | null = null;
  let world: LiveWorld | null = null;
  return {
    rights,
    allow: createAllow(rights, (areas) => world !== null && isCrisis(world, areas)),
    door: {
      callerOf: (request): Caller => {
        if (!open) throw new Error('nobody is let in before the store is open');
        return open.door.callerOf(request);
      },
    },
    audit: { note: (said) => open?.audit.note(said) },
    nameOf: (id) => open?.nameOf(id) ?? null,
    exports() {
      if (!open) throw new Error('nothing is exported before the store is open');
      return open.exports;
    },
    use(access, live) {
      open = access;
      world = live;
    },
  };
}

/** 战时 of the city is that of everybody; 战时 of a county that of its own units, and of those who see all. */
function isCrisis(world: LiveWorld, areas: readonly string[]): boolean {
  const table = world.table(mode.slug);
  const said = table.stores.columns.get('mode');
  for (let slot = 0; slot < table.highWater; slot += 1) {
    if (table.alive[slot] !== 1 || said?.value(slot) !== 'crisis') continue;
    const code = table.keyAt(slot);
    const isCity = code.endsWith('00');
    if (isCity || areas.some((area) => area === WHOLE_CITY || area.startsWith(code))) return true;
  }
  return false;
}

/** The log of accounts, sessions and what was taken in emergencies. */
const openRecords = ({ store, config, clock }: AccessParts): Promise<RecordLog> =>
  store.openLog(logName(config.demo), clock.now);

export interface AccessParts {
  readonly gate: Gate;
  /** That of the gate, or of whoever starts the server. */
  readonly allow: Allow;
  readonly config: ServerConfig;
  readonly city: City;
  /** Layers that are the own of whoever has these areas. */
  readonly ownLayers: (areas: readonly string[]) => ReadonlySet<string>;
  readonly store: RecordStore;
  /** Of the city: the key of secrets lies there. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Rights were taken alone in an emergency, given back or reviewed; at a start, all there are. */
  readonly onGlass: (all: readonly BrokenGlass[]) => void;
  /** Shown to who starts the server, once, and written nowhere. */
  readonly tell: (text: string) => void;
}

interface Books {
  readonly accounts: AccountBook;
  readonly sessions: SessionBook;
  readonly audit: AuditLog;
}

/** Accounts and sessions as the log has them, and the audit log they are told in. @throws CodedError store/… */
async function openBooks(parts: AccessParts): Promise<Books> {
  const { gate, config, city, store, clock, log } = parts;
  const records = await openRecords(parts);
  const audit = new AuditLog({ log: await store.openLog('audit', clock.now), clock, logger: log });
  const settings = config.access;
  const accounts: AccountBook = new AccountBook({
    ...{ log: records, clock, rights: gate.rights, cost: settings.passwordCost, hasDecider: config.demo },
    ...{ unusedDays: settings.unusedDays, passwordDays: settings.passwordDays },
    knowsArea: areaTest(city),
    onLess: (id) => void sessions.endAll(id, 'the account was changed'),
  });
  const sessions = new SessionBook({
    ...{ log: records, clock, most: settings.sessions },
    ...{ idleMinutes: settings.idleMinutes, absoluteHours: settings.absoluteHours },
    stepUpMinutes: settings.stepUpMinutes,
    onOpen: (entry) => accounts.noteSignIn(entry),
    onEnd: ({ account, from }, why) =>
      audit.note({
        ...{ kind: 'session/close', subject: account, roles: [], from, event: 'sign-out' },
        ...{ object: 'session', result: 'ok', detail: why },
      }),
  });
  await accounts.open();
  await sessions.open();
  return { accounts, sessions, audit };
}

async function openGlass(
  parts: AccessParts,
  { sessions, audit }: Pick<Books, 'sessions' | 'audit'>,
  nameOf: (id: string) => string | null,
): Promise<GlassBook> {
  const { gate, clock, log } = parts;
  const glass = new GlassBook({
    ...{ log: await openRecords(parts), audit, clock, logger: log, rights: gate.rights },
    nameOf: (id) => nameOf(id) ?? id,
    onChange: (id) => sessions.cut(id),
    onNews: (one) => parts.onGlass([one]),
  });
  await glass.open();
  parts.onGlass(glass.list());
  return glass;
}

async function openExports(
  parts: AccessParts,
  audit: AuditLog,
  nameOf: (id: string) => string | null,
): Promise<ExportBook> {
  const exports = new ExportBook({
    ...{ log: await openRecords(parts), audit, clock: parts.clock, rules: parts.gate.rights.exports },
    nameOf: (id) => nameOf(id) ?? id,
  });
  await exports.open();
  return exports;
}

/** @throws CodedError store/…, Error naming a key that is none */
export async function openAccess(parts: AccessParts): Promise<OpenAccess> {
  const { gate, config, city, clock, log, allow } = parts;
  const { rights } = gate;
  const { accounts, sessions, audit } = await openBooks(parts);
  if (!config.demo && accounts.size === 0) await makeFirst(accounts, parts.tell);
  const demo = config.demo ? demoAccounts(rights, demoPlaces(city)) : null;
  const lockOut = new LockOut(clock);
  const isSecure = config.tls !== undefined;
  const nameOf = (id: string): string | null =>
    accounts.find(id)?.name ??
    (config.demo ? [demoSubject, ...(demo ?? [])].find((one) => one.id === id)?.name : undefined) ??
    null;
  const glass = await openGlass(parts, { sessions, audit }, nameOf);
  const exports = await openExports(parts, audit, nameOf);
  const door = createDoor({
    accounts,
    sessions,
    glass,
    clock,
    rights,
    allow,
    demo,
    isSecure,
    areaNames: areaNamesOf(city),
    ownLayers: parts.ownLayers,
  });
  const desk = new SignIns({
    ...{ accounts, sessions, lockOut, audit, clock, demo },
    secrets: openSecretBox(parts.folder),
    cost: config.access.passwordCost,
    issuer: `${city.profile.title.zh}领导驾驶舱`,
  });
  const unused = clock.every(UNUSED_LOOK_MS, () => {
    void accounts
      .sweep()
      .catch((error: unknown) => log.error('access.sweep-failed', { error: String(error) }));
  });
  const offered = roles.map((id) => ({ id, title: rights.of(id).title, unit: rights.of(id).unit }));
  const unlock = (id: string): void => lockOut.forget(id);
  const records = await parts.store.openLog(LIVE_WORLD, clock.now);
  const proofs = new Proofs({ store: parts.store, records, now: clock.now });
  const routes = [
    ...sessionRoutes({ door, desk, sessions }),
    ...glassRoutes(glass),
    ...accountRoutes({ accounts, sessions, audit, proofs, unlock, roles: offered, areas: areasOf(city) }),
  ];
  const close = async (): Promise<void> => {
    unused.stop();
    glass.close();
    sessions.close();
    await audit.settle();
  };
  const accountsIn = (area: string): number =>
    accounts.all().filter(({ grant }) => grant?.areas.includes(area) ?? false).length;
  const asksStepUp = (action: Action): boolean => rights.asksStepUp(action);
  const asksFactor = (action: Action): boolean => rights.asksFactor(action);
  return { door, audit, asksStepUp, asksFactor, accountsIn, routes, exports, nameOf, close };
}

/** Without it nobody could come in. The password is shown once; whoever has it must choose another. */
async function makeFirst(accounts: AccountBook, tell: (text: string) => void): Promise<void> {
  const first = {
    id: 'admin',
    name: '系统管理员',
    kind: 'person',
    roles: ['sys-admin'],
    areas: [WHOLE_CITY],
  } as const;
  const { secret } = await accounts.create('system', {
    ...first,
    roles: [...first.roles],
    areas: [...first.areas],
  });
  tell(`首次启动 first start: 账号 account "admin", 一次性初始密码 one-time initial password: ${secret}`);
}

function areaTest(city: City): (code: string) => boolean {
  const known = new Set(areasOf(city).map(({ code }) => code));
  return (code) => known.has(code);
}

function areasOf(city: City): { code: string; name: string }[] {
  return [
    ...countiesOf(city).map(({ properties }) => ({ code: properties.code, name: properties.name.zh })),
    ...city.towns.map(({ code, name }) => ({ code, name })),
    ...departmentsOf(city),
  ];
}

/** Towns have a Chinese name alone. */
const areaNamesOf = (city: City): ReadonlyMap<string, Title> =>
  new Map([
    ...countiesOf(city).map(({ properties }) => [properties.code, properties.name] as const),
    ...city.towns.map(({ code, name }) => [code, { zh: name, en: name }] as const),
    ...city.organisation.departments.map(({ id, name }) => [`${DEPARTMENT}${id}`, name] as const),
  ]);

const departmentsOf = (city: City): { code: string; name: string }[] =>
  city.organisation.departments.map(({ id, name }) => ({ code: `${DEPARTMENT}${id}`, name: name.zh }));

/** The first county of the city that has a town, its first town, and the department that handles what the first rule says. */
function demoPlaces(city: City): DemoPlaces {
  const leads = city.responsibilities.rules[0]?.department;
  const departments = departmentsOf(city);
  const department = departments.find(({ code }) => code === `${DEPARTMENT}${leads}`) ?? departments[0];
  if (!department) throw new Error(`city ${city.profile.id}: a demonstration needs a department`);
  for (const { properties } of countiesOf(city)) {
    const town = city.towns.find(({ countyCode }) => countyCode === properties.code);
    if (town) return { county: { code: properties.code, name: properties.name.zh }, town, department };
  }
  throw new Error(`city ${city.profile.id}: no county has a town: units of a demonstration need both`);
}
