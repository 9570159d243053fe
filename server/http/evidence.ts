// Evidence packs: what was known when somebody decided, and the screen of that moment as a recording (docs/orders.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { freezeSchema, packQuery } from '../../contracts/records/evidence-pack.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import { RECORDING_TYPE } from '../../contracts/recording.ts';
import type { Allow, Subject } from '../access/port.ts';
import type { PackReader, Packs } from '../evidence/port.ts';
import { checked } from './body.ts';
import { labelOf } from './layers.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const id = z.coerce.number().int().positive();
const idOf = (params: Readonly<Record<string, string>>): number => checked(params['id'], id, 'id');
const about = ({ id: asked = '*' }: Readonly<Record<string, string>>) =>
  ({ kind: 'evidence', id: asked, label: 'internal' }) as const;

export const readerOf = ({ id: who, areas, labels }: Subject): PackReader => ({
  id: who,
  ...{ areas, labels },
  reaches: reachesOf(areas),
});

export function evidenceRoutes({ allow, packs }: { readonly allow: Allow; readonly packs: Packs }): Route[] {
  const read = { method: 'get', action: 'read-evidence', about } as const;
  return [
    route({
      ...read,
      path: '/api/evidence',
      title: title('证据包目录', 'Evidence packs, newest first'),
      query: packQuery,
      answer: ({ subject, query }, response) => {
        response.json(packs.list(query.incident, reachesOf(subject.areas)));
      },
    }),
    route({
      ...read,
      path: '/api/evidence/:id',
      audit: 'view',
      title: title('证据包', 'What was known at a decision'),
      query: null,
      answer: async ({ subject, params }, response) => {
        response.json(await packs.view(idOf(params), readerOf(subject)));
      },
    }),
    route({
      ...read,
      path: '/api/evidence/:id/recording',
      audit: 'view',
      title: title('决策时刻的画面', 'The layers of that moment as a recording'),
      answers: { type: RECORDING_TYPE },
      query: null,
      answer: async ({ subject, params }, response) => {
        const may = (slug: string): boolean =>
          allow(subject, 'read-layer', { kind: 'layer', id: slug, label: labelOf(subject, slug) });
        const { name, bytes } = await packs.recording(idOf(params), readerOf(subject), may);
        response.set({
          'Cache-Control': 'no-store',
          'Content-Disposition': `attachment; filename="${name}"`,
        });
        response.type(RECORDING_TYPE).end(bytes);
      },
    }),
    route({
      method: 'post',
      path: '/api/evidence',
      title: title('留存证据包', 'Keeps what is known now'),
      answers: { status: 201 },
      action: 'keep-evidence',
      about,
      query: null,
      body: freezeSchema,
      answer: async ({ subject, body }, response) => {
        response.status(201).json(await packs.freeze(readerOf(subject), { ...body, cause: 'hand' }));
      },
    }),
  ];
}
