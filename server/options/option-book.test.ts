// Options: what the rules point to comes first with its reasons, what people must judge is named so, and a choice keeps what
// was offered, chosen and not chosen.
import { expect, test } from 'vitest';
import type { Incident } from '../../contracts/records/incident.ts';
import { chooseSchema } from '../../contracts/records/option.ts';
import type { PlanVersion } from '../../contracts/records/plan.ts';
import { createManualClock } from '../kit/clock.ts';
import { createMemoryLog } from '../outbound/memory-log.test-kit.ts';
import { NOW, planWith } from '../plans/plan.test-kit.ts';
import { OptionBook } from './option-book.ts';
import type { OptionGround } from './port.ts';

const versionOf = (more: Partial<PlanVersion['plan']> = {}): PlanVersion => ({
  ...{ no: 3, state: 'approved', plan: planWith(() => more), editors: [], changedAt: NOW },
  ...{ approvedBy: 'x', approvedAt: NOW, issued: null },
});
const flood = {
  ...{ id: 7, seq: 12, kind: 'flood', grade: 'III', region: '990101', unit: null, assisting: [] },
  evidence: [{ layer: 'river-gauge', key: 'g1' }],
} as unknown as Incident;

function rig(incident: Incident = flood, more: Partial<OptionGround> = {}) {
  const clock = createManualClock(NOW);
  const log = createMemoryLog(clock.now);
  const frozen: string[] = [];
  const held = { incident, plans: [versionOf()] };
  const open = async () => {
    const book = new OptionBook({
      ...{ log, clock },
      ground: {
        ...{ plans: () => held.plans, incident: () => held.incident, active: () => new Set<string>() },
        ...{ errorsOf: () => 0, nameOf: () => null, ...more },
      },
      freezer: {
        freeze: (by, { cause, title, incident: of = null }) => {
          frozen.push(`${cause} ${title}`);
          const said = { cause, title, incident: of, by: by.id, at: NOW, validAt: null };
          const ref = { id: 90, hash: 'h'.repeat(64), ...said };
          return Promise.resolve(ref);
        },
      },
    });
    await book.open();
    return book;
  };
  return { clock, log, frozen, held, open };
}

const everyone = () => true;
const chief = { id: 'chief', reaches: everyone };

test('the level that fits the grade comes first, the others and to start none after it, each with its reasons', async () => {
  const { sheet } = (await rig().open()).page(7, everyone);
  expect(sheet.options.map(({ id, recommended }) => `${id}${recommended ? ' *' : ''}`)).toEqual([
    'flood-small@3/III *',
    'flood-small@3/IV',
    'none',
  ]);
  const [first, other] = sheet.options;
  expect(first?.confidence).toEqual({ met: 5, checked: 5 });
  expect(other?.confidence).toEqual({ met: 4, checked: 5 });
  expect(first?.reasons.filter(({ kind }) => kind === 'judge').map(({ text }) => text.zh)).toEqual([
    '启动条件：橙色预警',
  ]);
  expect(sheet.evidence).toEqual(['river-gauge/g1']);
});

test('what speaks against an option is said: another area, an active plan, errors of the linter', async () => {
  const { open, held } = rig(
    { ...flood, region: '660101' },
    { active: () => new Set(['flood-small']), errorsOf: () => 2 },
  );
  held.plans = [versionOf({ area: '990101' })];
  const { sheet } = (await open()).page(7, everyone);
  const against = sheet.options
    .find(({ id }) => id === 'flood-small@3/III')
    ?.reasons.filter(({ kind }) => kind === 'unmet');
  expect(against?.map(({ text }) => text.zh)).toEqual([
    '事件不在预案适用地域内',
    '本预案已为本事件启动',
    '预案检查有 2 处错误',
  ]);
  expect(sheet.options[0]?.recommended).toBe(false);
});

test('an incident nobody has a plan for has one option: to start none', async () => {
  const { open, held } = rig();
  held.plans = [];
  const { sheet } = (await open()).page(7, everyone);
  expect(sheet.options.map(({ id }) => id)).toEqual(['none']);
});

test('a choice keeps what was offered, chosen and not, with reason and evidence; once, and after a start', async () => {
  const { open, frozen, log } = rig();
  const book = await open();
  const { sheet } = book.page(7, everyone);
  const asked = chooseSchema.parse({
    ...{ action: 'choose-0001', sheet: sheet.hash, chosen: 'flood-small@3/IV', reason: '雨势已减弱' },
  });
  const choice = await book.choose(chief, 7, asked);
  expect(choice.rejected.map(({ id }) => id)).toEqual(['flood-small@3/III', 'none']);
  expect([choice.reason, choice.evidence.id]).toEqual(['雨势已减弱', 90]);
  expect(await book.choose(chief, 7, asked)).toEqual(choice);
  expect([frozen.length, log.entries.length]).toEqual([1, 1]);
  expect((await open()).page(7, everyone).choices).toEqual([choice]);
});

test('whoever read another sheet chooses nothing', async () => {
  const { open, held } = rig();
  const book = await open();
  const { sheet } = book.page(7, everyone);
  held.incident = { ...flood, grade: 'II', seq: 13 };
  const asked = { action: 'choose-0002', sheet: sheet.hash, reason: '理由' };
  await expect(book.choose(chief, 7, chooseSchema.parse({ ...asked, chosen: 'none' }))).rejects.toThrow(
    /conflict/,
  );
  const now = book.page(7, everyone).sheet.hash;
  const unknown = chooseSchema.parse({ ...asked, sheet: now, chosen: 'flood-small@9/I' });
  await expect(book.choose(chief, 7, unknown)).rejects.toThrow(/no option/);
  await expect(book.choose({ ...chief, reaches: () => false }, 7, unknown)).rejects.toThrow(/not-found/);
});
