// Activations on the real book of incidents and the real outbox over one log: what is shown is what is made, steps that wait,
// levels up and down, the end, a kill between two entries, a drill that sends nothing.
import { expect, test } from 'vitest';
import { loadCity } from '../../cities/load.ts';
import { actionSchemas, reportSchema } from '../../contracts/records/incident-actions.ts';
import type { ActivateRequest } from '../../contracts/records/plan-actions.ts';
import type { PlannedTask, RunProgress } from '../../contracts/records/plan-run.ts';
import type { Plan } from '../../contracts/records/plan.ts';
import type { Task, TaskVerb } from '../../contracts/records/task.ts';
import { taskSchemas } from '../../contracts/records/task-actions.ts';
import type { World } from '../../contracts/wire.ts';
import { IncidentBook } from '../command/incidents.ts';
import { createManualClock } from '../kit/clock.ts';
import { createListLogger } from '../kit/test-context.ts';
import { createMemoryLog } from '../outbound/memory-log.test-kit.ts';
import { OutboxBook } from '../outbound/outbox.ts';
import { testGateway } from '../outbound/outbox.test-kit.ts';
import { Sender } from '../outbound/sender.ts';
import { ground, MINUTE, NOW, planWith } from './plan.test-kit.ts';
import { RunBook } from './run-book.ts';

const city = loadCity('testville');
const plans = {
  start: '启动{plan}第{version}版{level} {clause} {text}',
  task: '{plan}第{version}版 {clause}：{text}，{due}前',
  level: '{plan}调整为{level}，{text}',
  end: '{plan}终止',
};
const rules = { messages: [], replies: {}, unread: { urgent: [], normal: [], text: '' }, plans };
const live: World = { id: 'live', kind: 'live', parent: null };
const drill: World = { id: 'drill-1', kind: 'drill', parent: null };
const all = { id: 'chief', reaches: () => true };
let made = 0;
const action = (): string => `action-${(made += 1)}`;

function rig(world = live, plan: Plan = planWith()) {
  const clock = createManualClock(NOW);
  const log = createMemoryLog(clock.now);
  const gateway = testGateway();
  const held: { plan: Plan; version: number | null } = { plan, version: 1 };
  const open = async () => {
    const told: { outbox?: OutboxBook; runs?: RunBook } = {};
    const nothing = (): undefined => undefined;
    const incidents = new IncidentBook({
      ...{ log, clock, city },
      targets: {
        copyRow: () => {
          throw new Error('no rows here');
        },
        regionAt: () => '990100',
        file: () => null,
        ...{ show: nothing, showTask: nothing, showOnly: nothing },
        labelOf: () => 'public',
      },
      onDone: (incident) => {
        told.outbox?.happened(incident);
        told.runs?.happened(incident);
      },
    });
    await incidents.open();
    const logger = createListLogger([]);
    const isLive = world.kind === 'live';
    const gateways = { reply: gateway, notice: gateway, push: gateway, statement: gateway };
    told.outbox = new OutboxBook({
      ...{ log, clock, logger, incidents, rules },
      city: { title: { zh: '试城', en: 'Test' }, timeZone: 'Asia/Shanghai', code: '990100', systems: [] },
      sender: isLive ? new Sender({ world, clock, logger, gateways }) : null,
      withheld: isLive ? null : { zh: '演练', en: 'A drill' },
    });
    await told.outbox.open();
    told.runs = new RunBook({
      ...{ log, clock, logger, incidents, announcer: told.outbox },
      ground: { ...ground, units: new Map(incidents.units.map((unit) => [unit.id, unit])) },
      inForce: () =>
        held.version === null
          ? null
          : {
              ...{ no: held.version, state: 'approved', plan: held.plan, editors: [], changedAt: NOW },
              ...{ approvedBy: 'x', approvedAt: NOW, issued: null },
            },
    });
    await told.runs.open();
    return { incidents, outbox: told.outbox, runs: told.runs };
  };
  return { clock, log, gateway, held, open };
}

type Opened = Awaited<ReturnType<ReturnType<typeof rig>['open']>>;

async function incidentIn({ incidents }: Opened, isAccepted = true): Promise<number> {
  const said = { action: action(), kind: 'flood', title: '河水上涨' };
  const { id } = await incidents.report(all, reportSchema.parse(said));
  if (isAccepted) {
    const asked = actionSchemas.accept.parse({ action: action(), seen: id });
    await incidents.act(all, id, { verb: 'accept', asked });
  }
  return id;
}

const activation = (incident: number, said: Partial<ActivateRequest> = {}): ActivateRequest => ({
  ...{ action: action(), incident, level: 'IV', version: 1, reason: '黄色预警', ...said },
});
const tasksOf = ({ incidents }: Opened, id: number): readonly Task[] => incidents.find(id)?.tasks ?? [];
const asPlanned = ({ plan, unit, text, place, position, dueAt, proof }: Task): PlannedTask => ({
  ...{ step: plan?.step ?? '', clause: plan?.clause ?? '', unit, text, place, position, dueAt, proof },
  waitsFor: [],
});
const messagesOf = ({ outbox }: Opened) =>
  [...outbox.list({ from: 0, limit: 500 }, () => true).messages].reverse();

async function doTask(opened: Opened, task: number, ...steps: TaskVerb[]): Promise<void> {
  const { tasks } = opened.incidents;
  for (const verb of steps) {
    const { seq } = tasks.view(task, () => true).task;
    const words = verb === 'return' || verb === 'withdraw' ? { reason: '原因' } : { text: '已办' };
    const asked = taskSchemas[verb].parse({ action: action(), seen: seq, ...words });
    expect((await tasks.act(all, task, { verb, asked })).outcome).toBe('done');
  }
  await settled(opened);
}

/** What followed is done. */
async function settled({ runs, outbox }: Opened): Promise<void> {
  await runs.close();
  await outbox.idle();
}
const states = ({ steps }: RunProgress): string[] => steps.map(({ step, state }) => `${step} ${state}`);

test('what the preview shows is what is made: tasks, notices, with their clause and version', async () => {
  const opened = await rig().open();
  const incident = await incidentIn(opened);
  const shown = opened.runs.preview(all, 'flood-small', { incident, level: 'III', reason: '黄色预警' });
  expect(shown).toMatchObject({ blocked: [], warnings: [], withheld: null, version: 1, withdraw: [] });
  expect(shown.give.map(({ step, clause, dueAt, waitsFor }) => [step, clause, dueAt, waitsFor])).toEqual([
    ['look', '5.1', NOW + 30 * MINUTE, []],
    ['close', '5.2', NOW + 45 * MINUTE, []],
    ['move', '5.1', NOW + 90 * MINUTE, ['look']],
  ]);
  expect(opened.incidents.find(incident)?.tasks).toEqual([]);
  const { run } = await opened.runs.activate(all, 'flood-small', activation(incident, { level: 'III' }));
  await settled(opened);
  const given = tasksOf(opened, incident);
  expect(given.map(asPlanned)).toEqual(shown.give.filter(({ waitsFor }) => waitsFor.length === 0));
  expect(given[0]?.plan).toEqual({
    ...{ plan: 'flood-small', version: 1, run: run.id, step: 'look', clause: '5.1', since: run.id },
  });
  const messages = messagesOf(opened);
  expect(messages.map(({ to, text }) => [to.id, text])).toEqual(
    [...shown.notices].map(({ to, text }) => [to.id, text]),
  );
  expect(messages.map(({ plan }) => plan?.clause)).toEqual(['2.1', '2.1', '5.1', '5.2']);
  expect(messages[2]?.text).toBe('试城防汛预案第1版 5.1：巡查，07-15 12:30前');
});

test('a step waits for the one before it, and its time counts from there', async () => {
  const { open, clock } = rig();
  const opened = await open();
  const incident = await incidentIn(opened);
  const { run } = await opened.runs.activate(all, 'flood-small', activation(incident));
  await settled(opened);
  expect(states(opened.runs.progress(run.id, () => true))).toEqual(['look open', 'move waiting']);
  const [look] = tasksOf(opened, incident);
  clock.advance(40 * MINUTE);
  expect(states(opened.runs.progress(run.id, () => true))).toEqual(['look late', 'move waiting']);
  await doTask(opened, look?.id ?? 0, 'receive', 'start', 'report');
  const progress = opened.runs.progress(run.id, () => true);
  expect(states(progress)).toEqual(['look done-late', 'move open']);
  expect(progress.steps[1]).toMatchObject({
    plannedDueAt: NOW + 90 * MINUTE,
    dueAt: NOW + 100 * MINUTE,
    unit: { id: 'county:990101' },
  });
  expect(messagesOf(opened).at(-1)).toMatchObject({ to: { id: 'county:990101' }, plan: { step: 'move' } });
  // Sent back and reported again, nothing is given twice.
  await doTask(opened, look?.id ?? 0, 'return', 'report', 'accept');
  expect(tasksOf(opened, incident)).toHaveLength(2);
});

test('a graver level gives what it adds, a lighter one withdraws what nobody has reported', async () => {
  const { open, clock } = rig();
  const opened = await open();
  const incident = await incidentIn(opened);
  const { run } = await opened.runs.activate(all, 'flood-small', activation(incident));
  clock.advance(10 * MINUTE);
  const raise = opened.runs.previewChange(all, run.id, { level: 'III', reason: '' });
  expect(raise.give.filter(({ waitsFor }) => waitsFor.length === 0).map(({ step }) => step)).toEqual([
    'close',
  ]);
  const change = (level: 'III' | 'IV', seen: number) =>
    opened.runs.act(all, run.id, { verb: 'level', asked: { action: action(), seen, level, reason: '变化' } });
  const raised = await change('III', run.seq);
  expect(raised.steps.find(({ step }) => step === 'close')?.dueAt).toBe(NOW + 55 * MINUTE);
  await expect(change('IV', run.seq)).rejects.toThrow(/request\/conflict/);
  expect(opened.runs.previewChange(all, run.id, { level: 'IV', reason: '' }).withdraw).toMatchObject([
    { step: 'close' },
  ]);
  const lowered = await change('IV', raised.run.seq);
  expect(states(lowered)).toEqual(['look open', 'move waiting', 'close withdrawn']);
  await change('III', lowered.run.seq);
  expect(tasksOf(opened, incident).map(({ plan, state }) => `${plan?.step} ${state}`)).toEqual([
    'look given',
    'close withdrawn',
    'close given',
  ]);
});

test('its end withdraws what is open, tells the command, and is judged by clause', async () => {
  const { open, clock } = rig();
  const opened = await open();
  const incident = await incidentIn(opened);
  const { run } = await opened.runs.activate(all, 'flood-small', activation(incident, { level: 'III' }));
  await settled(opened);
  const [look, close] = tasksOf(opened, incident);
  clock.advance(20 * MINUTE);
  await doTask(opened, look?.id ?? 0, 'receive', 'start', 'report');
  clock.advance(40 * MINUTE);
  await doTask(opened, close?.id ?? 0, 'receive', 'start', 'report');
  const asked = { action: action(), seen: run.seq, reason: '水退' };
  const ended = await opened.runs.act(all, run.id, { verb: 'end', asked });
  await settled(opened);
  expect(states(ended)).toEqual(['look done', 'move withdrawn', 'close done-late']);
  expect(ended.run).toMatchObject({ level: null, endedAt: NOW + 60 * MINUTE });
  expect(
    messagesOf(opened)
      .slice(-2)
      .map(({ text }) => text),
  ).toEqual(['试城防汛预案终止', '试城防汛预案终止']);
  const { clauses, scorePercent } = opened.runs.conformance(run.id, () => true);
  expect(scorePercent).toBe(50);
  expect(clauses.map(({ clause, inTime, due, meanDelayMs }) => [clause, inTime, due, meanDelayMs])).toEqual([
    ['5.1', 1, 1, -10 * MINUTE],
    ['5.2', 0, 1, 15 * MINUTE],
  ]);
  await expect(
    opened.runs.act(all, run.id, { verb: 'end', asked: { ...asked, action: action(), seen: ended.run.seq } }),
  ).rejects.toThrow(/has ended/);
});

test('it is refused without an approved version, with another than was shown, twice, and before the incident is accepted', async () => {
  const { open, held, log } = rig();
  const opened = await open();
  const incident = await incidentIn(opened);
  const begin = (said: Partial<ActivateRequest> = {}, about = incident) =>
    opened.runs.activate(all, 'flood-small', activation(about, said));
  held.version = null;
  await expect(begin()).rejects.toThrow(/没有经批准的版本/);
  held.version = 2;
  await expect(begin()).rejects.toThrow(/version: 1 was shown, 2 is in force/);
  held.version = 1;
  await expect(begin({ level: 'I' })).rejects.toThrow(/no response level I/);
  const reported = await incidentIn(opened, false);
  await expect(begin({}, reported)).rejects.toThrow(/先受理/);
  const county = { id: 'west', reaches: (region: string) => region.startsWith('990101') };
  await expect(opened.runs.activate(county, 'flood-small', activation(incident))).rejects.toThrow(
    /not-found/,
  );
  expect(log.entries.some(({ kind }) => kind.startsWith('plan-run/'))).toBe(false);
  await begin();
  await expect(begin()).rejects.toThrow(/已为本事件启动/);
});

test('an action that is sent again is done once', async () => {
  const { open, log } = rig();
  const opened = await open();
  const asked = activation(await incidentIn(opened));
  const first = await opened.runs.activate(all, 'flood-small', asked);
  await settled(opened);
  const before = log.entries.length;
  expect((await opened.runs.activate(all, 'flood-small', asked)).run).toEqual(first.run);
  expect(log.entries.length).toBe(before);
  await expect(opened.runs.activate(all, 'flood-small', { ...asked, level: 'III' })).rejects.toThrow(
    /used for something else/,
  );
});

test('whatever entry a kill comes after, the next start makes the rest, and nothing twice', async () => {
  const whole = rig();
  const opened = await whole.open();
  const incident = await incidentIn(opened);
  await opened.runs.activate(all, 'flood-small', activation(incident, { level: 'III' }));
  await settled(opened);
  const kept = whole.log.entries;
  const start = kept.findIndex(({ kind }) => kind === 'plan-run/start');
  const wanted = { tasks: tasksOf(opened, incident).map(asPlanned), texts: textsOf(opened) };
  expect(wanted.texts).toHaveLength(4);
  for (let upTo = start + 1; upTo <= kept.length; upTo += 1) {
    const cut = rig();
    cut.log.entries.push(...kept.slice(0, upTo));
    const again = await cut.open();
    await settled(again);
    const { tasks, texts } = { tasks: tasksOf(again, incident).map(asPlanned), texts: textsOf(again) };
    expect([upTo, tasks, texts]).toEqual([upTo, wanted.tasks, wanted.texts]);
  }
});
const textsOf = (opened: Opened): string[] =>
  messagesOf(opened)
    .map(({ to, text }) => `${to.id} ${text}`)
    .sort();

test('the live world sends, a drill writes down and never sends', async () => {
  for (const world of [live, drill]) {
    const { open, gateway } = rig(world);
    const opened = await open();
    const incident = await incidentIn(opened);
    const { withheld } = opened.runs.preview(all, 'flood-small', { incident, level: 'IV', reason: '' });
    await opened.runs.activate(all, 'flood-small', activation(incident));
    await settled(opened);
    const isLive = world.kind === 'live';
    expect(withheld === null).toBe(isLive);
    expect(gateway.taken.length).toBe(isLive ? 3 : 0);
    expect(new Set(messagesOf(opened).map(({ state }) => state))).toEqual(
      new Set([isLive ? 'sent' : 'withheld']),
    );
  }
});

test('a team at work for another incident is said before', async () => {
  const opened = await rig().open();
  const [one, two] = [await incidentIn(opened), await incidentIn(opened)];
  await opened.runs.activate(all, 'flood-small', activation(one, { level: 'III' }));
  const { warnings } = opened.runs.preview(all, 'flood-small', { incident: two, level: 'III', reason: '' });
  expect(warnings.map(({ zh }) => zh)).toEqual([expect.stringMatching(/^team-a正用于/)]);
});

test('the fold of the log is the state', async () => {
  const { open } = rig();
  const opened = await open();
  const incident = await incidentIn(opened);
  const { run } = await opened.runs.activate(all, 'flood-small', activation(incident));
  const asked = { action: action(), seen: run.seq, level: 'III' as const, reason: '变化' };
  await opened.runs.act(all, run.id, { verb: 'level', asked });
  await settled(opened);
  const again = await open();
  expect(again.runs.list(undefined, () => true)).toEqual(opened.runs.list(undefined, () => true));
  expect(again.runs.progress(run.id, () => true)).toEqual(opened.runs.progress(run.id, () => true));
});

test('a closed incident ends its activations, by whoever closed it; so does a start after a kill in between', async () => {
  const { open, log } = rig();
  const first = await open();
  const id = await incidentIn(first);
  const { run } = await first.runs.activate(all, 'flood-small', activation(id));
  const step = async (verb: 'grade' | 'assign' | 'start' | 'answer' | 'check' | 'close', said: object) => {
    const seen = first.incidents.find(id)?.seq;
    const asked = actionSchemas[verb].parse({ action: action(), seen, ...said });
    const done = await first.incidents.act({ ...all, id: verb === 'close' ? '值班长' : 'chief' }, id, {
      verb,
      asked,
    });
    expect([verb, done.outcome]).toEqual([verb, 'done']);
  };
  // Withdrawing one gives those that waited for it.
  for (let open_ = 0; open_ < 3; open_ += 1) {
    await settled(first);
    for (const task of tasksOf(first, id).filter(({ state }) => state === 'given')) {
      const asked = taskSchemas.withdraw.parse({ action: action(), seen: task.seq, reason: '不再需要' });
      await first.incidents.tasks.act(all, task.id, { verb: 'withdraw', asked });
    }
  }
  await step('grade', { grade: 'IV' });
  await step('assign', { unit: 'dept:emergency' });
  await step('start', {});
  await step('answer', { text: '水退' });
  await step('check', { text: '属实' });
  const before = log.entries.length;
  await step('close', { text: '办结' });
  await expect.poll(() => first.runs.progress(run.id, all.reaches).run.level).toBeNull();
  const ended = first.runs.progress(run.id, all.reaches).run.levels.at(-1);
  expect(ended).toMatchObject({ level: null, by: '值班长' });
  await first.runs.close();
  const ends = () => log.entries.filter(({ kind }) => kind === 'plan-run/end').length;
  expect(ends()).toBe(1);
  // A kill between the closing and the end.
  log.entries.splice(log.entries.findIndex(({ kind, seq }) => seq > before && kind === 'plan-run/end'));
  const again = await open();
  expect(again.runs.progress(run.id, all.reaches).run).toMatchObject({ level: null });
  expect(ends()).toBe(1);
});
