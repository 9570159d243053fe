// The store over a real PostgreSQL: the contract, and what happens when the server is killed and comes back.
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { createSystemClock } from '../kit/clock.ts';
import { backUp } from '../main/backup.ts';
import { restoreBackup } from '../main/restore.ts';
import { auditStore } from './audit-store.ts';
import { all, describeEngine, newFolder, START } from './contract.test-kit.ts';
import { keepsFolds, seesEdits } from './kept-folds.test-kit.ts';
import { keptRecords } from './kept-records.test-kit.ts';
import { openStore } from './open-store.ts';
import { PostgresBackend } from './postgres-backend.ts';
import { postgresSteps } from './postgres-session.ts';
import { PostgresServer } from './postgres.test-kit.ts';
import { silent } from './silent.test-kit.ts';
import { anchorFolder, Store } from './store.ts';
import { verifyFolder } from './verify.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = new PostgresServer();
  await server.start();
});
afterAll(() => server.remove());

let cities = 0;
const newSchema = (): string => `cockpit_city-${(cities += 1)}`;
const clock = createSystemClock();
const open = (schema: string, more: { readOnly?: boolean; steps?: readonly string[] } = {}) =>
  PostgresBackend.open({ url: server.url, schema, readOnly: false, ...more });

describeEngine(
  'PostgreSQL',
  () => {
    const schema = newSchema();
    return Promise.resolve({
      open: () => open(schema),
      openReadOnly: () => open(schema, { readOnly: true }),
      damage: (sql) => server.run(`SET search_path = "${schema}"; ${sql}`),
    });
  },
  keepsFolds,
  seesEdits,
);

test('an older schema is brought forward, and copied before; a newer one is refused', async () => {
  const schema = newSchema();
  const row = { world: 'live', seq: 1, knownAt: 1, kind: 'a/b', text: '{}', hash: 'x' };
  const old = await open(schema, { steps: postgresSteps.slice(0, 1) });
  await old.insert([row]);
  await old.close();
  const backend = await open(schema, { steps: [...postgresSteps, 'CREATE TABLE later (id integer)'] });
  expect(await backend.last('live')).toEqual(row);
  await backend.close();
  await server.run(`SELECT 1 / count(*) FROM "${schema}_before_v2".entry WHERE hash = 'x'`);
  await expect(open(schema)).rejects.toThrow(/has version 3, this build knows 2: .*newer/);
});

test('an address that does not answer is said at once, without the password', async () => {
  const url = 'postgres://cockpit:secret@127.0.0.1:1/city';
  const opening = PostgresBackend.open({ url, schema: 's', readOnly: false });
  await expect(opening).rejects.toThrow(/PostgreSQL 127\.0\.0\.1:1\/city .*store\/unreachable/);
  await expect(opening).rejects.not.toThrow(/secret/);
});

test('killed and restarted under load: nothing acknowledged is lost, and entries go on within 10 s of its return', async () => {
  const [schema, folder] = [newSchema(), newFolder()];
  const store = await Store.open({ folder, backend: await open(schema), clock, log: silent });
  const log = await store.openLog('live', () => START);
  const acknowledged: LogEntry[] = [];
  let isOver = false;
  let refused = 0;
  const writer = async (name: number): Promise<void> => {
    for (let at = 0; !isOver; at += 1) {
      await log.append({ subject: String(name), kind: 'test/done', body: { at } }).then(
        (entry) => acknowledged.push(entry),
        () => (refused += 1),
      );
    }
  };
  const writers = Promise.all([1, 2, 3, 4].map(writer));
  for (let round = 0; round < 2; round += 1) {
    const before = acknowledged.length;
    await expect.poll(() => acknowledged.length).toBeGreaterThan(before + 50);
    await server.kill();
    const killedAt = acknowledged.length;
    await server.start();
    const since = clock.elapsed();
    await expect.poll(() => acknowledged.length).toBeGreaterThan(killedAt + 4);
    expect(clock.elapsed() - since).toBeLessThan(10_000);
  }
  isOver = true;
  await writers;
  await expect.poll(() => store.report.trouble).toBe('');
  const kept = await all(log.read());
  const bySeq = new Map(kept.map((entry) => [entry.seq, entry]));
  for (const entry of acknowledged) expect(bySeq.get(entry.seq)).toEqual(entry);
  // What was refused is not there either.
  expect(kept).toHaveLength(acknowledged.length);
  expect([...acknowledged].sort((a, b) => a.seq - b.seq)).toEqual(kept);
  await store.close();
  const reader = await open(schema, { readOnly: true });
  expect((await auditStore(reader, anchorFolder(folder))).logs[0]?.faults).toEqual([]);
  await reader.close();
  expect(refused).toBe(0);
});

test('away for long: who writes is told, the alarm stands, and both end by themselves', async () => {
  const [schema, folder] = [newSchema(), newFolder()];
  const store = await Store.open({
    folder,
    backend: await open(schema),
    clock,
    log: silent,
    patienceMs: 1500,
  });
  const log = await store.openLog('live', () => START);
  await log.append({ subject: 'a', kind: 'test/done', body: 1 });
  await server.kill();
  const first = log.append({ subject: 'a', kind: 'test/done', body: 2 });
  await expect.poll(() => store.report.trouble).toMatch(/cannot be written.*unreachable/);
  // Longer than it is patient.
  await expect(log.append({ subject: 'a', kind: 'test/done', body: 3 })).rejects.toThrow('store/unreachable');
  await server.start();
  // Nobody could say whether it was stored: it was kept waiting until that was known.
  expect(await first).toMatchObject({ seq: 2, body: 2 });
  await expect.poll(() => store.report.trouble).toBe('');
  expect(await log.append({ subject: 'a', kind: 'test/done', body: 4 })).toMatchObject({ seq: 3 });
  await store.close();
});

test('a backup is restored into an empty PostgreSQL, and into a file', async () => {
  const city = 'saved';
  const place = { folder: newFolder(), city, url: server.url };
  const store = await openStore(place, { clock, log: silent });
  const log = await store.openLog('live', () => START);
  for (let at = 0; at < 3; at += 1) await log.append({ subject: 'a', kind: 'test/done', body: { at } });
  const entries = await all(log.read());
  const file = path.join(newFolder(), 'saved.backup');
  await backUp(place, file, { build: '1', now: START });
  await store.close();
  const [dataDir, other] = [newFolder(), newFolder()];
  await expect(restoreBackup(file, { dataDir, url: server.url })).rejects.toThrow(
    'restore into an empty store',
  );
  await server.run('DROP SCHEMA cockpit_saved CASCADE');
  await restoreBackup(file, { dataDir, url: server.url });
  expect(await verifyFolder({ dataDir, city, url: server.url })).toMatchObject([{ entries: 3, faults: [] }]);
  await restoreBackup(file, { dataDir: other, url: null });
  expect(await keptRecords(other, city)).toEqual({ entries, faults: [] });
});
