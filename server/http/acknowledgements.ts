// /api/acknowledgements: what towns are asked to acknowledge, who has, and who is missing (docs/acknowledgements.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { acknowledgeSchema } from '../../contracts/records/acknowledgement.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { Acknowledgements } from '../acknowledgements/port.ts';
import { checked } from './body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const id = z.coerce.number().int().positive();
const about = ({ id: asked = '*' }: Readonly<Record<string, string>>) =>
  ({ kind: 'acknowledgement', id: asked, label: 'internal' }) as const;

export function acknowledgementRoutes(acknowledgements: Acknowledgements): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/acknowledgements',
      title: title('叫应签收', 'What towns are asked to acknowledge, newest first, with who is missing'),
      action: 'read-acknowledgements',
      about,
      query: null,
      answer: ({ subject }, response) => {
        response.json(acknowledgements.list(reachesOf(subject.areas)));
      },
    }),
    route({
      method: 'post',
      path: '/api/acknowledgements/:id/answer',
      title: title('签收', 'A unit acknowledges, or was rung up'),
      action: 'answer-acknowledgements',
      about,
      query: null,
      body: acknowledgeSchema,
      answer: async ({ subject, params, body }, response) => {
        const by = { id: subject.id, reaches: reachesOf(subject.areas) };
        response.json(await acknowledgements.acknowledge(by, checked(params['id'], id, 'id'), body));
      },
    }),
  ];
}
