// Situation reports out of real incidents and orders: figures with the entries they come from, changes since the last issue,
// the order of kinds, decisions told once, and the paper, which says what was issued.
import { expect, test } from 'vitest';
import { actionSchemas } from '../../contracts/records/incident-actions.ts';
import type { Order } from '../../contracts/records/order.ts';
import type { Situation } from '../../contracts/records/situation.ts';
import { issueSituationSchema } from '../../contracts/records/situation.ts';
import { createListLogger } from '../kit/test-context.ts';
import { createMemoryLog } from '../outbound/memory-log.test-kit.ts';
import type { MemoryLog } from '../outbound/memory-log.test-kit.ts';
import { linesOf, looseEnds } from '../papers/paper.ts';
import { situationPaper } from '../papers/situation-paper.ts';
import { Wording } from '../papers/wording.ts';
import { act, action, chief, city, incidentIn, issueOf, MINUTE, rig } from '../main/orders.test-kit.ts';
import { SituationBook } from './situation-book.ts';

const everyone = () => true;

function reports() {
  const base = rig();
  const open = async (onto: MemoryLog = base.log) => {
    const books = await base.open(onto);
    const book = new SituationBook({
      ...{ log: onto, clock: base.clock, logger: createListLogger([]), freezer: books.packs },
      ...{ teller: books.outbox, incidents: books.incidents, decisions: city.outbound.decisions },
      systemName: { zh: '协同办公', en: 'Office' },
      ground: {
        ...{ timeZone: 'Asia/Shanghai', units: books.incidents.units, nameOf: () => null },
        matter: (id) => {
          const incident = books.incidents.find(id);
          const orders = [...books.orders.everyone()].filter((one) => one.incident?.id === id);
          const none = { calls: [], choices: [], plans: [], clusters: [], acks: [], bookings: [] };
          const rest = { ...none, warnings: ['w1', 'w2'], now: base.clock.now() };
          return incident && { incident, orders, ...rest };
        },
      },
    });
    await book.open();
    return { ...books, book };
  };
  return { ...base, open };
}

const reportOf = (incident: number, said: object = {}) =>
  issueSituationSchema.parse({ action: action(), incident, kind: 'special', text: '江水漫堤。', ...said });

const figureOf = (report: Pick<Situation, 'sections'>, id: string) =>
  report.sections.flatMap(({ figures }) => figures).find((one) => one.id === id);

test('each figure names the entries it comes from, and what it was in the issue before', async () => {
  const { open, clock, log } = reports();
  const books = await open();
  const incident = await incidentIn(books);
  await books.incidents.act(chief, incident, {
    verb: 'amend',
    asked: actionSchemas.amend.parse({
      action: action(),
      seen: incident + 1,
      reason: '核报',
      facts: { evacuated: 120 },
    }),
  });
  const given = await books.orders.issue(
    chief,
    issueOf({ incident, to: [{ unit: 'dept:emergency' }, { unit: 'county:990101' }] }),
  );
  const first = await books.book.issue(chief, reportOf(incident));
  expect([first.no, first.issue, first.previous]).toEqual(['B20260715-001', 1, null]);
  const issued = figureOf(first, 'orders.issued');
  expect([issued?.value, issued?.before]).toEqual([2, null]);
  expect(log.entries[(issued?.entries[0] ?? 0) - 1]?.kind).toBe('order/issue');
  const moved = figureOf(first, 'fact.evacuated');
  expect([moved?.value, log.entries[(moved?.entries[0] ?? 0) - 1]?.kind]).toEqual([120, 'incident/amend']);
  expect(figureOf(first, 'warnings.active')).toMatchObject({ value: 2, rows: ['warning/w1', 'warning/w2'] });

  clock.advance(6 * MINUTE);
  await act(books, [given[0] as Order, 'acknowledge']);
  const second = await books.book.issue(chief, reportOf(incident, { kind: 'follow' }));
  expect([second.issue, second.previous?.no]).toEqual([2, first.no]);
  expect(figureOf(second, 'orders.acknowledged')).toMatchObject({ value: 1, before: 0 });
  expect(figureOf(second, 'orders.ackMin')).toMatchObject({ value: 6, before: null });
  expect(figureOf(second, 'fact.evacuated')).toMatchObject({ value: 120, before: 120 });
  // What was issued does not change with what comes after.
  expect(books.book.find(first.id, everyone)).toEqual(first);
  expect(books.incidents.find(incident)?.briefs).toBe(2);

  const wording = new Wording({
    ...{ language: 'zh', timeZone: 'Asia/Shanghai', nameOf: () => null },
    ...{ regionName: () => null, layerOf: () => null },
  });
  const made = { unit: '试城值班室', mark: null, madeBy: '导出', madeAt: clock.now() };
  const paper = situationPaper({ report: second, wording, ...made });
  expect(paper.title).toBe('关于河水上涨的续报');
  expect(looseEnds(paper)).toEqual([]);
  const lines = linesOf(paper).join('\n');
  expect(lines).toMatch(/已签收 \| 1 \| 0 \| ▲ 1 \| 〔录\d+〕/);
  expect(lines).toMatch(/转移安置（人） \| 120 \| 120 \| 不变/);
  expect(lines).toContain(second.evidence.hash);
});

test('kinds come in their order: first a special report, then follow-ups, the summary when it is over, and nothing after', async () => {
  const { open } = reports();
  const books = await open();
  const incident = await incidentIn(books);
  expect(books.book.page(incident, everyone).kinds).toEqual(['special']);
  await expect(books.book.issue(chief, reportOf(incident, { kind: 'follow' }))).rejects.toThrow(
    /only special/,
  );
  await books.book.issue(chief, reportOf(incident));
  expect(books.book.page(incident, everyone).kinds).toEqual(['follow']);
  await expect(books.book.issue(chief, reportOf(incident))).rejects.toThrow(/only follow/);
  expect(() => books.book.page(incident, () => false)).toThrow(/not-found/);
});

test('decisions go to the document system, each once, whatever kill comes between', async () => {
  const whole = reports();
  const books = await whole.open();
  const incident = await incidentIn(books);
  const decisions = [
    { text: '追加转移点', unit: 'county:990101', dueAt: whole.clock.now() + 60 * MINUTE },
    { text: '统一发布口径', unit: 'dept:emergency' },
  ];
  const asked = reportOf(incident, { decisions });
  await books.book.issue(chief, asked);
  await books.book.issue(chief, asked);
  await books.idle();
  expect(whole.gateway.taken.map(({ to, kind }) => [to, kind])).toEqual([
    ['system:collab', 'push'],
    ['system:collab', 'push'],
  ]);
  expect(whole.gateway.taken[0]?.text).toContain('追加转移点');
  const entries = [...whole.log.entries];
  const from = entries.findIndex(({ kind }) => kind === 'situation/issue');
  for (let cut = from + 1; cut <= entries.length; cut += 1) {
    const killed = createMemoryLog(whole.clock.now);
    killed.entries.push(...entries.slice(0, cut));
    const next = await whole.open(killed);
    await next.idle();
    expect(killed.entries.filter(({ kind }) => kind === 'outbox/put')).toHaveLength(2);
    expect(next.incidents.find(incident)?.briefs).toBe(1);
    await next.orders.close();
    await next.outbox.close();
  }
});
