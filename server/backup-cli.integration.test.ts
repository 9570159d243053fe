// A backup of a running server, restored into an empty folder: a server there shows the same past and the same head.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noiseStation } from '../contracts/layers/noise-station.ts';
import { rainGauge } from '../contracts/layers/rain-gauge.ts';
import { createManualClock } from './kit/clock.ts';
import { backUp } from './main/backup.ts';
import { restoreBackup } from './main/restore.ts';
import { until } from './main/trial-client.ts';
import type { Trial } from './main/trial-server.ts';
import { driveFeed, startTrial, TRIAL_START } from './main/trial-server.ts';
import { newFolder } from './store/contract.test-kit.ts';
import { keptRecords } from './store/kept-records.test-kit.ts';

const MINUTE = 60_000;
const feed = driveFeed('driven', [noiseStation, rainGauge]);
/** Six minutes before the hour is over: windows and an hour are sealed on the way. */
const START = TRIAL_START + 54 * MINUTE;
const clock = createManualClock(START);
const file = path.join(newFolder(), 'city.backup');
let trial: Trial;

function run(...args: string[]): Promise<{ code: number | null; output: string }> {
  const cli = path.join(import.meta.dirname, 'backup-cli.ts');
  const child = spawn(process.execPath, [cli, ...args], { env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (output += part.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

const pageOf = async (of: Trial, address: string): Promise<unknown> => {
  const answer = await of.get(address);
  return [answer.status, await answer.json()];
};
/** Noise in the first minute and in the tenth. */
const past = (of: Trial): Promise<unknown> =>
  Promise.all(
    [1.5, 10.5].map((minutes) =>
      pageOf(of, `/api/history/frame?layer=noise-station&at=${START + minutes * MINUTE}`),
    ),
  );
const recordsOf = async (of: Trial): Promise<unknown> =>
  ((await of.json('/health')) as { records: { logs: unknown } }).records.logs;

async function operate(name: string, body: object): Promise<void> {
  const answer = await fetch(`${trial.server.url}/api/operations/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reason: '检修', ...body }),
  });
  expect(answer.status).toBe(201);
}

beforeAll(async () => {
  trial = await startTrial({ feeds: [feed], clock });
  const report = (id: string, leqDbA: number): void =>
    feed
      .context()
      .sink.put(noiseStation, { id, validAt: clock.now(), values: { position: [84.1, 41.2], leqDbA } });
  for (let minute = 0; minute < 12; minute += 1) {
    report('n1', 40 + (minute % 20));
    if (minute === 0) report('n2', 50);
    clock.advance(MINUTE);
  }
  const [one, two] = [...trial.server.world.table('noise-station').rows()].map(({ key }) => key);
  await operate('alias/merge', { layer: 'noise-station', key: two, into: one });
  await operate('silence', { layer: 'noise-station', key: one, until: clock.now() + 60 * MINUTE });
  await until(async () => {
    clock.advance(1000);
    const [status, page] = (await pageOf(
      trial,
      `/api/history/frame?layer=noise-station&at=${clock.now()}`,
    )) as [number, { knownAt: number }];
    return status === 200 && page.knownAt > START + 11 * MINUTE;
  }, 'the disk');
});
afterAll(() => trial.server.stop());

test('restored: the same past, operations, names and head; both go on', async () => {
  const made = await run(file, '--data-dir', trial.dataDir, '--city', 'testville');
  expect(made).toEqual({
    code: 0,
    output: expect.stringMatching(
      /files of testville.*\n {2}audit: \d entries, head .*\n {2}live: 4 entries, head /,
    ),
  });
  const before = { past: await past(trial), records: await recordsOf(trial) };
  const operations = await trial.json('/api/operations');
  const dataDir = newFolder();
  const restored = await run('--restore', file, '--data-dir', dataDir);
  expect(restored).toEqual({ code: 0, output: expect.stringContaining('live: 4 entries, head ') });
  expect(existsSync(path.join(dataDir, 'testville/records'))).toBe(false);

  const second = await startTrial({ feeds: [feed], dataDir, clock: createManualClock(clock.now()) });
  try {
    expect(await past(second)).toEqual(before.past);
    expect(await second.json('/api/operations')).toEqual(operations);
    const names = `/api/operations/names?layer=noise-station&key=`;
    const [key] = [...second.server.world.table('noise-station').rows()].map((row) => row.key);
    expect(await second.json(`${names}${key}`)).toMatchObject({
      names: [{ sourceId: 'n1' }, { sourceId: 'n2' }],
    });
  } finally {
    await second.server.stop();
  }
  const [ours, theirs] = await Promise.all(
    [trial.dataDir, dataDir].map((folder) => keptRecords(folder, 'testville')),
  );
  // The start of the second server follows the last entry of the backup.
  const shared = ours?.entries.length ?? 0;
  expect(theirs?.entries.slice(0, shared)).toEqual(ours?.entries);
  expect(theirs?.entries.slice(shared).map(({ kind }) => kind)).toEqual(['server/start', 'server/stop']);
  const head = (before.records as { world: string; hash: string }[]).find(({ world }) => world === 'live');
  expect(head).toMatchObject({ world: 'live', seq: shared });
  expect(theirs?.entries[shared]?.prevHash).toBe(head?.hash);
  expect(theirs?.faults).toEqual([]);
});

test('what stands is not written over, and what is no backup is not restored', async () => {
  const place = { folder: path.join(trial.dataDir, 'testville'), city: 'testville', url: null };
  await expect(backUp(place, file, { build: '1', now: 0 })).rejects.toThrow('exists: choose another name');
  const into = (dataDir: string) => ({ dataDir, url: null });
  await expect(restoreBackup(file, into(trial.dataDir))).rejects.toThrow(
    /testville holds data: restore into an empty/,
  );
  const dataDir = newFolder();
  const bytes = readFileSync(file);
  const short = path.join(dataDir, 'short.backup');
  for (const bad of [bytes.subarray(0, bytes.length / 2), Buffer.from('no archive'), Buffer.alloc(0)]) {
    writeFileSync(short, bad);
    await expect(restoreBackup(short, into(dataDir))).rejects.toThrow(/short\.backup.*store\/damaged/);
    expect(readdirSync(dataDir)).toEqual(['short.backup']);
  }
  mkdirSync(path.join(dataDir, 'testville'));
  expect((await restoreBackup(file, into(dataDir))).heads).toMatchObject([
    { world: 'audit' },
    { world: 'live', seq: 4 },
  ]);
  expect((await run('--restore', file)).code).toBe(2);
});
