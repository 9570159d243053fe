// The library: versions, who may approve what, nothing lost when two write at once, and the fold of the log is the state.
import { expect, test } from 'vitest';
import type { PlanAction, PlanView } from '../../contracts/records/plan-actions.ts';
import { planActionSchemas } from '../../contracts/records/plan-actions.ts';
import type { Plan, PlanFile } from '../../contracts/records/plan.ts';
import { createManualClock } from '../kit/clock.ts';
import { createMemoryLog } from '../outbound/memory-log.test-kit.ts';
import { PlanBook } from './plan-book.ts';
import { ground, NOW, planWith, stepWith } from './plan.test-kit.ts';
import type { PlanActor } from './port.ts';
import { readPlan } from './read-plans.ts';

const anywhere = (id: string): PlanActor => ({ id, reaches: () => true });
const [writer, other, chief] = ['writer', 'other', 'chief'].map(anywhere) as [
  PlanActor,
  PlanActor,
  PlanActor,
];
const issued = { no: '〔2026〕1号', by: { zh: '指挥部', en: 'HQ' }, on: '2026-04-20' };
const files: PlanFile[] = [{ ...planWith(), issued }];

function rig() {
  const clock = createManualClock(NOW);
  const log = createMemoryLog(clock.now);
  const open = async (): Promise<PlanBook> => {
    const book = new PlanBook({ log, clock, files, ground, nameOf: (id) => `name of ${id}` });
    await book.open();
    return book;
  };
  return { clock, log, open };
}

let made = 0;
function act(book: PlanBook, verb: PlanAction, said: object = {}, by = writer): Promise<PlanView> {
  const { seq } = book.view('flood-small').record;
  made += 1;
  const asked = planActionSchemas[verb].parse({ action: `action-${made}`, seen: seq, ...said });
  return book.act(by, 'flood-small', { verb, asked });
}
const edited = (withinMin: number): Plan => stepWith('look', { withinMin });
const statesOf = ({ record }: PlanView): string[] => record.versions.map(({ no, state }) => `${no} ${state}`);

test('a plan of the city is version 1, in force by the paper it was issued with, and comes in once', async () => {
  const { open, log } = rig();
  const view = (await open()).view('flood-small');
  expect(statesOf(view)).toEqual(['1 approved']);
  expect(view.record.versions[0]).toMatchObject({ issued, approvedBy: 'city-package' });
  await open();
  expect(log.entries.map(({ kind }) => kind)).toEqual(['plan/import']);
});

test('a version is written, reviewed and approved by another, and takes the place of the one before', async () => {
  const { open, clock } = rig();
  const book = await open();
  expect(statesOf(await act(book, 'edit', { plan: edited(20), text: '缩短' }))).toEqual([
    '1 approved',
    '2 draft',
  ]);
  expect(book.inForce('flood-small')?.no).toBe(1);
  await act(book, 'edit', { plan: edited(15) }, other);
  await act(book, 'submit');
  await expect(act(book, 'edit', { plan: edited(10) })).rejects.toThrow(/request\/conflict/);
  for (const by of [writer, other])
    await expect(act(book, 'approve', {}, by)).rejects.toThrow(/access\/duties/);
  expect(statesOf(await act(book, 'return', { reason: '改回' }, chief))).toEqual(['1 approved', '2 draft']);
  await act(book, 'submit');
  clock.advance(1000);
  const view = await act(book, 'approve', {}, chief);
  expect(statesOf(view)).toEqual(['1 superseded', '2 approved']);
  expect(book.inForce('flood-small')).toMatchObject({ no: 2, approvedBy: 'chief', approvedAt: NOW + 1000 });
  expect(book.difference('flood-small', { from: 1, to: 2 })).toMatchObject([
    { part: 'steps', id: 'look', fields: [{ field: 'withinMin', before: '30', after: '15' }] },
  ]);
  expect(view.record.log.map(({ verb, version, by }) => `${verb} ${version} ${by}`)).toEqual([
    'import 1 city-package',
    'edit 2 writer',
    'edit 2 other',
    'submit 2 writer',
    'return 2 chief',
    'submit 2 writer',
    'approve 2 chief',
  ]);
});

test('what a second one writes without having seen the first is refused and told, and nothing is lost', async () => {
  const book = await rig().open();
  const { seq } = book.view('flood-small').record;
  await act(book, 'edit', { plan: edited(20) }, other);
  await expect(act(book, 'edit', { plan: edited(25), seen: seq })).rejects.toThrow(
    /其间 other 编辑.*not stored/,
  );
  expect(book.version('flood-small', 2).plan.steps[0]?.withinMin).toBe(20);
});

test('two that come at once are one after the other', async () => {
  const book = await rig().open();
  const { seq } = book.view('flood-small').record;
  const tries = await Promise.allSettled(
    [20, 25].map((minutes) => act(book, 'edit', { plan: edited(minutes), seen: seq })),
  );
  expect(tries.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
});

test('an action is done once, and its id is for nothing else', async () => {
  const { open, log } = rig();
  const book = await open();
  const said = { plan: edited(20), action: 'the-same-1', seen: 1 };
  await act(book, 'edit', said);
  const before = log.entries.length;
  expect(statesOf(await act(book, 'edit', said))).toEqual(['1 approved', '2 draft']);
  expect(statesOf(await act(await open(), 'edit', said))).toEqual(['1 approved', '2 draft']);
  expect(log.entries.length).toBe(before);
  await expect(act(book, 'edit', { ...said, plan: edited(21) })).rejects.toThrow(/used for something else/);
});

test('a plan with errors is not approved; one without deputies says so', async () => {
  const book = await rig().open();
  const plan = planWith(({ command }) => ({ command: { ...command, deputies: [] } }));
  const { findings } = await act(book, 'edit', { plan });
  expect(findings.map(({ kind, severity }) => `${severity} ${kind}`)).toEqual(['error deputy-missing']);
  await act(book, 'submit');
  await expect(act(book, 'approve', {}, chief)).rejects.toThrow(/2\.1 指挥部没有副总指挥/);
  expect(book.list()).toMatchObject([{ errors: 1, inForce: 1, underWork: { no: 2, state: 'review' } }]);
});

test('a draft is discarded; the next one has a number of its own', async () => {
  const book = await rig().open();
  await act(book, 'edit', { plan: edited(20) });
  await act(book, 'discard', { reason: '重来' });
  const view = await act(book, 'edit', { plan: edited(25) });
  expect(statesOf(view)).toEqual(['1 approved', '2 discarded', '3 draft']);
});

test('a county keeps its own plans, a department those it owns', async () => {
  const book = await rig().open();
  const plan = { ...edited(20), id: 'flood-west', area: '990101', owner: 'county:990101' };
  const county = { id: 'west', reaches: (region: string) => region.startsWith('990101') };
  const department = {
    id: 'em',
    reaches: (_region: string, units: readonly string[] = []) => units.includes('dept:emergency'),
  };
  const create = (by: PlanActor, action: string) => book.create(by, { action, plan, text: '' });
  await expect(act(book, 'edit', { plan: edited(20) }, county)).rejects.toThrow(/request\/forbidden/);
  await expect(create(department, 'create-01')).rejects.toThrow(/request\/forbidden/);
  expect(statesOf(await create(county, 'create-02'))).toEqual(['1 draft']);
  await expect(create(county, 'create-03')).rejects.toThrow(/request\/conflict/);
  expect(statesOf(await act(book, 'edit', { plan: edited(20) }, department))).toContain('2 draft');
});

test('the fold of the log is the state', async () => {
  const { open } = rig();
  const book = await open();
  await act(book, 'edit', { plan: edited(20) });
  await act(book, 'submit', {}, other);
  await act(book, 'return', { reason: '改' }, chief);
  await act(book, 'discard', { reason: '弃' });
  const again = await open();
  expect(again.view('flood-small')).toEqual(book.view('flood-small'));
  expect(again.list()).toEqual(book.list());
});

test('a file that does not fit says where: line and column, what, and where to look', () => {
  const text = 'id: x\ntitle: { zh: 甲, en: A }\nlevel: city\n';
  expect(() => readPlan(text, 'plans/x.yaml')).toThrow(/level: .*see cities\/plan\.schema\.json/);
  try {
    readPlan(text, 'plans/x.yaml');
  } catch (error) {
    expect(error).toMatchObject({ where: 'plans/x.yaml:3:8' });
  }
});
