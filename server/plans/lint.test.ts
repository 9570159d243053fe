// What the linter finds: one thing wrong in a plan that is right, and the finding that says so with its clause.
import { expect, test } from 'vitest';
import type { FindingKind } from '../../contracts/records/plan-findings.ts';
import type { Plan } from '../../contracts/records/plan.ts';
import { lint } from './lint.ts';
import { isPhone } from './phone.ts';
import { ground, NOW, planWith, stepWith } from './plan.test-kit.ts';

const say = (text: string) => ({ zh: text, en: text });
const phone = (number: string, checked: Plan['contacts'][number]['checked']): Plan =>
  planWith(({ contacts }) => ({
    contacts: contacts.map((one, at) => (at === 0 ? { ...one, phone: number, checked } : one)),
  }));
const second = { id: 'again', clause: '5.2', text: say('再'), role: 'office', from: 'IV' as const };
const teamAt = (places: string[], after: string[] = []): Plan =>
  planWith(({ steps }) => ({
    steps: [
      ...steps,
      { ...second, after, withinMin: 10, places, resources: ['team-a'], proof: [], from: 'III' as const },
    ],
  }));

test('a plan that is right has no findings', () => {
  expect(lint(planWith(), ground, NOW)).toEqual([]);
});

test.each<[FindingKind, string, string, Plan]>([
  ['phone-invalid', '2.1', 'contacts.0.phone', phone('12345678', null)],
  ['phone-dead', '2.1', 'contacts.0.phone', phone('0839-5550102', { on: '2026-07-01', reached: false })],
  ['phone-unchecked', '2.1', 'contacts.0.phone', phone('0839-5550102', null)],
  ['phone-unchecked', '2.1', 'contacts.0.phone', phone('0839-5550102', { on: '2025-12-01', reached: true })],
  ['contact-missing', '5.1', 'contacts', planWith(({ contacts }) => ({ contacts: contacts.slice(0, 1) }))],
  ['shelter-in-hazard', '5.1', 'steps.move.places', stepWith('move', { places: ['shelter-low'] })],
  [
    'shelter-in-hazard',
    '5.1',
    'steps.move.places',
    { ...stepWith('move', { places: ['shelter-plant'] }), hazard: 'gas' },
  ],
  ['team-booked-twice', '5.2', 'steps.again.resources', teamAt(['shelter-1'])],
  [
    'deputy-missing',
    '2.1',
    'command.deputies',
    planWith(({ command }) => ({ command: { ...command, deputies: [] } })),
  ],
  [
    'deputy-missing',
    '2.1',
    'groups.rescue.deputy',
    planWith(({ groups }) => ({ groups: groups.map((group) => ({ ...group, deputy: null })) })),
  ],
  ['role-missing', '5.1', 'steps.look.role', stepWith('look', { role: null })],
  ['role-unknown', '5.1', 'steps.look.role', stepWith('look', { role: 'divers' })],
  ['role-unknown', '5.1', 'steps.look.role', stepWith('look', { role: 'dept:divers' })],
  ['deadline-missing', '5.2', 'steps.close.withinMin', stepWith('close', { withinMin: null })],
  ['place-unknown', '5.1', 'steps.move.places', stepWith('move', { places: ['shelter-9'] })],
  ['resource-unknown', '5.2', 'steps.close.resources', stepWith('close', { resources: ['team-z'] })],
  ['unit-unknown', '', 'owner', planWith(() => ({ owner: 'dept:nobody' }))],
  ['step-unknown', '5.1', 'steps.move.after', stepWith('move', { after: ['lok'] })],
  ['step-cycle', '5.1', 'steps.look.after', stepWith('look', { after: ['move'] })],
  ['step-order', '5.1', 'steps.move.after', stepWith('move', { after: ['look', 'close'] })],
  ['clause-unknown', '5.9', 'steps.look', stepWith('look', { clause: '5.9' })],
  ['id-twice', '5.1', 'steps.look', planWith(({ steps }) => ({ steps: [...steps, ...steps.slice(0, 1)] }))],
  ['level-unknown', '5.2', 'steps.close.from', stepWith('close', { from: 'II' })],
])('%s at clause %s: %s', (kind, clause, where, plan) => {
  const findings = lint(plan, ground, NOW);
  expect(findings).toContainEqual(expect.objectContaining({ kind, clause, where }));
  for (const { what, remedy } of findings)
    for (const text of [what.zh, what.en, remedy.zh, remedy.en]) expect(text).not.toBe('');
});

test('a shelter beside a plant is right for a flood, and a team works twice where it is, or one after the other', () => {
  expect(lint(stepWith('move', { places: ['shelter-plant'] }), ground, NOW)).toEqual([]);
  expect(lint(teamAt(['hospital-1']), ground, NOW)).toEqual([]);
  expect(lint(teamAt(['shelter-1'], ['close']), ground, NOW)).toEqual([]);
});

test.each([
  ['110', true],
  ['12345', true],
  ['95598', true],
  ['13812345678', true],
  ['0839-326 1234', true],
  ['（028）8661 2345', true],
  ['010-65001234转801', true],
  ['12812345678', false],
  ['326 1234', false],
  ['0839-1234567', false],
  ['1381234567', false],
  ['', false],
])('%s: can be dialled %s', (number, is) => {
  expect(isPhone(number)).toBe(is);
});
