import { expect, test } from 'vitest';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { createManualClock } from '../kit/clock.ts';
import type { NewEntry, RecordLog } from '../store/port.ts';
import { SessionBook } from './session-book.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A log in memory, as the store keeps it. */
function memoryLog(now: () => number): RecordLog & { readonly entries: LogEntry[] } {
  const entries: LogEntry[] = [];
  return {
    world: 'access',
    entries,
    get head() {
      return { seq: entries.length, hash: '' };
    },
    append(said: NewEntry) {
      const entry = { ...said, seq: entries.length + 1, world: 'access', knownAt: now(), prevHash: '' };
      entries.push(entry);
      return Promise.resolve(entry);
    },
    async *read({ kinds } = {}) {
      await Promise.resolve();
      yield* entries.filter(({ kind }) => kinds?.includes(kind) ?? true);
    },
    keepSnapshot: () => Promise.resolve(),
    snapshot: () => Promise.resolve(null),
    fold: ({ kinds, apply }) => {
      for (const entry of entries) if (kinds.includes(entry.kind)) apply(entry);
      return Promise.resolve();
    },
  };
}

async function bookOf(most = 2) {
  const clock = createManualClock(Date.UTC(2026, 6, 1));
  const log = memoryLog(clock.now);
  const ended: string[] = [];
  const open = async (): Promise<SessionBook> => {
    const book = new SessionBook({
      ...{ log, clock, most, idleMinutes: 15, absoluteHours: 12, onOpen: () => undefined },
      stepUpMinutes: 10,
      onEnd: ({ account }, why) => ended.push(`${account}: ${why}`),
    });
    await book.open();
    return book;
  };
  return { clock, log, ended, open, book: await open() };
}

test('a session ends after fifteen minutes without a touch, and after twelve hours with them', async () => {
  const { clock, book, ended } = await bookOf();
  const [idle, busy] = [await book.begin('li', 'person', ''), await book.begin('wang', 'person', '')];
  const signal = book.find(idle)?.ended;
  const hash = book.find(busy)?.hash ?? '';
  for (let at = 0; at < 12 * HOUR; at += 10 * MINUTE) {
    clock.advance(10 * MINUTE);
    book.touch(hash);
  }
  expect([book.find(idle), signal?.aborted, ended]).toEqual([null, true, ['li: time is over']]);
  expect(book.find(busy)).not.toBeNull();
  clock.advance(1 * MINUTE);
  expect(book.find(busy)).toBeNull();
});

test('of one person so many at once, the oldest ends; a device has one', async () => {
  const { book, ended } = await bookOf();
  const tokens = [];
  for (let n = 0; n < 3; n += 1) tokens.push(await book.begin('li', 'person', ''));
  expect(tokens.map((token) => book.find(token) !== null)).toEqual([false, true, true]);
  await book.begin('wall', 'device', '');
  await book.begin('wall', 'device', '');
  expect(book.countOf('wall')).toBe(1);
  expect(ended).toEqual(['li: another sign-in', 'wall: another sign-in']);
});

test('who somebody is, said at sign-in or again, is believed for ten minutes; of a demonstration nothing was said', async () => {
  const { clock, book, open } = await bookOf();
  const [token, demo] = [
    await book.begin('li', 'person', ''),
    await book.begin('demo-duty-chief', 'demo', ''),
  ];
  const isFresh = (of: string, at = book): boolean | undefined => {
    const session = at.find(of);
    return session ? at.isFresh(session) : undefined;
  };
  expect([isFresh(token), isFresh(demo)]).toEqual([true, false]);
  book.confirm(book.find(demo)?.hash ?? '');
  clock.advance(10 * MINUTE);
  expect([isFresh(token), isFresh(demo)]).toEqual([true, true]);
  clock.advance(1);
  expect([isFresh(token), isFresh(demo)]).toEqual([false, false]);
  book.confirm(book.find(token)?.hash ?? '');
  expect(isFresh(token)).toBe(true);
  // What was said since the sign-in is not on record: after a restart it is asked again.
  expect(isFresh(token, await open())).toBe(false);
});

test('a restart signs nobody out but those whose time is over, and keeps no token', async () => {
  const { clock, log, book, open } = await bookOf();
  const [stays, left] = [await book.begin('li', 'person', ''), await book.begin('wang', 'person', '')];
  book.end(book.find(left)?.hash ?? '', 'signed out');
  expect(JSON.stringify(log.entries)).not.toContain(stays);
  const again = await open();
  expect([again.find(stays)?.account, again.find(left)]).toEqual(['li', null]);
  clock.advance(13 * HOUR);
  expect((await open()).find(stays)).toBeNull();
});

test('what changes of an account cuts its streams, and its session goes on with new ones', async () => {
  const { book } = await bookOf();
  const token = await book.begin('li', 'person', '');
  const before = book.find(token)?.ended;
  book.cut('li');
  const after = book.find(token)?.ended;
  expect([before?.aborted, after?.aborted]).toEqual([true, false]);
  book.end(book.find(token)?.hash ?? '', 'signed out');
  expect(after?.aborted).toBe(true);
});

test('demonstrations leave nothing on record', async () => {
  const { log, book } = await bookOf();
  const token = await book.begin('demo-leader', 'demo', '');
  expect([book.find(token)?.account, log.entries]).toEqual(['demo-leader', []]);
});
