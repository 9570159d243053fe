// Which worlds send, with the settings and the words of a city as they are.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadCity } from '../../cities/load.ts';
import type { World } from '../../contracts/wire.ts';
import { worldKinds } from '../../contracts/wire.ts';
import { readConfig } from '../config.ts';
import { all, did, rig } from '../outbound/outbox.test-kit.ts';
import { silent } from '../store/silent.test-kit.ts';
import type { WorldOutbox } from './outbound-of-world.ts';
import { outboxOf } from './outbound-of-world.ts';

const city = loadCity('testville');

async function assigned(
  kind: World['kind'],
  args: readonly string[],
): Promise<WorldOutbox & { root: string }> {
  const root = mkdtempSync(path.join(tmpdir(), 'outbox-of-world-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const config = readConfig(['--city', 'testville', ...args], {});
  if (!config) throw new Error('help was not asked for');
  const trial = rig();
  const { clock, log: records, source: incidents } = trial;
  const facts: World = { id: kind, kind, parent: null };
  const outbox = await outboxOf({ city, facts, config, root, records, incidents, clock, log: silent });
  onTestFinished(() => outbox.book.close());
  outbox.book.happened(await did(trial, 'assign'));
  await outbox.book.idle();
  return { ...outbox, root };
}

test('real feeds: what an assignment says lies in the folder of the outbox, in the words of the city', async () => {
  const { book, root } = await assigned('live', ['--no-demo']);
  const [file = '', ...more] = readdirSync(path.join(root, 'outbox')).filter((name) => !name.startsWith('.'));
  expect(more).toEqual([]);
  expect(JSON.parse(readFileSync(path.join(root, 'outbox', file), 'utf8'))).toMatchObject({
    ...{ to: 'dept:fire', incident: '20260715-001', kind: 'notice' },
    text: expect.stringContaining('请承办：20260715-001 居民楼燃气泄漏，河口街道，07-15 10:30前') as string,
  });
  expect(all(book)).toMatchObject([{ state: 'sent', reference: file }]);
  expect(book.list({ from: 0, limit: 1 }, () => true).withheld).toBeNull();
});

const others = worldKinds.filter((kind) => kind !== 'live');
test.each([['live', []] as const, ...others.map((kind) => [kind, ['--no-demo']] as const)])(
  'nothing leaves a %s world with %j, and its outbox says so',
  async (kind, args) => {
    const { book, receipts, root } = await assigned(kind, args);
    expect(existsSync(path.join(root, 'outbox'))).toBe(false);
    expect(all(book)).toMatchObject([{ state: 'withheld' }]);
    const { withheld } = book.list({ from: 0, limit: 1 }, () => true);
    expect(withheld?.zh).toMatch(/外发/);
    await expect(receipts.deliver({}, Buffer.from(''))).rejects.toMatchObject({
      code: 'request/unavailable',
    });
  },
);

test.each([
  [{ notice: 'sms' }, 'sms.url'],
  [{ reply: 'webhook' }, 'COCKPIT_OUTBOUND_KEY'],
  [{ webhook: { url: 'https://hotline.example.org/in' } }, 'hotline.example.org'],
])('settings that lack something stop the start and say what: %j', (outbound, said) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'outbox-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'city.yaml');
  writeFileSync(file, JSON.stringify({ outbound }));
  expect(() => readConfig(['--city', 'testville', '--config', file], {})).toThrow(said);
});
