// GET /api/openapi.json: the whole interface as OpenAPI 3.1, for programs that write clients.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import type { Title } from '../../contracts/column.ts';
import { apiDocument } from './api-document.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export interface OpenApiParts {
  readonly city: { readonly title: Title };
  readonly build: string;
  /** All of them, this one included. */
  readonly routes: () => readonly Route[];
}

export function openApiRoutes({ city, build, routes }: OpenApiParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/openapi.json',
      title: title('接口说明', 'This interface as OpenAPI 3.1'),
      action: 'read-page',
      about: () => ({ kind: 'page', id: 'openapi' }),
      query: z.strictObject({}),
      answer: (_asked, response) => {
        const facts = { title: `${city.title.zh} ${city.title.en}`, build, server: '/' };
        response.json(apiDocument(routes(), { ...facts, version: '3.1.0' }));
      },
    }),
  ];
}
