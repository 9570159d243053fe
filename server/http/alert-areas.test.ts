import type { Response } from 'express';
import { expect, test } from 'vitest';
import { demoSubject } from '../access/allow.ts';
import type { Alerts, Clusters } from '../alerts/port.ts';
import { alertsInAreas, clustersInAreas } from './alert-areas.ts';
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
const ask = (route: Route, body: unknown, query: object = {}): unknown => {
  let told: unknown = null;
  const response = { json: (said: unknown) => (told = said) } as unknown as Response;
  void route.answer({ subject: county, query, body } as unknown as Asked<unknown>, response);
  return told;
};

test('a unit sees, and acts on, the alerts of its own area alone', () => {
  expect(ask(list, null)).toEqual({ alerts: [held[0]] });
  expect(() => ask(act, { ids: [1, 2] })).toThrow(/alert 2/);
  expect(() => ask(trial, {})).toThrow(/request\/forbidden/);
  ask(act, { ids: [1] });
  expect(done).toEqual([{ ids: [1] }]);
});

test('a unit sees, and acts on, the clusters that lie whole in its own area', () => {
  const signal = (region: string) => ({ facts: { region } });
  const own = { id: 'a', region: '990101', count: 1, signals: [signal('990101001')] };
  const over = { id: 'b', region: '990101', count: 2, signals: [signal('990101001'), signal('990102')] };
  const long = { id: 'c', region: '990101', count: 201, signals: [signal('990101001')] };
  const clusters = { list: () => [own, over, long] } as unknown as Pick<Clusters, 'list'>;
  const [all, merge] = clustersInAreas(
    [original('get', '/api/clusters'), original('post', '/api/clusters/merge')],
    clusters,
  ) as [Route, Route];
  done.length = 0;
  expect(ask(all, null)).toEqual({ clusters: [own] });
  expect(ask(all, null, { id: 'b' })).toEqual({ clusters: [] });
  expect(() => ask(merge, { id: 'a', into: 'b' })).toThrow(/cluster b/);
  expect(() => ask(merge, { id: 'c', into: 'a' })).toThrow(/cluster c/);
  expect(done).toEqual([]);
});
