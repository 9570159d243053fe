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
  store = null;
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

test('a limit that was changed holds, over the file and a restart, and is taken back once', async () => {
  const level = {
    id: 'level',
    name: { zh: '水位', en: 'Level' },
    enabled: true,
    when: {
      kind: 'all',
      of: [
        { kind: 'missing', column: 'x' },
        { kind: 'threshold', atLeast: { blue: 1, red: 2 } },
      ],
    },
  } as unknown as AlertRule;
  const flow = { id: 'flow', enabled: true, when: { kind: 'threshold', below: 0 } } as unknown as AlertRule;
  const written = { revision: 1, rules: [level, flow] };
  const book = await open(written);
  const held = (of: RuleSwitches) => of.limited.map(({ rule: id, part, limit }) => [id, part, limit]);
  expect(held(book)).toEqual([
    ['level', 1, { blue: 1, red: 2 }],
    ['flow', 0, 0],
  ]);
  const asked = { rule: 'level', part: 1, limit: { blue: 0.5, red: 1.5 }, reason: '汛期从严' };
  const { id, before } = await book.changeLimit('chief', asked);
  expect([before, held(book)[0], book.revision]).toEqual([null, ['level', 1, asked.limit], 2]);
  await book.changeLimit('chief', { rule: 'flow', part: 0, limit: -2, reason: '枯水' });
  await expect(book.changeLimit('chief', asked)).rejects.toThrow(/so already/);
  for (const [part, limit, told] of [
    [0, 3, /not-found/],
    [1, 3, /for each severity/],
    [1, { blue: 1 }, /blue, red/],
    [1, { blue: 3, red: 2 }, /must rise/],
  ] as const)
    await expect(book.changeLimit('chief', { ...asked, part, limit })).rejects.toThrow(told);
  const again = await open(written);
  expect(held(again)).toEqual([
    ['level', 1, asked.limit],
    ['flow', 0, -2],
  ]);
  expect(again.limits.map(({ rule: of, undoable }) => [of, undoable])).toEqual([
    ['flow', true],
    ['level', true],
  ]);
  await again.undoLimit('chief', id, '汛期结束');
  expect(held(again)[0]).toEqual(['level', 1, { blue: 1, red: 2 }]);
  await expect(again.undoLimit('chief', id, '再撤')).rejects.toThrow(/taken back/);
  expect(again.limits[0]).toMatchObject({ limit: null, undoes: id, undoable: false, reason: '汛期结束' });
});
