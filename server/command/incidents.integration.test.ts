// Incidents over HTTP: a gas leak from first ring to archive, grading, conflicts, actions sent twice, evidence, time, restarts.
import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import { emergencyCall } from '../../contracts/layers/emergency-call.ts';
import { incident as incidentLayer } from '../../contracts/layers/incident.ts';
import type { FileRef, Incident } from '../../contracts/records/incident.ts';
import type { Conflict, IncidentView } from '../../contracts/records/incident-actions.ts';
import { createManualClock } from '../kit/clock.ts';
import { TrialClient, until } from '../main/trial-client.ts';
import type { Trial } from '../main/trial-server.ts';
import { driveFeed, startTrial, TRIAL_START } from '../main/trial-server.ts';
import { smallestJpeg } from './jpeg.test-kit.ts';
import { keptRecords } from '../store/kept-records.test-kit.ts';

const MINUTE = 60_000;
const feed = driveFeed('driven', [emergencyCall]);
const trials = new Set<Trial>();
afterEach(async () => {
  for (const trial of trials) await trial.server.stop();
  trials.clear();
});

async function start(dataDir?: string, at = TRIAL_START): Promise<Trial> {
  const trial = await startTrial({ feeds: [feed], dataDir, clock: createManualClock(at) });
  trials.add(trial);
  return trial;
}

/** Later, without the ticks between. */
async function startAgain(trial: Trial, laterMs = 0): Promise<Trial> {
  trials.delete(trial);
  await trial.server.stop();
  return start(trial.dataDir, trial.clock.now() + laterMs);
}

interface Answer {
  readonly status: number;
  readonly body: IncidentView & Conflict;
}

async function post(trial: Trial, address: string, body: object): Promise<Answer> {
  const answer = await fetch(`${trial.server.url}/api/incidents${address}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action: randomUUID(), ...body }),
  });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

async function did(trial: Trial, address: string, body: object): Promise<Incident> {
  const answer = await post(trial, address, body);
  expect([address, answer.status, answer.body.message]).toEqual([address, 201, undefined]);
  return answer.body.incident;
}

const leak = {
  kind: 'gas-leak',
  title: '河口街道居民楼燃气泄漏',
  place: '河口街道',
  position: [84.15, 41.2],
};
const report = (trial: Trial, body: object = {}): Promise<Incident> => did(trial, '', { ...leak, ...body });

/** Does one thing after the other, each having seen the one before. */
async function carry(
  trial: Trial,
  from: Incident,
  steps: readonly (readonly [string, object])[],
): Promise<Incident> {
  let now = from;
  for (const [verb, said] of steps) now = await did(trial, `/${now.id}/${verb}`, { seen: now.seq, ...said });
  return now;
}

const toHandling = [
  ['accept', {}],
  ['grade', { grade: 'IV' }],
  ['assign', { unit: 'dept:emergency', worker: '网格员甲' }],
  ['start', {}],
] as const;
const toClosed = [
  ['answer', { text: '阀门已关闭' }],
  ['check', { text: '现场浓度为零' }],
  ['close', { text: '已恢复供气' }],
] as const;

const rowOf = (trial: Trial, id: number) => {
  const table = trial.server.world.table(incidentLayer.slug);
  const slot = table.slotOf(String(id));
  return slot < 0 ? null : table.row(slot);
};

test('a gas leak is carried from report to rated and archived, and every step stands in the verified log', async () => {
  const trial = await start();
  const reported = await report(trial);
  expect(reported).toMatchObject({
    no: '20260715-001',
    stage: 'reported',
    region: '990101001',
    urgent: true,
    desk: { id: 'city' },
    dueAt: TRIAL_START + 15 * MINUTE,
  });
  expect(rowOf(trial, reported.id)).toMatchObject({
    regionCode: '990101001',
    values: { stage: 'reported', grade: null },
  });
  const closed = await carry(trial, reported, [...toHandling, ...toClosed]);
  expect(closed).toMatchObject({ stage: 'closed', unit: { id: 'dept:emergency' }, lateSteps: 0 });
  const early = await post(trial, `/${closed.id}/archive`, { seen: closed.seq });
  expect([early.status, early.body.incident.stage]).toEqual([409, 'closed']);
  const archived = await carry(trial, closed, [
    ['rate', { score: 5, text: '很快' }],
    ['archive', {}],
  ]);
  expect(archived).toMatchObject({ stage: 'archived', rating: { score: 5 }, dueAt: null });
  expect(archived.log.map(({ verb, stage }) => `${verb} ${stage}`)).toEqual([
    'report reported',
    'accept accepted',
    'grade graded',
    'assign assigned',
    'start handling',
    'answer answered',
    'check checked',
    'close closed',
    'rate closed',
    'archive archived',
  ]);
  expect(rowOf(trial, reported.id)).toBeNull();
  trials.delete(trial);
  await trial.server.stop();
  const { entries, faults } = await keptRecords(trial.dataDir, 'testville');
  expect(faults).toEqual([]);
  expect(entries.filter(({ kind }) => kind.startsWith('incident/'))).toHaveLength(10);
});

test('the criteria suggest the grade with a reason; another grade needs one', async () => {
  const trial = await start();
  const accepted = await carry(trial, await report(trial, { facts: { dead: 3 } }), [['accept', {}]]);
  const view = (await trial.json(`/api/incidents/${accepted.id}`)) as IncidentView;
  expect(view.suggested).toMatchObject({
    grade: 'III',
    reason: { zh: expect.stringContaining('死亡（人）3 ≥ 3') as string },
  });
  expect(view.next[0]).toBe('grade');
  const bare = await post(trial, `/${accepted.id}/grade`, { seen: accepted.seq, grade: 'II' });
  expect([bare.status, bare.body.message]).toEqual([
    400,
    expect.stringContaining('another grade needs a reason'),
  ]);
  const graded = await carry(trial, accepted, [['grade', { grade: 'II', reason: '临近学校' }]]);
  expect(graded.gradeReason?.zh).toMatch(/死亡（人）3 ≥ 3：较大.*；人工定为重大：临近学校/);
  // 较大 and above are reported upward: first within the hour, then every half hour.
  expect(graded.briefDueAt).toBe(TRIAL_START + 60 * MINUTE);
  const later = await startAgain(trial, 20 * MINUTE);
  const briefed = await carry(later, graded, [['brief', { brief: 'first', text: '首报' }]]);
  expect(briefed.briefDueAt).toBe(later.clock.now() + 30 * MINUTE);
});

test('units follow kind, area and grade', async () => {
  const trial = await start();
  const suggested = async (body: object) => {
    const { id } = await report(trial, body);
    const { suggested: found } = (await trial.json(`/api/incidents/${id}`)) as IncidentView;
    return [found.unit.id, found.assisting.map((unit) => unit.id)];
  };
  expect(await suggested({})).toEqual(['dept:emergency', ['county:990101', 'town:990101001']]);
  expect(await suggested({ position: [84.45, 41.2] })).toEqual([
    'county:990102',
    ['dept:emergency', 'town:990102100'],
  ]);
  expect(await suggested({ kind: 'fire', facts: { dead: 3 } })).toEqual([
    'dept:emergency',
    ['county:990101', 'town:990101001'],
  ]);
  expect(await suggested({ kind: 'fire', position: null })).toEqual(['dept:emergency', []]);
});

test('a second person who has not seen the first gets a conflict that says what changed, and loses nothing', async () => {
  const trial = await start();
  const reported = await report(trial);
  const accepted = await carry(trial, reported, [['accept', { text: '已核实' }]]);
  const late = await post(trial, `/${reported.id}/accept`, { seen: reported.seq, text: '我也受理' });
  expect(late.status).toBe(409);
  expect(late.body).toMatchObject({
    code: 'request/conflict',
    message: expect.stringContaining('demo 已先受理') as string,
    since: [{ verb: 'accept', text: '已核实', seq: accepted.seq }],
    incident: { stage: 'accepted', seq: accepted.seq },
  });
  // What contradicts nothing is taken whatever was not seen: notes, and other fields.
  await did(trial, `/${reported.id}/note`, { seen: reported.seq, text: '现场有气味' });
  await did(trial, `/${reported.id}/amend`, { seen: reported.seq, title: '新标题', reason: '更正' });
  const same = await post(trial, `/${reported.id}/amend`, {
    seen: reported.seq,
    title: '别的',
    reason: '更正',
  });
  expect(same.status).toBe(409);
  const other = await did(trial, `/${reported.id}/amend`, {
    seen: reported.seq,
    place: '三单元',
    reason: '补充',
  });
  expect(other).toMatchObject({ title: '新标题', place: '三单元', log: { length: 5 } });
});

test('an action that is sent twice, at once or after a restart, is done once', async () => {
  const trial = await start();
  const action = randomUUID();
  const [one, two] = await Promise.all([report(trial, { action }), post(trial, '', { ...leak, action })]);
  expect([two.status, two.body.incident.id]).toEqual([200, one.id]);
  const note = { action: randomUUID(), seen: one.seq, text: '第一次' };
  await did(trial, `/${one.id}/note`, note);
  const again = await startAgain(trial);
  const third = await post(again, `/${one.id}/note`, note);
  expect([third.status, third.body.incident.log]).toMatchObject([200, { length: 2 }]);
  expect((await post(again, '', { ...leak, action })).status).toBe(200);
  const other = await post(again, `/${one.id}/note`, { ...note, text: '换了内容' });
  expect([other.status, other.body.message]).toEqual([
    400,
    expect.stringContaining('used for something else'),
  ]);
  expect(((await again.json('/api/incidents')) as { total: number }).total).toBe(1);
});

test('what a phone sends later stands at its own moment, and is judged by it', async () => {
  const before = await start();
  const assigned = await carry(before, await report(before), toHandling.slice(0, 3));
  const doneAt = before.clock.now() + 5 * MINUTE;
  const trial = await startAgain(before, 120 * MINUTE);
  const begun = await carry(trial, assigned, [['start', { happenedAt: doneAt }]]);
  expect(begun).toMatchObject({ lateSteps: 0, stageAt: trial.clock.now() });
  expect(begun.log.at(-1)).toMatchObject({ happenedAt: doneAt, knownAt: trial.clock.now(), late: false });
  const ahead = await post(trial, `/${begun.id}/note`, {
    seen: begun.seq,
    text: 'x',
    happenedAt: trial.clock.now() + 5 * MINUTE,
  });
  expect(ahead.status).toBe(400);
});

test('a call becomes an incident once, with a copy of its row that outlives it', async () => {
  const trial = await start();
  trial.clock.advance(1000);
  const callAt = trial.clock.now() - 30_000;
  const put = (status: 'ringing' | 'closed') =>
    feed.context().sink.put(emergencyCall, {
      id: 'c1',
      validAt: trial.clock.now(),
      values: {
        position: [84.15, 41.2],
        channel: '119',
        kind: '抢险救援',
        title: '河口街道燃气泄漏',
        address: '河口街道1号',
        status,
        acceptedAt: callAt,
      },
    });
  put('ringing');
  const [row] = [...trial.server.world.table('emergency-call').rows()];
  const from = { layer: 'emergency-call', key: row?.key };
  const action = randomUUID();
  const made = await did(trial, '/from-row', { ...from, action });
  expect(made).toMatchObject({
    kind: 'gas-leak',
    channel: 'row',
    title: '河口街道燃气泄漏',
    place: '河口街道1号',
    urgent: true,
    happenedAt: callAt,
    region: '990101001',
  });
  trial.clock.advance(1000);
  put('closed');
  const again = await startAgain(trial);
  const { incident } = (await again.json(`/api/incidents/${made.id}`)) as IncidentView;
  expect(incident.evidence).toMatchObject([
    { layer: 'emergency-call', values: { status: 'ringing' }, source: 'driven', knownAt: made.reportedAt },
  ]);
  const twice = await post(again, '/from-row', from);
  expect([twice.status, twice.body.incident.id]).toEqual([409, made.id]);
  expect((await post(again, '/from-row', { ...from, action })).status).toBe(200);
  expect((await post(again, '/from-row', { layer: 'rain-gauge', key: 'x' })).status).toBe(404);
});

test('an overdue step is seen on the list and on every screen within a second, and counted when it is left', async () => {
  const before = await start();
  const reported = await report(before);
  const trial = await startAgain(before, 15 * MINUTE - 2000);
  const client = new TrialClient({ io, url: trial.server.url, layers: [incidentLayer] });
  await client.connect();
  await client.subscribe();
  trial.clock.advance(1000);
  const seen = () =>
    client.table(incidentLayer).row(client.table(incidentLayer).slotOf(String(reported.id))).values;
  await until(() => client.table(incidentLayer).size === 1, 'the incident on the screen');
  expect(seen()).toMatchObject({ stage: 'reported', overdue: 'no', owner: '试城市值班室' });
  trial.clock.advance(3000);
  await until(() => seen().overdue === 'yes', 'overdue on the screen');
  client.close();
  const list = (await trial.json('/api/incidents?overdue=yes&sort=due')) as { incidents: Incident[] };
  expect(list.incidents.map(({ id }) => id)).toEqual([reported.id]);
  const accepted = await carry(trial, reported, [['accept', {}]]);
  expect(accepted).toMatchObject({ lateSteps: 1 });
  expect(rowOf(trial, reported.id)?.values['overdue']).toBe('no');
});

test('returns, hand-over, escalation, merge, split, reopening and marks', async () => {
  const trial = await start();
  const handling = await carry(trial, await report(trial), [
    ...toHandling.slice(0, 3),
    ['return', { reason: '不属本单位' }],
    ['assign', { unit: 'county:990101' }],
    ['start', {}],
    ['hand-over', { unit: 'dept:emergency', reason: '超出能力' }],
    ['urge', { text: '请尽快' }],
    ['supervise', { text: '市领导督办' }],
    ['review', { verdict: 'agree', text: '同意' }],
    ['escalate', { grade: 'III', reason: '影响扩大' }],
    ['start', {}],
  ]);
  expect(handling).toMatchObject({
    stage: 'handling',
    unit: { id: 'dept:emergency' },
    returns: 1,
    urges: 1,
    supervised: { text: '市领导督办' },
    grade: 'III',
  });
  expect(
    (await post(trial, `/${handling.id}/escalate`, { seen: handling.seq, grade: 'IV', reason: 'x' })).status,
  ).toBe(400);
  const second = await report(trial, { title: '同一楼燃气味' });
  const merged = await did(trial, `/${second.id}/merge`, {
    seen: second.seq,
    into: handling.id,
    reason: '同一事件',
  });
  expect(merged).toMatchObject({ stage: 'merged', mergedInto: handling.id, dueAt: null });
  const whole = ((await trial.json(`/api/incidents/${handling.id}`)) as IncidentView).incident;
  expect(whole.merged).toEqual([second.id]);
  const parted = await carry(trial, whole, [['split', { part: second.id, reason: '不是同一处' }]]);
  expect(parted.merged).toEqual([]);
  const child = await carry(trial, parted, [['split', { title: '次生火灾', kind: 'fire', reason: '次生' }]]);
  expect(child.children).toHaveLength(1);
  const [childId] = child.children;
  expect(((await trial.json(`/api/incidents/${childId}`)) as IncidentView).incident).toMatchObject({
    stage: 'reported',
    parent: handling.id,
    kind: 'fire',
    no: '20260715-003',
  });
  expect(((await trial.json(`/api/incidents/${second.id}`)) as IncidentView).incident.stage).toBe('reported');
  const reopened = await carry(trial, child, [...toClosed, ['reopen', { reason: '复漏' }]]);
  expect(reopened).toMatchObject({ stage: 'graded', reopens: 1, unit: null });
  const again = await startAgain(trial);
  expect(((await again.json(`/api/incidents/${reopened.id}`)) as IncidentView).incident).toEqual(reopened);
});

test('a photo is sent, named in an action and read again', async () => {
  const trial = await start();
  const send = (body: Uint8Array<ArrayBuffer>) =>
    fetch(`${trial.server.url}/api/incidents/files`, { method: 'POST', body });
  const sent = await send(smallestJpeg());
  expect(sent.status).toBe(201);
  const ref = (await sent.json()) as FileRef;
  expect((await trial.get(`/api/incidents/files/${ref.hash}`)).headers.get('content-type')).toBe(
    'image/jpeg',
  );
  expect((await send(new Uint8Array([60, 115, 118, 103]))).status).toBe(400);
  expect((await send(new Uint8Array(5 * 1024 * 1024 + 1))).status).toBe(413);
  const reported = await report(trial);
  const noted = await did(trial, `/${reported.id}/note`, {
    seen: reported.seq,
    text: '照片',
    files: [ref.hash],
  });
  expect(noted.log.at(-1)?.files).toEqual([ref]);
  const unknown = { seen: noted.seq, text: '照片', files: ['0'.repeat(64)] };
  expect((await post(trial, `/${reported.id}/note`, unknown)).status).toBe(400);
});

test('lists are filtered and paged, past cases are found, and what is wrong is named', async () => {
  const trial = await start();
  const done = await carry(trial, await report(trial), [...toHandling, ...toClosed]);
  const fire = await report(trial, { kind: 'fire', title: '山前镇仓库起火', position: [84.45, 41.2] });
  const open = await report(trial, { title: '河口街道另一处燃气泄漏' });
  const ids = async (query: string): Promise<number[]> =>
    ((await trial.json(`/api/incidents${query}`)) as { incidents: Incident[] }).incidents.map(({ id }) => id);
  expect(await ids('')).toEqual([open.id, fire.id, done.id]);
  expect(await ids('?open=yes&kind=fire')).toEqual([fire.id]);
  expect(await ids('?region=990102')).toEqual([fire.id]);
  expect(await ids('?unit=dept:emergency')).toEqual([done.id]);
  expect(await ids('?owner=city&text=燃气&limit=1')).toEqual([open.id]);
  expect(await ids('?from=1&limit=1')).toEqual([fire.id]);
  expect(await ids(`/${open.id}/similar`)).toEqual([done.id]);
  for (const [address, body, status, word] of [
    ['', { ...leak, kind: 'flying-saucer' }, 400, 'kind'],
    ['', { ...leak, action: 'short' }, 400, 'action'],
    ['', { ...leak, colour: 'red' }, 400, 'colour'],
    ['/999/accept', { seen: 1 }, 404, 'incident 999'],
    [`/${open.id}/accept`, { seen: open.seq + 50 }, 400, 'seen'],
    [`/${open.id}/merge`, { seen: open.seq, into: open.id, reason: 'x' }, 400, 'into'],
    [`/${open.id}/split`, { seen: open.seq, reason: 'x' }, 400, 'part'],
    [`/${open.id}/amend`, { seen: open.seq, reason: 'x' }, 400, 'reason'],
    [`/${open.id}/close`, { seen: open.seq, text: 'x' }, 409, '接报阶段不能办结'],
  ] as const) {
    const answer = await post(trial, address, body);
    expect([address, answer.status, answer.body.message]).toEqual([
      address,
      status,
      expect.stringContaining(word),
    ]);
  }
});
