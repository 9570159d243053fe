// Orders on the real books of incidents, evidence and outbox: random lives skip no step, two people at one time, a kill at any
// entry, who is asked when nobody acknowledges, work as a task, and a drill that sends nothing.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Order, OrderState, OrderVerb } from '../../contracts/records/order.ts';
import { isOrderOpen, orderMoves, orderVerbs } from '../../contracts/records/order.ts';
import { taskSchemas } from '../../contracts/records/task-actions.ts';
import type { PutBody } from '../outbound/fold.ts';
import { createMemoryLog } from '../outbound/memory-log.test-kit.ts';
import {
  act,
  action,
  actorOf,
  chief,
  city,
  drill,
  fire,
  incidentIn,
  issueOf,
  MINUTE,
  rig,
  START,
  west,
} from '../main/orders.test-kit.ts';

const everyone = () => true;
const putsIn = (entries: readonly LogEntry[]): readonly PutBody[] =>
  entries.filter(({ kind }) => kind === 'outbox/put').map(({ body }) => body as unknown as PutBody);
const texts = (all: readonly { readonly text: string }[]): string[] => all.map(({ text }) => text);
const verbsOf = ({ log }: Order): string[] => log.map(({ verb }) => verb);

test('an order is given to each addressee at once, with what was known then, and each unit is told once', async () => {
  const { open, gateway, log } = rig();
  const books = await open();
  const asked = issueOf({ to: [{ unit: 'dept:emergency' }, { unit: 'county:990101' }], place: '下河堤' });
  const [one, two] = await books.orders.issue(chief, asked);
  await books.idle();
  expect([one?.no, two?.no]).toEqual(['Z20260715-001', 'Z20260715-001']);
  expect([one?.to.unit.id, two?.to.unit.id]).toEqual(['dept:emergency', 'county:990101']);
  expect(one?.from.id).toBe('city');
  const [pack] = books.packs.list(undefined, everyone).packs;
  expect(one?.evidence).toEqual({ id: pack?.id, hash: pack?.hash });
  // The evidence is older than the order: never the other way round.
  expect(pack?.id).toBeLessThan(one?.issue ?? 0);
  expect(gateway.taken.map(({ to }) => to)).toEqual(['dept:emergency', 'county:990101']);
  expect(gateway.taken[0]?.text).toContain('封闭下河堤');
  const again = await books.orders.issue(chief, asked);
  await books.idle();
  expect(again.map(({ id }) => id)).toEqual([one?.id, two?.id]);
  expect(gateway.taken).toHaveLength(2);
  expect(log.entries.filter(({ kind }) => kind === 'order/issue')).toHaveLength(1);
  await expect(books.orders.issue(chief, { ...asked, text: '别的' })).rejects.toThrow(
    /used for something else/,
  );
});

const verbAsked = fc.constantFrom(...orderVerbs);
test('no path skips a step, whatever is asked in which order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(verbAsked, { maxLength: 14 }), async (path) => {
      const { open } = rig();
      const books = await open();
      const [given] = await books.orders.issue(chief, issueOf());
      const order = given as Order;
      for (const verb of path) await act(books, [order, verb]).catch(() => undefined);
      const after = books.orders.view(order.id, everyone);
      let state: OrderState = 'issued';
      for (const { verb } of after.log.slice(1)) {
        const next: OrderState | undefined = orderMoves[verb as OrderVerb][state];
        expect([state, verb, next]).not.toContain(undefined);
        state = next as OrderState;
      }
      expect(after.state).toBe(state);
      if (state === 'done')
        expect(verbsOf(after)).toEqual(['issue', 'deliver', 'acknowledge', 'start', 'finish']);
      if (state === 'refused') expect(after.why).not.toBe('');
      // A start makes of the log what the run had.
      expect([...(await open()).orders.everyone()]).toEqual([after]);
    }),
    { numRuns: 60 },
  );
});

test('a start makes of the log what the run had', async () => {
  const { open } = rig();
  const books = await open();
  const [order] = await books.orders.issue(chief, issueOf());
  await act(books, [order as Order, 'acknowledge']);
  await act(books, [order as Order, 'start']);
  const second = await open();
  expect([...second.orders.everyone()]).toEqual([...books.orders.everyone()]);
});

test('two people at one time: one is done, the other is told', async () => {
  const books = await rig().open();
  const [given] = await books.orders.issue(chief, issueOf());
  const order = given as Order;
  await act(books, [order, 'acknowledge']);
  const { seq } = books.orders.view(order.id, everyone);
  const both = await Promise.allSettled([
    act(books, [order, 'start'], { seen: seq }),
    act(books, [order, 'refuse'], { seen: seq, by: actorOf('other-officer', 'dept:emergency') }),
  ]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(String((both[1] as PromiseRejectedResult).reason)).toContain('request/conflict');
  expect(books.orders.view(order.id, everyone).state).toBe('under-way');
});

test('each unit answers its own, and gives nothing outside its area', async () => {
  const books = await rig().open();
  const [order] = await books.orders.issue(chief, issueOf());
  await expect(act(books, [order as Order, 'acknowledge'], { by: west })).rejects.toThrow(/not-found/);
  await expect(act(books, [order as Order, 'withdraw'], { by: fire })).rejects.toThrow(/forbidden/);
  await expect(books.orders.issue(west, issueOf({ to: [{ unit: 'county:990102' }] }))).rejects.toThrow(
    /forbidden/,
  );
  await expect(books.orders.issue(chief, issueOf({ dueAt: START - 1 }))).rejects.toThrow(/has passed/);
  await expect(books.orders.issue(chief, issueOf({ clause: { plan: 'x', clause: '9' } }))).rejects.toThrow(
    /clause/,
  );
  expect(books.orders.list({ from: 0, limit: 9 }, west.reaches).total).toBe(0);
  expect(books.orders.list({ from: 0, limit: 9 }, fire.reaches).counts).toEqual({ issued: 1 });
});

test('what is not acknowledged is reminded, then goes to who is above by the roster, up to the city', async () => {
  const { open, clock, roster, gateway } = rig();
  const person = (name: string, post: 'leader' | 'chief' | 'officer') => ({ name, post, account: '' });
  roster.set('county:990101', [
    person('赵值班', 'officer'),
    person('钱值班长', 'chief'),
    person('孙局长', 'leader'),
  ]);
  roster.set('city', [person('市值班长', 'chief')]);
  const books = await open();
  const [order] = await books.orders.issue(
    chief,
    issueOf({ to: [{ unit: 'county:990101', post: 'officer' }], ackMin: 10 }),
  );
  expect(order?.to.person).toBe('赵值班');
  const later = async (minutes: number): Promise<Order> => {
    for (let minute = 0; minute < minutes; minute += 1) {
      clock.advance(MINUTE);
      await books.idle();
    }
    return books.orders.view(order?.id ?? '', everyone);
  };
  expect(verbsOf(await later(9))).toEqual(['issue']);
  expect(verbsOf(await later(2))).toEqual(['issue', 'remind']);
  const stepped = await later(45);
  expect(
    stepped.log.map(({ verb, to }) => (to ? `${verb} ${to.unit.id} ${to.post} ${to.person}` : verb)),
  ).toEqual([
    'issue',
    'remind',
    'escalate county:990101 chief 钱值班长',
    'escalate county:990101 leader 孙局长',
    'escalate city  ',
    'escalate city chief 市值班长',
  ]);
  expect(verbsOf(await later(30)).at(-1)).toBe('late');
  expect(verbsOf(await later(60)).filter((verb) => verb === 'late')).toHaveLength(1);
  expect(gateway.taken).toHaveLength(6);
  expect(gateway.taken[2]?.text).toMatch(/赵值班.*20分钟未签收/);
  const at = await act(books, [order as Order, 'acknowledge'], { by: west });
  expect([at.late, at.escalations, at.nextNudgeAt]).toEqual([true, 4, null]);
});

test('acknowledged in time nobody is reminded; done late is said once', async () => {
  const { open, clock } = rig();
  const books = await open();
  const [order] = await books.orders.issue(chief, issueOf({ dueAt: START + 30 * MINUTE }));
  clock.advance(2 * MINUTE);
  const at = await act(books, [order as Order, 'acknowledge']);
  expect([at.late, at.nextNudgeAt]).toEqual([false, START + 30 * MINUTE]);
  for (let minute = 0; minute < 60; minute += 1) {
    clock.advance(MINUTE);
    await books.idle();
  }
  expect(verbsOf(books.orders.view(at.id, everyone))).toEqual(['issue', 'deliver', 'acknowledge', 'late']);
});

test('a receipt of the gateway delivers it, and does not acknowledge it', async () => {
  const { open, clock, gateway } = rig();
  const books = await open();
  const [order] = await books.orders.issue(chief, issueOf());
  await books.idle();
  const key = gateway.taken[0]?.key ?? '';
  for (const state of ['delivered', 'read', 'read'] as const)
    await books.outbox.receive([{ key, state, at: clock.now(), detail: '' }]);
  await books.idle();
  expect(verbsOf(books.orders.view(order?.id ?? '', everyone))).toEqual(['issue', 'deliver']);
});

test('an order that gives work makes one task, goes with it, and ends with its report', async () => {
  const { open } = rig();
  const books = await open();
  const incident = await incidentIn(books);
  const [given] = await books.orders.issue(chief, issueOf({ incident, work: true }));
  const order = given as Order;
  const task = () => books.incidents.find(incident)?.tasks[0];
  expect(task()).toMatchObject({ state: 'given', order: order.id, text: '封闭下河堤' });
  await act(books, [order, 'acknowledge']);
  expect(task()?.state).toBe('received');
  await act(books, [order, 'start']);
  expect(task()?.state).toBe('under-way');
  await expect(act(books, [order, 'finish'])).rejects.toThrow(/report that one/);
  const asked = taskSchemas.report.parse({ action: action(), seen: task()?.seq, text: '已封闭' });
  await books.incidents.tasks.act(fire, task()?.id ?? 0, { verb: 'report', asked });
  await books.idle();
  expect(books.orders.view(order.id, everyone)).toMatchObject({
    state: 'done',
    why: '已封闭',
    task: task()?.id,
  });
  expect(books.incidents.find(incident)?.tasks).toHaveLength(1);
  // The other way: the task goes first, the order follows, no step left out.
  const [second] = await books.orders.issue(chief, issueOf({ incident, work: true }));
  const next = books.incidents.find(incident)?.tasks[1];
  for (const verb of ['receive', 'start'] as const) {
    const seen = books.incidents.find(incident)?.tasks[1]?.seq;
    await books.incidents.tasks.act(fire, next?.id ?? 0, {
      verb,
      asked: taskSchemas[verb].parse({ action: action(), seen }),
    });
  }
  await books.idle();
  const after = books.orders.view(second?.id ?? '', everyone);
  expect(verbsOf(after)).toEqual(['issue', 'deliver', 'acknowledge', 'start']);
  await act(books, [after, 'withdraw']);
  expect(books.incidents.find(incident)?.tasks[1]?.state).toBe('withdrawn');
});

test('killed after any entry, a start does the rest: one task, each notice once, nothing lost', async () => {
  const whole = rig();
  const books = await whole.open();
  const incident = await incidentIn(books);
  const before = whole.log.entries.length;
  const asked = issueOf({
    incident,
    work: true,
    to: [{ unit: 'dept:emergency' }, { unit: 'county:990101' }],
  });
  await books.orders.issue(chief, asked);
  await books.idle();
  const entries = [...whole.log.entries];
  expect(putsIn(entries)).toHaveLength(2);
  for (let cut = before + 1; cut <= entries.length; cut += 1) {
    const killed = createMemoryLog(whole.clock.now);
    killed.entries.push(...entries.slice(0, cut));
    const next = await whole.open(killed);
    await next.idle();
    // Whoever had no answer asks again.
    await next.orders.issue(chief, asked);
    await next.idle();
    const puts = putsIn(killed.entries);
    expect([cut, puts.map(({ to }) => to.id)]).toEqual([cut, ['dept:emergency', 'county:990101']]);
    expect(new Set(puts.map(({ once }) => once)).size).toBe(2);
    expect(next.incidents.find(incident)?.tasks).toHaveLength(2);
    expect([...next.orders.everyone()]).toHaveLength(2);
    await next.orders.close();
    await next.outbox.close();
  }
});

test('in a drill nothing is sent, whatever is written', async () => {
  const { open, gateway, clock } = rig(drill);
  const books = await open();
  await books.orders.issue(chief, issueOf());
  for (let minute = 0; minute < 40; minute += 1) {
    clock.advance(MINUTE);
    await books.idle();
  }
  const { messages } = books.outbox.list({ from: 0, limit: 50 }, everyone);
  expect(messages.length).toBeGreaterThan(2);
  expect(new Set(messages.map(({ state }) => state))).toEqual(new Set(['withheld']));
  expect(gateway.taken).toEqual([]);
  expect(books.orders.withheld).not.toBeNull();
});

test('a store that refuses gives nothing and tells nobody', async () => {
  const { open, log, gateway } = rig();
  const books = await open();
  log.isFull = true;
  await expect(books.orders.issue(chief, issueOf())).rejects.toThrow(/store\/full/);
  log.isFull = false;
  await books.idle();
  expect([...books.orders.everyone()].filter(isOrderOpen)).toEqual([]);
  expect(texts(gateway.taken)).toEqual([]);
});

test('a county gives to its towns as itself', async () => {
  const books = await rig().open();
  const town = city.towns.find(({ countyCode }) => countyCode === '990101');
  const [order] = await books.orders.issue(
    actorOf('west-desk', '990101'),
    issueOf({ to: [{ unit: `town:${town?.code ?? ''}` }] }),
  );
  expect(order?.from.id).toBe('county:990101');
});
