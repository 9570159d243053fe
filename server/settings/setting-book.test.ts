// Settings of feeds over their files: on record, sealed where secret, taken back, and in force again after a restart.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { SecretBox } from '../access/secret-box.ts';
import { MemoryLog } from '../command/memory-log.test-kit.ts';
import { createManualClock } from '../kit/clock.ts';
import type { FeedReport } from '../ingest/port.ts';
import { pollSettings, webhookSettings } from '../kit/settings.ts';
import { FeedKeeper } from './feed-keeper.ts';
import type { Feeds } from './feed-keeper.ts';
import { SettingBook } from './setting-book.ts';

const keeperOf = { id: 'admin', roles: ['sys-admin'], from: '10.0.0.7' };
const KEY = 'a-secret-of-the-district';
const schemas: Readonly<Record<string, z.ZodType>> = {
  noise: z.strictObject(pollSettings('noise/now', 60)),
  ticket: z.strictObject(webhookSettings),
};

async function trial(isDemo = false) {
  const clock = createManualClock(Date.UTC(2026, 6, 15));
  const log = new MemoryLog(clock.now);
  const told: string[] = [];
  const applied: unknown[] = [];
  const box = new SecretBox(randomBytes(32));
  const feeds: Feeds = {
    reports: () =>
      Object.keys(schemas).map((id) => ({ id, state: 'live', detail: '' }) as unknown as FeedReport),
    isConnectable: () => true,
    settingsOf: (feed, over) => schemas[feed]?.parse(over) as Readonly<Record<string, unknown>>,
    reconfigure: (feed, over) => void applied.push([feed, over]),
    switchFeed: (by, { feed, enabled }) => Promise.resolve(told.push(`${by} ${feed} ${enabled}`)),
    base: () => 'http://127.0.0.1:8088/',
    isDemo,
  };
  const open = async (with_ = box) => {
    const keeper: FeedKeeper = new FeedKeeper(feeds, () => book);
    const book = new SettingBook({
      ...{ log, box: with_, check: (asked) => keeper.check(asked), onChange: ({ of }) => keeper.apply(of) },
      audit: {
        note: ({ subject, object, detail }) => void told.push(`${subject} ${object} ${detail ?? ''}`),
      },
      onLost: (what) => void told.push(`lost ${what}`),
    });
    await book.open();
    return { keeper, book };
  };
  return { log, told, applied, open, ...(await open()) };
}

test('a period holds at once, is told with what it was, and is taken back once', async () => {
  const { keeper, applied, told } = await trial();
  const change = { setting: 'periodS', value: 20, reason: '加密监测' };
  const { id } = await keeper.change(keeperOf, 'noise', change);
  expect(applied).toEqual([['noise', { periodS: 20 }]]);
  expect(keeper.list().feeds[0]?.settings).toEqual([
    { name: 'tokenHeader', value: 'Authorization', written: 'Authorization', isChanged: false },
    { name: 'url', value: 'noise/now', written: 'noise/now', isChanged: false },
    { name: 'periodS', value: 20, written: 60, isChanged: true },
  ]);
  await expect(keeper.change(keeperOf, 'noise', change)).rejects.toMatchObject({ code: 'request/conflict' });
  await keeper.undo(keeperOf, id, { kind: 'feed', reason: '监测结束' });
  expect(applied.at(-1)).toEqual(['noise', {}]);
  await expect(keeper.undo(keeperOf, id, { kind: 'feed', reason: '再撤' })).rejects.toMatchObject({
    code: 'request/conflict',
  });
  expect(keeper.list().changes.map(({ before, after, undoable }) => [before, after, undoable])).toEqual([
    [20, null, false],
    [null, 20, false],
  ]);
  expect(told).toEqual([
    'admin feed noise periodS null → 20 加密监测',
    'admin feed noise periodS 20 → null 监测结束',
  ]);
});

test('what does not fit the feed is refused and told why, and nothing is on record', async () => {
  const { keeper, log } = await trial();
  const change = (feed: string, setting: string, value: string | number | null) =>
    keeper.change(keeperOf, feed, { setting, value, reason: '试' });
  await expect(change('noise', 'periodS', 0)).rejects.toMatchObject({ code: 'request/invalid' });
  await expect(change('noise', 'periodS', 'often')).rejects.toMatchObject({ code: 'request/invalid' });
  await expect(change('noise', 'url', 'ftp://example.org/')).rejects.toThrow('http or https');
  await expect(change('noise', 'url', 'https://me:pass@example.org/')).rejects.toThrow('without a password');
  await expect(change('noise', 'priority', 90)).rejects.toThrow('tokenHeader, url, periodS');
  await expect(change('ticket', 'key', KEY)).rejects.toThrow('nothing of that kind');
  await expect(change('nois', 'url', 'x')).rejects.toMatchObject({ code: 'request/not-found' });
  expect(log.head.seq).toBe(0);
  await change('noise', 'url', 'https://noise.example.org/now');
  const demo = await trial(true);
  const elsewhere = { setting: 'url', value: 'https://noise.example.org/now', reason: '试' };
  await expect(demo.keeper.change(keeperOf, 'noise', elsewhere)).rejects.toThrow('simulated city alone');
  await demo.keeper.change(keeperOf, 'noise', { ...elsewhere, value: 'noise/later' });
});

test('a secret is sealed, shown to nobody, replaced, removed, taken back, and there again after a restart', async () => {
  const { keeper, log, applied, told, open } = await trial();
  const put = (value: string | null) =>
    keeper.changeSecret(keeperOf, 'ticket', { secret: 'key', value, reason: '定期更换' });
  const shown = () => keeper.list().feeds[1]?.secrets[0]?.from;
  expect(shown()).toBe(null);
  await expect(put('too-short')).rejects.toMatchObject({ code: 'request/invalid' });
  await put(KEY);
  expect([shown(), applied.at(-1)]).toEqual(['here', ['ticket', { key: KEY }]]);
  const { id } = await put(null);
  expect([shown(), applied.at(-1)]).toEqual([null, ['ticket', {}]]);
  await keeper.undo(keeperOf, id, { kind: 'secret', reason: '误删' });
  expect(applied.at(-1)).toEqual(['ticket', { key: KEY }]);
  const written: unknown[] = [];
  for await (const entry of log.read()) written.push(entry);
  expect(JSON.stringify([written, told, keeper.list()])).not.toContain(KEY);
  expect((await open()).book.valuesOf('ticket')).toEqual({ key: KEY });
  const other = await open(new SecretBox(randomBytes(32)));
  expect([other.book.valuesOf('ticket'), told.at(-1)]).toEqual([{}, 'lost secret ticket key']);
});

test('a token of a polled feed is a secret like the others, and the header it stands in is a setting', async () => {
  const { keeper, applied, log, told } = await trial();
  const token = 'a-token-of-the-source';
  await keeper.changeSecret(keeperOf, 'noise', { secret: 'token', value: token, reason: '对方要求' });
  await keeper.change(keeperOf, 'noise', { setting: 'tokenHeader', value: 'X-Api-Key', reason: '对方要求' });
  expect(applied.at(-1)).toEqual(['noise', { token, tokenHeader: 'X-Api-Key' }]);
  expect(keeper.list().feeds[0]?.secrets).toMatchObject([{ name: 'token', from: 'here' }]);
  const wrong = keeper.change(keeperOf, 'noise', { setting: 'tokenHeader', value: 'X Key', reason: '试' });
  await expect(wrong).rejects.toThrow('name of a header');
  const written: unknown[] = [];
  for await (const entry of log.read()) written.push(entry);
  expect(JSON.stringify([written, told, keeper.list()])).not.toContain(token);
});

test('off and on is the switch of the duty officers', async () => {
  const { keeper, told } = await trial();
  await keeper.turn(keeperOf, 'noise', { enabled: false, reason: '检修' });
  expect(told).toEqual(['admin noise false']);
});

test('settings of before, which named their feed so, hold on', async () => {
  const { log, open } = await trial();
  const body = {
    kind: 'feed',
    feed: 'noise',
    setting: 'periodS',
    reason: '旧',
    before: null,
    after: 20,
    undoes: null,
  };
  await log.append({ subject: 'admin', kind: 'setting/set', body });
  expect((await open()).book.valuesOf('noise')).toEqual({ periodS: 20 });
});
