// A unit of one county sees nothing of another, over whichever door: the key of a foreign row stands in no answer, no
// stream, no frame, no file of the past.
import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FrameReceiver } from '../../contracts/frame.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { riverGauge } from '../../contracts/layers/river-gauge.ts';
import { warning } from '../../contracts/layers/warning.ts';
import type { Layer } from '../../contracts/layer.ts';
import { RecordingReader } from '../../contracts/recording.ts';
import { splitStretch } from '../../contracts/stretch.ts';
import { smallestJpeg } from '../command/jpeg.test-kit.ts';
import { unpack } from '../kit/packed.ts';
import { TrialClient, until } from '../main/trial-client.ts';
import type { Trial } from '../main/trial-server.ts';
import { TRIAL_START, becomeDemo, driveFeed, startTrial } from '../main/trial-server.ts';

const OWN = '990101';
const SECONDS = 90;
const layers: readonly Layer[] = [vehiclePosition, riverGauge, warning];
const feed = driveFeed('driven', layers);
let trial: Trial;
let cookie = '';
let screen: TrialClient;
/** Region codes each key ever had. */
const seen = new Map<string, Set<string>>();
const foreignLive: string[] = [];

/** Seeded: the same places in every run. */
function place(n: number, second: number): [number, number] {
  const a = Math.sin(n * 12.9898 + second * 0.03) * 0.35;
  const b = Math.cos(n * 78.233 + second * 0.02) * 0.25;
  return [84.3 + a, 41.2 + b];
}

function act(second: number): void {
  const { sink } = feed.context();
  const validAt = trial.clock.now();
  for (let n = second % 2; n < 40; n += 2) {
    sink.put(vehiclePosition, { id: `v${n}`, validAt, values: { position: place(n, second), speedKmh: 30 } });
  }
  for (let n = 0; n < 12; n += 1) {
    sink.put(riverGauge, {
      id: `g${n}`,
      validAt,
      values: { position: place(n * 7, 0), levelM: 300 + second / 100 },
    });
  }
  if (second % 30 === 5) {
    const [lon, lat] = place(second, 0);
    const ring = [
      [lon, lat],
      [lon + 0.01, lat],
      [lon + 0.01, lat + 0.01],
      [lon, lat],
    ] as [number, number][];
    const area = { type: 'Polygon', coordinates: [ring] } as const;
    sink.put(warning, {
      id: `w${second}`,
      validAt,
      values: { title: `预警 ${second}`, severity: 'red', area },
    });
  }
}

function noteRegions(): void {
  for (const layer of layers) {
    for (const { key, regionCode } of trial.server.world.table(layer.slug).rows()) {
      seen.set(key, (seen.get(key) ?? new Set()).add(regionCode));
    }
  }
}

const isOwn = (region: string, layer: Layer): boolean =>
  region.startsWith(OWN) || (layer.citywide === true && (region === '' || region === '990100'));

beforeAll(async () => {
  trial = await startTrial({ feeds: [feed] });
  cookie = await becomeDemo(trial, 'county-center');
  screen = new TrialClient({ io, url: trial.server.url, layers, cookie });
  await screen.connect();
  await screen.subscribe();
  for (let second = 0; second < SECONDS; second += 1) {
    act(second);
    trial.clock.advance(1000);
    const { tick } = trial.server.world;
    await until(() => screen.lastTick >= tick - 1 || screen.fault !== null, `tick ${tick}`);
    expect(screen.fault).toBeNull();
    noteRegions();
    for (const layer of layers) {
      for (const { key, regionCode } of screen.table(layer).rows()) {
        if (!isOwn(regionCode, layer)) foreignLive.push(`${key} ${regionCode}`);
      }
    }
  }
});
afterAll(async () => {
  screen.close();
  await trial.server.stop();
});

/** Keys of rows that were never in the own county, nor of a layer whose rows of no county are everybody's. */
const foreignKeys = (): string[] =>
  layers.flatMap((layer) =>
    [...trial.server.world.table(layer.slug).rows()]
      .filter(({ key }) => ![...(seen.get(key) ?? [])].some((region) => isOwn(region, layer)))
      .map(({ key }) => key),
  );

const ask = (address: string): Promise<Response> =>
  fetch(`${trial.server.url}${address}`, { headers: { cookie } });

/** Codes that stand in a text as the region of a row. */
const regionsIn = (text: string): string[] =>
  [...text.matchAll(/"?regionCode"?\s*[:,]\s*"(\d*)"/g)].map(([, code]) => code ?? '');

function expectOwn(address: string, text: string): void {
  expect([
    address,
    regionsIn(text).filter((code) => !code.startsWith(OWN) && code !== '' && code !== '990100'),
  ]).toEqual([address, []]);
  expect([address, foreignKeys().filter((key) => text.includes(key))]).toEqual([address, []]);
}

test('the trial has rows of its own county, of others, and some that drive between', () => {
  expect(foreignKeys().length).toBeGreaterThan(8);
  expect([...seen.values()].filter((codes) => codes.size > 1).length).toBeGreaterThan(3);
  expect([...screen.table(vehiclePosition).rows()].length).toBeGreaterThan(2);
});

test('the socket streams its own cells, and refuses the others by name', async () => {
  expect(foreignLive).toEqual([]);
  const streams = [{ layer: 'vehicle-position', cells: ['990102'], rateS: 1 as const }];
  const { refused } = await screen.subscribe({ streams });
  expect(refused).toMatchObject([{ layer: 'vehicle-position', code: 'request/forbidden' }]);
});

test('no row of elsewhere stands in an answer of any route of layers, history, OGC or export', async () => {
  const to = trial.clock.now();
  const from = TRIAL_START;
  const at = new Date(to - 20_000).toISOString();
  const span = `${new Date(from).toISOString()}/${new Date(to).toISOString()}`;
  const addresses = layers.flatMap(({ slug }) => [
    `/api/layers/${slug}`,
    `/api/layers/${slug}?format=json&bbox=83,40,86,43`,
    `/api/history/frame?layer=${slug}&at=${to - 20_000}`,
    `/api/history/frame?layer=${slug}&at=${to - 20_000}&as=frame`,
    `/api/layers/${slug}/export?from=${from}&to=${to}`,
    `/api/layers/${slug}/export?from=${from}&to=${to}&format=csv`,
    `/ogc/collections/${slug}/items`,
    `/ogc/collections/${slug}/items?datetime=${at}`,
    `/ogc/collections/${slug}/items?datetime=${span}`,
    `/api/nearest?layer=${slug}&lon=84.4&lat=41.2&count=200`,
  ]);
  addresses.push(
    ...['/api/layers', '/api/operations', '/api/warnings.cap.atom', '/api/history/extent'],
    ...[`/api/history/marks?from=${from}`, `/api/history/compare?a=${from + 30_000}&b=${to}`],
    `/api/history/clocks?at=${to - 10_000}`,
  );
  let rows = 0;
  for (const address of addresses) {
    const answer = await ask(address);
    const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    expect([address, [200, 400].includes(answer.status)]).toEqual([address, true]);
    rows += regionsIn(text).length;
    expectOwn(address, text);
  }
  expect(rows).toBeGreaterThan(50);
});

test('one row of elsewhere is as if it were not there', async () => {
  const [key = ''] = foreignKeys();
  for (const path of [`rows/${key}`, `series?key=${key}`]) {
    const answer = await ask(`/api/layers/vehicle-position/${path}`);
    expect([path, answer.status]).toEqual([path, 404]);
  }
  expect((await ask(`/ogc/collections/vehicle-position/items/${key}`)).status).toBe(404);
  const track = (await (await ask(`/api/layers/vehicle-position/track?key=${key}`)).json()) as {
    points: unknown[];
  };
  expect(track.points).toEqual([]);
});

type Stretch = ReturnType<typeof splitStretch>;

/** At each moment of the stretches every layer holds rows of the own county alone. */
function expectOwnAlone(stretches: readonly Stretch[], level: 'sensitive' | 'public'): void {
  const foreign = foreignKeys();
  let told = 0;
  for (const layer of layers) {
    let receiver = new FrameReceiver(layer, level, 'live');
    for (const { head, states } of stretches) {
      if (head.isWhole) receiver = new FrameReceiver(layer, level, 'live');
      for (const frame of states.flatMap(({ frames }) => frames)) {
        try {
          receiver.apply(frame);
        } catch (error) {
          if ((error as { code?: string }).code === 'frame/layer') continue;
          throw error;
        }
        const rows = [...receiver.table.rows()];
        receiver.table.clearChanges();
        told += rows.length;
        expect(rows.filter(({ key }) => foreign.includes(key))).toEqual([]);
        expect(rows.filter(({ regionCode }) => !isOwn(regionCode, layer))).toEqual([]);
      }
    }
  }
  expect(told).toBeGreaterThan(100);
}

test('frames of replays and recordings hold its own rows at each moment, and no key of elsewhere', async () => {
  const [from, to] = [TRIAL_START + 10_000, trial.clock.now()];
  const replay = await ask(`/api/history/replay?reader=county-test&from=${from}&to=${to}&fresh=true`);
  expect(replay.status).toBe(200);
  const replayed = [splitStretch(unpack(Buffer.from(await replay.arrayBuffer())))];
  const file = await ask(`/api/history/recording?from=${from}&to=${to}`);
  expect(file.status).toBe(200);
  const recorded = new Uint8Array(await file.arrayBuffer());
  const reader = new RecordingReader();
  const recordedStretches: Stretch[] = [];
  for (const part of [...reader.push(recorded)]) {
    if (part.kind === 'stretch') recordedStretches.push(splitStretch(unpack(part.stretch.packed)));
  }
  expect(recordedStretches.length).toBeGreaterThan(0);
  expectOwnAlone(replayed, 'sensitive');
  // What is taken alone holds nothing about people.
  expectOwnAlone(recordedStretches, 'public');
});

test('incidents of another county are not listed, opened, or made out of its rows', async () => {
  const post = async (address: string, body: object, session: string) => {
    const answer = await fetch(`${trial.server.url}/api/incidents${address}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: session },
      body: JSON.stringify({ action: randomUUID(), ...body }),
    });
    return {
      status: answer.status,
      body: (await answer.json()) as { incident: { id: number; region: string } },
    };
  };
  const report = async (position: [number, number]) =>
    (await post('', { kind: 'gas-leak', title: '燃气泄漏', text: '', position }, '')).body.incident;
  const [own, other] = [await report([84.15, 41.2]), await report([84.45, 41.2])];
  expect([own.region.startsWith(OWN), other.region.startsWith('990102')]).toEqual([true, true]);
  const listed = (await (await ask('/api/incidents')).json()) as { incidents: { id: number }[] };
  expect(listed.incidents.map(({ id }) => id)).toEqual([own.id]);
  expect((await ask('/api/incidents?region=990102')).status).toBe(400);
  for (const [id, status] of [
    [own.id, 200],
    [other.id, 404],
  ] as const) {
    expect([id, (await ask(`/api/incidents/${id}`)).status]).toEqual([id, status]);
  }
  expect((await post(`/${other.id}/accept`, { seen: other.id, text: '' }, cookie)).status).toBe(404);
  const sent = await fetch(`${trial.server.url}/api/incidents/files`, {
    method: 'POST',
    body: smallestJpeg(),
    headers: { cookie },
  });
  const { hash } = (await sent.json()) as { hash: string };
  const photo = async () => (await ask(`/api/incidents/files/${hash}`)).status;
  expect((await post(`/${other.id}/note`, { seen: other.id, text: '照片', files: [hash] }, '')).status).toBe(
    201,
  );
  expect(await photo()).toBe(404);
  expect((await post(`/${own.id}/note`, { seen: own.id, text: '照片', files: [hash] }, cookie)).status).toBe(
    201,
  );
  expect(await photo()).toBe(200);
  for (const { id } of [own, other]) await post(`/${id}/accept`, { seen: id }, '');
  const task = { seen: other.id, unit: 'dept:emergency', text: '到场' };
  const given = (await post(`/${other.id}/tasks`, task, '')).body as unknown as { task: { id: number } };
  expect((await ask(`/api/tasks/${given.task.id}`)).status).toBe(404);
  expect((await post(`/${other.id}/tasks`, task, cookie)).status).toBe(404);
  const mine = await post(`/${own.id}/tasks`, { ...task, unit: 'county:990101' }, cookie);
  expect(mine.status).toBe(201);
  expect(await (await ask('/api/tasks')).json()).toMatchObject({ total: 1 });
  const [key = ''] = foreignKeys();
  expect((await post('/from-row', { layer: 'vehicle-position', key }, cookie)).status).toBe(404);
});

test('server-sent events tell of its own rows, and of one that left as gone', async () => {
  const stop = new AbortController();
  const answer = await fetch(`${trial.server.url}/api/layers/vehicle-position/stream`, {
    headers: { cookie },
    signal: stop.signal,
  });
  let text = '';
  void (async () => {
    for await (const part of answer.body as AsyncIterable<Uint8Array>) text += Buffer.from(part).toString();
  })().catch(() => undefined);
  for (let second = SECONDS; second < SECONDS + 20; second += 1) {
    act(second);
    trial.clock.advance(1000);
    noteRegions();
  }
  await until(() => (text.match(/event: change/g)?.length ?? 0) > 10, 'changes');
  stop.abort();
  expectOwn('stream', text);
});
