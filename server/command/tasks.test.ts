// Tasks in the book of incidents, on a log in memory: random lives, each action once, who may see and do what, proof, time.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadCity } from '../../cities/load.ts';
import type { FileRef, Verb } from '../../contracts/records/incident.ts';
import { actionSchemas, reportSchema } from '../../contracts/records/incident-actions.ts';
import type { Task, TaskState, TaskVerb } from '../../contracts/records/task.ts';
import { allowedWith, isTaskOpen, taskMoves, taskStates, taskVerbs } from '../../contracts/records/task.ts';
import { giveTaskSchema, taskSchemas } from '../../contracts/records/task-actions.ts';
import type { ManualClock } from '../kit/clock.ts';
import { createManualClock } from '../kit/clock.ts';
import { foldIncidents } from './fold.ts';
import { IncidentBook } from './incidents.ts';
import { MemoryLog } from './memory-log.test-kit.ts';
import type { Actor, TaskOutcome } from './port.ts';

const START = Date.UTC(2026, 6, 15, 4, 0, 0);
const city = loadCity('testville');
const photo: FileRef = { hash: 'a'.repeat(64), type: 'image/jpeg', bytes: 9 };
const voice: FileRef = { hash: 'b'.repeat(64), type: 'audio/webm', bytes: 9 };

interface Desk {
  readonly clock: ManualClock;
  readonly log: MemoryLog;
  readonly book: IncidentBook;
  /** Open tasks on the screens, `overdue` behind those that are late. */
  readonly screens: Map<number, string>;
}

async function open(log?: MemoryLog, clock = createManualClock(START)): Promise<Desk> {
  const kept = log ?? new MemoryLog(() => clock.now());
  const screens = new Map<number, string>();
  const book = new IncidentBook({
    log: kept,
    clock,
    city,
    targets: {
      copyRow: () => {
        throw new Error('no rows here');
      },
      regionAt: (position) => (position ? '990102100' : '990100'),
      file: (hash) => [photo, voice].find((file) => file.hash === hash) ?? null,
      show: () => undefined,
      showTask: (_incident, task, isLate) => {
        if (isTaskOpen(task)) screens.set(task.id, `${task.state}${isLate ? ' overdue' : ''}`);
        else screens.delete(task.id);
      },
      showOnly: () => undefined,
      labelOf: () => 'public',
    },
  });
  await book.open();
  return { clock, log: kept, book, screens };
}

const all: Actor = { id: 'chief', reaches: () => true };
const of = (code: string): Actor => ({ id: code, reaches: (region) => region.startsWith(code) });
let made = 0;
const action = (): string => `action-${(made += 1)}`;

async function accepted({ book }: Desk): Promise<number> {
  const { id } = await book.report(
    all,
    reportSchema.parse({ action: action(), kind: 'fire', title: '起火' }),
  );
  await step({ book }, id, 'accept');
  return id;
}

async function step(
  { book }: Pick<Desk, 'book'>,
  id: number,
  verb: Verb,
  said: object = {},
): Promise<string> {
  const { seq } = book.view(id, []).incident;
  const asked = actionSchemas[verb].parse({ action: action(), seen: seq, ...said });
  return (await book.act(all, id, { verb, asked })).outcome;
}

const give = ({ book }: Desk, incident: number, said: object = {}, by = all): Promise<TaskOutcome> =>
  book.tasks.give(
    by,
    incident,
    giveTaskSchema.parse({
      ...{ action: action(), seen: book.view(incident, []).incident.seq },
      ...{ unit: 'dept:emergency', text: '到场疏散', ...said },
    }),
  );

function doTask(
  { book }: Desk,
  id: number,
  verb: TaskVerb,
  said: object = {},
  by = all,
): Promise<TaskOutcome> {
  const { task } = book.tasks.view(id, all.reaches);
  const words = verb === 'return' || verb === 'withdraw' ? { reason: '原因' } : { text: '已办' };
  const counted = verb === 'progress' ? { places: [{ place: '990102200', moved: 8, refused: 1 }] } : {};
  const asked = taskSchemas[verb].parse({ action: action(), seen: task.seq, ...words, ...counted, ...said });
  return book.tasks.act(by, id, { verb, asked });
}
const taskOf = ({ book }: Desk, id: number): Task => book.tasks.view(id, all.reaches).task;

test('no path skips a state, what is allowed is what happens, and the fold of the log is the state', async () => {
  let ended = 0;
  const tries = fc.array(fc.tuple(fc.nat(2), fc.constantFrom('give' as const, ...taskVerbs), fc.nat(3)), {
    maxLength: 40,
    size: 'max',
  });
  await fc.assert(
    fc.asyncProperty(tries, async (asked) => {
      const desk = await open();
      const incident = await accepted(desk);
      const ids: number[] = [];
      for (const [which, drawn, onward] of asked) {
        const id = ids[which];
        if (id === undefined || drawn === 'give') {
          // One of them moves people: only that one can be counted.
          const move = ids.length === 1 ? { move: [{ place: '990102200', people: 40 }] } : {};
          if (ids.length < 3) ids.push((await give(desk, incident, move)).id);
          continue;
        }
        const before = taskOf(desk, id);
        // Most tries go on with the life, or hardly any would come to its end.
        const verb = onward > 0 ? (allowedWith(before)[0] ?? drawn) : drawn;
        const { outcome } = await doTask(desk, id, verb);
        expect([verb, before.state, outcome]).toEqual([
          ...[verb, before.state],
          allowedWith(before).includes(verb) ? 'done' : 'conflict',
        ]);
        expect(taskOf(desk, id).state).toBe(taskMoves[verb][before.state] ?? before.state);
      }
      const state = desk.book.view(incident, []).incident;
      expect(foldIncidents(desk.log.entries).get(incident)).toEqual(state);
      const again = await open(desk.log, desk.clock);
      expect(again.book.view(incident, []).incident).toEqual(state);
      expect([...desk.screens.keys()]).toEqual(state.tasks.filter(isTaskOpen).map(({ id }) => id));
      for (const { id, state: now } of state.tasks) {
        const did = state.log.filter(({ said }) => said['task'] === id).map(({ verb }) => verb.slice(5));
        if (now !== 'accepted') continue;
        ended += 1;
        expect(did.slice(0, 3)).toEqual(['receive', 'start', 'report']);
        expect(did.at(-1)).toBe('accept');
      }
    }),
    { numRuns: 60, seed: 20_260_715 },
  );
  // The property means nothing where no life comes to its end.
  expect(ended).toBeGreaterThan(20);
});

test('every state but the ends can be left', () => {
  const ends: readonly TaskState[] = ['accepted', 'withdrawn'];
  for (const state of taskStates)
    expect([state, allowedWith({ state }).length === 0]).toEqual([state, ends.includes(state)]);
});

test('an incident is not closed nor merged over an open task, and takes none before it is accepted or once it is closed', async () => {
  const desk = await open();
  const { id } = await desk.book.report(
    all,
    reportSchema.parse({ action: action(), kind: 'fire', title: 'x' }),
  );
  expect((await give(desk, id)).outcome).toBe('held');
  await step(desk, id, 'accept');
  const task = (await give(desk, id)).id;
  await step(desk, id, 'grade', { grade: 'IV' });
  await step(desk, id, 'assign', { unit: 'dept:emergency' });
  for (const [verb, said] of [
    ['start', {}],
    ['answer', { text: '好' }],
    ['check', { text: '好' }],
  ] as const)
    expect(await step(desk, id, verb, said)).toBe('done');
  expect(desk.book.view(id, []).next).not.toContain('close');
  expect(await step(desk, id, 'close', { text: '好' })).toBe('conflict');
  expect(await step(desk, id, 'merge', { into: await accepted(desk), reason: '同' })).toBe('conflict');
  await doTask(desk, task, 'withdraw');
  expect(await step(desk, id, 'close', { text: '好' })).toBe('done');
  expect(await give(desk, id)).toMatchObject({
    outcome: 'held',
    why: expect.stringContaining('办结阶段') as string,
  });
});

test('each action is done once, restarts between; used for something else it is refused', async () => {
  const desk = await open();
  const incident = await accepted(desk);
  const once = { action: action() };
  const task = await give(desk, incident, once);
  expect(await give(desk, incident, once)).toEqual({ outcome: 'again', id: task.id });
  const received = { action: action() };
  await doTask(desk, task.id, 'receive', received);
  const again = await open(desk.log, desk.clock);
  expect((await doTask(again, task.id, 'receive', received)).outcome).toBe('again');
  expect(await give(again, incident, once)).toEqual({ outcome: 'again', id: task.id });
  await expect(doTask(again, task.id, 'receive', { ...received, text: '别的' })).rejects.toMatchObject({
    code: 'request/invalid',
  });
  expect(desk.log.entries).toHaveLength(4);
});

test('who has not seen what another did to the same task gets a conflict that says it; other things contradict nothing', async () => {
  const desk = await open();
  const incident = await accepted(desk);
  const [one, two] = [(await give(desk, incident)).id, (await give(desk, incident)).id];
  const { seq: seen } = taskOf(desk, one);
  await doTask(desk, two, 'receive');
  await step(desk, incident, 'note', { text: '记录' });
  await doTask(desk, one, 'receive', { seen });
  const late = await doTask(desk, one, 'receive', { seen });
  expect(late).toMatchObject({
    outcome: 'conflict',
    why: expect.stringContaining('chief 已先任务签收') as string,
    since: [{ verb: 'task-receive', said: { task: one } }],
  });
  expect(await step(desk, incident, 'grade', { grade: 'IV', seen })).toBe('done');
  await expect(doTask(desk, one, 'start', { seen: 999 })).rejects.toMatchObject({ code: 'request/invalid' });
});

test('a unit sees and does what is its own, and nobody gives work to another area', async () => {
  const desk = await open();
  const incident = await accepted(desk);
  const town = (await give(desk, incident, { unit: 'town:990101001' })).id;
  const placed = (await give(desk, incident, { position: [84.4, 41.2] })).id;
  const ids = (actor: Actor, filter: object = {}) =>
    desk.book.tasks.list({ from: 0, limit: 50, ...filter }, actor.reaches).tasks.map(({ task }) => task.id);
  expect(ids(of('990101001'))).toEqual([town]);
  expect(ids(of('990101'))).toEqual([town]);
  expect(ids(of('990102'))).toEqual([placed]);
  expect(ids(all, { unit: 'town:990101001' })).toEqual([town]);
  await expect(doTask(desk, town, 'receive', {}, of('990102'))).rejects.toMatchObject({
    code: 'request/not-found',
  });
  expect((await doTask(desk, town, 'receive', {}, of('990101001'))).outcome).toBe('done');
  // It is the city's incident: the unit that has the task does not judge it.
  await expect(doTask(desk, town, 'withdraw', {}, of('990101001'))).rejects.toMatchObject({
    code: 'request/forbidden',
  });
  const { id: own } = await desk.book.report(
    all,
    reportSchema.parse({ action: action(), kind: 'fire', title: 'x', position: [84.4, 41.2] }),
  );
  await step(desk, own, 'accept');
  await expect(give(desk, own, { unit: 'county:990101' }, of('990102'))).rejects.toMatchObject({
    code: 'request/forbidden',
  });
  expect((await give(desk, own, { unit: 'town:990102100' }, of('990102'))).outcome).toBe('done');
});

test.each([
  [['photo'], { files: [photo.hash] }, 'done'],
  [['photo'], { files: [voice.hash] }, 'files: this task asks for a photo'],
  [['note'], { text: '', files: [voice.hash] }, 'done'],
  [['note'], { text: '', files: [photo.hash] }, 'text: this task asks for words'],
  [['photo', 'note'], { files: [photo.hash] }, 'done'],
  [[], { text: '' }, 'text: say what was found'],
  [[], { files: ['c'.repeat(64)] }, 'files: '],
])('a report for which %j is asked, with %j: %s', async (proof, said, wanted) => {
  const desk = await open();
  const { id } = await give(desk, await accepted(desk), { proof });
  await doTask(desk, id, 'receive');
  await doTask(desk, id, 'start');
  const outcome = await doTask(desk, id, 'report', said).then(
    (done) => done.outcome as string,
    (error: Error) => error.message,
  );
  expect(outcome).toContain(wanted);
});

test('a file is seen by who has the incident or the task that names it', async () => {
  const desk = await open();
  const { id } = await give(desk, await accepted(desk), { unit: 'town:990101001' });
  for (const verb of ['receive', 'start'] as const) await doTask(desk, id, verb);
  await doTask(desk, id, 'report', { files: [photo.hash], position: [84.15, 41.2] });
  const isSeen = (code: string): boolean => desk.book.isFileWithin(photo.hash, of(code).reaches);
  expect([isSeen('990101'), isSeen('990102'), isSeen('9901')]).toEqual([true, false, true]);
  expect(desk.book.isFileWithin(voice.hash, all.reaches)).toBe(false);
});

test('what is late is seen within a second, is late no more once it is reported, and is judged by when it was done', async () => {
  const desk = await open();
  const incident = await accepted(desk);
  const dueAt = START + 60_000;
  const [one, two] = [(await give(desk, incident, { dueAt })).id, (await give(desk, incident, { dueAt })).id];
  for (const id of [one, two]) for (const verb of ['receive', 'start'] as const) await doTask(desk, id, verb);
  desk.clock.advance(62_000);
  expect([...desk.screens.values()]).toEqual(['under-way overdue', 'under-way overdue']);
  await doTask(desk, one, 'report', { happenedAt: dueAt - 1000 });
  await doTask(desk, two, 'report');
  expect([taskOf(desk, one), taskOf(desk, two)]).toMatchObject([
    { late: false, report: { happenedAt: dueAt - 1000, knownAt: START + 62_000 } },
    { late: true },
  ]);
  expect(desk.screens.get(one)).toBe('reported');
  await expect(give(desk, incident, { dueAt })).rejects.toMatchObject({ code: 'request/invalid' });
});
