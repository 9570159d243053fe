// /api/break-glass: a role taken alone for a while, who holds or held one, and its review by somebody else (docs/access.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import { endGlassSchema, reviewGlassSchema, takeGlassSchema } from '../../contracts/records/break-glass.ts';
import type { GlassBook, GlassHand } from '../access/port.ts';
import { checked } from './body.ts';
import type { Asked, Route } from './route.ts';
import { route } from './route.ts';

const about = ({ id = '*' }: Readonly<Record<string, string>>) => ({ kind: 'glass', id }) as const;
const glassId = z.coerce.number().int().positive();

const handOf = ({ request, subject }: Pick<Asked<unknown>, 'request' | 'subject'>): GlassHand => ({
  id: subject.id,
  roles: subject.roles,
  from: request.socket.remoteAddress ?? '',
});

type Glass = Pick<GlassBook, 'take' | 'end' | 'review' | 'list' | 'heldBy'>;

export function glassRoutes(glass: Glass): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/break-glass',
      title: title('紧急授权记录', 'Who took rights alone, and what became of it, newest first'),
      action: 'read-break-glass',
      about,
      query: z.strictObject({}),
      answer: (_asked, response) => {
        response.setHeader('Cache-Control', 'no-store').json({ glasses: glass.list() });
      },
    }),
    route({
      method: 'post',
      path: '/api/break-glass',
      title: title('紧急授权', 'Takes the rights of another role for a while'),
      answers: { status: 201 },
      action: 'break-glass',
      about,
      query: null,
      body: takeGlassSchema,
      answer: async (asked, response) => {
        if (!asked.caller.session) throw new CodedError('request/conflict', 'no account: choose one first');
        response.status(201).json(await glass.take(handOf(asked), asked.body));
      },
    }),
    route({
      method: 'delete',
      path: '/api/session/break-glass',
      title: title('交还紧急授权', 'Hands back what one took oneself'),
      answers: { status: 204 },
      action: 'sign-in',
      audit: 'none',
      about,
      query: null,
      answer: async (asked, response) => {
        const held = glass.heldBy(asked.subject.id);
        if (!held) throw new CodedError('request/conflict', `${asked.subject.id} holds nothing`);
        await glass.end(handOf(asked), held.id, '本人交还 handed back');
        response.status(204).end();
      },
    }),
    ...watchRoutes(glass),
  ];
}

/** What who watches does about what somebody else took. */
function watchRoutes(glass: Glass): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/break-glass/:id/end',
      title: title('收回紧急授权', 'Ends what somebody else took'),
      action: 'review-break-glass',
      about,
      query: null,
      body: endGlassSchema,
      answer: async (asked, response) => {
        const id = checked(asked.params['id'], glassId, 'id');
        response.json(await glass.end(handOf(asked), id, asked.body.reason));
      },
    }),
    route({
      method: 'post',
      path: '/api/break-glass/:id/review',
      title: title('复核紧急授权', 'Says afterwards whether it had to be'),
      action: 'review-break-glass',
      about,
      query: null,
      body: reviewGlassSchema,
      answer: async (asked, response) => {
        const id = checked(asked.params['id'], glassId, 'id');
        response.json(await glass.review(handOf(asked), id, asked.body));
      },
    }),
  ];
}
