// Situation reports: what one would hold, issuing it, and the paper (docs/orders.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import {
  draftQuery,
  issueSituationSchema,
  MAX_SITUATION_BYTES,
  situationQuery,
} from '../../contracts/records/situation.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { AccessObject, Allow } from '../access/port.ts';
import type { Papers } from '../papers/port.ts';
import type { Situations } from '../situations/port.ts';
import { checked } from './body.ts';
import { paperQuery, sendPaper } from './papers.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const id = z.coerce.number().int().positive();
const about = ({ id: asked = '*' }: Readonly<Record<string, string>>): AccessObject => ({
  kind: 'situation',
  id: asked,
  label: 'internal',
});

interface SituationRouteParts {
  readonly allow: Allow;
  readonly situations: Situations;
  readonly papers: Papers;
}

export function situationRoutes({ allow, situations, papers }: SituationRouteParts): Route[] {
  const read = { method: 'get', action: 'read-situations', about } as const;
  return [
    route({
      ...read,
      path: '/api/situations',
      title: title('事件的情况报告', 'Situation reports of an incident, newest first'),
      query: situationQuery,
      answer: ({ subject, query }, response) => {
        response.json(situations.page(query.incident, reachesOf(subject.areas)));
      },
    }),
    route({
      ...read,
      path: '/api/situations/draft',
      title: title('报告草稿', 'What a report would hold now, with what changed since the last'),
      query: draftQuery,
      answer: ({ subject, query: { incident, kind } }, response) => {
        response.json(situations.draft(incident, kind, reachesOf(subject.areas)));
      },
    }),
    route({
      method: 'post',
      path: '/api/situations',
      title: title('签发情况报告', 'Issues a situation report'),
      answers: { status: 201 },
      action: 'issue-situations',
      about,
      query: null,
      body: issueSituationSchema,
      maxBytes: MAX_SITUATION_BYTES,
      answer: async ({ subject, body }, response) => {
        const by = { id: subject.id, reaches: reachesOf(subject.areas) };
        response.status(201).json(await situations.issue(by, body));
      },
    }),
    route({
      ...read,
      path: '/api/situations/:id/file',
      action: 'export',
      audit: 'view',
      title: title('情况报告（Word 或 PDF）', 'A situation report as Word or PDF'),
      answers: { type: 'application/pdf' },
      query: paperQuery,
      answer: async ({ subject, params, query }, response) => {
        if (!allow(subject, 'read-situations', about(params)))
          throw new CodedError('request/forbidden', `situation report ${params['id'] ?? ''}`);
        const report = situations.find(checked(params['id'], id, 'id'), reachesOf(subject.areas));
        sendPaper(response, await papers.situation(report, subject, query));
      },
    }),
  ];
}
