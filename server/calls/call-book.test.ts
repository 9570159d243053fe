// Calls on the real outbox over a log in memory: each unit once, receipts and answers, a kill between call and notice, and a
// drill in which nothing leaves and nothing can be dialled.
import { expect, test } from 'vitest';
import type { LonLat } from '../../contracts/column.ts';
import { answerSchema, callSchema } from '../../contracts/records/call.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { World } from '../../contracts/wire.ts';
import { createManualClock } from '../kit/clock.ts';
import { createListLogger } from '../kit/test-context.ts';
import type { MemoryLog } from '../outbound/memory-log.test-kit.ts';
import { createMemoryLog } from '../outbound/memory-log.test-kit.ts';
import { OutboxBook } from '../outbound/outbox.ts';
import { START, testGateway } from '../outbound/outbox.test-kit.ts';
import { Sender } from '../outbound/sender.ts';
import { CallBook } from './call-book.ts';
import { isInside } from './inside.ts';

const live: World = { id: 'live', kind: 'live', parent: null };
const drill: World = { id: 'drill-1', kind: 'drill', parent: null };
const unit = (id: string) => ({ id, name: { zh: id, en: id } });
const units = ['city', 'dept:fire', 'county:990101', 'county:990102', 'town:990101100'].map(unit);
const seats: Readonly<Record<string, LonLat>> = {
  'county:990101': [84.1, 41.1],
  'county:990102': [84.9, 41.9],
  'town:990101100': [84.2, 41.2],
};
const west: LonLat[] = [
  [84, 41],
  [84.5, 41],
  [84.5, 41.5],
  [84, 41.5],
];
const actorOf = (id: string, ...areas: string[]) => ({ id, areas, reaches: reachesOf(areas) });
const chief = actorOf('chief', '*');
const desk = actorOf('west-desk', '990101');
const everyone = () => true;

function rig(world = live) {
  const clock = createManualClock(START);
  const log = createMemoryLog(clock.now);
  const gateway = testGateway();
  const logger = createListLogger([]);
  const open = async (onto: MemoryLog = log) => {
    const isLive = world.kind === 'live';
    const gateways = { reply: gateway, notice: gateway, push: gateway, statement: gateway };
    const outbox = new OutboxBook({
      ...{ log: onto, clock, logger },
      incidents: { units, find: () => undefined, everyone: () => [] },
      rules: { messages: [], replies: {}, unread: { urgent: [], normal: [], text: '' } },
      city: { title: { zh: '试城', en: 'Test' }, timeZone: 'Asia/Shanghai', code: '990100', systems: [] },
      sender: isLive ? new Sender({ world, clock, logger, gateways }) : null,
      withheld: isLive ? null : { zh: '演练', en: 'A drill' },
    });
    await outbox.open();
    const calls = new CallBook({
      ...{ log: onto, clock, teller: outbox },
      rules: { message: '{text}', 'roll-call': '{no} {text} {minutes}', meeting: '{text} {address}' },
      ground: {
        ...{ cityCode: '990100', timeZone: 'Asia/Shanghai', city: '试城', units },
        placeOf: (id) => seats[id] ?? null,
        contactsOf: (id) =>
          id === 'county:990101' ? [{ post: unit('值班').name, phone: '0999-110 22' }] : [],
        ...{ incident: () => undefined, nameOf: () => null },
      },
    });
    await calls.open();
    return { outbox, calls };
  };
  return { clock, log, gateway, open };
}

let made = 0;
const callOf = (said: object) =>
  callSchema.parse({ action: `call-${String((made += 1)).padStart(5, '0')}`, text: '立即到岗', ...said });

test.each([
  ['inside', [84.2, 41.2], true],
  ['outside', [84.6, 41.2], false],
  ['in the bay of a horseshoe', [84.25, 41.4], false],
] as const)('a place %s of a ring', (_what, at, is) => {
  const horseshoe: LonLat[] = [
    ...west.slice(0, 3),
    [84.3, 41.5],
    [84.3, 41.3],
    [84.2, 41.3],
    [84.2, 41.5],
    [84, 41.5],
  ];
  expect(isInside(at, horseshoe)).toBe(is);
});

test('units inside the drawn area are found, with what rings them; those of other areas are not', async () => {
  const { calls } = await rig().open();
  const found = calls.inside(west, chief.reaches);
  expect(found.map(({ id }) => id)).toEqual(['county:990101', 'town:990101100']);
  expect(found[0]?.contacts).toMatchObject([{ phone: '0999-110 22', dial: 'tel:099911022' }]);
  expect(calls.inside(west, actorOf('east', '990102').reaches)).toEqual([]);
});

test('a roll-call tells each unit once, and knows what arrived and who answered', async () => {
  const { open, gateway, clock } = rig();
  const { calls, outbox } = await open();
  const asked = callOf({
    kind: 'roll-call',
    units: ['county:990101', 'county:990102', 'county:990101'],
    area: west,
  });
  const call = await calls.make(chief, asked);
  await outbox.idle();
  expect(call.no).toBe('T20260715-001');
  expect(gateway.taken.map(({ to }) => to)).toEqual(['county:990101', 'county:990102']);
  expect((await calls.make(chief, asked)).id).toBe(call.id);
  await outbox.idle();
  expect(gateway.taken).toHaveLength(2);
  await outbox.receive([
    { key: gateway.taken[1]?.key ?? '', state: 'delivered', at: clock.now(), detail: '' },
  ]);
  const said = { action: 'answer-0001', unit: 'county:990101', answer: 'here' as const, text: '' };
  await calls.answer(desk, call.id, said);
  const [shown] = calls.list(everyone).calls;
  expect(shown?.members.map(({ unit: of, notice, answer }) => [of.id, notice, answer])).toEqual([
    ['county:990101', 'sent', 'here'],
    ['county:990102', 'delivered', null],
  ]);
  await expect(
    calls.answer(desk, call.id, { ...said, action: 'answer-0002', unit: 'county:990102' }),
  ).rejects.toThrow(/forbidden/);
  await expect(
    calls.answer(desk, call.id, { ...said, action: 'answer-0003', answer: 'coming' }),
  ).rejects.toThrow(/roll-call/);
  await expect(calls.make(desk, callOf({ kind: 'message', units: ['county:990102'] }))).rejects.toThrow(
    /forbidden/,
  );
  await expect(calls.make(chief, callOf({ kind: 'meeting', units: ['city'] }))).rejects.toThrow(/address/);
});

test('killed between the call and its notices, the next start tells each unit, once', async () => {
  const whole = rig();
  const { calls, outbox } = await whole.open();
  await calls.make(chief, callOf({ kind: 'message', units: ['county:990101', 'dept:fire'] }));
  await outbox.idle();
  const entries = [...whole.log.entries];
  const from = entries.findIndex(({ kind }) => kind === 'call/make');
  for (let cut = from + 1; cut <= entries.length; cut += 1) {
    const killed = createMemoryLog(whole.clock.now);
    killed.entries.push(...entries.slice(0, cut));
    const next = await whole.open(killed);
    await next.outbox.idle();
    const puts = killed.entries.filter(({ kind }) => kind === 'outbox/put');
    expect([cut, puts.length]).toEqual([cut, 2]);
    await next.outbox.close();
  }
});

test('in a drill nothing leaves: notices are written down, and no number can be dialled', async () => {
  const { open, gateway } = rig(drill);
  const { calls, outbox } = await open();
  await calls.make(
    chief,
    callOf({ kind: 'meeting', units: ['county:990101'], address: 'https://meet.example/1' }),
  );
  await outbox.idle();
  expect(gateway.taken).toEqual([]);
  expect(calls.list(everyone).calls[0]?.members[0]?.notice).toBe('withheld');
  expect(calls.inside(west, everyone)[0]?.contacts).toMatchObject([{ dial: null }]);
});

test('an answer given without a network counts from when it was given, once, and a unit is told its own calls alone', async () => {
  const { open, clock, log } = rig();
  const { calls } = await open();
  const { id, at } = await calls.make(chief, callOf({ kind: 'roll-call', units: ['county:990101'] }));
  await calls.make(chief, callOf({ kind: 'message', units: ['county:990102'] }));
  clock.advance(30 * 60_000);
  const said = answerSchema.parse({
    ...{ action: 'answer-field-1', unit: 'county:990101', answer: 'here', happenedAt: at + 60_000 },
  });
  await calls.answer(desk, id, said);
  const before = log.entries.length;
  const again = await calls.answer(desk, id, said);
  expect(log.entries).toHaveLength(before);
  expect(again.members[0]).toMatchObject({ answer: 'here', answeredAt: at + 60_000 });
  const early = { ...said, action: 'answer-field-2', happenedAt: at - 60_000 };
  expect((await calls.answer(desk, id, early)).members[0]?.answeredAt).toBe(at);
  const late = { ...said, action: 'answer-field-3', happenedAt: clock.now() + 60_000 };
  expect((await calls.answer(desk, id, late)).members[0]?.answeredAt).toBe(clock.now());
  expect(calls.list(everyone, 'county:990101').calls.map((one) => one.id)).toEqual([id]);
});
