// /api/city-settings: thresholds of indicators, responsibilities, areas; each change with a way back (docs/access.md).
import { z } from 'zod';
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import type { CityAsk, CityChange } from '../../contracts/records/city-setting.ts';
import {
  changeAreaSchema,
  changeCasesSchema,
  changeLimitsSchema,
  tryAreaSchema,
  tryCasesSchema,
  tryLimitsSchema,
} from '../../contracts/records/city-setting.ts';
import type { CityKind } from '../../contracts/records/setting.ts';
import { undoSettingSchema } from '../../contracts/records/setting.ts';
import type { CityKeeper } from '../settings/port.ts';
import { checked } from './body.ts';
import { handOf } from './feed-settings.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const changeId = z.coerce.number().int().positive();
const about = () => ({ kind: 'world', id: 'settings' }) as const;

interface Sort {
  readonly kind: CityKind;
  readonly title: Title;
  readonly ask: z.ZodType<CityAsk>;
  readonly change: z.ZodType<CityChange>;
}

const sorts: readonly Sort[] = [
  {
    kind: 'indicator-limits',
    title: title('指标阈值', 'Thresholds of indicators'),
    ask: tryLimitsSchema,
    change: changeLimitsSchema,
  },
  {
    kind: 'responsibility',
    title: title('事件职责', 'Who handles which kind of incident'),
    ask: tryCasesSchema,
    change: changeCasesSchema,
  },
  {
    kind: 'area',
    title: title('区域与围栏', 'Areas, and those of the city’s own'),
    ask: tryAreaSchema,
    change: changeAreaSchema,
  },
];
/** A polygon of 500 corners. */
const MOST_BYTES = 64 * 1024;

export function citySettingRoutes(keeper: Pick<CityKeeper, 'list' | 'preview' | 'change' | 'undo'>): Route[] {
  return sorts.flatMap((sort) => routesOf(keeper, sort));
}

function routesOf(
  keeper: Pick<CityKeeper, 'list' | 'preview' | 'change' | 'undo'>,
  { kind, title: name, ask, change }: Sort,
): Route[] {
  const path = `/api/city-settings/${kind}`;
  const named = (zh: string, en: string): Title => title(`${name.zh}：${zh}`, `${name.en}: ${en}`);
  const post = { method: 'post', about, query: null } as const;
  return [
    route({
      method: 'get',
      path,
      title: named('现行值与更改', 'what holds, and who changed it'),
      action: 'read-city-settings',
      about,
      query: z.strictObject({}),
      answer: (_asked, response) => {
        response.setHeader('Cache-Control', 'no-store').json(keeper.list(kind));
      },
    }),
    route<undefined, CityAsk>({
      ...post,
      path: `${path}/preview`,
      title: named('更改的影响', 'what a change would do'),
      action: 'read-city-settings',
      audit: 'none',
      body: ask,
      maxBytes: MOST_BYTES,
      answer: ({ body }, response) => {
        response.json(keeper.preview(kind, body));
      },
    }),
    route<undefined, CityChange>({
      ...post,
      path: `${path}/change`,
      title: named('更改', 'a change'),
      action: 'change-city-settings',
      body: change,
      maxBytes: MOST_BYTES,
      answer: async (asked, response) => {
        response.json(await keeper.change(handOf(asked), kind, asked.body));
      },
    }),
    route({
      ...post,
      path: `${path}/changes/:id/undo`,
      title: named('撤销更改', 'takes the last change back'),
      action: 'change-city-settings',
      body: undoSettingSchema,
      answer: async (asked, response) => {
        const id = checked(asked.params['id'], changeId, 'id');
        response.json(await keeper.undo(handOf(asked), id, { kind, reason: asked.body.reason }));
      },
    }),
  ];
}
