// A plan over HTTP from the first draft to the report afterwards, in a city that has none of its own: who may do what, what is
// shown is what is made, and all of it holds over a restart of the server.
import { randomUUID } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../contracts/records/account.ts';
import type { IncidentView } from '../../contracts/records/incident-actions.ts';
import type { PlanView } from '../../contracts/records/plan-actions.ts';
import type { RunPreview, RunProgress } from '../../contracts/records/plan-run.ts';
import type { TaskView } from '../../contracts/records/task-actions.ts';
import type { Outbox } from '../../contracts/records/message.ts';
import type { Trial } from '../main/trial-server.ts';
import { becomeDemo, startTrial } from '../main/trial-server.ts';
import { planWith } from '../plans/plan.test-kit.ts';

let trial: Trial;
const cookies = new Map<string, string>();

async function ask<T>(
  role: Role | null,
  address: string,
  body?: object,
): Promise<{ readonly status: number; readonly body: T }> {
  const cookie = role === null ? '' : (cookies.get(role) ?? (await becomeDemo(trial, role)));
  if (role !== null) cookies.set(role, cookie);
  const answer = await fetch(`${trial.server.url}${address}`, {
    method: body ? 'POST' : 'GET',
    headers: { cookie, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify({ action: randomUUID(), ...body }) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}

/** Places of the test city only, and more text than people say by hand. */
const plan = planWith(({ steps, clauses }) => ({
  steps: steps.map((step) => ({ ...step, resources: [], places: [] })),
  clauses: clauses.map((clause) => ({ ...clause, text: { zh: '条'.repeat(1900), en: 'c'.repeat(1900) } })),
}));

async function done<T>(role: Role | null, address: string, body: object): Promise<T> {
  const answer = await ask<T>(role, address, body);
  expect([address, answer.status, answer.status === 201 ? '' : answer.body]).toEqual([address, 201, '']);
  return answer.body;
}

const start = async (dataDir?: string): Promise<void> => {
  cookies.clear();
  trial = await startTrial({ feeds: [], ...(dataDir === undefined ? {} : { dataDir }) });
};
beforeAll(() => start());
afterAll(() => trial.server.stop());

let incident = 0;
let run = 0;

test('a draft is written by one, approved by another, and is in force', async () => {
  expect((await ask('analyst', '/api/plans')).body).toEqual({ plans: [] });
  const created = await done<PlanView>('duty-chief', '/api/plans', { plan });
  const { seq } = created.record;
  expect((await ask('duty-chief', '/api/plans/flood-small/approve', { seen: seq })).status).toBe(403);
  const early = await ask('commander', '/api/plans/flood-small/approve', { seen: seq });
  expect(early).toMatchObject({ status: 409, body: { code: 'request/conflict' } });
  const sent = await done<PlanView>('duty-chief', '/api/plans/flood-small/submit', { seen: seq });
  expect(sent.next).toEqual(['return', 'approve']);
  const approved = await done<PlanView>('commander', '/api/plans/flood-small/approve', {
    seen: sent.record.seq,
  });
  expect(approved.record.versions).toMatchObject([
    { no: 1, state: 'approved', approvedBy: 'demo-commander' },
  ]);
  const stale = { seen: seq, plan: { ...plan, owner: 'city' } };
  expect(await ask('duty-chief', '/api/plans/flood-small/edit', stale)).toMatchObject({
    status: 409,
    body: { message: expect.stringContaining('其间') as string },
  });
  expect((await ask('duty-officer', '/api/plans')).status).toBe(403);
  expect((await ask('duty-chief', '/api/plans/none')).status).toBe(404);
});

test('a preview shows what an activation makes; who decides on the level starts it', async () => {
  const told = await done<IncidentView>('duty-chief', '/api/incidents', { kind: 'flood', title: '河水上涨' });
  incident = told.incident.id;
  await done('duty-chief', `/api/incidents/${incident}/accept`, { seen: told.incident.seq });
  const address = `/api/plans/flood-small/preview?incident=${incident}&level=III`;
  const { body: preview } = await ask<RunPreview>('duty-chief', address);
  expect(preview.give.map(({ step, waitsFor }) => [step, waitsFor])).toEqual([
    ['look', []],
    ['close', []],
    ['move', ['look']],
  ]);
  expect(preview.withheld?.zh).toContain('演示');
  const asked = { incident, level: 'III', version: 1, reason: '橙色预警' };
  expect((await ask('duty-chief', '/api/plans/flood-small/activate', asked)).status).toBe(403);
  expect((await ask('county-center', '/api/plans/flood-small/activate', asked)).status).toBe(404);
  const began = await done<RunProgress>('commander', '/api/plans/flood-small/activate', asked);
  run = began.run.id;
  const { tasks } = (await ask<{ tasks: TaskView[] }>('leader', `/api/tasks?incident=${incident}`)).body;
  expect(tasks.map(({ task }) => [task.text, task.dueAt, task.plan?.clause, task.plan?.version])).toEqual(
    preview.give
      .filter(({ waitsFor }) => waitsFor.length === 0)
      .map(({ text, dueAt, clause }) => [text, dueAt, clause, 1]),
  );
  expect((await ask<Outbox>('leader', `/api/outbox?incident=${incident}`)).body.total).toBe(
    preview.notices.length,
  );
});

test('it goes on over a restart, ends, and is reported as JSON, Word and PDF', async () => {
  const { dataDir } = trial;
  const before = (await ask('leader', `/api/plan-runs/${run}`)).body;
  await trial.server.stop();
  await start(dataDir);
  expect((await ask('leader', `/api/plan-runs/${run}`)).body).toMatchObject({
    run: (before as RunProgress).run,
    counts: { open: 2, waiting: 1 },
  });
  const seen = (before as RunProgress).run.seq;
  const { body: change } = await ask<RunPreview>('leader', `/api/plan-runs/${run}/preview?level=end`);
  expect(change.withdraw).toHaveLength(2);
  expect((await ask('duty-chief', `/api/plan-runs/${run}/end`, { seen, reason: '水退' })).status).toBe(403);
  const ended = await done<RunProgress>('commander', `/api/plan-runs/${run}/end`, { seen, reason: '水退' });
  expect(ended.counts).toMatchObject({ withdrawn: 3, open: 0 });
  expect((await ask('analyst', `/api/plan-runs/${run}/conformance`)).body).toMatchObject({
    scorePercent: null,
    clauses: [{ clause: '5.1' }, { clause: '5.2' }],
  });
  const file = `${trial.server.url}/api/plan-runs/${run}/conformance/file`;
  const headers = { cookie: cookies.get('analyst') ?? '' };
  const word = await fetch(`${file}?format=docx&language=zh`, { headers });
  const parts = unzipSync(new Uint8Array(await word.arrayBuffer()));
  const text = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
  for (const said of ['试城防汛预案', '第 5.2 条', '封路', '已撤回', '水退']) expect(text).toContain(said);
  const pdf = await fetch(`${file}?format=pdf&language=en`, { headers });
  expect(Buffer.from(await pdf.arrayBuffer()).toString('latin1', 0, 5)).toBe('%PDF-');
  expect((await ask('leader', `/api/plan-runs/${run}/conformance/file`)).status).toBe(403);
});
