import { expect, test } from 'vitest';
import { CodedError } from '../../contracts/errors.ts';
import type { GlassNews } from './port.ts';
import { all, anybody, away, chief, did, MINUTE, pass, rig, ticketEvidence } from './outbox.test-kit.ts';

test('an assignment tells the unit once, whatever is said again', async () => {
  const trial = rig();
  const book = await trial.open();
  const incident = await did(trial, 'assign');
  book.happened(incident);
  book.happened(incident);
  await book.idle();
  expect(trial.gateway.taken).toMatchObject([
    { kind: 'notice', to: 'dept:fire', text: '请承办 20260715-001 居民楼燃气泄漏，07-15 12:30前' },
  ]);
  expect(all(book)[0]).toMatchObject({ state: 'sent', cause: 'assign', incident: { no: '20260715-001' } });
  await book.close();
});

test('a gateway that is away is asked again after jittered waits, and given up after the fifth try', async () => {
  const trial = rig();
  trial.gateway.fails = away();
  const book = await trial.open();
  book.happened(await did(trial, 'assign'));
  await book.idle();
  const tries: number[] = [];
  for (let minute = 0; minute < 200; minute += 1) {
    const { attempts, state } = all(book)[0] ?? { attempts: 0, state: 'none' };
    if (tries.length < attempts) tries.push(minute);
    if (state === 'failed') break;
    await pass(book, trial, 1);
  }
  expect(tries).toHaveLength(5);
  const waits = tries.slice(1).map((at, index) => at - (tries[index] as number));
  // 1, 5, 30 and 120 minutes, a tenth more or less, seen by the minute.
  for (const [index, wait] of [1, 5, 30, 120].entries()) {
    expect(waits[index]).toBeGreaterThanOrEqual(Math.floor(wait * 0.9));
    expect(waits[index]).toBeLessThanOrEqual(Math.ceil(wait * 1.1) + 1);
  }
  expect(all(book)[0]).toMatchObject({ state: 'failed', attempts: 5, nextAt: null });
  expect(book.list({ from: 0, limit: 9 }, () => true).counts).toMatchObject({ failed: 1 });

  trial.gateway.fails = null;
  await book.act(anybody, all(book)[0]?.id ?? 0, { verb: 'retry', asked: {} });
  await pass(book, trial, 6);
  expect(all(book)[0]).toMatchObject({ state: 'sent', error: '' });
  await book.close();
});

test('what a gateway refuses is not tried again', async () => {
  const trial = rig();
  trial.gateway.fails = new CodedError('outbound/refused', 'status 422');
  const book = await trial.open();
  book.happened(await did(trial, 'assign'));
  await book.idle();
  expect(all(book)[0]).toMatchObject({ state: 'failed', attempts: 1 });
  expect(all(book)[0]?.error).toContain('status 422');
  await book.close();
});

test('a gateway that fails for all is probed by one message at a time', async () => {
  const trial = rig();
  trial.gateway.fails = away();
  const book = await trial.open();
  for (let n = 0; n < 20; n += 1) book.happened(await did(trial, 'urge', { said: `no ${n}` }));
  for (let second = 0; second < 60; second += 1) {
    trial.clock.advance(1000);
    await book.idle();
  }
  const tried = all(book).reduce((sum, { attempts }) => sum + attempts, 0);
  expect(book.list({ from: 0, limit: 9 }, () => true).paused).toHaveProperty('test');
  // Four at once before it opens, then single probes after 16 s, 32 s …: not all twenty each minute.
  expect(tried).toBeGreaterThanOrEqual(5);
  expect(tried).toBeLessThan(15);
  trial.gateway.fails = null;
  await pass(book, trial, 12);
  expect(trial.gateway.taken.filter(({ to }) => to === 'dept:fire')).toHaveLength(20);
  expect(book.list({ from: 0, limit: 9 }, () => true).paused).toEqual({});
  await book.close();
});

test('killed between sending and writing it down: sent again under the same key', async () => {
  const trial = rig();
  const first = await trial.open();
  let answer: () => void = () => undefined;
  trial.gateway.until = new Promise((resolve) => (answer = resolve));
  first.happened(await did(trial, 'assign'));
  // Until it is on its way: the gateway has it, nobody has heard.
  while (!all(first).some(({ state }) => state === 'queued')) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  trial.log.isFull = true;
  answer();
  await first.idle();
  trial.log.isFull = false;
  trial.gateway.until = null;
  const second = await trial.open();
  expect(all(second)).toMatchObject([{ state: 'sent' }]);
  const keys = trial.gateway.taken.map(({ key }) => key);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  await second.close();
});

test('killed between the assignment and its notice: the next start tells, and only once', async () => {
  const trial = rig();
  await (await trial.open()).close();
  await did(trial, 'assign');
  await (await trial.open()).close();
  const third = await trial.open();
  expect(all(third)).toHaveLength(1);
  expect(trial.gateway.taken).toHaveLength(1);
  await third.close();
});

test('what was done before there was an outbox is not told late', async () => {
  const trial = rig();
  await did(trial, 'assign');
  const book = await trial.open();
  expect(all(book)).toEqual([]);
  await book.close();
});

test('a store that is full loses nothing: it is told when there is room', async () => {
  const trial = rig();
  const book = await trial.open();
  const incident = await did(trial, 'assign');
  trial.log.isFull = true;
  book.happened(incident);
  await book.idle();
  expect(trial.gateway.taken).toEqual([]);
  trial.log.isFull = false;
  await pass(book, trial, 1);
  expect(trial.gateway.taken).toHaveLength(1);
  await book.close();
});

test.each(['drill', 'demo', 'recording', 'branch'] as const)(
  'a %s keeps what would have been sent, and nothing leaves it',
  async (kind) => {
    const trial = rig({ id: 'd1', kind, parent: 'live' });
    const book = await trial.open();
    book.happened(await did(trial, 'assign'));
    await book.idle();
    expect(trial.gateway.taken).toEqual([]);
    expect(all(book)).toMatchObject([{ state: 'withheld', to: { id: 'dept:fire' } }]);
    expect(book.list({ from: 0, limit: 9 }, () => true).withheld).toEqual({ zh: '演练', en: 'A drill' });
    await book.act(anybody, all(book)[0]?.id ?? 0, { verb: 'read', asked: {} });
    expect(all(book)).toMatchObject([{ state: 'withheld', readBy: 'duty' }]);
    await book.close();
  },
);

test('an answer to 12345 waits for somebody else than who worded it', async () => {
  const trial = rig();
  const book = await trial.open();
  const row = { evidence: [ticketEvidence] };
  await did(trial, 'answer', { ...row, said: '已更换阀门' });
  book.happened(await did(trial, 'close', { said: '办结' }));
  await pass(book, trial, 5);
  const draft = all(book)[0];
  expect(trial.gateway.taken).toEqual([]);
  expect(draft).toMatchObject({
    ...{ kind: 'reply', state: 'draft', text: '“小区有燃气味”已办结：已更换阀门' },
    to: { id: 'ticket:T-7' },
  });
  const { id = 0, seq = 0 } = draft ?? {};
  const approve = { verb: 'approve', asked: { seen: seq } } as const;
  await expect(book.act(anybody, id, approve)).rejects.toMatchObject({ code: 'access/duties' });
  const worded = await book.act(chief, id, {
    verb: 'word',
    asked: { seen: seq, text: '您好，已更换阀门。' },
  });
  // What was read is what is approved: not the text of before.
  await expect(book.act(anybody, id, approve)).rejects.toMatchObject({ code: 'request/conflict' });
  const now = { verb: 'approve', asked: { seen: worded.seq } } as const;
  await expect(book.act(chief, id, now)).rejects.toMatchObject({ code: 'access/duties' });
  await book.act(anybody, id, now);
  await book.idle();
  expect(trial.gateway.taken).toMatchObject([
    { kind: 'reply', text: '您好，已更换阀门。', to: 'ticket:T-7' },
  ]);
  expect(all(book)).toMatchObject([{ state: 'sent', approvedBy: 'duty', writtenBy: 'chief' }]);
  await book.close();
});

test('a public statement rests on evidence, is made once, and is sent when a second person has approved it', async () => {
  const trial = rig();
  const book = await trial.open();
  const seen: unknown[] = [];
  book.watchStatements(({ state, approvedBy }) => seen.push([state, approvedBy]));
  await did(trial, 'cite', { evidence: [ticketEvidence] });
  const { layer, key } = ticketEvidence;
  const asked = { action: 'statement-1', incident: 1, text: '无人员伤亡。', facts: [{ layer, key }] };
  const draft = await book.publish(anybody, asked);
  expect(draft).toMatchObject({
    kind: 'statement',
    state: 'draft',
    to: { id: 'public' },
    facts: [{ layer, key }],
  });
  expect((await book.publish(anybody, asked)).id).toBe(draft.id);
  await expect(
    book.publish(anybody, { ...asked, action: 'statement-2', facts: [{ layer, key: 'T-0' }] }),
  ).rejects.toMatchObject({ code: 'request/invalid' });
  await expect(book.publish({ id: 'far', reaches: () => false }, asked)).rejects.toMatchObject({
    code: 'request/not-found',
  });
  const approve = { verb: 'approve', asked: { seen: draft.seq } } as const;
  await expect(book.act(anybody, draft.id, approve)).rejects.toMatchObject({ code: 'access/duties' });
  await pass(book, trial, 5);
  expect(trial.gateway.taken).toEqual([]);
  await book.act(chief, draft.id, approve);
  await book.idle();
  expect(trial.gateway.taken).toMatchObject([{ kind: 'statement', to: 'public', text: '无人员伤亡。' }]);
  expect(seen).toEqual([
    ['draft', null],
    ['queued', 'chief'],
    ['sent', 'chief'],
  ]);
  await book.close();
  // What is there is told to who watches after a start.
  const again = await trial.open();
  const found: unknown[] = [];
  again.watchStatements(({ id, state, facts }) => found.push([id, state, facts?.length]));
  expect(found).toEqual([[draft.id, 'sent', 1]]);
  await again.close();
});

test('a statement of a drill is approved and withheld', async () => {
  const trial = rig({ id: 'drill-1', kind: 'drill', parent: 'live' });
  const book = await trial.open();
  await did(trial, 'cite', { evidence: [ticketEvidence] });
  const { layer, key } = ticketEvidence;
  const asked = { action: 'statement-1', incident: 1, text: '无人员伤亡。', facts: [{ layer, key }] };
  const { id, seq } = await book.publish(anybody, asked);
  await book.act(chief, id, { verb: 'approve', asked: { seen: seq } });
  await book.idle();
  expect(all(book)).toMatchObject([{ state: 'withheld', writtenBy: 'duty', approvedBy: 'chief' }]);
  expect(trial.gateway.taken).toEqual([]);
  await book.close();
});

test('an incident that is opened again takes its answer back', async () => {
  const trial = rig();
  const book = await trial.open();
  book.happened(await did(trial, 'close', { evidence: [ticketEvidence] }));
  await book.idle();
  book.happened(await did(trial, 'reopen'));
  book.happened(await did(trial, 'close'));
  await book.idle();
  expect(all(book).map(({ state }) => state)).toEqual(['cancelled', 'draft']);
  await book.close();
});

test('receipts go forward only, each once, also before the gateway has answered', async () => {
  const trial = rig();
  const book = await trial.open();
  let answer: () => void = () => undefined;
  trial.gateway.until = new Promise((resolve) => (answer = resolve));
  book.happened(await did(trial, 'assign'));
  while (!all(book)[0]) await Promise.resolve();
  const key = all(book)[0]?.once ?? '';
  const receipt = (state: 'delivered' | 'read' | 'failed') => ({ key, state, at: 5, detail: '' });
  expect(await book.receive([receipt('read'), receipt('delivered'), receipt('failed')])).toEqual({
    stored: 1,
    unknown: 0,
  });
  answer();
  await book.idle();
  expect(all(book)[0]).toMatchObject({ state: 'read', ackDueAt: null, reference: `ref-${key}` });
  expect(await book.receive([{ reference: 'x', state: 'read', at: 5, detail: '' }])).toEqual({
    stored: 0,
    unknown: 1,
  });
  await book.close();
});

test('what is cancelled while it waits never leaves; what is on its way cannot be', async () => {
  const trial = rig();
  trial.gateway.fails = away();
  const book = await trial.open();
  book.happened(await did(trial, 'assign'));
  await book.idle();
  const id = all(book)[0]?.id ?? 0;
  trial.gateway.fails = null;
  await book.act(anybody, id, { verb: 'cancel', asked: { reason: '打错' } });
  await pass(book, trial, 10);
  expect(trial.gateway.taken).toEqual([]);
  const again = { verb: 'cancel', asked: { reason: '打错' } } as const;
  await expect(book.act(anybody, id, again)).rejects.toMatchObject({ code: 'request/conflict' });
  await book.close();
});

test('a unit of another area finds nothing', async () => {
  const trial = rig();
  const book = await trial.open();
  book.happened(await did(trial, 'assign'));
  await book.idle();
  const elsewhere = { id: 'east', reaches: (region: string) => region.startsWith('990102') };
  expect(book.list({ from: 0, limit: 9 }, elsewhere.reaches)).toMatchObject({ messages: [], counts: {} });
  const read = { verb: 'read', asked: {} } as const;
  await expect(book.act(elsewhere, all(book)[0]?.id ?? 0, read)).rejects.toMatchObject({
    code: 'request/not-found',
  });
  await book.close();
});

test('the fold of the log is the state: opened again it is the same', async () => {
  const trial = rig();
  const book = await trial.open();
  book.happened(await did(trial, 'assign'));
  await pass(book, trial, 25);
  book.happened(await did(trial, 'supervise'));
  book.happened(await did(trial, 'close', { evidence: [ticketEvidence] }));
  await book.idle();
  const before = all(book);
  await book.close();
  const again = await trial.open();
  expect(before.length).toBeGreaterThan(3);
  expect(all(again)).toEqual(before);
  await again.close();
});

test('unread, a notice goes up the line, and no further once it is read', async () => {
  const trial = rig();
  const book = await trial.open();
  book.happened(await did(trial, 'assign'));
  await pass(book, trial, 9);
  expect(all(book)).toHaveLength(1);
  await pass(book, trial, 2);
  expect(all(book).map(({ to }) => to.id)).toEqual(['dept:fire', 'county:990101']);
  expect(all(book)[1]).toMatchObject({
    ...{ cause: 'unread', rung: 1, escalates: all(book)[0]?.id, text: '消防10分钟未确认 20260715-001' },
  });
  expect(all(book)[0]).toMatchObject({ escalatedTo: all(book)[1]?.id });
  await pass(book, trial, 11);
  expect(all(book).map(({ to }) => to.id)).toEqual(['dept:fire', 'county:990101', 'city']);
  await book.act(anybody, all(book)[0]?.id ?? 0, { verb: 'read', asked: {} });
  await pass(book, trial, 60);
  expect(all(book)).toHaveLength(3);
  await book.close();
});

test('urged again and again, a unit that reads nothing is reported once; the last one read is all of them', async () => {
  const trial = rig();
  const book = await trial.open();
  book.happened(await did(trial, 'assign'));
  for (let n = 0; n < 4; n += 1) {
    await pass(book, trial, 2);
    book.happened(await did(trial, 'urge'));
    await book.idle();
  }
  const last = all(book).at(-1)?.id ?? 0;
  await book.act(anybody, last, { verb: 'read', asked: {} });
  expect(all(book)[0]).toMatchObject({ state: 'read', ackDueAt: null });
  await pass(book, trial, 60);
  expect(all(book)).toHaveLength(5);

  book.happened(await did(trial, 'urge'));
  book.happened(await did(trial, 'urge'));
  await book.idle();
  await pass(book, trial, 12);
  expect(all(book).filter(({ cause }) => cause === 'unread')).toHaveLength(1);
  await book.close();
});

test('the line has an end, and a restart does not begin it anew', async () => {
  const trial = rig();
  const book = await trial.open();
  book.happened(await did(trial, 'assign'));
  await pass(book, trial, 15);
  await book.close();
  const again = await trial.open();
  await pass(again, trial, 120);
  expect(all(again).map(({ to }) => to.id)).toEqual(['dept:fire', 'county:990101', 'city', 'dept:office']);
  expect(trial.gateway.taken).toHaveLength(4);
  await again.close();
});

test('a unit that begins has read it', async () => {
  const trial = rig();
  const book = await trial.open();
  book.happened(await did(trial, 'assign'));
  await pass(book, trial, 5);
  book.happened(await did(trial, 'start'));
  await book.idle();
  await pass(book, trial, 60);
  expect(all(book)).toMatchObject([{ state: 'read', readBy: 'duty', readAt: expect.any(Number) as number }]);
  expect(all(book)[0]?.readAt).toBe(trial.clock.now() - 60 * MINUTE);
  await book.close();
});

const taken: GlassNews = {
  what: 'take',
  ...{ id: 12, name: '李', role: '值班长', by: '李', reason: '值班长失联', minutes: 30 },
  ...{ at: Date.UTC(2026, 6, 15, 4), isJustified: false },
};

test('break-glass is told to each of those who watch, once, whatever is said again after a restart', async () => {
  const trial = rig();
  const book = await trial.open();
  await book.tellOfGlass([taken]);
  await book.close();
  const again = await trial.open();
  await again.tellOfGlass([taken, { ...taken, what: 'review', by: '王', reason: '属实', isJustified: true }]);
  await again.idle();
  expect(trial.gateway.taken.map(({ to, text, incident }) => [to, text, incident])).toEqual([
    ['office:auditor', '李 07-15 12:00 值班长 30 值班长失联', ''],
    ['system:security', '李 07-15 12:00 值班长 30 值班长失联', ''],
    ['office:auditor', '王 属实必要 属实', ''],
    ['system:security', '王 属实必要 属实', ''],
  ]);
  // Of no incident: seen by whoever has the whole city.
  expect(again.list({ from: 0, limit: 9 }, (region) => region === '990101').total).toBe(0);
  expect(again.list({ from: 0, limit: 9 }, (region) => region === '990100').total).toBe(4);
  await again.close();
});

test.each(['drill', 'demo', 'recording', 'branch'] as const)(
  'of break-glass nothing leaves a %s',
  async (kind) => {
    const trial = rig({ id: 'other', kind, parent: 'live' });
    const book = await trial.open();
    await book.tellOfGlass([taken]);
    await book.idle();
    expect([trial.gateway.taken, all(book).map(({ state }) => state)]).toEqual([
      [],
      ['withheld', 'withheld'],
    ]);
    await book.close();
  },
);
