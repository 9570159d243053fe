// /api/feed-settings: what feeds run with, as administrators keep it: addresses, periods, secrets, off and on (docs/access.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import {
  changeFeedSchema,
  changeSecretSchema,
  turnFeedSchema,
  undoSettingSchema,
} from '../../contracts/records/setting.ts';
import type { Action, GlassHand } from '../access/port.ts';
import type { FeedKeeper } from '../settings/port.ts';
import { checked } from './body.ts';
import type { Asked, Route } from './route.ts';
import { route } from './route.ts';

const about = ({ id = '*' }: Readonly<Record<string, string>>) => ({ kind: 'feed', id }) as const;
const changeId = z.coerce.number().int().positive();

export const handOf = ({ request, subject }: Pick<Asked<unknown>, 'request' | 'subject'>): GlassHand => ({
  id: subject.id,
  roles: subject.roles,
  from: request.socket.remoteAddress ?? '',
});

type Keeper = Pick<FeedKeeper, 'list' | 'change' | 'changeSecret' | 'turn' | 'undo'>;

export function feedSettingRoutes(keeper: Keeper): Route[] {
  const common = { method: 'post', about, query: null } as const;
  return [
    route({
      method: 'get',
      path: '/api/feed-settings',
      title: title('数据源设置', 'What feeds run with, without their secrets, and who changed it'),
      action: 'read-feed-settings',
      audit: 'view',
      about,
      query: z.strictObject({}),
      answer: (_asked, response) => {
        response.setHeader('Cache-Control', 'no-store').json(keeper.list());
      },
    }),
    route({
      ...common,
      path: '/api/feed-settings/:id/change',
      title: title('修改数据源设置', 'Another address or period of a feed'),
      action: 'change-feed-settings',
      body: changeFeedSchema,
      answer: async (asked, response) => {
        response.json(await keeper.change(handOf(asked), asked.params['id'] ?? '', asked.body));
      },
    }),
    route({
      ...common,
      path: '/api/feed-settings/:id/turn',
      title: title('启停数据源（管理员）', 'Switches a feed off or on, as duty officers do'),
      answers: { status: 204 },
      action: 'change-feed-settings',
      body: turnFeedSchema,
      answer: async (asked, response) => {
        await keeper.turn(handOf(asked), asked.params['id'] ?? '', asked.body);
        response.status(204).end();
      },
    }),
    route({
      ...common,
      path: '/api/feed-settings/:id/secret',
      title: title('更换或移除数据源密钥', 'Replaces or removes a secret of a feed'),
      action: 'keep-feed-secrets',
      body: changeSecretSchema,
      answer: async (asked, response) => {
        response.json(await keeper.changeSecret(handOf(asked), asked.params['id'] ?? '', asked.body));
      },
    }),
    undoRoute(keeper, 'feed', 'change-feed-settings'),
    undoRoute(keeper, 'secret', 'keep-feed-secrets'),
  ];
}

function undoRoute(keeper: Keeper, kind: 'feed' | 'secret', action: Action): Route {
  const words = {
    feed: title('撤销数据源设置', 'Takes the last change of a setting of a feed back'),
    secret: title('撤销数据源密钥的更换', 'Takes the last change of a secret of a feed back'),
  };
  return route({
    method: 'post',
    path: `/api/feed-settings/${kind === 'feed' ? 'changes' : 'secret-changes'}/:id/undo`,
    title: words[kind],
    action,
    about,
    query: null,
    body: undoSettingSchema,
    answer: async (asked, response) => {
      const id = checked(asked.params['id'], changeId, 'id');
      response.json(await keeper.undo(handOf(asked), id, { kind, reason: asked.body.reason }));
    },
  });
}
