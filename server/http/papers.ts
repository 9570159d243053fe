// Papers over HTTP: the case file of an incident as Word or PDF (docs/duty.md).
import type { Response } from 'express';
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { Allow } from '../access/port.ts';
import type { Papers, PrintedPaper } from '../papers/port.ts';
import { checked } from './body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export const paperQuery = z.strictObject({
  format: z.enum(['docx', 'pdf']).default('docx'),
  language: z.enum(['zh', 'en']).default('zh'),
});
const id = z.coerce.number().int().positive();

interface PaperRouteParts {
  readonly allow: Allow;
  readonly papers: Papers;
}

export function paperRoutes({ allow, papers }: PaperRouteParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/incidents/:id/file',
      title: title('事件案卷（Word 或 PDF）', 'The case file of an incident as Word or PDF'),
      answers: { type: 'application/pdf' },
      action: 'export',
      audit: 'view',
      about: ({ id: one = '' }) => ({ kind: 'incident', id: one, label: 'internal' }),
      query: paperQuery,
      answer: async ({ params, subject, query }, response) => {
        const object = { kind: 'incident', id: params['id'] ?? '', label: 'internal' } as const;
        if (!allow(subject, 'read-incidents', object))
          throw new CodedError('request/forbidden', `incident ${object.id}`);
        sendPaper(response, await papers.caseFile(checked(params['id'], id, 'id'), subject, query));
      },
    }),
  ];
}

/** Papers are handed over as files: a browser opens none of them in the page. */
export function sendPaper(response: Response, { name, type, bytes }: PrintedPaper): void {
  response.set({
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
    'Content-Length': String(bytes.byteLength),
  });
  response.end(bytes);
}
