// GET /api/indicators: what each indicator is computed from and how (口径), planned ones included.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import type { Indicators } from '../indicators/port.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export function indicatorRoutes(indicators: Pick<Indicators, 'facts'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/indicators',
      title: title('指标口径', 'Indicators and how they are computed'),
      action: 'read-indicators',
      about: () => ({ kind: 'world', id: 'indicators' }),
      query: z.strictObject({}),
      answer: (_asked, response) => {
        response.json(indicators.facts);
      },
    }),
  ];
}
