// GET /api/scenarios, /api/scenarios/:slug: what can be played, and the story of one for the screen that tells it.
import { z } from 'zod';
import type { ScenarioStory, ScenarioSummary } from '../../contracts/records/scenario.ts';
import { CodedError } from '../../contracts/errors.ts';
import { didYouMean } from './layers.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export interface ScenarioSources {
  readonly list: () => readonly ScenarioSummary[];
  /** null: there is none of that slug. @throws CodedError request/invalid where its file does not fit */
  readonly story: (slug: string) => ScenarioStory | null;
}

export function scenarioRoutes({ list, story }: ScenarioSources): Route[] {
  const about = ({ slug = '*' }: Readonly<Record<string, string>>) =>
    ({ kind: 'scenario', id: slug }) as const;
  return [
    route({
      method: 'get',
      path: '/api/scenarios',
      action: 'read-scenarios',
      about,
      query: z.strictObject({}),
      answer: (_asked, response) => {
        response.setHeader('Cache-Control', 'no-store').json(list());
      },
    }),
    route({
      method: 'get',
      path: '/api/scenarios/:slug',
      action: 'read-scenarios',
      about,
      query: z.strictObject({}),
      answer: ({ params: { slug = '' } }, response) => {
        const found = story(slug);
        if (!found) {
          const known = list().map((one) => one.slug);
          throw new CodedError('request/not-found', `scenario ${slug}${didYouMean(slug, known)}`);
        }
        response.setHeader('Cache-Control', 'no-store').json(found);
      },
    }),
  ];
}
