// /api/plumes and /api/exposure: gas that escapes, and who is in an area (docs/hazards.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { exposureSchema } from '../../contracts/records/exposure.ts';
import { changePlumeSchema, endPlumeSchema, openPlumeSchema } from '../../contracts/records/plume.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { Subject } from '../access/port.ts';
import type { ExposureMeter } from '../exposure/port.ts';
import type { HazardActor, Plumes } from '../hazards/port.ts';
import type { Clock } from '../kit/clock.ts';
import { checked } from './body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const about = () => ({ kind: 'hazards', id: '*' }) as const;
const kind = z.enum(['hand', 'incident']);
const number = z.coerce.number().int().positive();
const actorOf = ({ id, areas }: Subject): HazardActor => ({ id, reaches: reachesOf(areas) });
const idOf = (params: Readonly<Record<string, string>>): string =>
  `${checked(params['kind'], kind, 'kind')}/${checked(params['id'], number, 'id')}`;
/** A ring may have many corners. */
const MOST_BYTES = 48 * 1024;

export interface HazardRouteParts {
  readonly plumes: Plumes;
  readonly exposure: ExposureMeter;
  readonly clock: Pick<Clock, 'now'>;
}

export function hazardRoutes({ plumes, exposure, clock }: HazardRouteParts): Route[] {
  return [
    ...plumeRoutes(plumes),
    route({
      ...{ method: 'post', path: '/api/exposure', action: 'read-hazards', about, query: null, audit: 'none' },
      title: title('区域内人口与设施（估算）', 'Who and what is in an area, as an estimate'),
      maxBytes: MOST_BYTES,
      body: exposureSchema,
      answer: ({ body }, response) => {
        response.json(exposure.measure([[[body.ring]]], body.at ?? clock.now()));
      },
    }),
  ];
}

function plumeRoutes(plumes: Plumes): Route[] {
  const act = { method: 'post', action: 'model-hazards', about, query: null } as const;
  return [
    route({
      ...{ method: 'get', path: '/api/plumes', action: 'read-hazards', about, query: null },
      title: title('气体扩散', 'Gas plumes that are followed, and the gases that are known'),
      answer: (_, response) => {
        response.json(plumes.view());
      },
    }),
    route({
      ...act,
      path: '/api/plumes',
      title: title('设定泄漏点', 'Opens a plume at a place'),
      answers: { status: 201 },
      body: openPlumeSchema,
      answer: async ({ subject, body }, response) => {
        response.status(201).json(await plumes.open(actorOf(subject), body));
      },
    }),
    route({
      ...act,
      path: '/api/plumes/:kind/:id/change',
      title: title('修正泄漏参数', 'Says better how much escapes'),
      answers: { status: 201 },
      body: changePlumeSchema,
      answer: async ({ subject, params, body }, response) => {
        response.status(201).json(await plumes.change(actorOf(subject), idOf(params), body));
      },
    }),
    route({
      ...act,
      path: '/api/plumes/:kind/:id/end',
      title: title('泄漏已止', 'The leak is stopped'),
      answers: { status: 201 },
      body: endPlumeSchema,
      answer: async ({ subject, params, body }, response) => {
        response.status(201).json(await plumes.end(actorOf(subject), idOf(params), body));
      },
    }),
  ];
}
