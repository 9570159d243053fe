import { expect, test } from 'vitest';
import type { ExportSubject } from '../../contracts/records/export-request.ts';
import { MemoryLog } from '../command/memory-log.test-kit.ts';
import { createManualClock } from '../kit/clock.ts';
import type { AuditNote } from './audit-trail.ts';
import type { NewExport } from './export-book.ts';
import { ExportBook } from './export-book.ts';
import { readRights } from './rights.ts';

const HOUR = 3_600_000;
const analyst = { id: 'li', roles: ['analyst'], from: '10.0.0.7' };
const leader = { id: 'wang', roles: ['leader'], from: '10.0.0.8' };
const asked: ExportSubject = {
  kind: 'layer',
  layer: 'emergency-call',
  format: 'csv',
  from: 0,
  to: HOUR,
  language: 'zh',
  withPersonal: true,
};
const wanted: NewExport = {
  world: 'live',
  asked,
  limits: ['personal'],
  reason: '核查重复报警',
  measure: { rows: 12, label: 'internal', hours: 1, isWholeCity: true },
};

async function trial() {
  const clock = createManualClock(Date.UTC(2026, 6, 15));
  const log = new MemoryLog(clock.now);
  const told: string[] = [];
  const open = async (): Promise<ExportBook> => {
    const book = new ExportBook({
      ...{ log, clock, rules: readRights().exports, nameOf: (id) => `名 ${id}` },
      audit: {
        note: ({ kind, subject, object, detail }: AuditNote) =>
          void told.push(`${kind} ${subject} ${object} ${detail ?? ''}`),
      },
    });
    await book.open();
    return book;
  };
  return { clock, told, open, book: await open() };
}

test('asked for with a reason, approved by somebody else, fetched once; the audit log says all of it', async () => {
  const { book, told } = await trial();
  const { id, state, until, at } = await book.ask(analyst, wanted);
  expect([state, (until ?? 0) - at]).toEqual(['asked', 72 * HOUR]);
  await expect(book.fetch(analyst, id)).rejects.toMatchObject({ code: 'request/conflict' });
  const verdict = { isApproved: true, reason: '同意核查' };
  await expect(book.decide(analyst, id, verdict)).rejects.toMatchObject({ code: 'access/duties' });
  expect(await book.decide(leader, id, verdict)).toMatchObject({
    state: 'approved',
    decided: { by: 'wang', name: '名 wang', isApproved: true },
  });
  await expect(book.decide(leader, id, verdict)).rejects.toMatchObject({ code: 'request/conflict' });
  await expect(book.fetch(leader, id)).rejects.toMatchObject({ code: 'request/not-found' });
  const both = await Promise.allSettled([book.fetch(analyst, id), book.fetch(analyst, id)]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(book.list()[0]?.state).toBe('fetched');
  const object = `export ${id} of li: layer emergency-call csv`;
  expect(told).toEqual([
    `export/ask li ${object} 核查重复报警 · 12 rows, 1.0 h, internal, personal`,
    `export/approve wang ${object} 同意核查 · 12 rows, 1.0 h, internal, personal`,
    `export/fetch li ${object} 12 rows, 1.0 h, internal, personal`,
  ]);
});

test('what is declined, or waits for too long, is over', async () => {
  const { book, clock } = await trial();
  const first = await book.ask(analyst, wanted);
  await book.decide(leader, first.id, { isApproved: false, reason: '理由不足' });
  await expect(book.fetch(analyst, first.id)).rejects.toMatchObject({ code: 'request/conflict' });
  const second = await book.ask(analyst, wanted);
  const third = await book.ask(analyst, wanted);
  await book.decide(leader, third.id, { isApproved: true, reason: '同意核查' });
  clock.advance(24 * HOUR + 1);
  await expect(book.fetch(analyst, third.id)).rejects.toMatchObject({ code: 'request/conflict' });
  clock.advance(48 * HOUR);
  await expect(
    book.decide(leader, second.id, { isApproved: true, reason: '同意核查' }),
  ).rejects.toMatchObject({ code: 'request/conflict' });
  expect(book.list('li').map(({ state }) => state)).toEqual(['expired', 'expired', 'declined']);
  expect(book.list('wang')).toEqual([]);
});

test('what needs nobody is not asked for, and nobody fills the list', async () => {
  const { book } = await trial();
  await expect(book.ask(analyst, { ...wanted, limits: [] })).rejects.toMatchObject({
    code: 'request/conflict',
  });
  for (let count = 0; count < 20; count += 1) await book.ask(analyst, wanted);
  await expect(book.ask(analyst, wanted)).rejects.toMatchObject({ code: 'request/too-many' });
  expect((await book.ask({ ...analyst, id: 'zhao' }, wanted)).state).toBe('asked');
});

test('a restart gives back what was asked, decided and fetched', async () => {
  const { book, open } = await trial();
  const first = await book.ask(analyst, wanted);
  await book.decide(leader, first.id, { isApproved: true, reason: '同意核查' });
  await book.fetch(analyst, first.id);
  const second = await book.ask(analyst, wanted);
  await book.decide(leader, second.id, { isApproved: true, reason: '同意核查' });
  await book.ask(analyst, wanted);
  const again = await open();
  expect(again.list()).toEqual(book.list());
  expect(again.list().map(({ state }) => state)).toEqual(['asked', 'approved', 'fetched']);
});
