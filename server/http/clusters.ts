// /api/clusters: signals about one thing, and what people say of them. docs/alerts.md.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import {
  confirmClusterSchema,
  dismissClusterSchema,
  mergeClusterSchema,
  splitClusterSchema,
} from '../../contracts/records/cluster.ts';
import type { Clusters } from '../alerts/port.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const words = {
  confirm: title('确认线索', 'Confirm a cluster'),
  split: title('拆分线索', 'Split signals off a cluster'),
  merge: title('合并线索', 'Merge a cluster into another'),
  dismiss: title('排除线索', 'Dismiss a cluster'),
};

const listQuery = z.strictObject({ id: z.string().max(80).optional().describe('Only this one') });

export function clusterRoutes(clusters: Clusters): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/clusters',
      title: title('线索', 'Clusters of signals about one thing'),
      action: 'read-alerts',
      about: () => ({ kind: 'alert', id: 'clusters' }),
      query: listQuery,
      answer: ({ query: { id } }, response) => {
        response.json({ clusters: clusters.list().filter((one) => id === undefined || one.id === id) });
      },
    }),
    change('confirm', confirmClusterSchema, (by, asked) => clusters.confirm(by, asked)),
    change('split', splitClusterSchema, (by, asked) => clusters.split(by, asked)),
    change('merge', mergeClusterSchema, (by, asked) => clusters.merge(by, asked)),
    change('dismiss', dismissClusterSchema, (by, asked) => clusters.dismiss(by, asked)),
  ];
}

function change<B>(
  name: keyof typeof words,
  body: z.ZodType<B>,
  act: (by: string, asked: B) => Promise<unknown>,
): Route {
  return route<undefined, B>({
    method: 'post',
    path: `/api/clusters/${name}`,
    title: words[name],
    answers: { status: 201 },
    action: 'answer-alerts',
    about: () => ({ kind: 'alert', id: `clusters/${name}` }),
    query: null,
    body,
    answer: async ({ subject, body: asked }, response) => {
      response.status(201).json(await act(subject.id, asked));
    },
  });
}
