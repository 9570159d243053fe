// /api/alerts: what our rules found and what people did about it. /api/alert-rules: the rules, and trying one on the past.
// docs/alerts.md.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import {
  acknowledgeSchema,
  alertCommentSchema,
  alertStates,
  clearSchema,
  shelveSchema,
  unshelveSchema,
} from '../../contracts/records/alert.ts';
import type { AlertRule, RuleSwitchRequest } from '../../contracts/records/alert-rule.ts';
import { ruleSwitchSchema } from '../../contracts/records/alert-rule.ts';
import type { Alerts } from '../alerts/port.ts';
import { limitRoutes } from './alert-limits.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const words = {
  acknowledge: title('确认告警', 'Acknowledge alerts'),
  shelve: title('搁置告警', 'Shelve an alert'),
  unshelve: title('取消搁置', 'Take an alert off the shelf'),
  comment: title('告警备注', 'Comment on an alert'),
  clear: title('人工结束告警', 'End an alert by hand'),
};

export function alertRoutes(alerts: Alerts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/alerts',
      title: title('告警', 'Alerts: those that stand, or of one state'),
      action: 'read-alerts',
      about: () => ({ kind: 'alert', id: '*' }),
      query: z.strictObject({ state: z.enum(alertStates).optional() }),
      answer: ({ query }, response) => {
        response.json({ alerts: alerts.list(query.state) });
      },
    }),
    route({
      method: 'get',
      path: '/api/alerts/discipline',
      title: title('告警负荷（EEMUA 191）', 'Load of alarms against the bands of EEMUA 191'),
      action: 'read-alerts',
      about: () => ({ kind: 'alert', id: 'discipline' }),
      query: z.strictObject({}),
      answer: (_asked, response) => {
        response.json(alerts.discipline());
      },
    }),
    change('acknowledge', acknowledgeSchema, async (by, asked) => ({
      alerts: await alerts.acknowledge(by, asked),
    })),
    change('shelve', shelveSchema, (by, asked) => alerts.shelve(by, asked)),
    change('unshelve', unshelveSchema, (by, asked) => alerts.unshelve(by, asked)),
    change('comment', alertCommentSchema, (by, asked) => alerts.comment(by, asked)),
    change('clear', clearSchema, (by, asked) => alerts.clear(by, asked)),
    ...ruleRoutes(alerts),
    ...limitRoutes(alerts),
  ];
}

function change<B>(
  name: keyof typeof words,
  body: z.ZodType<B>,
  act: (by: string, asked: B) => Promise<unknown>,
): Route {
  return route<undefined, B>({
    method: 'post',
    path: `/api/alerts/${name}`,
    title: words[name],
    answers: { status: 201 },
    action: 'answer-alerts',
    about: () => ({ kind: 'alert', id: name }),
    query: null,
    body,
    answer: async ({ subject, body: asked }, response) => {
      response.status(201).json(await act(subject.id, asked));
    },
  });
}

const testSchema = z.strictObject({
  rule: z
    .union([z.string().min(1).max(60), z.record(z.string(), z.json())])
    .describe('id of a rule in force, or a rule as in the files'),
  /** Epoch ms. */
  from: z.int().positive(),
  to: z.int().positive(),
});
type TestRequest = z.output<typeof testSchema>;

function ruleRoutes(alerts: Alerts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/alert-rules',
      title: title('告警规则', 'Alert rules in force, and files that do not fit'),
      action: 'read-alerts',
      about: () => ({ kind: 'alert', id: 'rules' }),
      query: z.strictObject({}),
      answer: (_asked, response) => {
        const { revision, rules, problems, switches } = alerts.rules();
        response.json({ revision, rules, problems, switches });
      },
    }),
    route<undefined, RuleSwitchRequest>({
      method: 'post',
      path: '/api/alert-rules/switch',
      title: title('启用或停用告警规则', 'Put an alert rule to work, or out of it'),
      answers: { status: 201 },
      action: 'switch-alert-rules',
      about: () => ({ kind: 'alert', id: 'rules' }),
      query: null,
      body: ruleSwitchSchema,
      answer: async ({ subject, body }, response) => {
        response.status(201).json(await alerts.switchRule(subject.id, body));
      },
    }),
    route<undefined, TestRequest>({
      method: 'post',
      path: '/api/alert-rules/test',
      title: title('用历史试算告警规则', 'Try an alert rule on the past'),
      action: 'read-alerts',
      about: () => ({ kind: 'alert', id: 'rules' }),
      query: null,
      body: testSchema,
      answer: async ({ body: { rule, from, to } }, response) => {
        response.json(await alerts.test({ rule: ruleOf(alerts, rule), from, to }));
      },
    }),
  ];
}

function ruleOf(alerts: Alerts, asked: TestRequest['rule']): AlertRule {
  if (typeof asked !== 'string') return alerts.check(asked);
  const rule = alerts.rules().rules.find(({ id }) => id === asked);
  if (!rule) throw new CodedError('request/not-found', `alert rule ${asked}`);
  return rule;
}
