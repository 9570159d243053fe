// Acknowledgements on the real outbox over a log in memory: who is asked, receipts and people who answer, who is silent goes up
// the line, a kill at any entry.
import { expect, test } from 'vitest';
import { dispatchOrder } from '../../contracts/layers/dispatch-order.ts';
import { townReceipt } from '../../contracts/layers/town-receipt.ts';
import { warning } from '../../contracts/layers/warning.ts';
import { acknowledgeSchema } from '../../contracts/records/acknowledgement.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import { LayerTable } from '../../contracts/table.ts';
import { createManualClock } from '../kit/clock.ts';
import { createListLogger } from '../kit/test-context.ts';
import type { MemoryLog } from '../outbound/memory-log.test-kit.ts';
import { createMemoryLog } from '../outbound/memory-log.test-kit.ts';
import { OutboxBook } from '../outbound/outbox.ts';
import { START, testGateway } from '../outbound/outbox.test-kit.ts';
import { Sender } from '../outbound/sender.ts';
import { AckBook } from './ack-book.ts';

const MINUTE = 60_000;
const live = { id: 'live', kind: 'live', parent: null } as const;
const unit = (id: string) => ({ id, name: { zh: id, en: id } });
const towns = ['town:990101001', 'town:990101100', 'town:990102100'].map(unit);
const units = ['city', 'county:990101', 'county:990102'].map(unit).concat(towns);
const everyone = () => true;
const chief = { id: 'chief', reaches: everyone };

function rig() {
  const clock = createManualClock(START);
  const log = createMemoryLog(clock.now);
  const gateway = testGateway();
  const logger = createListLogger([]);
  const tables = {
    warnings: new LayerTable(warning),
    orders: new LayerTable(dispatchOrder),
    receipts: new LayerTable(townReceipt),
  };
  const open = async (onto: MemoryLog = log) => {
    const outbox = new OutboxBook({
      ...{ log: onto, clock, logger, withheld: null },
      incidents: { units, find: () => undefined, everyone: () => [] },
      rules: { messages: [], replies: {}, unread: { urgent: [], normal: [], text: '' } },
      city: { title: { zh: '试城', en: 'Test' }, timeZone: 'Asia/Shanghai', code: '990100', systems: [] },
      sender: new Sender({
        world: live,
        clock,
        logger,
        gateways: { reply: gateway, notice: gateway, push: gateway, statement: gateway },
      }),
    });
    await outbox.open();
    const shown = new Map<number, string>();
    const book = new AckBook({
      ...{ log: onto, clock, logger, teller: outbox, tables },
      ground: {
        rules: {
          warnings: [{ events: ['暴雨'], severities: ['red', 'blue'] }],
          ...{ withinMin: 10, permitSenders: [], orders: { withinMin: 30, downstream: {} } },
          texts: { warning: '{title} {minutes}', order: '{title}', missing: '{title}:{text}' },
        },
        ...{ timeZone: 'Asia/Shanghai', cityCode: '990100', city: '试城', units, nameOf: () => null },
        townsOf: (codes) => towns.filter(({ id }) => codes.some((code) => id.startsWith(`town:${code}`))),
        downstreamOf: (name) => (name === '北河水库' ? towns.slice(0, 1) : []),
        contactsOf: () => [{ post: { zh: '值班', en: 'Duty' }, phone: '0999-110' }],
      },
      show: ({ id, answers, asked, endedAt }) =>
        shown.set(id, endedAt === null ? `${answers.length}/${asked.length}` : 'over'),
    });
    await book.open();
    const tick = async (): Promise<void> => {
      book.tick({ at: clock.now() });
      for (const table of Object.values(tables)) table.clearChanges();
      await book.idle();
    };
    return { outbox, book, tick, shown };
  };
  const warn = (key: string, values: object = {}): void => {
    tables.warnings.put({
      ...{ key, validAt: clock.now(), source: 'cap' },
      values: {
        ...{ issuedBy: key, event: '暴雨', severity: 'blue', status: 'actual', title: `${key}暴雨` },
        ...{ geocodes: ['990101', '990102'], sentAt: clock.now(), ...values },
      },
    });
  };
  const receive = (town: string, of: string, subject: 'warning' | 'dispatch-order' = 'warning'): void => {
    tables.receipts.put({
      ...{ key: `${of}${town}`, validAt: clock.now(), source: 'town-receipt' },
      values: { town, of, subject, receivedAt: clock.now() },
    });
  };
  return { clock, log, gateway, tables, open, warn, receive };
}

let made = 0;
const said = (of: string, more: object = {}) =>
  acknowledgeSchema.parse({ action: `answer-${String((made += 1)).padStart(4, '0')}`, unit: of, ...more });

test('a warning of the city’s choice asks each town post of its areas, once', async () => {
  const { open, warn, gateway } = rig();
  const { book, tick, outbox } = await open();
  warn('w1');
  warn('w2', { event: '大风' });
  warn('w3', { severity: 'yellow' });
  warn('w4', { status: 'exercise' });
  await tick();
  await tick();
  await outbox.idle();
  expect(book.list(everyone).acknowledgements.map(({ of, asked }) => [of, asked.length])).toEqual([
    ['w1', 3],
  ]);
  expect(gateway.taken.map(({ to }) => to)).toEqual(towns.map(({ id }) => id));
});

test('receipts and people answer; of whoever is silent the counties are told, then the city, each once', async () => {
  const { open, warn, receive, clock, gateway } = rig();
  const { book, tick, outbox, shown } = await open();
  warn('w1');
  await tick();
  const [first] = book.list(everyone).acknowledgements;
  const id = first?.id ?? 0;
  clock.advance(4 * MINUTE);
  receive('990101001', 'w1');
  receive('990101001', 'other');
  await tick();
  expect(shown.get(id)).toBe('1/3');
  clock.advance(6 * MINUTE);
  await tick();
  await tick();
  await outbox.idle();
  expect(gateway.taken.slice(3).map(({ to, text }) => [to, text])).toEqual([
    ['county:990101', 'w1暴雨:town:990101100'],
    ['county:990102', 'w1暴雨:town:990102100'],
  ]);
  clock.advance(MINUTE);
  const own = { id: 'town', reaches: reachesOf(['990101100']) };
  await book.acknowledge(own, id, said('town:990101100'));
  await expect(book.acknowledge(own, id, said('town:990102100'))).rejects.toThrow(/not yours/);
  const page = book.list(everyone).acknowledgements[0];
  expect(page?.answers.map(({ unit: of, way, isLate }) => [of, way, isLate])).toEqual([
    ['town:990101001', 'system', false],
    ['town:990101100', 'page', true],
  ]);
  expect(page?.missing).toMatchObject([
    { unit: { id: 'town:990102100' }, contacts: [{ dial: 'tel:0999110' }] },
  ]);
  clock.advance(9 * MINUTE);
  await tick();
  await outbox.idle();
  expect(gateway.taken.slice(5).map(({ to }) => to)).toEqual(['city']);
  await book.acknowledge(chief, id, said('town:990102100', { way: 'phone' }));
  clock.advance(60 * MINUTE);
  await tick();
  await outbox.idle();
  expect([shown.get(id), gateway.taken.length]).toEqual(['3/3', 6]);
});

test('an order asks the towns downstream; what is over asks nobody any more', async () => {
  const { open, tables, clock, receive } = rig();
  const { book, tick, shown } = await open();
  tables.orders.put({
    ...{ key: 'o', validAt: clock.now(), source: 'x' },
    values: {
      name: 'DD-1',
      reservoir: '北河水库',
      outflowM3S: 900,
      status: 'issued',
      toAt: clock.now() + 60 * MINUTE,
    },
  });
  await tick();
  const [order] = book.list(everyone).acknowledgements;
  expect(order).toMatchObject({ subject: 'dispatch-order', of: 'DD-1', dueAt: START + 30 * MINUTE });
  receive('990101001', 'DD-1', 'dispatch-order');
  await tick();
  expect(shown.get(order?.id ?? 0)).toBe('1/1');
  clock.advance(61 * MINUTE);
  await tick();
  expect(shown.get(order?.id ?? 0)).toBe('over');
});

test('what was sent long before the server knew of it asks nobody', async () => {
  const { open, warn } = rig();
  const { book, tick } = await open();
  warn('w1', { sentAt: START - 61 * MINUTE });
  await tick();
  expect(book.list(everyone).acknowledgements).toEqual([]);
});

test('killed at any entry, the next start asks, answers and tells each once', async () => {
  const whole = rig();
  const { tick, outbox, book } = await whole.open();
  whole.warn('w1');
  await tick();
  whole.receive('990101001', 'w1');
  whole.clock.advance(10 * MINUTE);
  await tick();
  await outbox.idle();
  const entries = [...whole.log.entries];
  const asked = book.list(everyone).acknowledgements[0]?.answers;
  for (let cut = 1; cut <= entries.length; cut += 1) {
    const killed = createMemoryLog(whole.clock.now);
    killed.entries.push(...entries.slice(0, cut));
    const next = await whole.open(killed);
    await next.tick();
    await next.tick();
    await next.outbox.idle();
    const kinds = killed.entries.map(({ kind }) => kind);
    const count = (kind: string): number => kinds.filter((one) => one === kind).length;
    expect([cut, count('ack/ask'), count('ack/answer')]).toEqual([cut, 1, 1]);
    expect(next.book.list(everyone).acknowledgements[0]?.answers.length).toBe(asked?.length);
    await next.outbox.close();
  }
});
