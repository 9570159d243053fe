// What people decide in a scenario, done to a real book of incidents on a log in memory: in order, by names, with rights.
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { loadCity } from '../../cities/load.ts';
import type { Crisis, CrisisView, Switch } from '../../contracts/records/crisis.ts';
import type { Decision } from '../../contracts/records/decision.ts';
import { decisionSchema } from '../../contracts/records/decision.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import { readRights } from '../access/rights.ts';
import { IncidentBook } from '../command/incidents.ts';
import { MemoryLog } from '../command/memory-log.test-kit.ts';
import { createManualClock } from '../kit/clock.ts';
import { Decider } from './decide.ts';
import type { Fields } from './meant-row.ts';

const START = Date.UTC(2026, 6, 15, 4, 0, 0);
const rights = readRights();
const city = loadCity('testville');
const schema = decisionSchema(z.number());
/** A decision as its file would say it. */
const decision = (written: object): Decision => {
  const { at, ...body } = schema.parse(written);
  return { atS: Number(at), body };
};

const layers: Readonly<Record<string, readonly Fields[]>> = {
  'emergency-call': [
    { key: 'c2', title: '液氨储罐泄漏', channel: '119', position: [99.2, 10.2] },
    { key: 'c1', title: '液氨泄漏', channel: '119', position: [99.1, 10.1] },
    { key: 'c9', title: '液氨气味', channel: '12345', position: null },
  ],
  cluster: [
    { key: 'cl-a', title: '碰撞报警' },
    { key: 'cl-b', title: '多车追尾' },
  ],
};

interface Played {
  readonly incident: (id: number) => Incident;
  readonly said: unknown[];
  /** Whether 战时 is on. */
  isCrisis: boolean;
  /** Plays until then, seconds; → what was refused, as lines. */
  until(nowS: number): Promise<string[]>;
  nextS(): number;
}

let play: (...written: object[]) => Played;
beforeEach(async () => {
  const clock = createManualClock(START);
  const book = new IncidentBook({
    log: new MemoryLog(() => clock.now()),
    clock,
    city,
    targets: {
      copyRow: (layer, key) => ({
        evidence: {
          ...{ layer, key, at: START, validAt: START, source: 's', quality: 0, synthetic: true, by: '' },
          values: { title: '液氨泄漏', channel: '119', position: [99.1, 10.1], acceptedAt: START },
        } as never,
        position: [99.1, 10.1],
        region: '990102',
      }),
      regionAt: () => '990102',
      file: () => null,
      show: () => undefined,
      showTask: () => undefined,
      showOnly: () => undefined,
      labelOf: () => 'public',
    },
  });
  await book.open();
  const active: Crisis[] = [];
  const said: unknown[] = [];
  play = (...written) => {
    const decider = new Decider(written.map(decision), {
      seen: {
        rows: (layer) => layers[layer] ?? null,
        evidence: (id) =>
          (book.find(Number(id))?.evidence ?? []).map(({ values, ...head }) => ({
            layer: head.layer,
            row: { ...head, ...values },
          })),
      },
      crisis: {
        standing: () => active,
        propose: ({ id }, { change }) => {
          said.push([id, change]);
          return Promise.resolve({ proposals: [{ id: 7, by: id, change }] } as unknown as CrisisView);
        },
        approve: ({ id, mayDecide }, proposal) => {
          said.push([id, proposal, mayDecide]);
          const [[, change]] = said.slice(-2) as [[string, Switch]];
          if (change.verb === 'end' && active.length === 0)
            return Promise.reject(new Error('it is peacetime'));
          active.splice(0, 1);
          if (change.verb === 'begin') active.push({ area: change.area } as Crisis);
          return Promise.resolve({} as CrisisView);
        },
      },
      incidents: book,
      clusters: {
        confirm: (by, asked) => Promise.resolve(void said.push([by, asked]) as never),
        merge: (by, asked) => Promise.resolve(void said.push([by, asked]) as never),
      },
      situations: { issue: ({ id }, asked) => Promise.resolve(void said.push([id, asked]) as never) },
      messages: {
        publish: ({ id }, asked) => {
          said.push([id, asked]);
          return Promise.resolve({ id: 41 } as never);
        },
        act: ({ id }, message, did) => Promise.resolve(void said.push([id, message, did]) as never),
      },
      roads: {
        close: ({ id }, asked) => Promise.resolve(void said.push([id, asked]) as never),
        open: ({ id }, ...asked) => Promise.resolve(void said.push([id, ...asked]) as never),
      },
      may: (role, action) => rights.may(role, action, played.isCrisis),
      now: () => clock.now(),
    });
    const played: Played = {
      incident: (id) => book.find(id) as Incident,
      said,
      isCrisis: false,
      nextS: () => decider.nextS,
      async until(nowS) {
        clock.advance(START + nowS * 1000 - clock.now());
        return (await decider.run(nowS)).map(({ atS, kind, reason }) => `${atS} ${kind}: ${reason}`);
      },
    };
    return played;
  };
});

const reported = { at: 10, by: 'duty-officer', do: 'incident-report', as: 'quake', kind: 'earthquake' };
const quake = { ...reported, title: '地震', facts: { magnitude: 5.8 } };
const step = (at: number, name: string, said: object = {}, by = 'duty-chief') => ({
  ...{ at, by, do: 'incident', of: 'quake', step: name, said },
});

test('an incident goes its way: at their moments, by the name the scenario gave it, to whom the rules of the city name', async () => {
  const played = play(
    quake,
    step(20, 'accept'),
    step(30, 'grade', { grade: 'III' }),
    step(40, 'assign'),
    step(50, 'start', {}, 'dept-liaison'),
  );
  expect(await played.until(9)).toEqual([]);
  expect(played.nextS()).toBe(10);
  expect(await played.until(20)).toEqual([]);
  expect(played.incident(1)).toMatchObject({ stage: 'accepted', kind: 'earthquake' });
  expect(await played.until(60)).toEqual([]);
  const { stage, grade, unit, assisting, log } = played.incident(1);
  expect([stage, grade, unit?.id]).toEqual(['handling', 'III', 'dept:emergency']);
  expect(assisting.length).toBeGreaterThan(0);
  expect(log.map(({ by }) => by)).toEqual([
    ...['duty-officer', 'duty-chief', 'duty-chief', 'duty-chief', 'dept-liaison'],
  ]);
  expect(played.nextS()).toBe(Infinity);
});

test('a grade that the criteria do not give needs a reason, as from people, and what hangs on a refused one is refused', async () => {
  const played = play(
    quake,
    step(20, 'accept'),
    step(30, 'grade', { grade: 'IV' }),
    step(40, 'assign'),
    {
      at: 50,
      by: 'duty-chief',
      do: 'give-task',
      of: 'quake',
      as: 'look',
      unit: 'dept:emergency',
      text: '查',
    },
    { at: 60, by: 'dept-liaison', do: 'task', of: 'look', step: 'start' },
  );
  const refused = await played.until(60);
  expect(refused).toHaveLength(3);
  expect(refused[0]).toMatch(/^30 incident grade: .*the criteria say III/);
  expect(refused[1]).toMatch(/^40 incident assign: .*not possible/);
  // Given it was: tasks are given from 受理 on; but nobody received it before it was started.
  expect(refused[2]).toMatch(/^60 task start: /);
  expect(played.incident(1).stage).toBe('accepted');
});

test('a task is due so long after it was given, and ends with what was found good', async () => {
  const give = { do: 'give-task', of: 'quake', as: 'look', unit: 'dept:emergency', text: '查', withinS: 60 };
  const played = play(
    quake,
    step(20, 'accept'),
    { at: 30, by: 'commander', ...give },
    ...['receive', 'start', 'report'].map((name, i) => ({
      ...{ at: 40 + i * 10, by: 'dept-liaison', do: 'task', of: 'look', step: name, said: { text: '无' } },
    })),
    { at: 80, by: 'commander', do: 'task', of: 'look', step: 'accept' },
  );
  expect([await played.until(30), await played.until(80)]).toEqual([[], []]);
  expect(played.incident(1).tasks).toMatchObject([{ state: 'accepted', dueAt: START + 90_000 }]);
});

test('a row is cited by what it says, and of several the nearest to a place; without one it is refused', async () => {
  const cite = (at: number, where: object, rest: object = {}) => ({
    ...step(at, 'cite'),
    row: { layer: 'emergency-call', where, ...rest },
  });
  const leak = { title: { contains: '泄漏' } };
  const played = play(
    quake,
    step(20, 'accept'),
    cite(30, leak),
    cite(40, { title: { contains: '液氨' } }, { nearest: [99.19, 10.19] }),
    cite(50, { title: { contains: '起火' } }),
    cite(60, { channel: '12345' }, { nearest: [99.1, 10.1] }),
  );
  expect(await played.until(60)).toEqual([
    '50 incident cite: no row of emergency-call fits',
    '60 incident cite: no row of emergency-call fits',
  ]);
  expect(played.incident(1).evidence.map(({ layer, key }) => [layer, key])).toEqual([
    ['emergency-call', 'c1'],
    ['emergency-call', 'c2'],
  ]);
});

test('a statement rests on evidence by what it said, and another role approves it', async () => {
  const draft = { by: 'duty-officer', do: 'draft-statement', of: 'quake', text: '无人员伤亡' };
  const facts = (text: string) => [{ layer: 'emergency-call', where: { title: { contains: text } } }];
  const played = play(
    quake,
    step(20, 'accept'),
    {
      ...step(30, 'cite'),
      row: { layer: 'emergency-call', where: { title: { contains: '泄漏' } } },
    },
    { at: 40, ...draft, as: 'none', facts: facts('起火') },
    { at: 50, ...draft, as: 'reply', facts: facts('泄漏') },
    { at: 60, by: 'commander', do: 'approve-statement', of: 'reply' },
    { at: 70, by: 'duty-officer', do: 'approve-statement', of: 'reply' },
  );
  expect(await played.until(70)).toEqual([
    '40 draft-statement: no evidence of emergency-call fits: cite it before',
    '70 approve-statement: duty-officer may not approve-messages now',
  ]);
  expect(played.said).toMatchObject([
    ['duty-officer', { incident: 1, text: '无人员伤亡', facts: [{ layer: 'emergency-call', key: 'c1' }] }],
    ['commander', 41, { verb: 'approve' }],
  ]);
});

test('an incident of a row takes the first that fits, in order of keys; without one it is refused', async () => {
  const fromRow = { do: 'incident-from-row', layer: 'emergency-call', kind: 'hazmat' };
  const played = play(
    { at: 0, by: 'duty-officer', ...fromRow, as: 'leak', where: { title: { contains: '液氨' } } },
    { at: 5, by: 'duty-officer', ...fromRow, as: 'fire', where: { title: { contains: '起火' } } },
    {
      ...{ at: 6, by: 'duty-officer', ...fromRow, as: 'far', where: { channel: '119' } },
      nearest: [99.2, 10.2],
    },
  );
  expect(await played.until(6)).toEqual(['5 incident-from-row: no row of emergency-call fits']);
  expect(played.incident(1).evidence.map(({ key }) => key)).toEqual(['c1']);
  expect(played.incident(2).evidence.map(({ key }) => key)).toEqual(['c2']);
});

test('who has no right to it is refused, and 战时 gives some', async () => {
  const give = { do: 'give-task', of: 'quake', unit: 'dept:emergency', text: '查', by: 'deputy-commander' };
  const played = play(
    quake,
    step(20, 'accept', {}, 'duty-officer'),
    step(25, 'accept'),
    { at: 30, ...give, as: 'one' },
    { at: 40, ...give, as: 'two' },
  );
  expect(await played.until(30)).toEqual([
    '20 incident accept: duty-officer may not handle-incidents now',
    '30 give-task: deputy-commander may not give-tasks now',
  ]);
  played.isCrisis = true;
  expect(await played.until(40)).toEqual([]);
});

test('战时 is proposed by one role, approved by another, and ended the same way', async () => {
  const crisis = { by: 'commander', area: '510800', reason: '地震' };
  const played = play(
    { at: 10, do: 'crisis', forS: 600, responseLevel: 'III', ...crisis },
    { at: 20, do: 'crisis-end', ...crisis },
    { at: 30, do: 'crisis-end', ...crisis },
  );
  expect(await played.until(30)).toEqual(['30 crisis-end: it is peacetime']);
  expect(played.said.slice(0, 4)).toMatchObject([
    [
      'duty-chief',
      { verb: 'begin', area: '510800', name: '地震', responses: [{ kind: 'rescue', level: 'III' }] },
    ],
    ['commander', 7, true],
    ['duty-chief', { verb: 'end', area: '510800' }],
    ['commander', 7, true],
  ]);
});

test('clusters are confirmed and merged by what their rows say', async () => {
  const all = { by: 'duty-officer', reason: '同一起' };
  const played = play(
    { at: 1, do: 'confirm-cluster', where: { title: '多车追尾' }, ...all },
    { at: 2, do: 'merge-clusters', where: { title: '碰撞报警' }, into: { title: '多车追尾' }, ...all },
    { at: 3, do: 'confirm-cluster', where: { title: '地震' }, ...all },
  );
  expect(await played.until(3)).toEqual(['3 confirm-cluster: no row of cluster fits']);
  expect(played.said).toEqual([
    ['duty-officer', { id: 'cl-b', reason: '同一起' }],
    ['duty-officer', { id: 'cl-a', into: 'cl-b', reason: '同一起' }],
  ]);
});
