// What we knew at 12:05: a pack shows the screen of its moment when the telemetry of then is gone, to each reader what they
// may see; and what is done to a pack behind the server's back is found.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { FrameReceiver, decodeHeader } from '../../contracts/frame.ts';
import { layerOfDeclared } from '../../contracts/layer-schema.ts';
import { emergencyCall } from '../../contracts/layers/emergency-call.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { warning } from '../../contracts/layers/warning.ts';
import type { PackList, PackPage, PackRef } from '../../contracts/records/evidence-pack.ts';
import { momentIn } from '../evidence/frozen-frames.ts';
import { createManualClock } from '../kit/clock.ts';
import type { Trial } from '../main/trial-server.ts';
import { becomeDemo, driveFeed, startTrial, TRIAL_START } from '../main/trial-server.ts';
import { verifyFolder } from '../store/verify.ts';

const MINUTE = 60_000;
const feed = driveFeed('driven', [vehiclePosition, warning, emergencyCall]);
const trials = new Set<Trial>();
afterEach(async () => {
  for (const trial of trials) await trial.server.stop();
  trials.clear();
});

async function start(dataDir?: string, at = TRIAL_START): Promise<Trial> {
  const clock = createManualClock(at);
  const trial = await startTrial({ feeds: [feed], clock, ...(dataDir === undefined ? {} : { dataDir }) });
  trials.add(trial);
  return trial;
}

async function stop(trial: Trial): Promise<void> {
  trials.delete(trial);
  await trial.server.stop();
}

function report(trial: Trial, lon: number): void {
  const { sink } = feed.context();
  const validAt = trial.clock.now();
  sink.put(vehiclePosition, { id: 'v1', validAt, values: { position: [lon, 41.2], speedKmh: 40 } });
  sink.put(warning, {
    ...{ id: 'w1', validAt },
    values: { title: `暴雨橙色预警 ${lon}`, severity: 'orange', status: 'actual', description: '正文' },
  });
}

const freeze = async (trial: Trial, more: object = {}): Promise<{ status: number; body: PackRef }> => {
  const answer = await fetch(`${trial.server.url}/api/evidence`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action: 'freeze-0001', title: '会商时所知', ...more }),
  });
  return { status: answer.status, body: (await answer.json()) as PackRef };
};

async function opened(trial: Trial, id: number, cookie = '') {
  const answer = await fetch(`${trial.server.url}/api/evidence/${id}/recording`, { headers: { cookie } });
  expect(answer.status).toBe(200);
  const { head, frames } = momentIn(new Uint8Array(await answer.arrayBuffer()));
  const rowsOf = (slug: string) => {
    const declared = head.layers.find((layer) => layer.slug === slug);
    const frame = frames.find((one) => decodeHeader(one).layer === slug);
    if (!declared || !frame) return [];
    const receiver = new FrameReceiver(layerOfDeclared(declared), head.label);
    receiver.apply(frame);
    return [...receiver.table.rows()];
  };
  return { head, rowsOf };
}

const folderOf = ({ dataDir }: Trial, name: string): string => path.join(dataDir, 'testville', name);

test('a pack rebuilds its moment after the telemetry of then was deleted, and a restart', async () => {
  const first = await start();
  report(first, 84.15);
  first.clock.advance(2000);
  const key = [...first.server.world.table('warning').rows()][0]?.key ?? '';
  const frozenAt = first.clock.now();
  const view = { page: '/desk', scene: 'flood', shared: 'v=84.1,41.2,9000m,0,-56' };
  const { status, body } = await freeze(first, { rows: [{ layer: 'warning', key }], view });
  expect(status).toBe(201);
  // What comes after is not in it.
  report(first, 84.4);
  first.clock.advance(5 * MINUTE);
  await stop(first);
  for (const name of ['history', 'journal', 'state']) {
    expect(existsSync(folderOf(first, name))).toBe(true);
    rmSync(folderOf(first, name), { recursive: true });
  }
  const second = await start(first.dataDir, TRIAL_START + 60 * MINUTE);
  const gone = await second.json(`/api/history/frame?layer=vehicle-position&at=${frozenAt}`);
  expect(gone).toMatchObject({ code: 'request/not-found' });
  const { head, rowsOf } = await opened(second, body.id);
  expect(head).toMatchObject({ from: frozenAt, to: frozenAt, label: 'sensitive', world: { id: 'live' } });
  expect(rowsOf('vehicle-position').map(({ values }) => values['position'])).toEqual([[84.15, 41.2]]);
  expect(rowsOf('warning').map(({ values }) => values['title'])).toEqual(['暴雨橙色预警 84.15']);
  const { pack } = (await second.json(`/api/evidence/${body.id}`)) as PackPage;
  expect(pack).toMatchObject({ cause: 'hand', title: '会商时所知', knownAt: frozenAt, view });
  // The list tells both clocks, also of a pack of an earlier run.
  const { packs } = (await second.json('/api/evidence')) as PackList;
  expect(packs).toMatchObject([{ id: body.id, at: frozenAt, validAt: pack.validAt }]);
  expect(pack.validAt).toBeGreaterThan(0);
  // A cited row is whole: what no frame carries is in it too.
  expect(pack.rows[0]?.values).toMatchObject({ title: '暴雨橙色预警 84.15', description: '正文' });
  expect(pack.warnings).toHaveLength(1);
  expect(pack.frames.layers.find(({ slug }) => slug === 'vehicle-position')?.rows).toBe(1);
});

test('sent again it is the same pack, used for something else it is refused', async () => {
  const trial = await start();
  const [one, again] = [await freeze(trial), await freeze(trial)];
  expect(again.body).toEqual(one.body);
  expect((await freeze(trial, { title: '另一件事' })).status).toBe(400);
  expect(await trial.json('/api/evidence')).toMatchObject({ packs: [{ id: one.body.id }] });
});

test('of a moment that is looked at in the past, the layers are those of then', async () => {
  const trial = await start();
  report(trial, 84.15);
  trial.clock.advance(2000);
  const at = trial.clock.now();
  report(trial, 84.4);
  trial.clock.advance(3000);
  const { body } = await freeze(trial, { view: { at } });
  const { head, rowsOf } = await opened(trial, body.id);
  expect(head.from).toBe(at);
  expect(rowsOf('vehicle-position').map(({ values }) => values['position'])).toEqual([[84.15, 41.2]]);
  const early = await freeze(trial, { action: 'freeze-early', view: { at: TRIAL_START - 1000 * MINUTE } });
  expect(early.status).toBe(404);
});

test('a county sees no pack of the city, and whoever may not read packs reads none', async () => {
  const trial = await start();
  const { sink } = feed.context();
  const call = (id: string, lon: number, lat: number): void =>
    sink.put(emergencyCall, {
      ...{ id, validAt: trial.clock.now() },
      values: { position: [lon, lat], title: `警情 ${id}`, address: '某路 1 号' },
    });
  call('a', 84.15, 41.2);
  call('b', 84.45, 41.2);
  trial.clock.advance(2000);
  const calls = [...trial.server.world.table('emergency-call').rows()];
  const { body } = await freeze(trial, { rows: [{ layer: 'emergency-call', key: calls[0]?.key ?? '' }] });
  const whole = await opened(trial, body.id);
  expect(whole.rowsOf('emergency-call')).toHaveLength(2);
  const county = await becomeDemo(trial, 'county-center');
  const listed = await fetch(`${trial.server.url}/api/evidence`, { headers: { cookie: county } });
  // It is the city's, and not the county's.
  expect(await listed.json()).toEqual({ packs: [], names: {} });
  expect(
    (await fetch(`${trial.server.url}/api/evidence/${body.id}`, { headers: { cookie: county } })).status,
  ).toBe(404);
  const worker = await becomeDemo(trial, 'grid-worker');
  const refused = await fetch(`${trial.server.url}/api/evidence/${body.id}`, { headers: { cookie: worker } });
  expect(refused.status).toBe(403);
});

test.each([
  ['changed', (file: string) => writeFileSync(file, 'other'), /holds something else/],
  ['removed', (file: string) => rmSync(file), /is not there/],
] as const)('verify names a pack that was %s', async (_what, harm, message) => {
  const trial = await start();
  const { body } = await freeze(trial);
  await stop(trial);
  const ask = { dataDir: trial.dataDir, city: 'testville', url: null };
  expect((await verifyFolder(ask)).flatMap(({ faults }) => faults)).toEqual([]);
  expect(readdirSync(folderOf(trial, 'evidence'))).toHaveLength(2);
  harm(path.join(folderOf(trial, 'evidence'), body.hash));
  const [fault] = (await verifyFolder(ask)).flatMap(({ faults }) => faults);
  expect(fault).toMatchObject({ what: 'evidence', from: body.id, to: body.id });
  expect(fault?.detail).toMatch(message);
});
