// Cases of a kind of incident: what does not fit is told by its place; others stand in the rules without touching the rest.
import { expect, test } from 'vitest';
import { loadCity } from '../../cities/load.ts';
import { RulesInForce } from '../command/rules-in-force.ts';
import { Units } from '../command/responsibilities.ts';
import { casesFault } from './responsibilities.ts';

const name = { zh: '名', en: 'name' };
const known = {
  departments: ['water', 'fire', 'health'].map((id) => ({ id, name })),
  regions: ['510800', '510802', '510821'].map((code) => ({ code, name })),
};
const lead = (department: string, more: object = {}) => ({ department, assisting: [], ...more });

test.each([
  ['one for everywhere', [lead('water')], null],
  ['one for a county and one for the rest', [lead('fire', { areas: ['510802'] }), lead('water')], null],
  [
    'none for the rest',
    [lead('water', { areas: ['510802'] })],
    /^0\.areas: the last one must hold everywhere/,
  ],
  ['two for the rest', [lead('water'), lead('fire')], /^0\.areas: name its counties/],
  ['the city as a county', [lead('fire', { areas: ['510800'] }), lead('water')], /510800 is no county/],
  [
    'a county twice',
    [lead('fire', { areas: ['510802'] }), lead('health', { areas: ['510802'] }), lead('water')],
    /^1\.areas: 510802 stands above already/,
  ],
  ['a stranger who helps', [lead('water', { assisting: ['army'] })], /army is no department/],
  ['who helps itself', [lead('water', { assisting: ['water'] })], /^0\.assisting: water leads already/],
])('%s', (_, cases, message) => {
  const fault = casesFault(cases, known);
  if (message === null) expect(fault).toBe(null);
  else expect(fault).toMatch(message);
});

test('other cases of one kind change that kind alone, and go back to what the file says', () => {
  const city = loadCity('guangyuan');
  const rules = new RulesInForce(city.responsibilities.rules);
  const units = new Units(city);
  const leads = (kind: 'flood' | 'fire', region: string): string =>
    units.responsibleFor({ kind, grade: 'II', region, rules: rules.rules }).unit.id;
  rules.set('flood', [lead('fire', { areas: ['510821'] }), lead('emergency')]);
  expect([leads('flood', '510821'), leads('flood', '510802'), leads('fire', '510821')]).toEqual([
    'dept:fire',
    'dept:emergency',
    'dept:fire',
  ]);
  expect(rules.writtenOf('flood')[0]?.department).toBe('water');
  rules.set('flood', null);
  expect(rules.rules).toEqual(city.responsibilities.rules);
});
