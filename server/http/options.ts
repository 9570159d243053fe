// Options for an incident, and the choice between them (docs/orders.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { chooseSchema } from '../../contracts/records/option.ts';
import { MAX_ISSUE_BYTES } from '../../contracts/records/order.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { Options } from '../options/port.ts';
import { checked } from './body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const id = z.coerce.number().int().positive();
const about = ({ id: asked = '*' }: Readonly<Record<string, string>>) =>
  ({ kind: 'option', id: asked, label: 'internal' }) as const;

export function optionRoutes(options: Options): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/options/:id',
      title: title('事件的备选方案', 'What can be decided for an incident, and what was'),
      action: 'read-options',
      about,
      query: null,
      answer: ({ subject, params }, response) => {
        response.json(options.page(checked(params['id'], id, 'id'), reachesOf(subject.areas)));
      },
    }),
    route({
      method: 'post',
      path: '/api/options/:id',
      title: title('选定方案', 'Chooses one of the options, with the reason and the evidence'),
      answers: { status: 201 },
      action: 'choose-options',
      about,
      query: null,
      body: chooseSchema,
      maxBytes: MAX_ISSUE_BYTES,
      answer: async ({ subject, params, body }, response) => {
        const by = { id: subject.id, reaches: reachesOf(subject.areas) };
        response.status(201).json(await options.choose(by, checked(params['id'], id, 'id'), body));
      },
    }),
  ];
}
