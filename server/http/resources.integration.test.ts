// Resources and roads over HTTP in the test city: who may do what, what a report and a cut do to the ways, who is cut off,
// and that bookings and cuts hold over a restart of the server.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resource } from '../../contracts/layers/resource.ts';
import { roadEvent } from '../../contracts/layers/road-event.ts';
import type { Role } from '../../contracts/records/account.ts';
import type { IncidentView } from '../../contracts/records/incident-actions.ts';
import type { Booking, EnoughAnswer, NearestAnswer, ResourceView } from '../../contracts/records/resource.ts';
import type { CutPreview, RoadClosure, RoadsView } from '../../contracts/records/road.ts';
import type { Trial } from '../main/trial-server.ts';
import { becomeDemo, driveFeed, startTrial } from '../main/trial-server.ts';

const feed = driveFeed('driven', [resource, roadEvent]);
let trial: Trial;
const cookies = new Map<string, string>();

async function ask<T>(role: Role, address: string, body?: object): Promise<{ status: number; body: T }> {
  const cookie = cookies.get(role) ?? (await becomeDemo(trial, role));
  cookies.set(role, cookie);
  const answer = await fetch(`${trial.server.url}${address}`, {
    method: body ? 'POST' : 'GET',
    headers: { cookie, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}
const read = async <T>(address: string): Promise<T> => (await ask<T>('duty-chief', address)).body;
async function done<T>(role: Role, address: string, body: object): Promise<T> {
  const answer = await ask<T>(role, address, { action: randomUUID(), ...body });
  expect([address, answer.status, answer.status === 201 ? '' : answer.body]).toEqual([address, 201, '']);
  return answer.body;
}

/** In the west beside the hospital, and in the east. */
const west = { id: 'west', position: [84.15, 41.2] as const, boats: 4 };
const east = { id: 'east', position: [84.45, 41.2] as const, boats: 3 };
/** Between both, over both roads there are. */
const between = [
  [84.29, 41.0],
  [84.31, 41.0],
  [84.31, 41.4],
  [84.29, 41.4],
];
const here = 'lon=84.42&lat=41.2';

/** What was there so long ago, and a tick. */
function report(minutesAgo: number, boatsWest: number): void {
  const { sink } = feed.context();
  for (const { id, position, boats } of [{ ...west, boats: boatsWest }, east])
    sink.put(resource, {
      id,
      validAt: trial.clock.now() - minutesAgo * 60_000,
      values: { position: [...position], name: id, kind: 'store', state: 'ready', boats, boatsTotal: 4 },
    });
  trial.clock.advance(1000);
}

const start = async (dataDir?: string): Promise<void> => {
  cookies.clear();
  trial = await startTrial({ feeds: [feed], ...(dataDir === undefined ? {} : { dataDir }) });
  for (const ago of [30, 20, 10, 0]) report(ago, west.boats + ago / 10);
};
beforeAll(() => start());
afterAll(() => trial.server.stop());

const keyOf = async (name: string): Promise<string> => {
  const { resources } = await read<{ resources: ResourceView[] }>('/api/resources?kind=store');
  return resources.find((one) => one.name === name)?.key ?? '';
};

test('the nearest by road come first, with minutes and reasons; enough is the fewest', async () => {
  const { resources, schematic } = await read<NearestAnswer>(`/api/resources/nearest?${here}&item=boats`);
  expect(resources.map(({ resource: { name } }) => name)).toEqual(['east', 'west']);
  expect(schematic).toBe(true);
  const [soon, late] = resources;
  expect(soon!.minutes).toBeLessThan(late!.minutes!);
  expect(late!.reasons[0]!.zh).toMatch(/^公路 [\d.]+ km，约 \d+ 分钟$/);
  const enough = (amount: number, within: number) =>
    read<EnoughAnswer>(`/api/resources/enough?${here}&item=boats&amount=${amount}&within=${within}`);
  const names = ({ chosen }: EnoughAnswer) =>
    chosen?.map(({ resource: { name }, gives }) => `${name} ${gives}`);
  expect(names(await enough(3, 120))).toEqual(['east 3']);
  expect(names(await enough(4, 120))).toEqual(['west 4']);
  expect(names(await enough(6, 120))).toEqual(['west 4', 'east 2']);
  expect(await enough(6, late!.minutes! - 1)).toMatchObject({ chosen: null, available: 3 });
});

let incident = 0;
let held: Booking;

test('who may calls boats for an incident; a conflict is seen, contested and decided by the commander', async () => {
  const told = await done<IncidentView>('duty-chief', '/api/incidents', { kind: 'flood', title: '河水上涨' });
  incident = told.incident.id;
  const body = { resource: await keyOf('west'), items: { boats: 3 }, incident };
  expect(
    (await ask('duty-officer', '/api/resources/bookings', { action: randomUUID(), ...body })).status,
  ).toBe(403);
  held = await done<Booking>('duty-chief', '/api/resources/bookings', body);
  expect(held).toMatchObject({ state: 'held', items: { boats: 3 }, incident });
  const conflict = await ask<{ message: string }>('duty-chief', '/api/resources/bookings', {
    ...{ action: randomUUID(), ...body },
  });
  expect([conflict.status, conflict.body.message]).toEqual([
    409,
    expect.stringContaining('boats 3 of 1 free'),
  ]);
  const contested = await done<Booking>('duty-chief', '/api/resources/bookings', { ...body, contest: true });
  expect(contested).toMatchObject({ state: 'contested', against: [held.id] });
  const decision = { seen: contested.seq, grant: false, reason: '保留' };
  const of = `/api/resources/bookings/${contested.id}/decide`;
  expect((await ask('duty-chief', of, { action: randomUUID(), ...decision })).status).toBe(403);
  expect((await done<Booking>('commander', of, decision)).state).toBe('refused');
  const [store] = (await read<{ resources: ResourceView[] }>('/api/resources?item=boats')).resources.filter(
    ({ name }) => name === 'west',
  );
  expect(store?.items).toMatchObject([{ item: 'boats', now: 4, held: 3, free: 1 }]);
});

test('a reported closure lengthens or cuts the way, and its end gives it back', async () => {
  const minutesOf = async (): Promise<number | null> => {
    const { resources } = await read<NearestAnswer>(`/api/resources/nearest?${here}&item=boats&within=600`);
    return resources.find(({ resource: { name } }) => name === 'west')?.minutes ?? null;
  };
  const before = await minutesOf();
  const event = (status: 'active' | 'closed'): void => {
    feed.context().sink.put(roadEvent, {
      id: 'slide',
      validAt: trial.clock.now(),
      values: { position: [84.38, 41.19], title: '塌方', kind: 'closure', status, road: 'S1' },
    });
    trial.clock.advance(1000);
  };
  event('active');
  const after = await minutesOf();
  expect(after === null || after > before!).toBe(true);
  const { closures } = await read<RoadsView>('/api/roads');
  expect(closures).toMatchObject([{ cause: 'event', title: '塌方', by: null }]);
  event('closed');
  expect(await minutesOf()).toBe(before);
  expect((await read<RoadsView>('/api/roads')).closures).toEqual([]);
});

test('what a cut would do is shown, then it isolates, is on the map, and is opened again', async () => {
  const preview = await ask<CutPreview>('duty-officer', '/api/roads/preview', { ring: between });
  expect(preview.body.isolates.map(({ name, lost }) => [name.zh, lost])).toEqual([
    ['山前镇', 'hospital'],
    ['林场乡', 'hospital'],
  ]);
  expect(preview.body.residents).toBe(30_000);
  expect((await read<RoadsView>('/api/roads')).isolated).toEqual([]);
  expect(
    (await ask('analyst', '/api/roads/closures', { ring: between, action: randomUUID(), reason: 'x' }))
      .status,
  ).toBe(403);
  const nowhere = [
    [84.3, 40.0],
    [84.31, 40.0],
    [84.31, 40.01],
  ];
  expect(
    (await ask('duty-officer', '/api/roads/closures', { ring: nowhere, action: randomUUID(), reason: 'x' }))
      .status,
  ).toBe(400);
  const cut = await done<RoadClosure>('duty-officer', '/api/roads/closures', {
    ring: between,
    reason: '山体滑坡',
  });
  expect(cut).toMatchObject({ cause: 'hand', title: '山体滑坡', residents: 30_000, by: 'demo-duty-officer' });
  trial.clock.advance(1000);
  const { rows } = await read<{ rows: { values: { residents: number } }[] }>(
    '/api/layers/isolated-place?format=json',
  );
  expect(rows.map(({ values }) => values).sort((a, b) => b.residents - a.residents)).toMatchObject([
    { name: '山前镇', residents: 18_000, lost: 'hospital', cuts: ['山体滑坡'] },
    { name: '林场乡', residents: 12_000 },
  ]);
  const near = await read<NearestAnswer>(`/api/resources/nearest?${here}&item=boats`);
  expect([near.resources.map(({ resource: { name } }) => name), near.unreachable]).toEqual([['east'], 1]);
});

test('areas in time are GeoJSON, the longer ones around the shorter', async () => {
  const { features } = await read<{
    features: {
      geometry: { type: string; coordinates: number[][][][] };
      properties: { minutes: number; residents: number };
    }[];
  }>(`/api/roads/reach?${here}&minutes=60,15`);
  expect(features.map(({ properties: { minutes } }) => minutes)).toEqual([15, 60]);
  for (const { geometry } of features) expect(geometry.coordinates[0]![0]!.length).toBeGreaterThan(8);
  expect(features[1]!.properties.residents).toBeGreaterThanOrEqual(features[0]!.properties.residents);
  expect((await ask('analyst', '/api/roads/reach?lon=84&lat=41&minutes=1,2,3,4,5,6')).status).toBe(400);
});

test('what goes down says how fast and when it ends', async () => {
  const { resources } = await read<{ resources: ResourceView[] }>('/api/resources?item=boats');
  const [outlook, still] = ['west', 'east'].map(
    (name) => resources.find((one) => one.name === name)?.items[0]?.outlook,
  );
  expect(outlook?.perHour).toBeCloseTo(-6, 0);
  expect(outlook?.emptyAt).toBeGreaterThan(trial.clock.now() + 35 * 60_000);
  expect(outlook?.emptyAt).toBeLessThan(trial.clock.now() + 45 * 60_000);
  expect(still).toMatchObject({ perHour: 0, emptyAt: null });
});

test('bookings and cuts hold over a restart; what is opened is open', async () => {
  const { dataDir } = trial;
  await trial.server.stop();
  await start(dataDir);
  const { bookings } = await read<{ bookings: Booking[] }>(`/api/resources/bookings?incident=${incident}`);
  expect(bookings.map(({ state }) => state)).toEqual(['held', 'refused']);
  const { isolated, closures } = await read<RoadsView>('/api/roads');
  expect([isolated.length, closures.length]).toEqual([2, 1]);
  const id = closures[0]!.id.split('/')[1];
  const after = await done<RoadsView>('duty-officer', `/api/roads/closures/${id}/open`, { reason: '抢通' });
  expect([after.isolated, after.closures]).toEqual([[], []]);
  const freed = { seen: bookings[0]!.seq, reason: '归还' };
  expect((await done<Booking>('duty-chief', `/api/resources/bookings/${held.id}/release`, freed)).state).toBe(
    'released',
  );
});
