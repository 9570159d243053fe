// Seats of a headquarters and roll-calls on a log in memory: by hand before roster, who is missing, who is told, and the same
// again from the log alone.
import { afterEach, expect, test } from 'vitest';
import type { Call } from '../../contracts/records/call.ts';
import type {
  AnswerCallRequest,
  RollCallRequest,
  SeatRequest,
} from '../../contracts/records/headquarters.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import type { Order } from '../../contracts/records/order.ts';
import type { PlanRun } from '../../contracts/records/plan-run.ts';
import type { Task } from '../../contracts/records/task.ts';
import { createManualClock } from '../kit/clock.ts';
import { createListLogger } from '../kit/test-context.ts';
import { createMemoryLog } from '../outbound/memory-log.test-kit.ts';
import { planWith } from '../plans/plan.test-kit.ts';
import { CommandBook } from './command-book.ts';
import type { CommandActor } from './port.ts';

const START = Date.UTC(2026, 6, 15, 4);
const MINUTE = 60_000;
const name = (zh: string) => ({ zh, en: zh });
const units = ['city', 'dept:emergency', 'county:990101', 'county:990102', 'town:990101001'].map((id) => ({
  id,
  name: name(id),
}));
const centre = (id: string, kind: 'city' | 'county' | 'post', region: string) => ({
  ...{ unit: { id, name: name(id) }, kind, region },
});
const chief: CommandActor = { id: '值班长', reaches: () => true };
const county: CommandActor = { id: '区县', reaches: (region) => region.startsWith('990101') };

const plan = planWith();
const run = {
  ...{ id: 9, plan: plan.id, title: plan.title, incident: 5, incidentNo: '20260715-001', level: 'III' },
} as unknown as PlanRun;
const task = (id: number, step: string, said: Partial<Task> = {}): Task =>
  ({
    ...{ id, text: step, unit: units[1], state: 'given', givenAt: START, dueAt: START + 30 * MINUTE },
    ...{ plan: { run: 9, step }, ...said },
  }) as unknown as Task;
const line = (at: number, facts: object, verb = 'amend') => ({ verb, knownAt: at, said: { facts } });
const incident = {
  ...{ id: 5, no: '20260715-001', title: '河水上涨', kind: 'flood', stage: 'handling', region: '990101' },
  ...{
    facts: { dead: 2 },
    reportedAt: START,
    tasks: [task(1, 'look'), task(2, 'move', { state: 'reported' }), task(3, 'close')],
  },
  log: [
    line(START, { dead: 0 }, 'report'),
    line(START + MINUTE, { dead: 2 }),
    line(START + 2 * MINUTE, { evacuated: 120 }),
  ],
} as unknown as Incident;

/** What units were called and ordered; each test says its own. */
const talk: { calls: Call[]; orders: Order[] } = { calls: [], orders: [] };
afterEach(() => Object.assign(talk, { calls: [], orders: [] }));

let made = 0;
const action = (): string => `action-${(made += 1)}`;

function rig() {
  const clock = createManualClock(START);
  const log = createMemoryLog(clock.now);
  const told: string[] = [];
  const open = async (): Promise<CommandBook> => {
    const book = new CommandBook({
      ...{ log, clock, logger: createListLogger([]) },
      announcer: {
        withheld: null,
        wordingOf: () => '',
        announce: (_by, all) => {
          for (const { about, to, words, once } of all)
            if (!told.some((one) => one.endsWith(once))) told.push(`${about} ${to.id} ${words.text} ${once}`);
          return Promise.resolve();
        },
      },
      sources: {
        ...{ calls: () => talk.calls, orders: () => talk.orders },
        ...{ units, runs: () => [{ run, plan }], plans: () => [plan], incidents: () => [incident] },
        centres: [
          centre('city', 'city', '990100'),
          centre('county:990101', 'county', '990101'),
          centre('county:990102', 'county', '990102'),
          centre('town:990101001', 'post', '990101001'),
        ],
        crises: () => [
          {
            ...{
              id: 1,
              area: '990100',
              name: '七月洪水',
              responses: [{ kind: 'flood', level: 'III' }],
              level: 'III',
            },
            ...{
              sinceAt: START,
              until: START + 100 * MINUTE,
              isAlone: false,
              scene: '',
              incident: 5,
              plans: [],
            },
          },
        ],
        onDuty: (unit) => (unit === 'city' ? [{ name: '王市长', account: '' }] : []),
      },
    });
    await book.open();
    return book;
  };
  return { clock, log, told, open };
}

const seat = (said: Partial<SeatRequest> = {}): SeatRequest => ({
  ...{ action: action(), run: 9, seat: 'group:rescue', how: 'appoint', name: '李局长', account: '' },
  ...{ until: null, reason: '预案启动', ...said },
});
const call = (said: Partial<RollCallRequest> = {}): RollCallRequest => ({
  ...{ action: action(), scope: 'all', area: '990100', withinMin: 10, text: '', ...said },
});
const answer = (unit: string, said: Partial<AnswerCallRequest> = {}): AnswerCallRequest => ({
  ...{ action: action(), unit, state: 'ready', people: 5, text: '', ...said },
});
const holders = (book: CommandBook) => {
  const [first] = book.view(chief).headquarters;
  return [...(first?.seats ?? []), ...(first?.groups ?? [])].map((one) => [
    one.seat,
    one.holder?.name,
    one.holder?.how,
  ]);
};

test('a seat is held by roster, by hand before it, and by a stand-in for a time; all of it is on record', async () => {
  const { open, clock } = rig();
  const book = await open();
  const vacant = ['deputy-0', 'office', 'group:rescue'].map((id) => [id, undefined, undefined]);
  expect(holders(book)).toEqual([['chief', '王市长', 'roster'], ...vacant]);
  await book.seat(chief, seat());
  await book.seat(chief, seat({ how: 'hand-over', name: '赵局长', reason: '换班' }));
  await book.seat(
    chief,
    seat({ how: 'stand-in', name: '钱科长', until: START + 30 * MINUTE, reason: '赴省' }),
  );
  expect(holders(book).at(-1)).toEqual(['group:rescue', '钱科长', 'stand-in']);
  clock.advance(31 * MINUTE);
  expect(holders(book).at(-1)).toEqual(['group:rescue', '赵局长', 'hand-over']);
  expect(book.view(chief).headquarters[0]?.log.map(({ name: who, by }) => [who, by])).toEqual([
    ['李局长', '值班长'],
    ['赵局长', '值班长'],
    ['钱科长', '值班长'],
  ]);
  await expect(book.seat(chief, seat({ seat: 'group:nobody' }))).rejects.toThrow('group:nobody');
  await expect(book.seat({ ...county, reaches: () => false }, seat())).rejects.toThrow('activation 9');
  expect(holders(await open())).toEqual(holders(book));
});

test('the roll is called to all; who answers late is late; who is missing is told to those above, once', async () => {
  const { open, clock, told } = rig();
  const book = await open();
  const [first] = (await book.call(chief, call({ text: '七点到岗' }))).calls;
  const id = first?.id ?? 0;
  expect(told.map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
    'roll-call city',
    'roll-call county:990101',
    'roll-call county:990102',
    'roll-call town:990101001',
  ]);
  await book.answer(chief, id, answer('city'));
  await book.answer(county, id, answer('county:990101', { state: 'limited', people: 2 }));
  await expect(book.answer(county, id, answer('county:990102'))).rejects.toThrow('county:990102');
  expect(book.view(county).calls[0]?.called.map((one) => one.id)).toEqual([
    'county:990101',
    'town:990101001',
  ]);
  clock.advance(10 * MINUTE + 1000);
  await expect.poll(() => book.view(chief).calls[0]?.escalatedAt).not.toBeNull();
  expect(told.slice(4).map((one) => one.split(' ').slice(0, 3).join(' '))).toEqual([
    'missing city county:990102',
    'missing county:990101 town:990101001',
  ]);
  await book.answer(chief, id, answer('county:990102'));
  const seen = book.view(chief).calls[0];
  expect(seen?.answers.at(-1)).toMatchObject({ unit: 'county:990102', isLate: true });
  expect(seen?.missing.map((one) => one.id)).toEqual(['town:990101001']);
  expect(book.room().rollCall).toMatchObject({
    called: 4,
    answered: 3,
    notReady: 1,
    missing: [{ zh: 'town:990101001' }],
  });
  const count = told.length;
  const again = await open();
  expect(again.view(chief)).toEqual(book.view(chief));
  expect(told).toHaveLength(count);
  await book.end(chief, id, { action: action(), reason: '完毕' });
  await expect(book.answer(chief, id, answer('town:990101001'))).rejects.toThrow('has ended');
});

test('an answer a phone kept while it had no network is not late, where it was given in time', async () => {
  const { open, clock, log } = rig();
  const book = await open();
  const [first] = (await book.call(chief, call())).calls;
  clock.advance(20 * MINUTE);
  const said = { ...answer('county:990101'), happenedAt: START + 2 * MINUTE };
  await book.answer(county, first?.id ?? 0, said);
  const before = log.entries.length;
  await book.answer(county, first?.id ?? 0, said);
  expect(log.entries).toHaveLength(before);
  expect(book.view(chief).calls[0]?.answers).toMatchObject([
    { unit: 'county:990101', at: START + 2 * MINUTE, isLate: false },
  ]);
});

test('the wall is told figures with their time, unknown ones as unknown, offices and no person', async () => {
  const { open, clock } = rig();
  const book = await open();
  await book.seat(chief, seat());
  clock.advance(45 * MINUTE);
  const room = book.room();
  expect(room.figures?.map(({ fact, value, at }) => [fact, value, at])).toEqual([
    ['dead', 2, START + MINUTE],
    ['hurt', null, null],
    ['poisoned', null, null],
    ['evacuated', 120, START + 2 * MINUTE],
    ['houses', null, null],
  ]);
  expect(JSON.stringify(room)).not.toMatch(/李局长|王市长/);
  expect(room.tree).toMatchObject([
    {
      seats: [{ isHeld: true }, { isHeld: false }, { isHeld: false }],
      groups: [{ isHeld: true, tasks: { open: 1, late: 1, done: 0 } }],
    },
  ]);
  expect(room.clauses.map(({ no, isActive }) => [no, isActive])).toEqual([
    ['5.1', true],
    ['5.2', true],
  ]);
});

test('the board has every open task, late ones told, with the group of its plan', async () => {
  const { open, clock } = rig();
  const book = await open();
  clock.advance(45 * MINUTE);
  expect(book.board(chief).map(({ id, isLate, group }) => [id, isLate, group?.zh ?? null])).toEqual([
    [1, true, '抢险组'],
    [2, false, null],
    [3, true, null],
  ]);
  expect(book.board({ id: 'x', reaches: () => false })).toEqual([]);
});

test('the wall is told who has not answered, which orders nobody acknowledged, and where the meeting is', async () => {
  const { open, clock } = rig();
  const book = await open();
  expect(book.room().communication).toEqual({
    calls: [],
    orders: { open: 0, waiting: [] },
    meeting: null,
  });
  const [first] = (await book.call(chief, call())).calls;
  await book.answer(chief, first?.id ?? 0, answer('city'));
  const member = (id: string, said: string | null) => ({ unit: { id, name: name(id) }, answer: said });
  const made = (kind: string, no: string, members: unknown[]): Call =>
    ({
      ...{ kind, no, members, at: START + MINUTE, answerUntil: START + 5 * MINUTE, address: 'sip:a@b' },
    }) as unknown as Call;
  talk.calls.push(
    made('message', 'T1', [member('a', 'here')]),
    made('meeting', 'T2', [member('a', 'coming'), member('b', 'cannot'), member('c', null)]),
  );
  const order = (no: string, state: string, givenAt: number): Order =>
    ({
      ...{ no, state, givenAt, ackMin: 10, escalations: 1, to: { unit: units[2], person: '李局长' } },
    }) as unknown as Order;
  talk.orders.push(
    order('Z1', 'acknowledged', START),
    order('Z2', 'issued', START + 2 * MINUTE),
    order('Z3', 'delivered', START - 5 * MINUTE),
    order('Z4', 'done', START),
  );
  clock.advance(6 * MINUTE);
  const { communication } = book.room();
  expect(communication.calls.map(({ kind, no, answered, called }) => [kind, no, answered, called])).toEqual([
    ['meeting', 'T2', 2, 3],
    ['roll-call', '', 1, 4],
  ]);
  expect(communication.meeting).toEqual({
    ...{ no: 'T2', at: START + MINUTE, address: 'sip:a@b', called: 3, coming: 1 },
  });
  expect(communication.orders.open).toBe(3);
  expect(communication.orders.waiting.map(({ no, isLate, dueAt }) => [no, isLate, dueAt])).toEqual([
    ['Z3', true, START + 5 * MINUTE],
    ['Z2', false, START + 12 * MINUTE],
  ]);
  expect(JSON.stringify(communication)).not.toContain('李局长');
  clock.advance(2 * 60 * MINUTE);
  expect(book.room().communication.calls).toEqual([]);
  expect(book.room().communication.meeting).toBeNull();
});
