import type { Response } from 'express';
import { expect, test } from 'vitest';
import { demoSubject } from '../access/allow.ts';
import type { Alerts } from '../alerts/port.ts';
import { alertsInAreas } from './alert-areas.ts';
import type { Asked, Route } from './route.ts';

const held = [
  { id: 1, region: '990101001', state: 'active' },
  { id: 2, region: '990102', state: 'active' },
];
const alerts = { list: () => held } as unknown as Pick<Alerts, 'list'>;
const done: unknown[] = [];
const original = (method: 'get' | 'post', path: string): Route => ({
  ...{ method, path, action: 'read-alerts', query: null },
  about: () => ({ kind: 'layer', id: '*' }),
  answer: ({ body }) => void done.push(body),
});
const [list, act, trial] = alertsInAreas(
  [
    original('get', '/api/alerts'),
    original('post', '/api/alerts/acknowledge'),
    original('post', '/api/alert-rules/test'),
  ],
  alerts,
) as [Route, Route, Route];

const county = { ...demoSubject, areas: ['990101'] };
const ask = (route: Route, body: unknown): unknown => {
  let told: unknown = null;
  const response = { json: (said: unknown) => (told = said) } as unknown as Response;
  void route.answer({ subject: county, query: {}, body } as unknown as Asked<unknown>, response);
  return told;
};

test('a unit sees, and acts on, the alerts of its own area alone', () => {
  expect(ask(list, null)).toEqual({ alerts: [held[0]] });
  expect(() => ask(act, { ids: [1, 2] })).toThrow(/alert 2/);
  expect(() => ask(trial, {})).toThrow(/request\/forbidden/);
  ask(act, { ids: [1] });
  expect(done).toEqual([{ ids: [1] }]);
});
