import { expect, test } from 'vitest';
import type { BookRequest } from '../../contracts/records/resource.ts';
import { MemoryLog } from '../command/memory-log.test-kit.ts';
import { createManualClock } from '../kit/clock.ts';
import { BookingBook } from './booking-book.ts';
import type { ResourceActor } from './port.ts';

const NOW = Date.UTC(2026, 6, 16, 12);
const whole = (id: string): ResourceActor => ({ id, reach: null, reaches: () => true });
const county = (id: string): ResourceActor => ({
  ...{ id, reach: { codes: ['510802'], citywide: false } },
  reaches: (region) => region.startsWith('510802'),
});
const chief = whole('chief');
const incidents = new Map(
  [
    [1, 'assigned'],
    [2, 'handling'],
    [3, 'closed'],
  ].map(([id, stage]) => [
    id,
    { id, stage, no: `E${id}`, region: '510802', tasks: [{ id: 7, unit: { id: 'dept:fire' } }] },
  ]),
);

async function open(log = new MemoryLog(() => NOW), boats = 10) {
  const book: BookingBook = new BookingBook({
    log,
    clock: createManualClock(NOW),
    incident: (id) => (incidents.get(id) ?? null) as never,
    resource: (_, key) =>
      key === 'store' || key === 'far'
        ? {
            name: key,
            region: key === 'store' ? '510802' : '510822',
            free: (item) => (item === 'boats' ? boats - book.held(key, 'boats') : 0),
          }
        : null,
  });
  await book.open();
  return { book, log };
}
let made = 0;
const ask = (boats: number, over: Partial<BookRequest> = {}): BookRequest => ({
  ...{
    action: `action-${(made += 1)}`,
    resource: 'store',
    items: { boats },
    incident: 1,
    note: '',
    contest: false,
  },
  ...over,
});

test('what is booked is held, and what is released is free again', async () => {
  const { book } = await open();
  const first = await book.book(chief, ask(6));
  expect(first).toMatchObject({ state: 'held', incidentNo: 'E1', by: 'chief', at: NOW });
  expect(book.held('store', 'boats')).toBe(6);
  await expect(book.book(chief, ask(5))).rejects.toThrow(/boats 5 of 4 free; held by booking 1 for E1/);
  const { id, seq } = first;
  const gone = await book.release(chief, id, { action: 'release-1', seen: seq, reason: '归还' });
  expect([gone.state, gone.ended?.reason, book.held('store', 'boats')]).toEqual(['released', '归还', 0]);
  await expect(
    book.release(chief, id, { action: 'release-2', seen: gone.seq, reason: '再还' }),
  ).rejects.toThrow(/is released already/);
});

test('two who want the last boats at the same time do not both get them', async () => {
  const { book } = await open();
  const both = await Promise.allSettled([
    book.book(chief, ask(6)),
    book.book(whole('other'), ask(6, { incident: 2 })),
  ]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(book.held('store', 'boats')).toBe(6);
});

test('a conflict is decided by another person, who may end what holds it', async () => {
  const { book } = await open();
  const first = await book.book(chief, ask(8));
  const second = await book.book(chief, ask(5, { incident: 2, contest: true }));
  expect([second.state, second.against, book.held('store', 'boats')]).toEqual(['contested', [first.id], 8]);
  const decision = { seen: second.seq, grant: true, instead: [first.id], reason: '沙州更急' };
  await expect(book.decide(chief, second.id, { action: 'decide-0', ...decision })).rejects.toThrow(
    /access\/duties/,
  );
  const commander = whole('commander');
  await expect(
    book.decide(commander, second.id, { action: 'decide-1', ...decision, instead: [99] }),
  ).rejects.toThrow(/instead: 99/);
  const granted = await book.decide(commander, second.id, { action: 'decide-2', ...decision });
  expect([granted.state, granted.decided?.by]).toEqual(['held', 'commander']);
  expect(book.list(chief).map(({ id, state }) => [id, state])).toEqual([
    [second.id, 'held'],
    [first.id, 'released'],
  ]);
  expect(book.held('store', 'boats')).toBe(5);
});

test('a refusal holds nothing', async () => {
  const { book } = await open();
  await book.book(chief, ask(8));
  const { id, seq } = await book.book(chief, ask(5, { contest: true }));
  const refused = { action: 'decide-3', seen: seq, grant: false, instead: [], reason: '不够' };
  expect((await book.decide(whole('commander'), id, refused)).state).toBe('refused');
  expect(book.held('store', 'boats')).toBe(8);
});

test('the same action twice is one booking; an action is used for one thing', async () => {
  const { book, log } = await open();
  const asked = ask(2);
  const [one, again] = [await book.book(chief, asked), await book.book(chief, asked)];
  expect([again.id, log.entries.length]).toEqual([one.id, 1]);
  await expect(book.book(chief, { ...asked, items: { boats: 3 } })).rejects.toThrow(
    /used for something else/,
  );
});

test('refuses what is not there, not open, not theirs, or not as it was seen', async () => {
  const { book } = await open();
  await expect(book.book(chief, ask(1, { resource: 'x' }))).rejects.toThrow(/not-found/);
  await expect(book.book(chief, ask(1, { incident: 3 }))).rejects.toThrow(/E3 is over/);
  await expect(book.book(chief, ask(1, { task: 9 }))).rejects.toThrow(/no task of incident E1/);
  await expect(book.book(county('zhou'), ask(1, { resource: 'far' }))).rejects.toThrow(/forbidden/);
  const { id, seq } = await book.book(chief, ask(1, { task: 7 }));
  await expect(book.release(chief, id, { action: 'release-9', seen: seq + 1, reason: 'x' })).rejects.toThrow(
    /is at/,
  );
});

test('the fold of the log is the book', async () => {
  const { book, log } = await open();
  const first = await book.book(chief, ask(8));
  const second = await book.book(chief, ask(5, { contest: true }));
  const decision = { action: 'decide-8', seen: second.seq, grant: true, instead: [first.id], reason: '急' };
  await book.decide(whole('commander'), second.id, decision);
  const again = await open(log);
  expect(again.book.list(chief)).toEqual(book.list(chief));
  expect(again.book.held('store', 'boats')).toBe(5);
});
