// `npm run verify` over real stores that were damaged in each way.
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, expect, test } from 'vitest';
import { createSystemClock } from './kit/clock.ts';
import { newFolder } from './store/contract.test-kit.ts';
import { openStore } from './store/open-store.ts';
import { silent } from './store/silent.test-kit.ts';
import type { Verified } from './store/verify.ts';
import { verifyFolder } from './store/verify.ts';

const whole = newFolder();
const folderOf = (dataDir: string): string => path.join(dataDir, 'testville');

beforeAll(async () => {
  const clock = createSystemClock();
  const place = { folder: folderOf(whole), city: 'testville', url: null };
  const store = await openStore(place, { clock, log: silent });
  for (const world of ['live', 'drill']) {
    const log = await store.openLog(world, clock.now);
    for (let at = 0; at < 6; at += 1) await log.append({ subject: '甲', kind: 'test/done', body: { at } });
  }
  await store.close();
});

function damaged(harm: (folder: string) => void): string {
  const dataDir = newFolder();
  cpSync(whole, dataDir, { recursive: true });
  harm(folderOf(dataDir));
  return dataDir;
}

const sql = (statement: string) => (folder: string) => {
  const database = new DatabaseSync(path.join(folder, 'records.db'));
  database.exec(statement);
  database.close();
};

const namesOf = ({ faults }: Verified): string[] =>
  faults.map(({ what, from, to }) => `${what} ${from}-${to}`);

function verify(dataDir: string, ...args: string[]): { status: number | null; output: string } {
  const cli = path.join(import.meta.dirname, 'verify-cli.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, '--data-dir', dataDir, ...args], {
    encoding: 'utf8',
    env: {},
  });
  return { status, output: stdout + stderr };
}

test('a store that holds: exit code 0, each log with its head', () => {
  const { status, output } = verify(whole);
  expect(status).toBe(0);
  expect(output).toMatch(/holds {4}testville\/drill .*records\.db\): 6 entries, head [0-9a-f]{64}\n/);
  expect(output).toMatch(/holds {4}testville\/live /);
});

test.each([
  [
    'edited',
    sql(`UPDATE entry SET text = replace(text, '甲', '乙') WHERE world = 'live' AND seq = 3`),
    'edited 3-3',
  ],
  ['removed', sql(`DELETE FROM entry WHERE world = 'live' AND seq = 2`), 'removed 2-2'],
  [
    'reordered',
    sql(`UPDATE entry SET seq = seq + 10 WHERE world = 'live' AND seq IN (4, 5);
         UPDATE entry SET seq = 5 WHERE seq = 14; UPDATE entry SET seq = 4 WHERE seq = 15`),
    'reordered 4-4',
  ],
  ['truncated', sql(`DELETE FROM entry WHERE world = 'live' AND seq > 4`), 'truncated 5-6'],
  ['head lost', (folder: string) => rmSync(path.join(folder, 'heads/live.head')), 'unanchored 0-0'],
])('%s is named; the other world holds', async (_what, harm, named) => {
  const logs = await verifyFolder({ dataDir: damaged(harm), city: null, url: null });
  const faults = new Map(logs.map((log) => [log.world, namesOf(log)]));
  expect(faults.get('live')).toContain(named);
  expect(faults.get('drill')).toEqual([]);
});

test.each([
  ['cut in half', (file: string) => truncateSync(file, readFileSync(file).length / 2)],
  ['no database', (file: string) => writeFileSync(file, 'lost')],
  ['gone', (file: string) => rmSync(file)],
])('a records file that is %s is named', async (_what, harm) => {
  const dataDir = damaged((folder) => harm(path.join(folder, 'records.db')));
  const [found] = await verifyFolder({ dataDir, city: null, url: null });
  expect(found?.where).toMatch(/records\.db$/);
  expect(found?.faults.map(({ what }) => what)).toEqual(['damaged']);
});

test('what is broken: exit code 1, in words and as JSON', () => {
  const dataDir = damaged(sql(`UPDATE entry SET kind = 'x/y' WHERE world = 'live' AND seq = 3`));
  expect(verify(dataDir)).toEqual({
    status: 1,
    output: expect.stringMatching(/BROKEN {3}testville\/live .*\n +entry 3: edited: is filed under x\/y/),
  });
  const { status, output } = verify(dataDir, '--json');
  expect([status, JSON.parse(output)]).toMatchObject([
    1,
    {
      ok: false,
      logs: [
        { world: 'drill', faults: [] },
        { world: 'live', faults: [{ what: 'edited', from: 3 }] },
      ],
    },
  ]);
});

test('an old log beside, and a folder without records', async () => {
  const dataDir = damaged((folder) =>
    writeFileSync(path.join(folder, 'log.taken-over.jsonl'), '{"seq":1}\n'),
  );
  const logs = await verifyFolder({ dataDir, city: null, url: null });
  expect(logs.map((log) => [path.basename(log.where), namesOf(log)])).toEqual([
    ['records.db', []],
    ['records.db', []],
    ['log.taken-over.jsonl', ['edited 1-1']],
  ]);
  expect(verify(newFolder())).toEqual({ status: 0, output: expect.stringContaining('holds no records') });
  expect(verify(whole, '--jsn').status).toBe(2);
});
