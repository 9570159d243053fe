// Several people act at one moment, on a log that takes its time: who waits for whom, and what is written together.
import { expect, test } from 'vitest';
import { loadCity } from '../../cities/load.ts';
import { actionSchemas, reportSchema } from '../../contracts/records/incident-actions.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { createManualClock } from '../kit/clock.ts';
import type { NewEntry } from '../store/port.ts';
import { IncidentBook } from './incidents.ts';
import { MemoryLog } from './memory-log.test-kit.ts';
import type { Actor, Outcome } from './port.ts';

/** Entries wait until they are committed, as many as there are. */
class SlowLog extends MemoryLog {
  #waiting: (() => void)[] = [];

  override append(entry: NewEntry): Promise<LogEntry> {
    return new Promise((resolve) => {
      this.#waiting.push(() => void super.append(entry).then(resolve));
    });
  }

  /** → how many entries went into the commit, once who waited for them has gone on. */
  async commit(): Promise<number> {
    // Whoever may act has asked by the next turn of the loop.
    await new Promise((resolve) => setImmediate(resolve));
    const going = this.#waiting.splice(0);
    for (const go of going) go();
    await new Promise((resolve) => setImmediate(resolve));
    return going.length;
  }
}

const chief: Actor = { id: 'chief', reaches: () => true };
let made = 0;
const action = (): string => `action-${(made += 1)}`;

async function open(): Promise<{ log: SlowLog; book: IncidentBook }> {
  const clock = createManualClock(Date.UTC(2026, 6, 15, 4, 0, 0));
  const log = new SlowLog(() => clock.now());
  const targets = {
    copyRow: () => {
      throw new Error('no rows here');
    },
    regionAt: () => '990100',
    file: () => null,
    show: () => undefined,
    showTask: () => undefined,
    showOnly: () => undefined,
    labelOf: () => 'public' as const,
  };
  const book = new IncidentBook({ log, clock, city: loadCity('testville'), targets });
  await book.open();
  return { log, book };
}

const report = (book: IncidentBook): Promise<Outcome> =>
  book.report(chief, reportSchema.parse({ action: action(), kind: 'fire', title: '起火' }));

function act(book: IncidentBook, id: number, verb: 'accept' | 'note', said: object = {}): Promise<Outcome> {
  const asked = actionSchemas[verb].parse({ action: action(), seen: id, ...said });
  return book.act(chief, id, { verb, asked });
}

test('incidents that are reported at one moment get numbers of their own, one commit each', async () => {
  const { log, book } = await open();
  const both = [report(book), report(book)];
  expect(await log.commit()).toBe(1);
  expect(await log.commit()).toBe(1);
  const numbers = (await Promise.all(both)).map(({ id }) => book.view(id, []).incident.no);
  expect(numbers).toEqual(['20260715-001', '20260715-002']);
});

test('what is done to different incidents at one moment is one commit; to one incident, one after another', async () => {
  const { log, book } = await open();
  const reported = [report(book), report(book)];
  await log.commit();
  await log.commit();
  const [first, second] = (await Promise.all(reported)).map(({ id }) => id) as [number, number];
  const notes = [
    act(book, first, 'note', { text: '一' }),
    act(book, second, 'note', { text: '二' }),
    act(book, first, 'note', { text: '三' }),
  ];
  expect(await log.commit()).toBe(2);
  expect(await log.commit()).toBe(1);
  expect((await Promise.all(notes)).map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
  expect(log.entries.slice(2).map(({ body }) => (body as { incident: number }).incident)).toEqual([
    first,
    second,
    first,
  ]);
});

test('the second of two who accept the same at one moment is told who was first', async () => {
  const { log, book } = await open();
  const reported = report(book);
  await log.commit();
  const { id } = await reported;
  const both = [act(book, id, 'accept'), act(book, id, 'accept')];
  expect(await log.commit()).toBe(1);
  expect(await log.commit()).toBe(0);
  expect((await Promise.all(both)).map(({ outcome }) => outcome)).toEqual(['done', 'conflict']);
});
