// GET /api/scenes: what walls may show. GET /api/scenes/stream: the same list again whenever a file changed.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { SceneList } from '../../contracts/records/scene.ts';
import type { Clock } from '../kit/clock.ts';
import type { Scenes } from '../scenes/port.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const MAX_LISTENERS = 500;
/** Proxies close a silent stream. */
const KEEP_ALIVE_MS = 15_000;

const about = () => ({ kind: 'page', id: 'scenes' }) as const;
const eventOf = (list: SceneList): string => `data: ${JSON.stringify(list)}\n\n`;

export function sceneRoutes(scenes: Scenes, clock: Clock): Route[] {
  let listeners = 0;
  return [
    route({
      method: 'get',
      path: '/api/scenes',
      title: title('场景', 'Scenes of the walls'),
      action: 'read-scenes',
      about,
      query: z.strictObject({}),
      answer: (_asked, response) => {
        response.json(scenes.list());
      },
    }),
    route({
      method: 'get',
      path: '/api/scenes/stream',
      title: title('场景变化推送', 'The scenes again whenever one changed'),
      answers: { type: 'text/event-stream' },
      action: 'read-scenes',
      about,
      query: z.strictObject({}),
      answer: ({ request }, response) => {
        if (listeners >= MAX_LISTENERS) throw new CodedError('request/too-many', 'streams');
        listeners += 1;
        response.writeHead(200, {
          'Content-Type': 'text/event-stream',
          'Cache-Control': 'no-store',
          'X-Accel-Buffering': 'no',
        });
        response.write(eventOf(scenes.list()));
        const stopFollowing = scenes.follow((list) => response.write(eventOf(list)));
        const beat = clock.every(KEEP_ALIVE_MS, () => response.write(':\n\n'));
        request.on('close', () => {
          listeners -= 1;
          stopFollowing();
          beat.stop();
        });
      },
    }),
  ];
}
