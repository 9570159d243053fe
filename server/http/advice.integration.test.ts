// Decision models over the real server: out of fed layers, run by a person, on record, adopted for an incident, and still so after
// a restart.
import { afterEach, expect, test } from 'vitest';
import { dispatchOrder } from '../../contracts/layers/dispatch-order.ts';
import { flowForecast } from '../../contracts/layers/flow-forecast.ts';
import { releasePlan } from '../../contracts/layers/release-plan.ts';
import { reservoir } from '../../contracts/layers/reservoir.ts';
import { riverGauge } from '../../contracts/layers/river-gauge.ts';
import type { DecisionPage, DecisionRun } from '../../contracts/records/advice.ts';
import type { Trial } from '../main/trial-server.ts';
import { driveFeed, startTrial, TRIAL_START } from '../main/trial-server.ts';

const HOUR_MS = 3_600_000;
const open: Trial[] = [];
afterEach(async () => {
  for (const trial of open.splice(0)) await trial.server.stop();
});

const course = (points: readonly (readonly [hours: number, value: number])[]): string[] =>
  points.map(([hours, value]) => `${TRIAL_START + hours * HOUR_MS} ${value}`);

async function start(dataDir?: string) {
  const feed = driveFeed('driven', [reservoir, riverGauge, flowForecast, releasePlan, dispatchOrder]);
  const trial = await startTrial({ feeds: [feed], city: 'guangyuan', ...(dataDir ? { dataDir } : {}) });
  open.push(trial);
  const { sink } = feed.context();
  const at = { validAt: trial.clock.now(), issuedAt: trial.clock.now() };
  const dam = (id: string, name: string, levelM: number) =>
    sink.put(reservoir, { id, ...at, values: { position: [105.62, 32.51], name, levelM, outflowM3S: 2000 } });
  dam('b', '宝珠寺水库', 582);
  dam('t', '亭子口水库', 446);
  sink.put(riverGauge, { id: 'z', ...at, values: { position: [105.7, 32.32], name: '昭化', levelM: 459 } });
  const forecasts = { 宝珠寺水库: 5000, 上石盘坝下: 6500, 下寺: 1600 };
  for (const [name, top] of Object.entries(forecasts))
    sink.put(flowForecast, {
      ...{ id: name, ...at },
      values: {
        position: [105.6, 32.4],
        name,
        points: course([
          [0, top / 3],
          [8, top],
          [40, top / 4],
        ]),
      },
    });
  for (const [scheme, outflow] of [
    ['甲', 1500],
    ['乙', 7000],
  ] as const)
    sink.put(releasePlan, {
      ...{ id: scheme, ...at },
      values: {
        reservoir: '宝珠寺水库',
        scheme,
        name: `${scheme}案`,
        state: 'drafted',
        steps: course([[0, outflow]]),
      },
    });
  trial.clock.advance(1000);
  return trial;
}

async function post(trial: Trial, path: string, body: object, status = 201): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${trial.server.url}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  const said: unknown = await answer.json();
  expect([path, answer.status, said]).toEqual([path, status, said]);
  return said;
}

async function runOf(trial: Trial, id: string): Promise<DecisionRun> {
  await trial.server.desks.command.advise.settled();
  return (await trial.json(`/api/decisions/flood-routing/runs/${id}`)) as DecisionRun;
}

test('a run out of fed layers is adopted for an incident, with evidence and tasks, and all of it is there after a restart', async () => {
  const trial = await start();
  const id = 'advice-trial-run';
  const started = await post(trial, '/api/decisions/flood-routing/runs', { action: id }, 202);
  expect(started).toMatchObject({ id, model: 'flood-routing', expectedS: 1, by: 'demo' });
  const run = await runOf(trial, id);
  expect(run).toMatchObject({ state: 'done', fault: '', advice: { gaps: [] } });
  // Option B puts the old town under water.
  expect(run.advice?.exposure.filter(({ people }) => people > 1000).map(({ option }) => option)).toEqual([
    'b',
  ]);
  expect(run.advice?.advised.option).not.toBe('b');
  expect(run.cited.map(({ layer }) => layer).sort()).toEqual([
    ...['flow-forecast', 'flow-forecast', 'flow-forecast', 'release-plan', 'release-plan'],
    ...['reservoir', 'reservoir', 'river-gauge'],
  ]);
  trial.clock.advance(2000);
  const rows = [...trial.server.world.table('level-forecast').rows()];
  expect(rows).toHaveLength(9);
  expect(rows.every(({ issuedAt, regionCode }) => issuedAt === run.at && regionCode === '510811')).toBe(true);

  const reported = { action: 'advice-trial-report', kind: 'flood', title: '嘉陵江洪水', place: '昭化' };
  const { incident } = (await post(trial, '/api/incidents', reported)) as {
    incident: { id: number; seq: number };
  };
  const accept = { action: 'advice-trial-accept', seen: incident.seq };
  await post(trial, `/api/incidents/${incident.id}/accept`, accept);
  const asked = { option: 'a', incident: incident.id, reason: '先保古城', inputs: run.inputs };
  const adopted = (await post(trial, `/api/decisions/flood-routing/runs/${id}/adopt`, {
    ...{ action: 'advice-trial-adopt', ...asked },
  })) as DecisionRun;
  const [adoption] = adopted.adopted;
  expect(adoption?.tasks.map(({ why }) => why)).toEqual(['', '', '']);
  const pack = await trial.json(`/api/evidence/${adoption?.evidence.id}`);
  expect(pack).toMatchObject({ pack: { cause: 'advice', incident: { id: incident.id } } });
  expect((pack as { pack: { rows: unknown[] } }).pack.rows).toHaveLength(8);
  await post(
    trial,
    `/api/decisions/flood-routing/runs/${id}/dismiss`,
    { action: 'advice-trial-no', reason: '改主意' },
    409,
  );

  const { dataDir } = trial;
  await open.pop()?.server.stop();
  const again = await start(dataDir);
  const page = (await again.json('/api/decisions')) as DecisionPage;
  const [model] = page.models.filter(({ slug }) => slug === 'flood-routing');
  expect(model?.latest[0]).toMatchObject({ id, adopted: [{ option: 'a', tasks: adoption?.tasks }] });
  expect(page.names['demo']).toBeTypeOf('string');
});

test('what cannot be run or adopted says what, where and what to do', async () => {
  const trial = await start();
  const runs = '/api/decisions/flood-routing/runs';
  const wrong = await post(trial, runs, { action: 'advice-trial-wrong', params: { horizonH: 1 } }, 400);
  expect(wrong).toMatchObject({
    code: 'request/invalid',
    message: expect.stringContaining('params.horizonH') as string,
  });
  await post(trial, '/api/decisions/elsewhere/runs', { action: 'advice-trial-else' }, 404);
  const table = trial.server.world.table('flow-forecast');
  for (const { key } of [...table.rows()]) table.remove(table.slotOf(key), 'gone');
  await post(trial, runs, { action: 'advice-trial-less' }, 202);
  const failed = await runOf(trial, 'advice-trial-less');
  expect(failed).toMatchObject({ state: 'failed', advice: null });
  expect(failed.fault).toContain('缺 洪水预报过程');
  const adopting = {
    action: 'advice-trial-adopt',
    option: 'a',
    incident: 1,
    reason: '试',
    inputs: failed.inputs,
  };
  await post(trial, `${runs}/advice-trial-less/adopt`, adopting, 409);
});
