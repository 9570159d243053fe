// Duty: shifts over midnight, rosters with versions, hand-overs that somebody else signs, and the fold of the log.
import { expect, test } from 'vitest';
import type { OpenItem, Shift } from '../../contracts/records/duty.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { createManualClock } from '../kit/clock.ts';
import type { RecordLog } from '../store/port.ts';
import { DutyBook } from './duty-book.ts';
import { shiftsAt, timeOf } from './shift-time.ts';

const ZONE = 'Asia/Shanghai';
const shifts: readonly Shift[] = [
  { id: 'day', name: { zh: '白班', en: 'Day' }, from: '08:30', to: '20:30' },
  { id: 'night', name: { zh: '夜班', en: 'Night' }, from: '20:30', to: '08:30' },
];
const at = (text: string): number => Date.parse(`${text}:00+08:00`);

/** A log in memory: what the port promises, without a disk. */
function memoryLog(now: () => number): RecordLog & { entries: LogEntry[] } {
  const entries: LogEntry[] = [];
  return {
    entries,
    world: 'live',
    head: { seq: 0, hash: '' },
    append: (entry) => {
      const whole = { ...entry, seq: entries.length + 1, world: 'live', knownAt: now(), prevHash: '' };
      entries.push(whole);
      return Promise.resolve(whole);
    },
    async *read({ kinds } = {}) {
      for (const entry of entries)
        if (kinds?.includes(entry.kind) ?? true) yield await Promise.resolve(entry);
    },
    keepSnapshot: () => Promise.resolve(),
    snapshot: () => Promise.resolve(null),
    fold: ({ kinds, apply }) => {
      for (const entry of entries) if (kinds.includes(entry.kind)) apply(entry);
      return Promise.resolve();
    },
  };
}

const units = [
  { id: 'city', name: { zh: '市值班室', en: 'City' } },
  { id: 'county:510802', name: { zh: '利州区', en: 'Lizhou' } },
];
const items: OpenItem[] = [
  { kind: 'incident', id: '1', text: { zh: '甲', en: 'a' }, marks: [], region: '510802003' },
  { kind: 'feed', id: 'rain', text: { zh: '雨量', en: 'rain' }, marks: [], region: '510800' },
];
const clock = () => createManualClock(at('2026-07-16T09:00'));
const whole = (id: string) => ({ id, reaches: () => true });
const county = (id: string) => ({ id, reaches: (region: string) => region.startsWith('510802') });

async function open(log: RecordLog, now = clock()): Promise<DutyBook> {
  const book = new DutyBook({
    ...{ log, clock: now, timeZone: ZONE, cityCode: '510800', shifts, units },
    openItems: () => items,
    nameOf: (id) => (id === 'li' ? '李值班' : null),
  });
  await book.start();
  return book;
}

const li = { name: '李', post: 'officer', account: 'li' } as const;
const day = { unit: 'city', day: '2026-07-16', shift: 'day' };

test.each([
  ['2026-07-16T08:29', 'night', '2026-07-15', '2026-07-15T20:30', '2026-07-16T08:30'],
  ['2026-07-16T08:30', 'day', '2026-07-16', '2026-07-16T08:30', '2026-07-16T20:30'],
  ['2026-07-16T23:59', 'night', '2026-07-16', '2026-07-16T20:30', '2026-07-17T08:30'],
  ['2026-12-31T21:00', 'night', '2026-12-31', '2026-12-31T20:30', '2027-01-01T08:30'],
])('at %s it is the %s shift of %s', (now, id, ofDay, from, to) => {
  const { shift, next } = shiftsAt(shifts, at(now), ZONE);
  expect(shift).toMatchObject({ id, day: ofDay, startAt: at(from), endAt: at(to) });
  expect(next?.startAt).toBe(at(to));
});

test('between two shifts there is none, and the next is named', () => {
  const office = [{ ...(shifts[0] as Shift), to: '12:00' }];
  const { shift, next } = shiftsAt(office, at('2026-07-16T13:00'), ZONE);
  expect([shift, next?.day]).toEqual([null, '2026-07-17']);
});

test('a shift of a zone that changes its clock begins at its local hour', () => {
  const one = timeOf(shifts[1] as Shift, '2026-03-28', 'Europe/Berlin');
  expect([one.startAt, one.endAt]).toEqual([
    Date.parse('2026-03-28T20:30:00+01:00'),
    Date.parse('2026-03-29T08:30:00+02:00'),
  ]);
});

test('a roster keeps its versions; who has not seen the last one changes nothing; the last can be taken back', async () => {
  const book = await open(memoryLog(() => at('2026-07-16T09:00')));
  const first = await book.setRoster(whole('wang'), { ...day, people: [li], seen: 0 });
  expect(book.view(whole('x')).onDuty).toEqual([first]);
  await expect(book.setRoster(whole('zhao'), { ...day, people: [], seen: 0 })).rejects.toThrow(
    /request\/conflict/,
  );
  const second = await book.setRoster(whole('wang'), { ...day, people: [], seen: first.version });
  expect([second.people, second.versions]).toEqual([[], 2]);
  const back = await book.undoRoster(whole('wang'), { ...day, seen: second.version, reason: '误改' });
  expect(back).toEqual(first);
  expect(await book.undoRoster(whole('wang'), { ...day, seen: first.version, reason: '误改' })).toBeNull();
  expect(book.view(whole('x')).onDuty).toEqual([]);
  await expect(book.setRoster(whole('wang'), { ...day, shift: 'noon', people: [], seen: 0 })).rejects.toThrow(
    /shift: noon is none of day, night/,
  );
});

test('a hand-over copies what is open, and another signs it, once', async () => {
  const book = await open(memoryLog(() => at('2026-07-16T09:00')));
  const handed = await book.handOver(whole('li'), { unit: 'city', text: '关注嘉陵江水位' });
  expect(handed).toMatchObject({ by: 'li', shift: { id: 'day' }, items, signed: null });
  await expect(book.handOver(whole('zhao'), { unit: 'city', text: '再交' })).rejects.toThrow(
    /is not signed yet/,
  );
  await expect(book.takeOver(whole('li'), { id: handed.id, text: '' })).rejects.toThrow(/request\/forbidden/);
  const signed = await book.takeOver(whole('zhao'), { id: handed.id, text: '已知悉' });
  expect(signed.signed).toMatchObject({ by: 'zhao', text: '已知悉' });
  await expect(book.takeOver(whole('qian'), { id: handed.id, text: '' })).rejects.toThrow(
    /is signed by zhao/,
  );
  expect(book.view(whole('x')).names).toEqual({ li: '李值班' });
});

test('a county has its own desk and sees nothing of the city', async () => {
  const book = await open(memoryLog(() => at('2026-07-16T09:00')));
  await book.handOver(whole('li'), { unit: 'city', text: '市' });
  const own = await book.handOver(county('zhou'), { unit: 'county:510802', text: '区' });
  expect(own.items.map(({ id }) => id)).toEqual(['1']);
  const view = book.view(county('zhou'));
  expect([view.units.map(({ id }) => id), view.handOvers.map(({ text }) => text)]).toEqual([
    ['county:510802'],
    ['区'],
  ]);
  expect(() => book.open(county('zhou'), 'city')).toThrow(/request\/forbidden/);
  await expect(book.takeOver(county('zhou'), { id: 1, text: '' })).rejects.toThrow(/request\/forbidden/);
});

test('the fold of the log is the book', async () => {
  const log = memoryLog(() => at('2026-07-16T09:00'));
  const book = await open(log);
  const roster = await book.setRoster(whole('wang'), { ...day, people: [li], seen: 0 });
  await book.setRoster(whole('wang'), { ...day, people: [], seen: roster.version });
  await book.undoRoster(whole('wang'), { ...day, seen: 2, reason: '误' });
  const { id } = await book.handOver(whole('li'), { unit: 'city', text: '交' });
  await book.takeOver(whole('zhao'), { id, text: '' });
  expect(log.entries.map(({ kind }) => kind)).toHaveLength(5);
  const again = await open(log);
  expect(again.view(whole('x'))).toEqual(book.view(whole('x')));
  expect(again.rosters(whole('x'), { from: '2026-07-01', to: '2026-07-31' })).toEqual([roster]);
});

test.each([
  [
    'twice by name',
    [
      { ...li, account: '' },
      { ...li, account: '', post: 'chief' },
    ],
    /^people\.1\.name: 李 stands at place 1/,
  ],
  ['without an account', [{ ...li, account: 'nobody' }], /^people\.0\.account: there is no account nobody/],
  [
    'at two desks at once',
    [li],
    /^people\.0\.account: li has night of county:510802 on 2026-07-16 at the same time/,
  ],
] as const)('a roster with somebody %s is refused and says who', async (_, people, message) => {
  const book = await open(memoryLog(() => at('2026-07-16T09:00')));
  const night = { day: '2026-07-16', shift: 'night' };
  await book.setRoster(whole('chief'), { ...night, unit: 'county:510802', people: [li], seen: 0 });
  await expect(
    book.setRoster(whole('chief'), { ...night, unit: 'city', people: [...people], seen: 0 }),
  ).rejects.toThrow(message);
  expect(book.rosters(whole('chief'), { from: '2026-07-16', to: '2026-07-16' })).toHaveLength(1);
});

test('what a roster would change is told before: who comes, who goes, and who would not sleep', async () => {
  const book = await open(memoryLog(() => at('2026-07-16T09:00')));
  await book.setRoster(whole('chief'), { ...day, people: [li], seen: 0 });
  const wang = { name: '王', post: 'chief', account: '' } as const;
  const told = book.tryRoster(whole('chief'), { ...day, shift: 'night', people: [li, wang] }).effects;
  expect(told.map(({ what, before, after }) => [what.zh, before.zh, after.zh])).toEqual([
    ['李', '不在本班', '值班员'],
    ['王', '不在本班', '值班长'],
    ['李：注意', '2026-07-16 白班（市值班室）', '两班间隔不足 8 小时'],
  ]);
  const later = { ...day, day: '2026-07-17', people: [wang] };
  expect(book.tryRoster(whole('chief'), later).effects).toHaveLength(1);
  expect(book.rosters(whole('chief'), { from: '2026-07-16', to: '2026-07-17' })).toHaveLength(1);
});
