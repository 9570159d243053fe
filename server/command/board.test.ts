// Boards out of real folds: what waits, what was late, whose it was, and where it went.
import { expect, test } from 'vitest';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { boardOf } from './board.ts';
import { foldIncidents } from './fold.ts';

const HOUR = 3_600_000;
const NOW = 1000 * HOUR;
const named = (id: string) => ({ id, name: { zh: id, en: id } });
const [desk, fire, gas] = [named('city'), named('dept:fire'), named('dept:gas')];

let seq = 0;
const entry = (verb: string, hour: number, body: object): LogEntry => ({
  ...{ seq: ++seq, world: 'live', subject: 'demo', knownAt: hour * HOUR, prevHash: '0'.repeat(64) },
  kind: `incident/${verb}`,
  body: { action: `action-${seq}`, happenedAt: hour * HOUR, said: {}, found: {}, ...body },
});

/** A case from its report at `hour` through these verbs, one an hour. */
function life(hour: number, region: string, steps: readonly (readonly [string, object])[]): LogEntry[] {
  const said = { kind: 'fire', channel: 'phone', title: 'x' };
  const begun = entry('report', hour, { said, found: { desk, region, dueAt: (hour + 1) * HOUR } });
  const rest = steps.map(([verb, body], at) => entry(verb, hour + at + 1, { incident: begun.seq, ...body }));
  return [begun, ...rest];
}

const board = (entries: readonly LogEntry[], days = 10) =>
  boardOf(foldIncidents(entries).values(), {
    ...{ now: NOW, from: NOW - days * 24 * HOUR, counties: [named('990101'), named('990102')] },
    countyOf: (region) => named(region.slice(0, 6)),
  });

const assigned = [
  ['accept', { found: { dueAt: null } }],
  ['grade', { said: { grade: 'IV' } }],
  ['assign', { found: { unit: fire, dueAt: 999 * HOUR } }],
] as const;
const closed = [
  ...assigned,
  ['start', {}],
  ['answer', { found: { late: true, dueAt: null } }],
  ['check', {}],
  ['close', {}],
] as const;

test('a case that is done counts its steps, its hours and its rating for its unit and its county', () => {
  const all = [...life(900, '990101001', [...closed, ['rate', { said: { score: 4 } }]])];
  const { whole, units, counties, stages } = board(all);
  // Seven steps to the close, of which the answer was late.
  expect(whole).toMatchObject({ open: 0, reported: 1, closed: 1, closedPct: 100, inTimePct: 85.7 });
  expect(whole).toMatchObject({ medianHours: 7, satisfaction: 4, rated: 1, score: 88.6 });
  // The unit had it assigned and in its hands: two steps, one late.
  expect(units).toMatchObject([{ id: 'dept:fire', open: 0, closed: 1, inTimePct: 50 }]);
  expect(counties.map(({ id, score }) => [id, score])).toEqual([
    ['990101', 88.6],
    ['990102', null],
  ]);
  expect(stages).toEqual({});
});

test('what waits stands with whose turn it is: the desk before it is given, the unit while it has it', () => {
  const all = [...life(900, '990102', []), ...life(900, '990102', assigned)];
  const { whole, units, stages } = board(all);
  expect(whole).toMatchObject({ open: 2, overdue: 2, closed: 0, closedPct: 0, medianHours: null });
  expect(units.map(({ id, open, overdue }) => [id, open, overdue])).toEqual([
    ['city', 1, 1],
    ['dept:fire', 1, 1],
  ]);
  expect(stages).toEqual({ reported: 1, assigned: 1 });
  // Answered: it is the desk's turn again.
  const answered = board(life(900, '990102', closed.slice(0, 5)));
  expect(answered.units.map(({ id, open }) => [id, open])).toEqual([
    ['city', 1],
    ['dept:fire', 0],
  ]);
});

test('cases go from the desk to a unit, from unit to unit, and back', () => {
  const moved = [
    ...assigned,
    ['hand-over', { found: { unit: gas } }],
    ['return', { said: { reason: 'x' } }],
    ['assign', { found: { unit: fire } }],
  ] as const;
  const { flows } = board([...life(900, '990101', moved), ...life(901, '990101', assigned)]);
  expect(flows.map(({ from, to, count }) => [from.zh, to.zh, count])).toEqual([
    ['city', 'dept:fire', 3],
    ['dept:fire', 'dept:gas', 1],
    ['dept:gas', 'city', 1],
  ]);
});

test('what was done before the span counts no more; what still waits does', () => {
  const old = [...life(100, '990101', closed), ...life(100, '990101', [])];
  expect(board(old, 1).whole).toMatchObject({
    open: 1,
    reported: 0,
    closed: 0,
    inTimePct: null,
    score: null,
  });
});

test('a case that was merged counts where it went', () => {
  const whole = life(900, '990101', []);
  const part = life(900, '990101', [['merge', { said: { into: whole[0]?.seq, reason: 'same' } }]]);
  expect(board([...whole, ...part]).whole).toMatchObject({ open: 1, reported: 1 });
});
