// Who put a rule to work or out of it, and why, outlives a restart and an edit of its file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { AlertRule } from '../../contracts/records/alert-rule.ts';
import { createManualClock } from '../kit/clock.ts';
import { openStore } from '../store/open-store.ts';
import type { RecordStore } from '../store/port.ts';
import { silent } from '../store/silent.test-kit.ts';
import { RuleSwitches } from './rule-switches.ts';

const NOW = Date.UTC(2026, 6, 16, 12);
const clock = createManualClock(NOW);
const rule = (id: string, enabled: boolean) => ({ id, enabled }) as AlertRule;
const folder = mkdtempSync(path.join(tmpdir(), 'rule-switches-'));
let store: RecordStore | null = null;
afterEach(async () => {
  await store?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(written: { revision: number; rules: AlertRule[] }): Promise<RuleSwitches> {
  await store?.close();
  store = await openStore({ folder, city: 'testville', url: null }, { clock, log: silent });
  const log = await store.openLog('live', () => clock.now());
  const switches = new RuleSwitches({ log, written: { ...written, problems: [] } });
  await switches.open();
  return switches;
}

test('a rule that was switched stays so, with who and why; the revision rises with each word', async () => {
  const written = { revision: 3, rules: [rule('a', true), rule('b', false)] };
  const first = await open(written);
  const enabled = (of: RuleSwitches) => of.rules.map((one) => one.enabled);
  expect([first.revision, enabled(first)]).toEqual([3, [true, false]]);
  const off = await first.switchRule('chief', { rule: 'a', on: false, reason: '误报太多' });
  expect(off).toEqual({ rule: 'a', on: false, reason: '误报太多', by: 'chief', at: NOW });
  await first.switchRule('chief', { rule: 'b', on: true, reason: '试算通过' });
  expect([first.revision, enabled(first)]).toEqual([5, [false, true]]);
  const again = await open(written);
  expect([again.revision, enabled(again), again.switches.length]).toEqual([5, [false, true], 2]);
  await expect(again.switchRule('x', { rule: 'a', on: false, reason: 'x' })).rejects.toThrow(/off already/);
  await expect(again.switchRule('x', { rule: 'no', on: true, reason: 'x' })).rejects.toThrow(/not-found/);
});
