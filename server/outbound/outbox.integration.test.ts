// The outbox over HTTP in a demonstration: a ticket's incident from the notice to the answer that a second person approves,
// kept over a restart, seen by nobody of another county, and nothing of it leaves.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ticket } from '../../contracts/layers/ticket.ts';
import type { Role } from '../../contracts/records/account.ts';
import type { IncidentView } from '../../contracts/records/incident-actions.ts';
import type { Message, Outbox } from '../../contracts/records/message.ts';
import { createManualClock } from '../kit/clock.ts';
import { until } from '../main/trial-client.ts';
import type { Trial } from '../main/trial-server.ts';
import { driveFeed, startTrial, TRIAL_START } from '../main/trial-server.ts';
import { keptRecords } from '../store/kept-records.test-kit.ts';

const feed = driveFeed('driven', [ticket]);
const trials = new Set<Trial>();
afterEach(async () => {
  for (const trial of trials) await trial.server.stop();
  trials.clear();
});

async function start(dataDir?: string): Promise<Trial> {
  const trial = await startTrial({ feeds: [feed], dataDir, clock: createManualClock(TRIAL_START) });
  trials.add(trial);
  return trial;
}

async function cookieOf(trial: Trial, role: Role): Promise<string> {
  const answer = await fetch(`${trial.server.url}/api/session/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: `demo-${role}` }),
  });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function post<T>(
  trial: Trial,
  address: string,
  { body, cookie = '' }: { body: object; cookie?: string },
) {
  const answer = await fetch(`${trial.server.url}${address}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie === '' ? {} : { cookie }) },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}

async function messages(trial: Trial, cookie = ''): Promise<Outbox> {
  const headers = cookie === '' ? {} : { cookie };
  const answer = await fetch(`${trial.server.url}/api/outbox`, { headers });
  return (await answer.json()) as Outbox;
}

/** A ticket in the eastern county, from its incident to 办结. */
async function closeTicket(trial: Trial): Promise<void> {
  const values = {
    position: [84.45, 41.2],
    title: '路灯不亮',
    status: 'accepted',
    acceptAt: TRIAL_START,
  } as const;
  feed.context().sink.put(ticket, { id: 't1', validAt: TRIAL_START, values });
  const key = trial.server.world.table('ticket').keyAt(0);
  const act = async (step: string, body: object): Promise<IncidentView> => {
    const answer = await post<IncidentView>(trial, `/api/incidents${step}`, {
      body: { action: randomUUID(), ...body },
    });
    expect([step, answer.status]).toEqual([step, 201]);
    return answer.body;
  };
  let { incident } = await act('/from-row', { layer: 'ticket', key });
  const steps: readonly (readonly [string, object])[] = [
    ['accept', {}],
    ['grade', { grade: 'IV' }],
    ['assign', { unit: 'county:990102' }],
    ['start', {}],
    ['answer', { text: '已更换灯泡' }],
    ['check', { text: '已亮' }],
    ['close', { text: '办结' }],
  ];
  for (const [verb, body] of steps)
    ({ incident } = await act(`/${incident.id}/${verb}`, { seen: incident.seq, ...body }));
}

test('a notice, an answer approved by a second person, a restart; and nothing leaves a demonstration', async () => {
  const trial = await start();
  await closeTicket(trial);
  await until(async () => (await messages(trial)).total === 2, 'notice and draft');
  const { withheld, messages: found } = await messages(trial);
  expect(withheld?.zh).toContain('不外发');
  const [reply, notice] = found as [Message, Message];
  expect(notice).toMatchObject({ kind: 'notice', state: 'withheld', to: { id: 'county:990102' } });
  expect(reply).toMatchObject({
    kind: 'reply',
    state: 'draft',
    text: expect.stringMatching(/路灯不亮.*已更换灯泡/) as string,
  });

  const approve = (cookie: string, seen: number) =>
    post<Message & { code?: string }>(trial, `/api/outbox/${reply.id}/approve`, { body: { seen }, cookie });
  const chief = await cookieOf(trial, 'duty-chief');
  const text = '您好，路灯已修好。';
  const worded = await post<Message>(trial, `/api/outbox/${reply.id}/word`, {
    body: { seen: reply.seq, text },
    cookie: chief,
  });
  expect(worded).toMatchObject({ status: 200, body: { text, writtenBy: 'demo-duty-chief' } });
  expect(await approve(chief, worded.body.seq)).toMatchObject({
    status: 403,
    body: { code: 'access/duties' },
  });
  const commander = await cookieOf(trial, 'commander');
  expect(await approve(commander, reply.seq)).toMatchObject({ status: 409 });
  expect(await approve(commander, worded.body.seq)).toMatchObject({ status: 200 });
  await until(async () => (await messages(trial)).counts.withheld === 2, 'both would have been sent');

  // The demo county is the western one.
  const west = await cookieOf(trial, 'county-center');
  expect(await messages(trial, west)).toMatchObject({ messages: [], total: 0, counts: {} });
  const read = await post<{ code: string }>(trial, `/api/outbox/${notice.id}/read`, {
    body: {},
    cookie: west,
  });
  expect(read).toMatchObject({ status: 404 });

  const before = await messages(trial);
  trials.delete(trial);
  await trial.server.stop();
  const again = await start(trial.dataDir);
  expect(await messages(again)).toEqual(before);
  expect(existsSync(path.join(trial.dataDir, 'testville', 'outbox'))).toBe(false);
  trials.delete(again);
  await again.server.stop();
  expect((await keptRecords(trial.dataDir, 'testville')).faults).toEqual([]);
});
