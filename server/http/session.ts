// /api/session: who this browser is, signing in and out, a password and a second factor of one's own (docs/access.md).
import type { Request, Response } from 'express';
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import {
  demoSignInSchema,
  deviceSignInSchema,
  newPasswordSchema,
  signInSchema,
  stepUpSchema,
  totpSchema,
} from '../../contracts/records/account.ts';
import type { Caller, Door, Session, SessionBook, SignInDesk } from '../access/port.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export interface SessionParts {
  readonly door: Door;
  readonly desk: SignInDesk;
  readonly sessions: Pick<SessionBook, 'end' | 'touch'>;
}

const about = () => ({ kind: 'session', id: 'own' }) as const;
const fromOf = (request: Request): string => request.socket.remoteAddress ?? '';

export function sessionRoutes(parts: SessionParts): Route[] {
  const { door, sessions } = parts;
  return [
    route({
      method: 'get',
      path: '/api/session',
      title: title('本次会话', 'Who this browser is, and what it may'),
      action: 'sign-in',
      about,
      query: z.strictObject({}),
      answer: ({ caller }, response) => {
        response.setHeader('Cache-Control', 'no-store').json(door.view(caller));
      },
    }),
    ...signInRoutes(parts),
    route({
      method: 'delete',
      path: '/api/session',
      title: title('退出', 'Signs out'),
      answers: { status: 204 },
      action: 'sign-in',
      audit: 'none',
      about,
      query: null,
      answer: ({ caller }, response) => {
        if (caller.session) sessions.end(caller.session.hash, 'signed out');
        // What this browser kept of pages and answers goes as well.
        response.setHeader('Set-Cookie', door.cookie(null)).setHeader('Clear-Site-Data', '"cache"');
        response.status(204).end();
      },
    }),
    route({
      method: 'post',
      path: '/api/session/seen',
      title: title('有人操作', 'Somebody is there: the session goes on'),
      answers: { status: 204 },
      action: 'sign-in',
      audit: 'none',
      about,
      query: null,
      answer: ({ caller }, response) => {
        sessions.touch(sessionOf(caller).hash);
        response.status(204).end();
      },
    }),
    ...ownRoutes(parts),
  ];
}

function signInRoutes({ door, desk, sessions }: SessionParts): Route[] {
  const common = { method: 'post', action: 'sign-in', audit: 'none', about, query: null } as const;
  /** A session is never taken over: whoever was signed in here is signed out. */
  const begin = async (caller: Caller, token: Promise<string>, response: Response): Promise<void> => {
    response.setHeader('Set-Cookie', door.cookie(await token));
    if (caller.session) sessions.end(caller.session.hash, 'another sign-in');
    response.status(204).end();
  };
  return [
    route({
      ...common,
      path: '/api/session',
      title: title('登录', 'Signs in by name and password'),
      answers: { status: 204 },
      body: signInSchema,
      answer: ({ request, caller, body }, response) =>
        begin(caller, desk.person(body, fromOf(request)), response),
    }),
    route({
      ...common,
      path: '/api/session/device',
      title: title('大屏登录', 'Signs a wall screen in by its token'),
      answers: { status: 204 },
      body: deviceSignInSchema,
      answer: ({ request, caller, body }, response) =>
        begin(caller, desk.device(body.token, fromOf(request)), response),
    }),
    route({
      ...common,
      path: '/api/session/demo',
      title: title('演示账号', 'Becomes an account of the demonstration'),
      answers: { status: 204 },
      body: demoSignInSchema,
      answer: ({ request, caller, body }, response) =>
        begin(caller, desk.demo(body.account, fromOf(request)), response),
    }),
  ];
}

/** What somebody changes of their own account. */
function ownRoutes({ door, desk }: SessionParts): Route[] {
  const common = { method: 'post', action: 'sign-in', about } as const;
  return [
    route({
      ...common,
      path: '/api/session/step-up',
      title: title('再次确认本人', 'Says once more who somebody is, before what is sensitive'),
      answers: { status: 204 },
      audit: 'none',
      query: null,
      body: stepUpSchema,
      answer: async ({ request, caller, body }, response) => {
        await desk.stepUp(sessionOf(caller), body, fromOf(request));
        response.status(204).end();
      },
    }),
    route({
      ...common,
      path: '/api/session/password',
      title: title('修改密码', 'Chooses another password'),
      answers: { status: 204 },
      query: null,
      body: newPasswordSchema,
      answer: async ({ request, caller, body }, response) => {
        const token = await desk.choosePassword(personOf(caller).account, body, fromOf(request));
        response.setHeader('Set-Cookie', door.cookie(token)).status(204).end();
      },
    }),
    route({
      ...common,
      method: 'get',
      path: '/api/session/totp',
      title: title('双因素密钥', 'A secret for the second factor, to be confirmed'),
      query: z.strictObject({}),
      answer: ({ caller }, response) => {
        const proposal = desk.proposeTotp(personOf(caller).account);
        response.setHeader('Cache-Control', 'no-store').json(proposal);
      },
    }),
    route({
      ...common,
      path: '/api/session/totp',
      title: title('启停双因素', 'Sets or takes away the second factor'),
      answers: { status: 204 },
      query: null,
      body: totpSchema,
      answer: async ({ request, caller, body }, response) => {
        await desk.setTotp(personOf(caller).account, body, fromOf(request));
        response.status(204).end();
      },
    }),
  ];
}

/** @throws CodedError access/sign-in */
function sessionOf({ session }: Caller): Session {
  if (!session) throw new CodedError('access/sign-in', 'no session');
  return session;
}

/** @throws CodedError access/sign-in, request/conflict: devices and accounts of a demonstration have no password */
function personOf(caller: Caller): Session {
  const session = sessionOf(caller);
  if (session.kind !== 'person')
    throw new CodedError('request/conflict', `${session.account} has no password`);
  return session;
}
