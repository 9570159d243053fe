// 战时 of one world, wired: modes of areas, the tick and the feeds of the city package, the table of rights, plans, messages.
import type { City } from '../../cities/load.ts';
import type { Title } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import { mode } from '../../contracts/layers/mode.ts';
import type { Crisis } from '../../contracts/records/crisis.ts';
import type { Rights } from '../access/rights.ts';
import type { IncidentBook } from '../command/incidents.ts';
import type { ServerConfig } from '../config.ts';
import { CrisisBook } from '../crisis/crisis-book.ts';
import type { CrisisGround, CrisisTargets, HurriedFeed } from '../crisis/port.ts';
import type { FeedRunner } from '../ingest/feed-runner.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { OutboxBook } from '../outbound/outbox.ts';
import type { RunBook } from '../plans/run-book.ts';
import type { LiveWorld } from '../state/live-world.ts';
import { countiesOf } from './city-facts.ts';
import type { Shared } from './shared.ts';
import type { Stores } from './stores.ts';

/** What this server says itself, as the source of a row. */
const SELF = 'leader-cockpit';

/** How fast a world goes: asked at each tick. */
export interface Rhythm {
  tickMs: number;
}

export interface CrisisParts {
  readonly shared: Shared;
  readonly config: ServerConfig;
  readonly world: LiveWorld;
  readonly runner: FeedRunner;
  readonly rhythm: Rhythm;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly log: Logger;
  readonly incidents: IncidentBook;
  readonly runs: RunBook;
  readonly outbox: OutboxBook;
}

/** Codes of the city and its counties, the city first. */
const areasOf = (city: City): string[] => [
  city.profile.code,
  ...countiesOf(city).map(({ properties }) => properties.code),
];

/** Folds the log and does again what holds; call before feeds are connected. */
export async function crisisOf(parts: CrisisParts): Promise<CrisisBook> {
  const { shared, stores, clock, log, runs, outbox } = parts;
  const { city, gate } = shared;
  const book = new CrisisBook({
    ...{ log: stores.records, clock, logger: log, plans: runs, announcer: outbox },
    ground: groundOf(parts, gate.rights),
    targets: targetsOf(parts),
    areas: areasOf(city),
    timeZone: city.profile.timeZone,
    nameOf: (id) => gate.nameOf(id),
  });
  await book.open();
  return book;
}

function groundOf(parts: CrisisParts, rights: Rights): CrisisGround {
  const { shared, config, incidents } = parts;
  const { crisis, code: cityCode } = shared.city.profile;
  const told = (area: string): readonly string[] => {
    const counties = countiesOf(shared.city).map(({ properties }) => properties.code);
    const own = (area === cityCode ? counties : [area]).map((code) => `county:${code}`);
    return [...(crisis?.tell ?? []), ...own];
  };
  return {
    tick: { peaceMs: config.tick.peaceMs, crisisMs: crisisTickMs(parts) },
    feeds: () => hurriedFeeds(parts),
    gains: rights.gains().map(({ role, object, peace, crisis: inCrisis }) => ({
      what: { zh: `${role.zh} · ${object.zh}`, en: `${role.en} · ${object.en}` },
      before: lettersOf(peace),
      after: lettersOf(inCrisis),
    })),
    tell: (area) => {
      const units = new Map(incidents.units.map((unit) => [unit.id, unit]));
      return told(area).flatMap((id) => units.get(id) ?? []);
    },
  };
}

const letters: Readonly<Record<string, Title>> = {
  V: { zh: '查看', en: 'view' },
  C: { zh: '新建', en: 'create' },
  A: { zh: '审批', en: 'approve' },
  X: { zh: '办理', en: 'execute' },
};
/** "V A" for people. */
function lettersOf(said: string): Title {
  const named = said.split(' ').flatMap((letter) => letters[letter] ?? []);
  if (named.length === 0) return { zh: '无', en: 'none' };
  return { zh: named.map(({ zh }) => zh).join('、'), en: named.map(({ en }) => en).join(', ') };
}

/** Never slower than in peacetime. */
const crisisTickMs = ({ shared, config }: CrisisParts): number =>
  Math.min(config.tick.peaceMs, shared.city.profile.crisis?.tickMs ?? Infinity);

function hurriedFeeds({ shared, runner }: CrisisParts): HurriedFeed[] {
  const periods = Object.entries(shared.city.profile.crisis?.feedPeriodsS ?? {});
  return periods.flatMap(([slug, crisisS]) => {
    const peaceS = runner.usualPeriodOf(slug);
    const { title } = shared.feeds.get(slug) ?? {};
    return title && peaceS !== null && runner.isConnectable(slug) && crisisS < peaceS
      ? [{ title, peaceS, crisisS }]
      : [];
  });
}

function targetsOf(parts: CrisisParts): CrisisTargets {
  const { shared, config, world, runner, rhythm, incidents, log } = parts;
  const names = namesOf(shared.city);
  const periods = new Map(Object.entries(shared.city.profile.crisis?.feedPeriodsS ?? {}));
  let isHurried = false;
  return {
    requireArea: (code) => {
      if (!names.has(code)) throw new CodedError('request/not-found', `area ${code}`);
    },
    nameOf: (code) => names.get(code) ?? { zh: code, en: code },
    setMode: (code, crisis, at) => setMode({ world, isDemo: config.demo }, { code, crisis, at }),
    setRhythm: (isCrisis) => {
      rhythm.tickMs = isCrisis ? crisisTickMs(parts) : config.tick.peaceMs;
      if (isHurried === isCrisis) return;
      isHurried = isCrisis;
      runner.hurry(isCrisis ? periods : new Map()).catch((error: unknown) => {
        log.error('crisis.feeds-fault', { error: String(error) });
      });
    },
    incident: (id) => incidents.find(id),
  };
}

const namesOf = (city: City): ReadonlyMap<string, Title> =>
  new Map([
    [city.profile.code, city.profile.title],
    ...countiesOf(city).map(({ properties: { code, name } }): [string, Title] => [
      code,
      { zh: name.zh, en: name.en ?? name.zh },
    ]),
  ]);

/** A mode that stands already is not said again: a restart is no news. */
function setMode(
  { world, isDemo }: { readonly world: LiveWorld; readonly isDemo: boolean },
  { code, crisis, at }: { readonly code: string; readonly crisis: Crisis | null; readonly at: number },
): void {
  const held = world.layers.get(mode.slug);
  const slot = held?.table.slotOf(code) ?? -1;
  if (!held || slot < 0) return;
  const { values, regionCode } = held.table.row(slot);
  const wanted = crisis
    ? saidOf(crisis)
    : { ...PEACE, sinceAt: values['mode'] === 'peace' ? values['sinceAt'] : at };
  const isSame = Object.entries(wanted).every(
    ([name, value]) => JSON.stringify(values[name] ?? null) === JSON.stringify(value ?? null),
  );
  if (isSame) return;
  const row = {
    ...{ key: code, validAt: at, regionCode, source: SELF, synthetic: isDemo },
    values: { name: values['name'] ?? null, ...wanted },
  };
  held.table.put(row);
  held.batch.append(row);
}

const PEACE = {
  mode: 'peace',
  responseLevel: null,
  title: null,
  responses: null,
  scene: null,
  untilAt: null,
};

const saidOf = ({ level, sinceAt, name, responses, scene, until }: Crisis) => ({
  ...{ mode: 'crisis', responseLevel: level, sinceAt, title: name, untilAt: until },
  responses: responses.map((one) => `${one.kind} ${one.level}`),
  scene: scene === '' ? null : scene,
});
