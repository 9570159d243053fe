// The bulletin: every number is what its query answers, of the reader's areas and the stretch that was asked for.
import { expect, test } from 'vitest';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { foldIncidents } from '../command/fold.ts';
import { pageOf } from '../command/listing.ts';
import { createManualClock } from '../kit/clock.ts';
import { BulletinDesk } from './bulletin-desk.ts';
import type { EntryAsk } from './port.ts';

const NOW = Date.parse('2026-07-16T21:00:00+08:00');
const HOUR = 3_600_000;
const desk = { id: 'city', name: { zh: '值班室', en: 'Desk' } };

const lines: readonly (readonly [string, number, object])[] = [
  [
    'incident/report',
    14,
    { said: { kind: 'fire', title: '旧' }, found: { desk, region: '510802', no: '1' } },
  ],
  [
    'incident/report',
    0.4,
    { said: { kind: 'fire', title: '甲' }, found: { desk, region: '510802', no: '2' } },
  ],
  ['incident/accept', 0.4, { incident: 2, said: {}, found: {} }],
  ['incident/grade', 0.3, { incident: 2, said: { grade: 'III' }, found: {} }],
  [
    'incident/report',
    0.2,
    { said: { kind: 'flood', title: '乙' }, found: { desk, region: '510803', no: '3' } },
  ],
  ['alert/raise', 0.2, { severity: 'red', layer: 'river-gauge', region: '510802' }],
  ['alert/raise', 0.1, { severity: 'yellow', layer: 'feed-health', region: '' }],
];
const entries: readonly LogEntry[] = lines.map(([kind, hoursAgo, body], at) => ({
  seq: at + 1,
  world: 'live',
  subject: 'li',
  knownAt: NOW - hoursAgo * HOUR,
  kind,
  body: { action: `a${at}`, happenedAt: NOW - hoursAgo * HOUR, ...body } as LogEntry['body'],
  prevHash: '',
}));

function newDesk(): BulletinDesk {
  const all = foldIncidents(entries.filter(({ kind }) => kind.startsWith('incident/')));
  return new BulletinDesk({
    clock: createManualClock(NOW),
    timeZone: 'Asia/Shanghai',
    shifts: [{ id: 'night', name: { zh: '夜班', en: 'Night' }, from: '20:30', to: '08:30' }],
    cityCode: '510800',
    log: {
      async *read({ kinds, knownFrom = 0, knownBefore = Infinity } = {}) {
        for (const entry of entries)
          if (kinds?.includes(entry.kind) && entry.knownAt >= knownFrom && entry.knownAt < knownBefore)
            yield await Promise.resolve(entry);
      },
    },
    incidents: {
      regionOf: (id) => all.get(id)?.region,
      list: (filter, reaches) =>
        pageOf(
          [...all.values()].filter(({ region }) => reaches(region)),
          filter,
          NOW,
        ),
    },
    openAlerts: () => [{ region: '510802' }, { region: '510800' }],
    feedsDown: () => 1,
  });
}

const whole = { id: 'wang', reaches: () => true };
const county = { id: 'zhou', reaches: (region: string) => region.startsWith('510802') };
const numbers = async (by: typeof county, asked = {}): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await newDesk().bulletin(by, asked)).sections
      .flatMap(({ figures }) => figures)
      .map((one) => [one.title.zh, one.value]),
  );

test('it counts since the shift began, by grade and kind', async () => {
  const bulletin = await newDesk().bulletin(whole, {});
  expect([bulletin.from, bulletin.to]).toEqual([NOW - HOUR / 2, NOW]);
  expect(await numbers(whole)).toMatchObject({
    ...{ 接报: 2, 较大: 1, 一般: 0, 火灾: 1, 洪涝灾害: 1, 现在办: 3 },
    ...{ 触发告警: 2, 红色: 1, 黄色: 1, 数据源告警: 1, 现未确认: 2, 现中断数据源: 1 },
  });
  expect(bulletin.incidents.map(({ title }) => title)).toEqual(['乙', '甲']);
  expect(await numbers(whole, { from: NOW - 20 * HOUR })).toMatchObject({ 接报: 3, 火灾: 2 });
});

test('a county counts its own', async () => {
  expect(await numbers(county)).toMatchObject({ 接报: 1, 现在办: 2, 触发告警: 1, 现未确认: 1 });
});

test('a number out of the log is what its query answers', async () => {
  const tried = newDesk();
  const { sections } = await tried.bulletin(whole, {});
  const asked = sections
    .flatMap(({ figures }) => figures)
    .filter(({ query }) => query.startsWith('/api/duty/entries'));
  expect(asked.length).toBeGreaterThan(8);
  for (const { query, value, title } of asked) {
    const {
      kind,
      from,
      to,
      field,
      value: said,
    } = Object.fromEntries(new URLSearchParams(query.split('?')[1]));
    const ask = { kind, from: Number(from), to: Number(to), field, value: said } as EntryAsk;
    expect([title.zh, (await tried.entries(whole, ask)).length]).toEqual([title.zh, value]);
  }
});

test('a stretch that is none is refused', async () => {
  await expect(newDesk().bulletin(whole, { from: NOW + HOUR })).rejects.toThrow(/request\/invalid/);
  await expect(newDesk().bulletin(whole, { from: NOW - 40 * 24 * HOUR })).rejects.toThrow(/31 days at most/);
});
