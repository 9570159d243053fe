import { expect, test } from 'vitest';
import { MemoryLog } from '../command/memory-log.test-kit.ts';
import { createManualClock } from '../kit/clock.ts';
import { silentLog } from '../main/trial-server.ts';
import type { AuditNote } from './audit-trail.ts';
import { GlassBook } from './glass-book.ts';
import { readRights } from './rights.ts';

const MINUTE = 60_000;
const li = { id: 'li', roles: ['dept-liaison'], from: '10.0.0.7' };
const sec = { id: 'sec', roles: ['sec-admin'], from: '10.0.0.9' };
const asked = { role: 'duty-chief', minutes: 30, reason: '值班长失联' } as const;

async function trial() {
  const clock = createManualClock(Date.UTC(2026, 6, 15));
  const log = new MemoryLog(clock.now);
  const told: string[] = [];
  const changed: string[] = [];
  const open = async (): Promise<GlassBook> => {
    const book = new GlassBook({
      ...{ log, clock, logger: silentLog, rights: readRights(), nameOf: (id) => `名 ${id}` },
      audit: {
        note: ({ kind, subject, object, detail }: AuditNote) =>
          void told.push(`${kind} ${subject} ${object} ${detail ?? ''}`),
      },
      onChange: (account) => changed.push(account),
    });
    await book.open();
    return book;
  };
  return { clock, told, changed, open, book: await open() };
}

test('a role is taken with a reason, told to the audit log, and over by itself', async () => {
  const { clock, told, changed, book } = await trial();
  const taken = await book.take(li, asked);
  expect(taken).toMatchObject({
    account: 'li',
    name: '名 li',
    role: 'duty-chief',
    state: 'held',
    ended: null,
  });
  expect([taken.until - taken.at, changed]).toEqual([30 * MINUTE, ['li']]);
  expect([book.heldBy('li')?.role, book.heldBy('wang')]).toEqual(['duty-chief', null]);
  clock.advance(30 * MINUTE - 1);
  expect(book.heldBy('li')?.role).toBe('duty-chief');
  clock.advance(1);
  expect([book.heldBy('li'), book.list().map(({ state }) => state)]).toEqual([null, ['ended']]);
  clock.advance(MINUTE);
  expect(changed).toEqual(['li', 'li']);
  expect(told).toEqual([
    `glass/take li break-glass ${taken.id} li duty-chief 值班长失联`,
    `glass/end li break-glass ${taken.id} li duty-chief 到时自动结束 time is over`,
  ]);
});

test('one at a time, only roles that carry an incident, and none that one has', async () => {
  const { book } = await trial();
  await expect(book.take(li, { ...asked, role: 'leader' })).rejects.toMatchObject({ code: 'access/duties' });
  await expect(book.take(li, { ...asked, role: 'auditor' })).rejects.toMatchObject({ code: 'access/duties' });
  const chief = { ...li, roles: ['duty-chief'] };
  await expect(book.take(chief, asked)).rejects.toMatchObject({ code: 'request/conflict' });
  const both = await Promise.allSettled([
    book.take(li, asked),
    book.take(li, { ...asked, role: 'commander' }),
  ]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
});

test('it is ended by hand, then reviewed once, by somebody else', async () => {
  const { book, told } = await trial();
  const { id } = await book.take(li, asked);
  const verdict = { isJustified: false, reason: '可以电话联系' };
  await expect(book.review(sec, id, verdict)).rejects.toMatchObject({ code: 'request/conflict' });
  expect(await book.end(sec, id, '已恢复联系')).toMatchObject({ state: 'ended', ended: { by: 'sec' } });
  expect(book.heldBy('li')).toBeNull();
  await expect(book.end(li, id, '已恢复联系')).rejects.toMatchObject({ code: 'request/conflict' });
  await expect(book.review(li, id, verdict)).rejects.toMatchObject({ code: 'access/duties' });
  expect(await book.review(sec, id, verdict)).toMatchObject({ state: 'reviewed', review: verdict });
  await expect(book.review(sec, id, verdict)).rejects.toMatchObject({ code: 'request/conflict' });
  await expect(book.end(sec, 999, '没有这个')).rejects.toMatchObject({ code: 'request/not-found' });
  expect(told.map((line) => line.split(' ')[0])).toEqual(['glass/take', 'glass/end', 'glass/review']);
});

test('a restart gives back what holds, ends what went over meanwhile, and keeps what was found', async () => {
  const { clock, book, open } = await trial();
  const first = await book.take(li, { ...asked, minutes: 5 });
  await book.end(li, first.id, '本人交还');
  await book.review(sec, first.id, { isJustified: true, reason: '确有必要' });
  await book.take(li, asked);
  book.close();
  const again = await open();
  expect([again.heldBy('li')?.role, again.list().map(({ state }) => state)]).toEqual([
    'duty-chief',
    ['held', 'reviewed'],
  ]);
  again.close();
  clock.advance(31 * MINUTE);
  const late = await open();
  expect([late.heldBy('li'), late.list()[0]?.state]).toEqual([null, 'ended']);
});
