// The case file over HTTP: made for who may take it, audited, of no other area, with what its reader may see.
import { randomUUID } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emergencyCall } from '../../contracts/layers/emergency-call.ts';
import type { Role } from '../../contracts/records/account.ts';
import type { Bulletin, DutyView, HandOver } from '../../contracts/records/duty.ts';
import type { IncidentView } from '../../contracts/records/incident-actions.ts';
import type { Trial } from '../main/trial-server.ts';
import { becomeDemo, driveFeed, startTrial } from '../main/trial-server.ts';

const feed = driveFeed('driven', [emergencyCall]);
let trial: Trial;
let id = 0;

async function fileFor(role: Role, query: string, of = id): Promise<Response> {
  const cookie = await becomeDemo(trial, role);
  return fetch(`${trial.server.url}/api/incidents/${of}/file${query}`, { headers: { cookie } });
}

async function post(address: string, body: object): Promise<IncidentView> {
  const answer = await fetch(`${trial.server.url}/api/incidents${address}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action: randomUUID(), ...body }),
  });
  expect([address, answer.status]).toEqual([address, 201]);
  return (await answer.json()) as IncidentView;
}

beforeAll(async () => {
  trial = await startTrial({ feeds: [feed] });
  const sink = feed.context().sink;
  sink.put(emergencyCall, {
    id: 'c1',
    validAt: trial.clock.now(),
    values: { position: [84.9, 41.0], title: '闻到燃气味', address: '河口街道 18 号' },
  });
  const [row] = [...trial.server.world.table(emergencyCall.slug).rows()];
  const { incident } = await post('/from-row', { layer: emergencyCall.slug, key: row?.key });
  id = incident.id;
  await post(`/${id}/accept`, { seen: incident.seq });
});
afterAll(() => trial.server.stop());

async function textOf(answer: Response): Promise<string> {
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  const body = strFromU8(files['word/document.xml'] ?? new Uint8Array());
  return [...body.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, part]) => part).join('\n');
}

test('Word and PDF are handed over as files that are marked and name their reader', async () => {
  const word = await fileFor('duty-chief', '');
  expect(word.headers.get('content-disposition')).toMatch(/attachment; filename="case-\d{8}-001\.docx"/);
  const text = await textOf(word);
  expect(text).toContain('闻到燃气味');
  expect(text).toMatch(/[0-9a-f]{64}/);
  expect(text).toContain('演示值班员');
  const pdf = await fileFor('duty-chief', '?format=pdf&language=en');
  expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(Buffer.from(await pdf.arrayBuffer()).toString('latin1', 0, 5)).toBe('%PDF-');
});

test('who may export nothing, or is of another county, gets none; what is asked wrongly is said', async () => {
  expect((await fileFor('duty-officer', '')).status).toBe(403);
  expect((await fileFor('leader', '')).status).toBe(403);
  expect((await fileFor('county-center', '')).status).toBe(404);
  expect((await fileFor('duty-chief', '', 999)).status).toBe(404);
  expect((await fileFor('duty-chief', '?format=xls')).status).toBe(400);
});

test('the auditor sees who took it', async () => {
  const cookie = await becomeDemo(trial, 'auditor');
  const answer = await fetch(`${trial.server.url}/api/audit?kind=access/view`, { headers: { cookie } });
  const { entries } = (await answer.json()) as {
    entries: { subject: string; body: Record<string, unknown> }[];
  };
  const taken = entries.filter(({ body }) => body['event'] === `GET /api/incidents/${id}/file`);
  expect(taken.map(({ subject, body }) => `${subject} ${String(body['result'])}`)).toContain(
    'demo-duty-chief ok',
  );
});

async function ask(role: Role, address: string, body?: object): Promise<{ status: number; said: unknown }> {
  const cookie = await becomeDemo(trial, role);
  const answer = await fetch(`${trial.server.url}/api/duty${address}`, {
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    headers: { cookie, 'content-type': 'application/json' },
  });
  return { status: answer.status, said: await answer.json() };
}

test('a shift is named, handed over with what is open, and signed by another', async () => {
  const { said } = await ask('duty-chief', '');
  const { shift } = said as DutyView;
  const people = [{ name: '李值班', post: 'officer' }];
  const roster = { unit: 'city', day: shift?.day, shift: shift?.id, people, seen: 0 };
  expect((await ask('duty-officer', '/roster', roster)).status).toBe(403);
  expect((await ask('duty-chief', '/roster', roster)).status).toBe(201);
  expect((await ask('duty-chief', '/roster', roster)).status).toBe(409);
  const handed = await ask('duty-officer', '/hand-overs', { unit: 'city', text: '关注燃气事件' });
  expect(handed).toMatchObject({ status: 201, said: { by: 'demo-duty-officer', signed: null } });
  const { id: handOver, items } = handed.said as HandOver;
  expect(items.map(({ kind, id: one }) => [kind, one])).toContainEqual(['incident', String(id)]);
  expect((await ask('duty-officer', `/hand-overs/${handOver}/sign`, {})).status).toBe(403);
  expect((await ask('duty-chief', `/hand-overs/${handOver}/sign`, {})).status).toBe(201);
  const view = (await ask('leader', '')).said as DutyView;
  expect(view.onDuty.map(({ people: [first] }) => first?.name)).toEqual(['李值班']);
  expect(view.handOvers[0]?.signed?.by).toBe('demo-duty-chief');
  expect(view.names['demo-duty-chief']).toContain('值班长');
});

test('the bulletin counts it, its numbers can be asked again, and it is a paper too', async () => {
  trial.clock.advance(1000);
  const { sections } = (await ask('duty-officer', '/bulletin')).said as Bulletin;
  const figures = sections.flatMap((section) => section.figures);
  expect(figures.find(({ title }) => title.zh === '接报')?.value).toBe(1);
  const cookie = await becomeDemo(trial, 'duty-chief');
  for (const { query, value } of figures) {
    const answer = await fetch(`${trial.server.url}${query}`, { headers: { cookie } });
    const said = (await answer.json()) as { total?: number; entries?: unknown[]; alerts?: unknown[] };
    const again = said.total ?? said.entries?.length ?? said.alerts?.length;
    expect([query, answer.status, again ?? value]).toEqual([query, 200, value]);
  }
  const file = await fetch(`${trial.server.url}/api/duty/bulletin/file`, { headers: { cookie } });
  expect(await textOf(file)).toContain('值班要报');
  expect((await ask('duty-officer', '/bulletin/file')).status).toBe(403);
});
