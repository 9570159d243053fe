// Alerts over a whole server: raised by a feed's rows, answered by people, kept over restarts, tried on the past.
import { afterEach, expect, test } from 'vitest';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { riverGauge } from '../../contracts/layers/river-gauge.ts';
import type { AlarmDiscipline, Alert } from '../../contracts/records/alert.ts';
import { createManualClock } from '../kit/clock.ts';
import type { Trial } from '../main/trial-server.ts';
import { driveFeed, startTrial, TRIAL_START } from '../main/trial-server.ts';
import { keptRecords } from '../store/kept-records.test-kit.ts';
import type { BackTestAnswer } from './port.ts';

const MINUTE = 60_000;
/** Long ticks: half an hour of alerts is a hundred of them. */
const TICK_MS = 15_000;
const settings = path.join(mkdtempSync(path.join(tmpdir(), 'alerts-')), 'config.yaml');
writeFileSync(settings, `tick:\n  peaceMs: ${TICK_MS}\n`);
const feed = driveFeed('driven', [riverGauge]);
const trials = new Set<Trial>();
afterEach(async () => {
  for (const trial of trials) await trial.server.stop();
  trials.clear();
});

async function start(dataDir?: string, at = TRIAL_START): Promise<Trial> {
  const trial = await startTrial({
    feeds: [feed],
    dataDir,
    clock: createManualClock(at),
    args: ['--config', settings],
  });
  trials.add(trial);
  return trial;
}

async function startAgain(trial: Trial): Promise<Trial> {
  trials.delete(trial);
  await trial.server.stop();
  return start(trial.dataDir, trial.clock.now());
}

/** A level over the warning level, told at once. */
function report(trial: Trial, overM: number, id = 'g1'): void {
  // A level may not jump.
  trial.clock.advance(MINUTE);
  feed.context().sink.put(riverGauge, {
    id,
    validAt: trial.clock.now(),
    values: { position: [84.2, 41.2], name: id, river: '甲江', levelM: 100 + overM, warningM: 100 },
  });
  trial.clock.advance(TICK_MS);
}

async function ask(trial: Trial, address: string, body: object): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${trial.server.url}/api/${address}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

const listed = async (trial: Trial, query = ''): Promise<readonly Alert[]> =>
  ((await trial.json(`/api/alerts${query}`)) as { alerts: Alert[] }).alerts;
const rowsOf = (trial: Trial) =>
  [...trial.server.world.table('alert').rows()].map(({ values }) => [values['severity'], values['state']]);
const kindsOf = async (trial: Trial): Promise<string[]> =>
  (await keptRecords(trial.dataDir, 'testville')).entries
    .map(({ kind }) => kind)
    .filter((kind) => kind.startsWith('alert/'));

test('an alert lives: raised, worse, acknowledged, commented, shelved, over; each step is an entry and a row', async () => {
  const trial = await start();
  report(trial, 0.2);
  const [alert] = await listed(trial);
  expect(alert).toMatchObject({
    rule: 'river-over-warning',
    severity: 'yellow',
    state: 'open',
    alarm: false,
    value: 0.2,
    limit: 0,
    layer: 'river-gauge',
    signals: 1,
  });
  expect(alert?.title.zh).toContain('0.2');
  const { id } = alert as Alert;
  expect((await ask(trial, 'alerts/acknowledge', { ids: [id] })).status).toBe(201);
  trial.clock.advance(TICK_MS);
  expect(rowsOf(trial)).toEqual([['yellow', 'acknowledged']]);

  // Worse is news again.
  report(trial, 1.6);
  expect(await listed(trial)).toMatchObject([{ id, severity: 'orange', state: 'open', acknowledged: null }]);
  await ask(trial, 'alerts/comment', { id, text: '已通知县区' });
  const until = trial.clock.now() + 2 * MINUTE;
  expect(await ask(trial, 'alerts/shelve', { id, reason: '检修', until })).toMatchObject({
    body: { state: 'shelved', shelved: { by: 'demo', reason: '检修' }, comments: [{ text: '已通知县区' }] },
  });
  trial.clock.advance(3 * MINUTE);
  expect(await listed(trial)).toMatchObject([{ state: 'open' }]);

  report(trial, -1);
  trial.clock.advance(3 * MINUTE);
  expect(await listed(trial)).toEqual([]);
  expect(rowsOf(trial)).toEqual([]);
  expect(await listed(trial, '?state=cleared')).toMatchObject([
    { id, cleared: { why: 'over', by: 'system' } },
  ]);
  expect((await ask(trial, 'alerts/acknowledge', { ids: [id] })).status).toBe(409);
  expect((await ask(trial, 'alerts/comment', { id: 'al-no', text: 'x' })).status).toBe(404);
  await startAgain(trial);
  expect(await kindsOf(trial)).toEqual([
    'alert/raise',
    'alert/acknowledge',
    'alert/change',
    'alert/comment',
    'alert/shelve',
    'alert/unshelve',
    'alert/clear',
  ]);
});

test('what stands goes on standing over a restart, once, and ends when it is over', async () => {
  const trial = await start();
  report(trial, 0.2);
  report(trial, 0.3, 'g2');
  const before = await listed(trial);
  expect(before).toHaveLength(2);
  await ask(trial, 'alerts/acknowledge', { ids: [before[0]?.id] });
  const acknowledged = await listed(trial, '?state=acknowledged');

  const again = await startAgain(trial);
  report(again, 0.25);
  again.clock.advance(MINUTE);
  expect(await listed(again, '?state=acknowledged')).toEqual(acknowledged);
  expect((await listed(again)).map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
  expect(rowsOf(again)).toHaveLength(2);

  report(again, -1);
  report(again, -1, 'g2');
  again.clock.advance(3 * MINUTE);
  expect(await listed(again)).toEqual([]);
  const kinds = await kindsOf(again);
  expect(kinds.filter((kind) => kind === 'alert/raise')).toHaveLength(2);
});

test('what a person ends while it holds stays ended, over a restart too, until it was over', async () => {
  const trial = await start();
  report(trial, 0.2);
  const [alert] = await listed(trial);
  expect((await ask(trial, 'alerts/clear', { id: alert?.id, reason: '误报' })).status).toBe(201);
  report(trial, 0.25);
  expect(await listed(trial)).toEqual([]);
  const again = await startAgain(trial);
  report(again, 0.25);
  expect(await listed(again)).toEqual([]);
  report(again, -1);
  again.clock.advance(3 * MINUTE);
  report(again, 0.2);
  expect(await listed(again)).toHaveLength(1);
});

test('how much the alarms ask of the room is measured', async () => {
  const trial = await start();
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) report(trial, 1.6, id);
  const discipline = (await trial.json('/api/alerts/discipline')) as AlarmDiscipline;
  expect(discipline).toMatchObject({
    operators: 1,
    perOperatorHour: 7,
    band: 'manageable',
    peakTenMinutes: 7,
    standing: 7,
    unacknowledged: 7,
    shares: { orange: 100 },
    loudest: [{ rule: 'river-over-warning', raised: 7 }],
  });
  // The axis of time leads to them, after a restart too; what asks nobody to act is no mark.
  report(trial, 0.2, 'mild');
  const marksOf = async (of: Trial) => {
    const { marks } = (await of.json('/api/history/marks')) as { marks: { layer: string; key: string }[] };
    return marks.filter(({ layer }) => layer === 'alert');
  };
  const marks = await marksOf(trial);
  const alerts = await listed(trial);
  expect(alerts).toHaveLength(8);
  expect(marks.map(({ key }) => key).sort()).toEqual(
    alerts.flatMap(({ id, severity }) => (severity === 'orange' ? id : [])).sort(),
  );
  expect(marks[0]).toMatchObject({ severity: 'orange', title: expect.stringContaining('1.6') as unknown });
  expect(await marksOf(await startAgain(trial))).toEqual(marks);
});

test('a rule is tried on the past: how often, when, and how long', async () => {
  const trial = await start();
  const from = trial.clock.now();
  for (const overM of [-1, 0.5, 0.6, -1, -1, -1, 0.7, -1]) {
    report(trial, overM);
    trial.clock.advance(MINUTE - TICK_MS);
  }
  const tried = async (rule: unknown): Promise<BackTestAnswer> => {
    const { body } = await ask(trial, 'alert-rules/test', { rule, from, to: trial.clock.now() });
    return body as BackTestAnswer;
  };
  const answer = await tried('river-over-warning');
  expect(answer).toMatchObject({ rule: 'river-over-warning', isComplete: true, fired: 2, absent: [] });
  const seen = answer.firings.map(({ at, until, severity }) => [
    Math.round((at - from) / MINUTE),
    until === null ? null : Math.round((until - from) / MINUTE),
    severity,
  ]);
  expect(seen).toEqual([
    [3, 8, 'yellow'],
    [13, null, 'yellow'],
  ]);

  const { rules } = (await trial.json('/api/alert-rules')) as { rules: { id: string }[] };
  expect(rules.map(({ id }) => id)).toContain('river-over-warning');
  const stricter = {
    ...{ id: 'tried', name: { zh: '试', en: 'Try' }, title: { zh: '{name}', en: '{name}' } },
    ...{ toDo: { zh: '看', en: 'Look' }, basis: 'test', systems: ['x-hydrology'], layer: 'river-gauge' },
    severity: 'red',
    for: '3m',
    when: { kind: 'threshold', value: { column: 'levelM', minus: 'warningM' }, above: 0.55 },
  };
  // Both hold for two minutes.
  expect(await tried(stricter)).toMatchObject({ fired: 0, longestMs: 0 });
  expect(await tried({ ...stricter, for: '1m' })).toMatchObject({ fired: 2, bySeverity: { red: 2 } });
  const wrong = await ask(trial, 'alert-rules/test', {
    rule: { ...stricter, layer: 'river-gage' },
    from,
    to: trial.clock.now(),
  });
  expect(wrong).toMatchObject({ status: 400, body: { message: expect.stringContaining('river-gauge') } });
});
