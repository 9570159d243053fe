// What duty officers change by hand: over the routes, through ingest, over restarts, and back.
import { afterEach, expect, test } from 'vitest';
import { rainGauge } from '../../contracts/layers/rain-gauge.ts';
import type { Operation } from '../../contracts/records/operation.ts';
import { createManualClock } from '../kit/clock.ts';
import type { Trial } from '../main/trial-server.ts';
import { driveFeed, startTrial, TRIAL_START } from '../main/trial-server.ts';
import { keptRecords } from '../store/kept-records.test-kit.ts';

const feed = driveFeed('driven', [rainGauge]);
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

async function startAgain(trial: Trial): Promise<Trial> {
  trials.delete(trial);
  await trial.server.stop();
  return start(trial.dataDir, trial.clock.now());
}

function report(trial: Trial, rain1hMm: number, id = 'g1'): void {
  trial.clock.advance(1000);
  feed.context().sink.put(rainGauge, {
    id,
    validAt: trial.clock.now(),
    values: { position: [84.2, 41.2], name: id, rain1hMm },
  });
}

const rowsOf = (trial: Trial) => [...trial.server.world.table('rain-gauge').rows()];
function rowAt(trial: Trial, key: string) {
  const table = trial.server.world.table('rain-gauge');
  const { quality, values } = table.row(table.slotOf(key));
  return [values['rain1hMm'], quality];
}

async function post(trial: Trial, name: string, body: object): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${trial.server.url}/api/operations/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

async function done(trial: Trial, name: string, body: object): Promise<Operation> {
  const answer = await post(trial, name, { reason: '检修', ...body });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body as Operation;
}

const listed = async (trial: Trial, query = ''): Promise<readonly Operation[]> =>
  ((await trial.json(`/api/operations${query}`)) as { operations: Operation[] }).operations;

const inMinutes = (trial: Trial, minutes: number): number => trial.clock.now() + minutes * 60_000;

async function withGauge(): Promise<{ trial: Trial; key: string; row: { layer: string; key: string } }> {
  const trial = await start();
  report(trial, 5);
  const key = rowsOf(trial)[0]?.key ?? '';
  return { trial, key, row: { layer: 'rain-gauge', key } };
}

test('a silent sensor shows and keeps what it reports as bad, over a restart, until its end', async () => {
  const { trial, key, row } = await withGauge();
  const silence = await done(trial, 'silence', { ...row, until: inMinutes(trial, 30) });
  expect(silence).toMatchObject({
    kind: 'sensor/silence',
    by: 'demo',
    status: 'active',
    undoable: true,
    body: row,
  });
  expect(rowAt(trial, key)).toEqual([5, 'bad']);
  report(trial, 6);
  expect(rowAt(trial, key)).toEqual([6, 'bad']);
  expect(await post(trial, 'silence', { ...row, until: inMinutes(trial, 30), reason: '又' })).toMatchObject({
    status: 409,
    body: { code: 'request/conflict' },
  });
  const again = await startAgain(trial);
  expect(rowAt(again, key)).toEqual([6, 'bad']);
  report(again, 7);
  expect(rowAt(again, key)).toEqual([7, 'bad']);
  again.clock.advance(1_800_000);
  expect(rowAt(again, key)).toEqual([7, 'good']);
  expect(await listed(again)).toMatchObject([{ id: silence.id, status: 'ended', undoable: false }]);
  expect(await post(again, 'undo', { id: silence.id, reason: '晚了' })).toMatchObject({ status: 409 });
});

test('a value filled in by hand stands over what the source says, which stands again when it is taken back', async () => {
  const { trial, key, row } = await withGauge();
  const asked = { ...row, column: 'rain1hMm', until: inMinutes(trial, 60) };
  await done(trial, 'fill', { ...asked, value: 40 });
  report(trial, 6);
  expect(rowAt(trial, key)).toEqual([40, 'manual']);
  const second = await done(trial, 'fill', { ...asked, value: 42 });
  expect((await listed(trial)).map(({ status }) => status)).toEqual(['active', 'ended']);
  const again = await startAgain(trial);
  expect(rowAt(again, key)).toEqual([42, 'manual']);
  report(again, 8);
  expect(rowAt(again, key)).toEqual([42, 'manual']);
  const undone = await done(again, 'undo', { id: second.id });
  expect(undone).toMatchObject({ status: 'undone', undone: { by: 'demo', reason: '检修' } });
  expect(rowAt(again, key)).toEqual([8, 'good']);
  report(again, 9);
  expect(rowAt(again, key)).toEqual([9, 'good']);
});

test('two names of one thing become one row, and two again', async () => {
  const { trial, key, row } = await withGauge();
  report(trial, 1, 'g2');
  const other = rowsOf(trial).find((candidate) => candidate.key !== key)?.key ?? '';
  const merge = await done(trial, 'alias/merge', { layer: row.layer, key: other, into: key });
  report(trial, 11, 'g2');
  expect(rowsOf(trial)).toMatchObject([{ key, values: { rain1hMm: 11 } }]);
  expect(await trial.json(`/api/operations/names?layer=rain-gauge&key=${key}`)).toMatchObject({
    names: [{ sourceId: 'g1' }, { sourceId: 'g2' }],
  });

  const again = await startAgain(trial);
  report(again, 12, 'g2');
  expect(rowsOf(again)).toMatchObject([{ key, values: { rain1hMm: 12 } }]);
  const split = await done(again, 'alias/split', { ...row, system: 'driven', sourceId: 'g2' });
  report(again, 13, 'g2');
  expect(rowAt(again, other)).toEqual([13, 'good']);
  await done(again, 'undo', { id: split.id });
  report(again, 14, 'g2');
  expect(rowAt(again, key)).toEqual([14, 'good']);
  await done(again, 'undo', { id: merge.id });
  report(again, 15, 'g2');
  expect([rowAt(again, other), rowAt(again, key)]).toEqual([
    [15, 'good'],
    [14, 'good'],
  ]);
});

test('a feed that is switched off stays off over a restart until it is switched on', async () => {
  const { trial } = await withGauge();
  const state = (of: Trial) =>
    of.server.feeds.reports().map(({ state, reason, detail }) => [state, reason, detail]);
  await done(trial, 'feed', { feed: 'driven', enabled: false });
  expect(state(trial)).toEqual([['off', 'switched_off', '检修']]);
  expect(await post(trial, 'feed', { feed: 'driven', enabled: false, reason: '又' })).toMatchObject({
    status: 409,
  });
  const again = await startAgain(trial);
  expect(state(again)).toEqual([['off', 'switched_off', '检修']]);
  await done(again, 'feed', { feed: 'driven', enabled: true });
  report(again, 3);
  expect(state(again)).toEqual([['live', 'none', '']]);
  expect((await listed(again)).map(({ kind, status }) => [kind, status])).toEqual([
    ['feed/enable', 'ended'],
    ['feed/disable', 'ended'],
  ]);
});

test('what cannot be is refused by name, and leaves no trace in the log', async () => {
  const { trial, row } = await withGauge();
  const until = inMinutes(trial, 30);
  const fill = { ...row, column: 'rain1hMm', value: 4, reason: '手工', until };
  const cases: [string, object, number, string][] = [
    ['silence', { ...row, until }, 400, 'reason'],
    ['silence', { ...row, until, reason: ' ' }, 400, 'reason'],
    ['silence', { ...row, until: trial.clock.now(), reason: 'x' }, 400, 'until'],
    ['silence', { ...row, until, reason: 'x', force: true }, 400, 'force'],
    ['silence', { layer: 'nothing', key: 'x', until, reason: 'x' }, 404, 'nothing'],
    ['silence', { ...row, key: 'nobody', until, reason: 'x' }, 404, 'nobody'],
    ['fill', { ...fill, column: 'constructor' }, 404, 'constructor'],
    ['fill', { ...fill, value: -1 }, 400, 'value'],
    ['fill', { ...fill, value: 'much' }, 400, 'value'],
    ['fill', { ...fill, until: until + 30 * 86_400_000 }, 400, 'until'],
    ['alias/merge', { ...row, into: row.key, reason: 'x' }, 400, 'into'],
    ['alias/merge', { ...row, into: 'nobody', reason: 'x' }, 404, 'nobody'],
    ['alias/split', { ...row, system: 'driven', sourceId: 'g9', reason: 'x' }, 404, 'g9'],
    ['alias/split', { ...row, system: 'driven', sourceId: 'g1', reason: 'x' }, 409, 'g1'],
    ['feed', { feed: 'nothing', enabled: false, reason: 'x' }, 404, 'nothing'],
    ['undo', { id: 99, reason: 'x' }, 404, '99'],
  ];
  for (const [name, body, status, word] of cases) {
    const answer = await post(trial, name, body);
    expect([name, body, answer.status]).toEqual([name, body, status]);
    expect((answer.body as { message: string }).message).toContain(word);
  }
  const form = await fetch(`${trial.server.url}/api/operations/feed`, { method: 'POST', body: '{}' });
  expect([form.status, await form.json()]).toMatchObject([400, { code: 'request/invalid' }]);
  expect(await listed(trial)).toEqual([]);
  trials.delete(trial);
  await trial.server.stop();
  const { entries, faults } = await keptRecords(trial.dataDir, 'testville');
  expect([faults, entries.map(({ kind }) => kind)]).toEqual([
    [],
    ['outbox/begin', 'server/start', 'server/stop'],
  ]);
});
