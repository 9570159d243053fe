// A department sees the cases and tasks that are its own, over whichever door, and the public picture of the whole city; it does its
// part of them, and nothing of the desk's.
import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FrameReceiver, decodeHeader } from '../../contracts/frame.ts';
import { emergencyCall } from '../../contracts/layers/emergency-call.ts';
import { incident as incidentLayer } from '../../contracts/layers/incident.ts';
import { task as taskLayer } from '../../contracts/layers/task.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import type { Layer } from '../../contracts/layer.ts';
import { splitStretch } from '../../contracts/stretch.ts';
import { smallestJpeg } from '../command/jpeg.test-kit.ts';
import { unpack } from '../kit/packed.ts';
import { TrialClient, until } from '../main/trial-client.ts';
import type { Trial } from '../main/trial-server.ts';
import { TRIAL_START, becomeDemo, driveFeed, startTrial } from '../main/trial-server.ts';

const OWN = 'dept:emergency';
/** One a second. */
const CALLS = 8;
const SECRET = '不该看见的事';
const layers: readonly Layer[] = [emergencyCall, incidentLayer, taskLayer];
const feed = driveFeed('driven', [emergencyCall]);
/** Of a system of the department alone: cities/testville says that it is connected to smart-transport. */
const ownFeed = driveFeed('jtt808', [vehiclePosition]);
const PLATE = '川H·本部门01';

interface Said {
  readonly incident: { readonly id: number; readonly seq: number; readonly stage: string };
  readonly task: { readonly id: number; readonly seq: number };
  readonly next: readonly string[];
}
interface Told {
  readonly status: number;
  readonly body: Said;
}
let trial: Trial;
let cookie = '';
let screen: TrialClient;
let ownScreen: TrialClient;
/** Of the department: one it handles, one it has a task for; and one that is a county's alone. */
let [own, helped, other] = [0, 0, 0];
let [ownTask, otherTask] = [0, 0];

async function post(address: string, body: object, session = ''): Promise<Told> {
  const answer = await fetch(`${trial.server.url}/api${address}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: session },
    body: JSON.stringify({ action: randomUUID(), ...body }),
  });
  return { status: answer.status, body: (await answer.json()) as Said };
}
const ask = (address: string): Promise<Response> =>
  fetch(`${trial.server.url}${address}`, { headers: { cookie } });
const json = async <T>(address: string): Promise<T> => (await (await ask(address)).json()) as T;

/** Reported, accepted, graded and given to a unit, by the desk. */
async function assigned(title: string, unit: string): Promise<number> {
  const report = { kind: 'gas-leak', title, text: title, place: title, position: [84.45, 41.2] };
  let { incident } = (await post('/incidents', report)).body;
  for (const [verb, body] of [
    ['accept', {}],
    ['grade', { grade: 'IV' }],
    ['assign', { unit }],
  ] as const) {
    const told = await post(`/incidents/${incident.id}/${verb}`, { seen: incident.seq, ...body });
    expect([verb, told.status]).toEqual([verb, 201]);
    incident = told.body.incident;
  }
  return incident.id;
}

async function give(incident: number, unit: string, text: string): Promise<number> {
  const { incident: now } = await (
    await fetch(`${trial.server.url}/api/incidents/${incident}`)
  )
    .json()
    .then((body) => body as Said);
  const { status, body } = await post(`/incidents/${incident}/tasks`, { seen: now.seq, unit, text });
  expect(status).toBe(201);
  return body.task.id;
}

beforeAll(async () => {
  trial = await startTrial({ feeds: [feed, ownFeed] });
  cookie = await becomeDemo(trial, 'dept-liaison');
  screen = new TrialClient({ io, url: trial.server.url, layers, cookie, label: 'public' });
  await screen.connect();
  await screen.subscribe();
  ownScreen = new TrialClient({
    ...{ io, url: trial.server.url, layers: [vehiclePosition], cookie },
    label: 'internal',
  });
  await ownScreen.connect();
  await ownScreen.subscribe();
  own = await assigned('本部门的燃气泄漏', OWN);
  helped = await assigned('县里的事，部门有任务', 'county:990102');
  other = await assigned(SECRET, 'county:990102');
  ownTask = await give(helped, OWN, '派员到场');
  otherTask = await give(other, 'county:990102', SECRET);
  const values = { title: '报警', address: '某处', position: [84.45, 41.2] as [number, number] };
  for (let second = 0; second < CALLS; second += 1) {
    feed.context().sink.put(emergencyCall, { id: `c${second}`, validAt: trial.clock.now(), values });
    ownFeed.context().sink.put(vehiclePosition, {
      ...{ id: 'bus-1', validAt: trial.clock.now() },
      values: { position: [84.45 + second * 1e-4, 41.2], name: PLATE, speedKmh: 20 },
    });
    trial.clock.advance(1000);
    const { tick } = trial.server.world;
    await until(() => screen.lastTick >= tick - 1 || screen.fault !== null, `tick ${tick}`);
    expect(screen.fault).toBeNull();
  }
});
afterAll(async () => {
  screen.close();
  ownScreen.close();
  await trial.server.stop();
});

test('who it is: a demonstration has a department, with its own area', async () => {
  expect(await json('/api/session')).toMatchObject({
    who: { areas: [OWN] },
    areaNames: { [OWN]: { zh: expect.stringMatching(/\p{Script=Han}/u) } },
  });
});

test('lists, boards and single cases are those it handles, helps with, or has a task for', async () => {
  const { incidents, total } = await json<{ incidents: { id: number }[]; total: number }>('/api/incidents');
  expect([incidents.map(({ id }) => id).toSorted(), total]).toEqual([[own, helped], 2]);
  expect(await json('/api/incidents?region=990102')).toMatchObject({ total: 2 });
  expect(await json('/api/incidents/board')).toMatchObject({ whole: { open: 2 } });
  for (const [id, status] of [
    [own, 200],
    [helped, 200],
    [other, 404],
  ] as const) {
    expect([id, (await ask(`/api/incidents/${id}`)).status]).toEqual([id, status]);
    expect([id, (await ask(`/api/incidents/${id}/similar`)).status]).toEqual([id, status]);
  }
  expect((await ask(`/api/incidents/${other}/file?format=docx`)).status).toBe(404);
  const { tasks } = await json<{ tasks: { task: { id: number } }[] }>('/api/tasks');
  expect(tasks.map(({ task }) => task.id)).toEqual([ownTask]);
  expect((await ask(`/api/tasks/${otherTask}`)).status).toBe(404);
});

test('it does its part of a case, and nothing of the desk, and touches no other', async () => {
  const view = await json<Said>(`/api/incidents/${own}`);
  expect(view.next.toSorted()).toEqual(['brief', 'note', 'return', 'start']);
  const refused = ['urge', 'supervise'].map((verb) =>
    post(`/incidents/${own}/${verb}`, { seen: view.incident.seq, text: '快' }, cookie),
  );
  expect((await Promise.all(refused)).map(({ status }) => status)).toEqual([403, 403]);
  const started = await post(`/incidents/${own}/start`, { seen: view.incident.seq }, cookie);
  expect([started.status, started.body.incident.stage]).toEqual([201, 'handling']);
  const { seq } = started.body.incident;
  const answered = await post(`/incidents/${own}/answer`, { seen: seq, text: '已关阀' }, cookie);
  expect([answered.status, answered.body.next]).toEqual([201, ['brief', 'note']]);
  const back = { seen: answered.body.incident.seq, reason: '退回' };
  expect((await post(`/incidents/${own}/return`, back, cookie)).status).toBe(403);

  const help = await json<Said>(`/api/incidents/${helped}`);
  expect(help.next).toEqual(['note']);
  expect((await post(`/incidents/${helped}/start`, { seen: help.incident.seq }, cookie)).status).toBe(403);
  expect((await post(`/incidents/${other}/note`, { seen: other, text: '看' }, cookie)).status).toBe(404);
  const merged = { seen: answered.body.incident.seq, into: other, reason: '同一件' };
  expect((await post(`/incidents/${own}/merge`, merged, cookie)).status).toBe(403);
});

test('it receives, begins and reports its own task, and none of another', async () => {
  let seen = ownTask;
  for (const [verb, body] of [
    ['receive', {}],
    ['start', {}],
    ['report', { text: '到场' }],
  ] as const) {
    const told = await post(`/tasks/${ownTask}/${verb}`, { seen, ...body }, cookie);
    expect([verb, told.status]).toEqual([verb, 201]);
    seen = told.body.task.seq;
  }
  expect((await post(`/tasks/${otherTask}/receive`, { seen: otherTask }, cookie)).status).toBe(404);
});

test('a photo is read where a case of its own names it', async () => {
  const sent = await fetch(`${trial.server.url}/api/incidents/files`, {
    method: 'POST',
    body: smallestJpeg(),
  });
  const { hash } = (await sent.json()) as { hash: string };
  const photo = async (): Promise<number> => (await ask(`/api/incidents/files/${hash}`)).status;
  await post(`/incidents/${other}/note`, { seen: other, text: '照片', files: [hash] });
  expect(await photo()).toBe(404);
  await post(`/incidents/${helped}/note`, { seen: helped, text: '照片', files: [hash] });
  expect(await photo()).toBe(200);
});

test('messages are those to it', async () => {
  const { messages } = await json<{ messages: { to: { id: string } }[] }>('/api/outbox');
  expect([...new Set(messages.map(({ to }) => to.id))]).toEqual([OWN]);
});

/** Nothing of the case of a county, and of the others nothing beside their record. */
const foreign = (): string[] => [SECRET, '县里的事', '本部门的燃气泄漏'];

test('rows of incidents and tasks stand in no answer of layers, history, OGC or export; public columns of others do', async () => {
  const now = trial.clock.now();
  const slugs = [incidentLayer.slug, taskLayer.slug];
  const addresses = slugs.flatMap((slug) => [
    `/api/layers/${slug}`,
    `/api/layers/${slug}?format=json`,
    `/api/layers/${slug}/export?from=${TRIAL_START}&to=${now}&format=csv`,
    `/api/history/frame?layer=${slug}&at=${now - 2000}`,
    `/ogc/collections/${slug}/items`,
    `/api/nearest?layer=${slug}&lon=84.45&lat=41.2&count=50`,
  ]);
  for (const address of addresses) {
    const answer = await ask(address);
    const text = await answer.text();
    expect([address, answer.status < 500]).toEqual([address, true]);
    expect([address, foreign().filter((one) => text.includes(one))]).toEqual([address, []]);
    expect([address, /"total":[1-9]|"numberMatched":[1-9]/.test(text)]).toEqual([address, false]);
  }
  expect((await ask(`/api/layers/${incidentLayer.slug}/rows/${own}`)).status).toBe(404);
  const { rows } = await json<{ rows: Record<string, unknown>[] }>('/api/layers/emergency-call?format=json');
  expect(rows).toHaveLength(CALLS);
  expect(JSON.stringify(rows)).not.toMatch(/某处|报警/);
});

test('the socket and replays tell of no case, and of public columns alone', async () => {
  expect(screen.fault).toBeNull();
  expect(screen.hello?.labels).toEqual(['public']);
  expect([...screen.table(incidentLayer).rows()]).toEqual([]);
  expect([...screen.table(taskLayer).rows()]).toEqual([]);
  expect([...screen.table(emergencyCall).rows()].length).toBeGreaterThan(CALLS - 3);
  const replay = await ask(
    `/api/history/replay?reader=dept-test&from=${TRIAL_START}&to=${trial.clock.now()}&fresh=true`,
  );
  expect(replay.status).toBe(200);
  const { states } = splitStretch(unpack(Buffer.from(await replay.arrayBuffer())));
  let frames = 0;
  for (const layer of layers) {
    const receiver = new FrameReceiver(layer, 'public', 'live');
    for (const frame of states.flatMap((state) => state.frames)) {
      try {
        receiver.apply(frame);
        frames += 1;
      } catch (error) {
        if ((error as { code?: string }).code !== 'frame/layer') throw error;
      }
    }
    const told = [...receiver.table.rows()].length;
    if (layer !== emergencyCall) expect([layer.slug, told]).toEqual([layer.slug, 0]);
  }
  expect(frames).toBeGreaterThan(0);
});

test('what its own system carries for itself it reads over every door, now and past', async () => {
  const now = trial.clock.now();
  const addresses = [
    '/api/layers/vehicle-position',
    '/api/layers/vehicle-position?format=json',
    `/api/history/frame?layer=vehicle-position&at=${now - 2000}`,
    '/ogc/collections/vehicle-position/items',
    `/ogc/collections/vehicle-position/items?datetime=${new Date(now - 2000).toISOString()}`,
    '/api/nearest?layer=vehicle-position&lon=84.45&lat=41.2&count=5',
  ];
  for (const address of addresses) {
    const answer = await ask(address);
    expect([address, answer.status, (await answer.text()).includes(PLATE)]).toEqual([address, 200, true]);
  }
  const stop = new AbortController();
  const stream = await fetch(`${trial.server.url}/api/layers/vehicle-position/stream`, {
    headers: { cookie },
    signal: stop.signal,
  });
  const first = await stream.body?.getReader().read();
  expect(Buffer.from(first?.value ?? []).toString()).toContain(PLATE);
  stop.abort();

  await until(() => ownScreen.table(vehiclePosition).size > 0 || ownScreen.fault !== null, 'the bus');
  expect(ownScreen.fault).toBeNull();
  expect([...ownScreen.table(vehiclePosition).rows()].map(({ values }) => values.name)).toEqual([PLATE]);

  const replay = await ask(
    `/api/history/replay?reader=own-test&from=${TRIAL_START}&to=${trial.clock.now()}&fresh=true`,
  );
  const { states } = splitStretch(unpack(Buffer.from(await replay.arrayBuffer())));
  const receiver = new FrameReceiver(vehiclePosition, 'internal', 'live');
  for (const frame of states.flatMap(({ frames }) => frames)) {
    if (decodeHeader(frame).layer === vehiclePosition.slug) receiver.apply(frame);
  }
  expect([...receiver.table.rows()].map(({ values }) => values.name)).toEqual([PLATE]);
});

test('of the system of another department it reads what is public, over every door', async () => {
  // The same feed of whoever is no department and may read internal columns: the columns are there.
  const officer = await becomeDemo(trial, 'duty-officer');
  const told = await fetch(`${trial.server.url}/api/layers/emergency-call?format=json`, {
    headers: { cookie: officer },
  });
  expect(await told.text()).toContain('某处');
  const now = trial.clock.now();
  for (const address of [
    '/api/layers/emergency-call',
    '/api/layers/emergency-call?format=json',
    `/api/history/frame?layer=emergency-call&at=${now - 2000}`,
    '/ogc/collections/emergency-call/items',
    `/api/layers/emergency-call/export?from=${TRIAL_START}&to=${now}&format=csv&withPersonal=true`,
  ])
    expect([address, /某处|报警/.test(await (await ask(address)).text())]).toEqual([address, false]);
});
