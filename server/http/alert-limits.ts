// /api/alert-rules/limits: limits of alert rules over what the files say, each change with a way back (docs/alerts.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import type { RuleLimitRequest } from '../../contracts/records/alert-rule.ts';
import { ruleLimitSchema, undoLimitSchema } from '../../contracts/records/alert-rule.ts';
import type { Alerts } from '../alerts/port.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const about = () => ({ kind: 'alert', id: 'rules' }) as const;

export function limitRoutes(alerts: Pick<Alerts, 'rules' | 'changeLimit' | 'undoLimit'>): Route[] {
  const common = { method: 'post', action: 'change-alert-limits', about, query: null } as const;
  return [
    route({
      method: 'get',
      path: '/api/alert-rules/limits',
      title: title(
        '告警阈值',
        'Limits of alert rules, as they hold and as the files say, and who changed them',
      ),
      action: 'read-alerts',
      about,
      query: z.strictObject({}),
      answer: (_asked, response) => {
        const { limited, limits } = alerts.rules();
        response.json({ parts: limited, changes: limits });
      },
    }),
    route<undefined, RuleLimitRequest>({
      ...common,
      path: '/api/alert-rules/limits',
      title: title('修改告警阈值', 'Another limit of an alert rule'),
      answers: { status: 201 },
      body: ruleLimitSchema,
      answer: async ({ subject, body, tell }, response) => {
        const changed = await alerts.changeLimit(subject.id, body);
        tell(
          `${body.rule} ${JSON.stringify(changed.before)} → ${JSON.stringify(changed.limit)}: ${body.reason}`,
        );
        response.status(201).json(changed);
      },
    }),
    route({
      ...common,
      path: '/api/alert-rules/limits/undo',
      title: title('撤销告警阈值的修改', 'Takes the last change of a limit back'),
      answers: { status: 201 },
      body: undoLimitSchema,
      answer: async ({ subject, body, tell }, response) => {
        const changed = await alerts.undoLimit(subject.id, body.id, body.reason);
        tell(`undo of ${body.id}: ${changed.rule}: ${body.reason}`);
        response.status(201).json(changed);
      },
    }),
  ];
}
