// 战时 on a log in memory: two persons, one alone, back to exactly what was before, and what the log says is what holds.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Crisis, Switch } from '../../contracts/records/crisis.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { PlanRun, RunPreview } from '../../contracts/records/plan-run.ts';
import { createManualClock } from '../kit/clock.ts';
import { createListLogger } from '../kit/test-context.ts';
import { createMemoryLog } from '../outbound/memory-log.test-kit.ts';
import { CrisisBook } from './crisis-book.ts';
import type { CrisisState } from './fold.ts';
import { CrisisFold } from './fold.ts';
import type { CrisisActor, CrisisPlans } from './port.ts';

const START = Date.UTC(2026, 6, 15, 4);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CITY = '990100';
const COUNTY = '990101';
const name = (zh: string) => ({ zh, en: zh });

const chief: CrisisActor = { id: '值班长', reaches: () => true, mayDecide: false };
const commander: CrisisActor = { id: '指挥长', reaches: () => true, mayDecide: true };
const leader: CrisisActor = { id: '市领导', reaches: () => true, mayDecide: true };
const county: CrisisActor = { id: '区县', reaches: (area) => area === COUNTY, mayDecide: true };

let made = 0;
const action = (): string => `action-${(made += 1)}`;

const begin = (now: number, said: Partial<Extract<Switch, { verb: 'begin' }>> = {}): Switch => ({
  ...{ verb: 'begin', area: CITY, name: '七月洪水', responses: [{ kind: 'flood', level: 'III' }] },
  ...{ until: now + 12 * HOUR, scene: 'overview', incident: null, plans: [], ...said },
});

/** Plans that remember what was asked of them, as the log of activations does. */
function somePlans() {
  const runs = new Map<string, PlanRun>();
  const plans: CrisisPlans = {
    preview: (_by, plan, { incident, level }) =>
      ({
        ...{ plan, title: name(plan), version: 2, incident, level, give: [], withdraw: [], notices: [] },
        ...{ withheld: null, blocked: [], warnings: [] },
      }) satisfies RunPreview,
    activate: (_by, plan, { action: id, level }) => {
      if (!runs.has(id))
        runs.set(id, { id: runs.size + 1, seq: 1, title: name(plan), plan, level } as unknown as PlanRun);
      return Promise.resolve();
    },
    act: (_by, id) => {
      for (const [key, run] of runs) if (run.id === id) runs.set(key, { ...run, level: null });
      return Promise.resolve();
    },
    madeBy: (id) => runs.get(id) ?? null,
  };
  return { plans, runs };
}

function rig() {
  const clock = createManualClock(START);
  const log = createMemoryLog(clock.now);
  const held = somePlans();
  const told: string[] = [];
  const open = async () => {
    const modes = new Map<string, Crisis | null>();
    const rhythm = { isCrisis: false };
    const book = new CrisisBook({
      ...{ log, clock, logger: createListLogger([]), plans: held.plans },
      ground: {
        tick: { peaceMs: 1000, crisisMs: 500 },
        feeds: () => [{ title: name('水位'), peaceS: 60, crisisS: 20 }],
        gains: [{ what: name('副指挥长 · 响应级别'), before: name('无'), after: name('审批') }],
        tell: () => [{ id: 'dept:emergency', name: name('应急局') }],
      },
      targets: {
        requireArea: () => undefined,
        nameOf: name,
        setMode: (area, crisis) => void modes.set(area, crisis),
        setRhythm: (isCrisis) => void (rhythm.isCrisis = isCrisis),
        incident: (id) => (id === 7 ? ({ id: 7, no: '1' } as never) : undefined),
      },
      announcer: {
        withheld: null,
        wordingOf: () => '',
        announce: (_by, all) => {
          for (const { once, about } of all)
            if (!told.some((one) => one.startsWith(once))) told.push(`${once} ${about}`);
          return Promise.resolve();
        },
      },
      areas: [CITY, COUNTY],
      timeZone: 'Asia/Shanghai',
      nameOf: () => null,
    });
    await book.open();
    return { book, modes, rhythm };
  };
  return { clock, log, runs: held.runs, told, open };
}

type Opened = Awaited<ReturnType<ReturnType<typeof rig>['open']>>;

async function byTwo({ book }: Opened, change: Switch, second = commander): Promise<void> {
  const { proposals } = await book.propose(chief, { action: action(), reason: '请示', change });
  await book.approve(second, proposals[0]?.id ?? 0, { action: action(), reason: '同意' });
}
const stateOf = ({ modes, rhythm }: Opened) => ({
  modes: Object.fromEntries(modes),
  rhythm: rhythm.isCrisis,
});
const proposed = async ({ book }: Opened, change: Switch, by = chief): Promise<number> =>
  (await book.propose(by, { action: action(), reason: '请示', change })).proposals[0]?.id ?? 0;
const said = (reason = '同意') => ({ action: action(), reason });

test('what is proposed changes nothing until another person approves it; then all of it holds at once', async () => {
  const { open, clock } = rig();
  const opened = await open();
  const before = stateOf(opened);
  const id = await proposed(opened, begin(clock.now()));
  expect(stateOf(opened)).toEqual(before);
  await expect(opened.book.approve({ ...chief, mayDecide: true }, id, said())).rejects.toThrow(
    'access/duties',
  );
  await expect(opened.book.approve({ ...chief, id: '副班' }, id, said())).rejects.toThrow(
    'request/forbidden',
  );
  expect(stateOf(opened)).toEqual(before);
  await opened.book.approve(commander, id, said());
  expect(stateOf(opened)).toMatchObject({
    rhythm: true,
    modes: { [CITY]: { name: '七月洪水', level: 'III', isAlone: false, sinceAt: START }, [COUNTY]: null },
  });
  await expect(opened.book.approve(leader, id, said())).rejects.toThrow('committed');
});

test('level Ⅳ is approved by a second duty seat', async () => {
  const { open, clock } = rig();
  const opened = await open();
  const change = begin(clock.now(), { responses: [{ kind: 'flood', level: 'IV' }] });
  await byTwo(opened, change, { ...chief, id: '副班' });
  expect(opened.book.standing()).toMatchObject([{ level: 'IV' }]);
  await expect(byTwo(opened, { verb: 'end', area: CITY }, { ...chief, id: '副班' })).resolves.toBeUndefined();
});

test('a proposal is withdrawn by who made it, refused by another, and expires', async () => {
  const { open, clock } = rig();
  const opened = await open();
  const { book } = opened;
  const [first, second, third, fourth] = [
    await proposed(opened, begin(clock.now())),
    await proposed(opened, begin(clock.now())),
    await proposed(opened, begin(clock.now())),
    await proposed(opened, begin(clock.now())),
  ];
  await expect(book.withdraw(commander, first, said())).rejects.toThrow('access/duties');
  await book.withdraw(chief, first, said('情况好转'));
  await expect(book.refuse(chief, second, said())).rejects.toThrow('access/duties');
  await book.refuse(commander, second, said('不必'));
  await book.approve(commander, third, said());
  const states = () => book.view(chief).proposals.map(({ state }) => state);
  expect(states()).toEqual(['stale', 'committed', 'refused', 'withdrawn']);
  await expect(book.approve(leader, fourth, said())).rejects.toThrow('stale');
  const fifth = await proposed(opened, { verb: 'end', area: CITY });
  clock.advance(31 * MINUTE);
  expect(states()[0]).toBe('expired');
  await expect(book.approve(commander, fifth, said())).rejects.toThrow('expired');
});

test('a switch that is taken back leaves exactly what was before it', async () => {
  const { open, clock, runs, told } = rig();
  const opened = await open();
  const peace = stateOf(opened);
  await byTwo(opened, begin(clock.now(), { area: COUNTY, name: '县里' }));
  clock.advance(5 * MINUTE);
  await byTwo(
    opened,
    begin(clock.now(), { incident: 7, plans: [{ plan: 'flood', version: 2, level: 'III' }] }),
  );
  const held = stateOf(opened);
  expect([...runs.values()]).toMatchObject([{ plan: 'flood', level: 'III' }]);
  clock.advance(MINUTE);
  const more = {
    responses: [{ kind: 'flood', level: 'I' }],
    plans: [{ plan: 'quake', version: 2, level: 'I' }],
  } as const;
  await byTwo(opened, {
    ...begin(clock.now(), { incident: 7, ...more, responses: [...more.responses], plans: [...more.plans] }),
    verb: 'change',
  } as Switch);
  expect(opened.book.standing()).toMatchObject([
    { level: 'I', sinceAt: START + 5 * MINUTE },
    { area: COUNTY },
  ]);
  expect([...runs.values()].map(({ level }) => level)).toEqual(['III', 'I']);
  await byTwo(opened, { verb: 'rollback', area: CITY });
  expect(stateOf(opened)).toEqual(held);
  expect([...runs.values()].map(({ level }) => level)).toEqual(['III', null]);
  await byTwo(opened, { verb: 'end', area: CITY });
  await byTwo(opened, { verb: 'rollback', area: COUNTY });
  expect(stateOf(opened)).toEqual(peace);
  expect([...runs.values()].map(({ level }) => level)).toEqual([null, null]);
  expect(told.map((one) => one.split(' ')[1])).toEqual(['crisis', 'crisis', 'crisis-end', 'crisis-end']);
});

test('one person alone holds it an hour, and not again before somebody looked at it', async () => {
  const { open, clock } = rig();
  const opened = await open();
  const { book } = opened;
  const peace = stateOf(opened);
  await book.alone(chief, { ...said('无人可批'), change: begin(clock.now()) });
  expect(book.standing()).toMatchObject([{ isAlone: true, until: START + HOUR }]);
  const change = { ...begin(clock.now()), verb: 'change' } as Switch;
  await expect(book.alone(leader, { ...said(), change })).rejects.toThrow('second confirm');
  clock.advance(HOUR + 1000);
  await expect.poll(() => book.view(chief).crises).toEqual([]);
  expect(stateOf(opened)).toEqual(peace);
  const again = () => book.alone(chief, { ...said(), change: begin(clock.now()) });
  await expect(again()).rejects.toThrow('nobody has reviewed');
  const [{ id = 0 } = {}] = book.view(chief).commits;
  const verdict = { action: action(), justified: true, text: '当时无人可批' };
  await expect(book.review(chief, id, verdict)).rejects.toThrow('access/duties');
  await book.review({ ...leader, id: '安全管理员' }, id, { ...verdict, action: action() });
  await again();
  expect(book.standing()).toHaveLength(1);
});

test('a second person lets it stand as long as was asked; what one changed alone gives way to what two agreed on', async () => {
  const { open, clock } = rig();
  const opened = await open();
  const { book } = opened;
  await book.alone(chief, { ...said(), change: begin(clock.now()) });
  const [{ id = 0 } = {}] = book.view(chief).commits;
  await expect(book.confirm({ ...chief, mayDecide: true }, id, said())).rejects.toThrow('access/duties');
  await book.confirm(commander, id, said());
  clock.advance(2 * HOUR);
  expect(book.standing()).toMatchObject([{ isAlone: false, level: 'III' }]);
  const graver = begin(clock.now(), { responses: [{ kind: 'flood', level: 'I' }] });
  await book.alone(commander, { ...said(), change: { ...graver, verb: 'change' } as Switch });
  expect(book.standing()).toMatchObject([{ isAlone: true, level: 'I' }]);
  clock.advance(HOUR + 1000);
  expect(book.standing()).toMatchObject([{ isAlone: false, level: 'III' }]);
  await expect(book.alone(leader, { ...said(), change: { verb: 'end', area: CITY } })).rejects.toThrow(
    'two persons',
  );
});

test('what lies in another area, what cannot be, and the same action again', async () => {
  const { open, clock, log } = rig();
  const { book } = await open();
  const now = clock.now();
  const propose = (by: CrisisActor, change: Switch) =>
    book.propose(by, { action: action(), reason: 'x', change });
  await expect(propose(county, begin(now))).rejects.toThrow('outside the own area');
  await expect(propose(chief, { verb: 'end', area: CITY })).rejects.toThrow('peacetime');
  await expect(propose(chief, begin(now, { until: now }))).rejects.toThrow('until');
  await expect(propose(chief, begin(now, { incident: 8 }))).rejects.toThrow('no incident 8');
  const plans = [{ plan: 'flood', version: 1, level: 'III' as const }];
  await expect(propose(chief, begin(now, { plans }))).rejects.toThrow('choose one');
  await expect(propose(chief, begin(now, { plans, incident: 7 }))).rejects.toThrow('version 2');
  expect(log.entries).toHaveLength(0);
  const asked = { action: action(), reason: 'x', change: begin(now) };
  await book.propose(chief, asked);
  await book.propose(chief, asked);
  expect(log.entries).toHaveLength(1);
  await expect(book.propose(chief, { ...asked, reason: 'y' })).rejects.toThrow('something else');
});

test('the preview says every change, and what is already so elsewhere is no change', async () => {
  const { open, clock } = rig();
  const opened = await open();
  const change = begin(clock.now(), { incident: 7, plans: [{ plan: 'flood', version: 2, level: 'III' }] });
  const parts = (asked: Switch) => opened.book.preview(chief, asked).lines.map(({ part }) => part);
  expect(parts(change)).toEqual([
    'mode',
    'levels',
    'until',
    'layout',
    'tick',
    'feed',
    'rights',
    'plan',
    'told',
  ]);
  expect(opened.book.preview(chief, change).mayApprove).toBe(false);
  await byTwo(opened, change);
  expect(parts(begin(clock.now(), { area: COUNTY }))).toEqual(['mode', 'levels', 'until', 'layout']);
  const back = opened.book.preview(chief, { verb: 'end', area: CITY }).lines;
  expect(back.find(({ part }) => part === 'tick')).toMatchObject({
    before: { en: '0.5 s' },
    after: { en: '1 s' },
  });
  expect(back.find(({ part }) => part === 'plan')).toMatchObject({ after: { en: 'ends' } });
});

const step = fc.record({
  do: fc.constantFrom('begin', 'change', 'end', 'rollback', 'alone', 'confirm', 'wait', 'propose'),
  area: fc.constantFrom(CITY, COUNTY),
  level: fc.constantFrom('I', 'II', 'III', 'IV'),
  minutes: fc.integer({ min: 2, max: 150 }),
  incident: fc.boolean(),
});

/** A snapshot at any entry and the entries behind it say what all entries say. */
function requireCuts(entries: readonly LogEntry[]): void {
  const folded = (from: CrisisFold, some: readonly LogEntry[]): CrisisFold => {
    for (const entry of some) from.apply(entry);
    return from;
  };
  const whole = folded(new CrisisFold(), entries).state();
  for (let cut = 0; cut <= entries.length; cut += 1) {
    const { state } = JSON.parse(
      JSON.stringify({ state: folded(new CrisisFold(), entries.slice(0, cut)).state() }),
    ) as { state: CrisisState };
    const again = new CrisisFold();
    again.restore(state);
    expect(folded(again, entries.slice(cut)).state()).toEqual(whole);
  }
}

test('whatever people do, a server that starts from the log alone shows and tells the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const made = rig();
      const opened = await made.open();
      for (const { do: what, area, level, minutes, incident } of steps) {
        const now = made.clock.now();
        const isOn = opened.book.standing().some((one) => one.area === area);
        const verb = what === 'change' || (what === 'alone' && isOn) ? 'change' : 'begin';
        const said_ = begin(now, {
          ...{ area, until: now + minutes * MINUTE, responses: [{ kind: 'flood', level }] },
          ...(incident ? { incident: 7, plans: [{ plan: 'flood', version: 2, level }] } : {}),
        });
        const change = { ...said_, verb } as Switch;
        const ask = async (): Promise<unknown> => {
          if (what === 'wait') return made.clock.advance(minutes * MINUTE);
          if (what === 'propose') return proposed(opened, change);
          if (what === 'alone') return opened.book.alone(leader, { ...said(), change });
          if (what === 'confirm')
            return opened.book.confirm(commander, opened.book.view(chief).commits[0]?.id ?? 0, said());
          return byTwo(opened, what === 'end' || what === 'rollback' ? { verb: what, area } : change);
        };
        await ask().catch(() => undefined);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await opened.book.close();
      const told = [...made.told];
      const again = await made.open();
      expect(stateOf(again)).toEqual(stateOf(opened));
      const [was, is] = [opened.book.view(chief), again.book.view(chief)];
      expect(is).toEqual(was);
      expect(made.told).toEqual(told);
      requireCuts(made.log.entries);
      await again.book.close();
    }),
    { numRuns: 60 },
  );
});
