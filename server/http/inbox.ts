// POST /inbox/:name: webhooks of upstream systems. The signature is checked by the inbox over the raw bytes.
import type { IncomingMessage } from 'node:http';
import { CodedError } from '../../contracts/errors.ts';
import type { Inbox } from '../kit/inbox.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

/** More than any inbox accepts: each has its own limit below this. */
const MAX_BODY = 4 * 1024 * 1024;

export function inboxRoutes(inbox: Pick<Inbox, 'deliver'>): Route[] {
  return [
    route({
      method: 'post',
      path: '/inbox/:name',
      action: 'deliver',
      about: (params) => ({ kind: 'inbox', id: params.name ?? '' }),
      query: null,
      answer: async ({ request, params }, response) => {
        const { status, body } = inbox.deliver(params.name ?? '', request.headers, await readBody(request));
        response.status(status).json(body);
      },
    }),
  ];
}

/** @throws CodedError record/too-large as soon as the limit is passed */
async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_BODY) throw new CodedError('record/too-large', `a body of more than ${MAX_BODY} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
