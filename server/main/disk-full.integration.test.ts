// A disk without room (a small tmpfs): the server goes on showing, says so, loses nothing it acknowledged, and heals by itself.
import { randomUUID } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noiseStation } from '../../contracts/layers/noise-station.ts';
import type { CrisisView } from '../../contracts/records/crisis.ts';
import { createSystemClock } from '../kit/clock.ts';
import { keptRecords } from '../store/kept-records.test-kit.ts';
import { until } from './trial-client.ts';
import type { Trial } from './trial-server.ts';
import { driveFeed, startTrial } from './trial-server.ts';

/** Only root may mount. */
const isRoot = process.getuid?.() === 0;
const dataDir = mkdtempSync(path.join(tmpdir(), 'disk-full-'));
const ballast = path.join(dataDir, 'ballast');
const feed = driveFeed('driven', [noiseStation]);
const clock = createSystemClock();
let trial: Trial | null = null;

beforeAll(() => {
  if (isRoot) execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', dataDir]);
});
afterAll(async () => {
  await trial?.server.stop();
  if (isRoot) execFileSync('umount', ['--lazy', dataDir]);
  rmSync(dataDir, { recursive: true });
});

async function start(): Promise<Trial> {
  trial = await startTrial({ feeds: [feed], clock, dataDir });
  return trial;
}

async function stop(of: Trial): Promise<void> {
  trial = null;
  await of.server.stop();
}

function fill(): void {
  for (const bytes of [1_048_576, 4096]) {
    const part = Buffer.alloc(bytes, 1);
    try {
      for (;;) appendFileSync(ballast, part);
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
    }
  }
}

function report(id: string): void {
  const values = { position: [84.2, 41.2] as const, leqDbA: 50 };
  feed.context().sink.put(noiseStation, { id, validAt: clock.now(), values });
}

async function act(
  of: Trial,
  reason: string,
): Promise<{ status: number; body: CrisisView & { code?: string } }> {
  const area = of.server.world.table('mode').keyAt(0);
  const change = {
    ...{ verb: 'begin', area, name: '汛情', until: clock.now() + 1_800_000 },
    responses: [{ kind: 'flood', level: 'IV' }],
  };
  const answer = await fetch(`${of.server.url}/api/crisis/proposals`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action: randomUUID(), reason, change }),
  });
  return { status: answer.status, body: (await answer.json()) as CrisisView };
}

const problemsOf = async (of: Trial): Promise<string> =>
  ((await of.json('/health')) as { problems?: string[] }).problems?.join('\n') ?? '';

test.runIf(isRoot)(
  'full: reads go on, the alarm stands, nothing acknowledged is lost, and it heals',
  async () => {
    const first = await start();
    const acknowledged: string[] = [];
    const refused: string[] = [];
    const tryTo = async (reason: string): Promise<void> => {
      const { status, body } = await act(first, reason);
      if (status === 201) acknowledged.push(reason);
      else {
        expect([status, body.code]).toEqual([507, 'store/full']);
        refused.push(reason);
      }
    };
    await tryTo('before');
    report('before');
    fill();
    // An entry of the audit log that was on its way may have found it full first.
    const isAlarmed = async (): Promise<boolean> =>
      /the disk is almost full|records cannot be written/.test(await problemsOf(first));
    await until(isAlarmed, 'the alarm');
    for (let at = 0; refused.length < 5; at += 1) {
      expect(at, 'room is found again and again').toBeLessThan(20_000);
      await tryTo(`full ${at}`);
      report(`full ${at % 100}`);
      // What the journal wrote last may have left some bytes.
      if (at % 50 === 49) fill();
    }
    await until(
      async () => (await problemsOf(first)).includes('records cannot be written'),
      'who cannot write',
    );
    const { tick } = first.server.world;
    await until(() => first.server.world.tick > tick, 'the next tick');
    expect((await first.get('/api/layers/noise-station')).status).toBe(200);
    const { proposals } = (await first.json('/api/crisis')) as CrisisView;
    expect(proposals.map(({ reason }) => reason)).toEqual(
      acknowledged.toReversed().slice(0, proposals.length),
    );
    rmSync(ballast);
    await until(async () => (await problemsOf(first)) === '', 'healing');
    await tryTo('after');
    expect(acknowledged.at(-1)).toBe('after');
    report('after');
    await stop(first);

    const { entries, faults } = await keptRecords(dataDir, 'testville');
    const reasons = entries
      .filter(({ kind }) => kind === 'crisis/propose')
      .map(({ body }) => (body as { reason: string }).reason);
    expect([reasons, faults]).toEqual([acknowledged, []]);
    const second = await start();
    const known = [...second.server.world.table('noise-station').rows()];
    expect(known.length).toBeGreaterThanOrEqual(3);
    expect(statfsSync(dataDir).bavail).toBeGreaterThan(0);
  },
);
