import { expect, test } from 'vitest';
import type { Account } from '../../../contracts/records/account.ts';
import { actsOn } from './account-acts.ts';

const asked = { roles: ['analyst'], areas: ['*'], by: 'admin', at: 0 } as const;
const account: Account = {
  ...{ id: 'li', name: '李', kind: 'person', state: 'active', roles: ['analyst'], areas: ['*'], asked: null },
  ...{
    createdAt: 0,
    createdBy: 'admin',
    hasTotp: false,
    needsTotp: false,
    mustChange: false,
    sessions: 0,
    lastAt: null,
    undo: null,
  },
};
const keeper = { keeps: true, approves: false };
const approver = { keeps: false, approves: true };

test('who keeps accounts changes them, who approves decides, nobody does either for themselves', () => {
  expect(actsOn(account, 'admin', keeper)).toEqual(['edit', 'reset', 'disable']);
  expect(actsOn({ ...account, state: 'disabled', undo: 'account/disable' }, 'admin', keeper)).toEqual([
    'enable',
    'undo',
  ]);
  expect(actsOn({ ...account, sessions: 2 }, 'admin', keeper)).toContain('sign-out');
  const waits: Account = {
    ...account,
    asked: { ...asked, roles: [...asked.roles], areas: [...asked.areas] },
  };
  expect(actsOn(waits, 'sec', approver)).toEqual(['approve', 'decline']);
  expect(actsOn(waits, 'admin', approver)).toEqual([]);
  expect(actsOn(account, 'sec', approver)).toEqual([]);
  expect(actsOn(account, 'li', keeper)).toEqual([]);
});
