// The table of rights against what the roles of the city are: kept apart where duties are, empty where nothing is due.
import { expect, test } from 'vitest';
import { roles } from '../../contracts/records/account.ts';
import { actions, createAllow, demoSubject, nobody } from './allow.ts';
import { readRights } from './rights.ts';

const rights = readRights();
const mayOf = (role: (typeof roles)[number], isCrisis = false): string[] =>
  actions.filter((action) => !rights.isOpen(action) && rights.may(role, action, isCrisis));

test('duties are kept apart: who keeps accounts, approves, or audits sees no rows of the city, and the other way round', () => {
  const business = [
    'subscribe',
    'read-layer',
    'read-history',
    'operate',
    'switch-mode',
    'export',
    'run-worlds',
    'break-glass',
  ];
  const technical = [
    'change-accounts',
    'approve-accounts',
    'read-audit',
    'read-metrics',
    'review-break-glass',
  ];
  for (const role of roles) {
    const { duty } = rights.of(role);
    const may = mayOf(role);
    const foreign = duty === 'business' || duty === 'device' ? technical : business;
    expect([role, may.filter((action) => foreign.includes(action))]).toEqual([role, []]);
  }
  const holders = (action: (typeof actions)[number]) =>
    roles.filter((role) => rights.may(role, action, false));
  expect(holders('change-accounts')).toEqual(['sys-admin']);
  expect(holders('approve-accounts')).toEqual(['sec-admin']);
  expect(holders('read-audit')).toEqual(['auditor']);
});

test('a wall screen reads public columns and changes nothing', () => {
  expect(rights.of('viewer-wall').labels).toEqual(['public']);
  expect(mayOf('viewer-wall').filter((action) => !/^(read-|connect$|subscribe$)/.test(action))).toEqual([]);
});

test('nobody may only what is open; the demo subject all but accounts and the audit log', () => {
  const allow = createAllow(rights, () => false);
  const open = (subject: typeof nobody) =>
    actions.filter((action) => allow(subject, action, { kind: 'page', id: '*' }));
  expect(open(nobody)).toEqual(['read-ready', 'read-page', 'deliver', 'sign-in']);
  expect(actions.filter((action) => !open(demoSubject).includes(action))).toEqual([
    'read-feed-settings',
    'change-feed-settings',
    'keep-feed-secrets',
    'read-exports',
    'approve-exports',
    'read-accounts',
    'change-accounts',
    'approve-accounts',
    'read-audit',
    'read-break-glass',
    'review-break-glass',
  ]);
});

test('what lies in another area is refused, and a right may come with 战时', () => {
  const allow = createAllow(rights, () => false);
  const county = { ...demoSubject, roles: ['county-center'], areas: ['990101'] } as const;
  const at = (region: string) => allow(county, 'switch-mode', { kind: 'operation', id: 'mode', region });
  expect([at('990101'), at('990101001'), at('990102'), at('990100'), at('')]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
