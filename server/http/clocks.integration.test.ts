// The two clocks over HTTP, through ingest: a value that came late and one that was corrected are shown where they belong,
// and named with what was known instead; and two moments beside each other.
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { differencesSchema } from '../../contracts/difference.ts';
import { FrameReceiver, decodeHeader } from '../../contracts/frame.ts';
import { riverGauge } from '../../contracts/layers/river-gauge.ts';
import { splitStretch } from '../../contracts/stretch.ts';
import type { Trial } from '../main/trial-server.ts';
import { TRIAL_START, driveFeed, startTrial } from '../main/trial-server.ts';

const SECOND = 1000;
const feed = driveFeed('driven', [riverGauge]);
let trial: Trial;

const at = (second: number): number => TRIAL_START + second * SECOND;

function report(id: string, second: number, levelM: number, revision = 0): void {
  const values = { name: `站${id}`, levelM, position: [84.1, 41.2] as const };
  feed.context().sink.put(riverGauge, { id, validAt: at(second), revision, values });
}

beforeAll(async () => {
  trial = await startTrial({ feeds: [feed] });
  for (let second = 0; second < 400; second += 1) {
    if (second % 100 === 10) report('甲', second, 460 + second / 100);
    // Corrected 190 seconds after its moment; and a gauge whose only value is five minutes late.
    if (second === 300) report('甲', 110, 465.5, 1);
    if (second === 350) report('乙', 50, 471);
    trial.clock.advance(SECOND);
  }
  // All this went by within a second of our own. Whoever asks for now has what waits written first; the first such
  // question may join a round that began before.
  for (let turn = 0; turn < 2; turn += 1) await trial.get(`/api/history/compare?a=${at(0)}`);
});
afterAll(() => trial.server.stop());

async function levels(second: number, clock: string): Promise<Record<string, unknown>> {
  const moment = at(second);
  const answer = await trial.get(
    `/api/history/replay?reader=clocks-${clock}&from=${moment}&to=${moment}&fresh=true&clock=${clock}`,
  );
  expect(answer.status).toBe(200);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const body = bytes[0] === 1 ? inflateRawSync(bytes.subarray(1)) : bytes.subarray(1);
  const receiver = new FrameReceiver(riverGauge, 'sensitive');
  for (const { frames } of splitStretch(body).states) {
    for (const frame of frames) if (decodeHeader(frame).layer === riverGauge.slug) receiver.apply(frame);
  }
  return Object.fromEntries([...receiver.table.rows()].map(({ values }) => [values.name, values.levelM]));
}

test('what was known stays as it was, what was true has late and corrected values in their places', async () => {
  expect(await levels(150, 'known')).toEqual({ 站甲: 461.1 });
  expect(await levels(150, 'true')).toEqual({ 站甲: 465.5, 站乙: 471 });
  expect(await levels(60, 'true')).toEqual({ 站甲: 460.1, 站乙: 471 });
  expect(await levels(380, 'known')).toEqual(await levels(380, 'true'));
});

test('the state of one layer as a file says the same', async () => {
  const levelOf = async (clock: string): Promise<unknown> => {
    const body = (await trial.json(`/api/history/frame?layer=river-gauge&at=${at(150)}&clock=${clock}`)) as {
      features: { properties: { name: string; levelM: number } }[];
    };
    return body.features.find(({ properties }) => properties.name === '站甲')?.properties.levelM;
  };
  expect([await levelOf('known'), await levelOf('true')]).toEqual([461.1, 465.5]);
});

test('the difference is named: what was known, what was true, and when that became known', async () => {
  const { layers } = differencesSchema.parse(await trial.json(`/api/history/clocks?at=${at(150)}`));
  const [gauges, ...others] = layers;
  expect(others).toEqual([]);
  expect([gauges?.added, gauges?.changed]).toEqual([1, 1]);
  const corrected = gauges?.rows.find(({ name }) => name === '站甲');
  expect(corrected?.columns).toEqual([{ column: 'levelM', before: 461.1, after: 465.5 }]);
  expect(Math.abs((corrected?.knownAt ?? 0) - at(301))).toBeLessThanOrEqual(2 * SECOND);
  expect((await trial.get(`/api/history/clocks?at=${at(9000)}`)).status).toBe(400);
});

test('two moments are compared row by row, and one of them may be now', async () => {
  const compared = async (query: string) =>
    differencesSchema
      .parse(await trial.json(`/api/history/compare?${query}`))
      .layers.find(({ layer }) => layer === riverGauge.slug);
  const difference = await compared(`a=${at(150)}`);
  expect([difference?.added, difference?.gone, difference?.changed]).toEqual([1, 0, 1]);
  const changed = difference?.rows.find(({ kind }) => kind === 'changed');
  expect(changed?.columns).toEqual([{ column: 'levelM', before: 461.1, after: 465.5 }]);
  expect(await compared(`a=${at(20)}&b=${at(30)}`)).toBeUndefined();
});
