// /api/accounts: accounts, asked for by one and decided by another. /api/audit: the audit log and what proves the records,
// for the auditor alone.
import { z } from 'zod';
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import { changedGrantSchema, newAccountSchema, reasonSchema } from '../../contracts/records/account.ts';
import type { Account } from '../../contracts/records/account.ts';
import type { AccountBook, Action, AuditTrail, Proofs, SessionBook } from '../access/port.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export interface AccountParts {
  readonly accounts: AccountBook;
  readonly sessions: Pick<SessionBook, 'countOf' | 'endAll'>;
  /** Ends a lock that failed sign-ins brought. */
  readonly unlock: (id: string) => void;
  /** What the form offers. */
  readonly roles: readonly { readonly id: string; readonly title: Title; readonly unit: string | null }[];
  readonly areas: readonly { readonly code: string; readonly name: string }[];
  readonly audit: AuditTrail;
  readonly proofs: Pick<Proofs, 'prove'>;
}

const about = ({ id = '*' }: Readonly<Record<string, string>>) => ({ kind: 'account', id }) as const;

const words = {
  disable: title('停用账号', 'Disables an account'),
  enable: title('启用账号', 'Enables an account again'),
  approve: title('批准授权', 'Approves what was asked for an account'),
  decline: title('拒绝授权', 'Declines what was asked for an account'),
  reset: title('重置密码', 'A new initial password, or a new token of a device'),
  'sign-out': title('结束会话', 'Ends all sessions of an account'),
  undo: title('撤销', 'Takes the last change of an account back'),
};

export function accountRoutes(parts: AccountParts): Route[] {
  const { accounts, sessions, roles, areas } = parts;
  const shown = (held: Parameters<AccountBook['view']>[0]): Account =>
    accounts.view(held, sessions.countOf(held.id));
  return [
    route({
      method: 'get',
      path: '/api/accounts',
      title: title('账号', 'Accounts, and what they can be given'),
      action: 'read-accounts',
      audit: 'view',
      about,
      query: z.strictObject({}),
      answer: (_asked, response) => {
        response
          .setHeader('Cache-Control', 'no-store')
          .json({ accounts: accounts.all().map(shown), roles, areas });
      },
    }),
    route({
      method: 'post',
      path: '/api/accounts',
      title: title('新建账号', 'Asks for a new account'),
      answers: { status: 201 },
      action: 'change-accounts',
      about,
      query: null,
      body: newAccountSchema,
      answer: async ({ subject, body }, response) => {
        const { account, secret } = await accounts.create(subject.id, body);
        response
          .status(201)
          .setHeader('Cache-Control', 'no-store')
          .json({ account: shown(account), secret });
      },
    }),
    route({
      method: 'post',
      path: '/api/accounts/:id/grant',
      title: title('调整授权', 'Asks for other roles or areas of an account'),
      action: 'change-accounts',
      about,
      query: null,
      body: changedGrantSchema,
      answer: async ({ subject, params, body }, response) => {
        response.json({ account: shown(await accounts.ask(subject.id, params['id'] ?? '', body)) });
      },
    }),
    ...changes(parts, shown),
    auditRoute(parts),
    proofRoute(parts),
  ];
}

type Shown = (held: Parameters<AccountBook['view']>[0]) => Account;

/** Changes that take a reason and nothing else. */
function changes({ accounts, sessions, unlock }: AccountParts, shown: Shown): Route[] {
  const change = (
    name: keyof typeof words,
    action: Action,
    act: (by: string, id: string, reason: string) => Promise<object>,
  ): Route =>
    route({
      method: 'post',
      path: `/api/accounts/:id/${name}`,
      title: words[name],
      action,
      about,
      query: null,
      body: reasonSchema,
      answer: async ({ subject, params, body }, response) => {
        const told = await act(subject.id, params['id'] ?? '', body.reason);
        response.setHeader('Cache-Control', 'no-store').json(told);
      },
    });
  const enable = (isEnabled: boolean) => async (by: string, id: string, reason: string) => {
    if (isEnabled) unlock(id);
    return { account: shown(await accounts.setEnabled(by, id, { isEnabled, reason })) };
  };
  const decide = (isApproved: boolean) => async (by: string, id: string, reason: string) => ({
    account: shown(await accounts.decide(by, id, { isApproved, reason })),
  });
  return [
    change('disable', 'change-accounts', enable(false)),
    change('enable', 'change-accounts', enable(true)),
    change('approve', 'approve-accounts', decide(true)),
    change('decline', 'approve-accounts', decide(false)),
    change('reset', 'change-accounts', async (by, id, reason) => {
      unlock(id);
      const { account, secret } = await accounts.reset(by, id, reason);
      return { account: shown(account), secret };
    }),
    change('sign-out', 'change-accounts', (_by, id, reason) => {
      const held = accounts.find(id);
      if (!held) return Promise.reject(new CodedError('request/not-found', `account ${id}`));
      const ended = sessions.endAll(id, reason);
      return Promise.resolve({ account: shown(held), ended });
    }),
    change('undo', 'change-accounts', async (by, id, reason) => ({
      account: shown(await accounts.undo(by, id, reason)),
    })),
  ];
}

const moment = z.coerce.number().int().optional();

function auditRoute({ audit }: Pick<AccountParts, 'audit'>): Route {
  return route({
    method: 'get',
    path: '/api/audit',
    title: title('审计日志', 'The audit log, newest first'),
    action: 'read-audit',
    audit: 'view',
    about: () => ({ kind: 'audit', id: '*' }),
    query: z.strictObject({
      before: z.coerce.number().int().min(1).optional(),
      kind: z.string().max(40).optional(),
      subject: z.string().max(60).optional(),
      /** Epoch ms. */
      from: moment,
      to: moment,
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    answer: async ({ query }, response) => {
      const { kind, ...ask } = query;
      await audit.settle();
      const page = await audit.page({ ...ask, ...(kind === undefined ? {} : { kinds: [kind] }) });
      response.setHeader('Cache-Control', 'no-store').json({ ...page, head: audit.head });
    },
  });
}

function proofRoute({ proofs }: Pick<AccountParts, 'proofs'>): Route {
  return route({
    method: 'get',
    path: '/api/audit/proof',
    title: title(
      '校验全部记录的哈希链，并列出一件事件的每一步',
      'Reads the chain of every log, and tells the steps of one case',
    ),
    action: 'read-audit',
    audit: 'view',
    about: () => ({ kind: 'audit', id: 'proof' }),
    query: z.strictObject({
      case: z.string().min(1).max(40).optional().describe('Number of a case, as 20260715-003'),
    }),
    answer: async ({ query }, response) => {
      response.setHeader('Cache-Control', 'no-store').json(await proofs.prove(query.case ?? null));
    },
  });
}
