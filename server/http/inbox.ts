// POST /inbox/:name: webhooks of upstream systems. The signature is checked by the inbox over the raw bytes.
import type { Request, Response } from 'express';
import { title } from '../../contracts/declare.ts';
import type { Inbox } from '../kit/inbox.ts';
import { readBody } from './body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

/** More than any inbox accepts: each has its own limit below this. */
const MAX_BODY = 4 * 1024 * 1024;

export function inboxRoutes(inbox: Pick<Inbox, 'deliver'>): Route[] {
  return [
    route({
      method: 'post',
      path: '/inbox/:name',
      title: title('接收推送', 'Deliveries of other systems, signed'),
      answers: { status: 202 },
      action: 'deliver',
      audit: 'none',
      about: (params) => ({ kind: 'inbox', id: params.name ?? '' }),
      query: null,
      answer: ({ request, params }, response) =>
        answerDelivery(inbox, { request, name: params.name ?? '' }, response),
    }),
  ];
}

/** One delivery to one inbox. */
export async function answerDelivery(
  inbox: Pick<Inbox, 'deliver'>,
  { request, name }: { readonly request: Request; readonly name: string },
  response: Response,
): Promise<void> {
  const { status, body } = inbox.deliver(name, request.headers, await readBody(request, MAX_BODY));
  response.status(status).json(body);
}
