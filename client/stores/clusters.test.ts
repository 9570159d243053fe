import { afterEach, expect, test, vi } from 'vitest';
import { cluster as layer } from '../../contracts/layers/cluster.ts';
import type { Cluster, ClusterSignal } from '../../contracts/records/cluster.ts';
import { LayerTable } from '../../contracts/table.ts';
import { viewFixture } from '../panels/incident-card/incident.fixture.ts';
import {
  closeCluster,
  clusterRefusal,
  incidentFromCluster,
  judgeCluster,
  listedClusters,
  openCluster,
  openedCluster,
} from './clusters.ts';
import { closeIncident, reporting } from './incidents.ts';
import { select } from './view.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  closeCluster();
  closeIncident();
  select(null);
  reporting.value = null;
});

const facts = { closed: false, hurt: null, region: '', rule: '', synthetic: true };
const signal = (of: string, key: string, more: Partial<ClusterSignal> = {}): ClusterSignal => ({
  ...{
    layer: of,
    key,
    at: 1000,
    title: key,
    position: null,
    severity: null,
    confidence: 1,
    reasons: [],
    facts,
  },
  ...more,
});
const cluster = (signals: readonly ClusterSignal[]): Cluster => ({
  ...{ id: 'c', state: 'proposed', title: '燃气味', severity: null, position: [105.8, 32.4], region: '' },
  ...{ confidence: 0.8, reasons: [], contradictions: [], firstAt: 1, lastAt: 2, by: null, kinds: {} },
  count: signals.length,
  signals,
});

/** The network is not ours. → what was asked */
function answering(answer: (url: string) => [number, unknown]): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    asked.push(`${url} ${typeof init?.body === 'string' ? init.body : ''}`.trim());
    const [status, said] = answer(url);
    const headers = { 'content-type': 'application/json' };
    return Promise.resolve(new Response(JSON.stringify(said), { status, headers }));
  });
  return asked;
}

test('what nobody judged stands first, then the gravest, then the latest', () => {
  const table = new LayerTable(layer);
  const rows = [
    ['old', 'blue', 'proposed', 1000],
    ['sure', 'red', 'confirmed', 9000],
    ['grave', 'orange', 'proposed', 1000],
    ['new', 'blue', 'proposed', 2000],
  ] as const;
  for (const [key, severity, state, lastAt] of rows) {
    const values = { title: key, severity, state, lastAt, firstAt: lastAt, confidencePct: 80, signals: 3 };
    const more = {
      position: null,
      kinds: ['emergency-call 3', 'odd'],
      reasons: [],
      contradictions: [],
      by: null,
    };
    table.put({ key, validAt: lastAt, source: 'x', synthetic: true, values: { ...values, ...more } });
  }
  const found = listedClusters(table);
  expect(found.map(({ id }) => id)).toEqual(['grave', 'new', 'old', 'sure']);
  expect(found[0]).toMatchObject({ level: 'orange', confidencePct: 80, kinds: [['emergency-call', 3]] });
});

test('one is read by its id; the answer to an earlier choice is dropped', async () => {
  const asked = answering((url) => [
    200,
    { clusters: [{ ...cluster([]), id: url.endsWith('=a') ? 'a' : 'b' }] },
  ]);
  await Promise.all([openCluster('a'), openCluster('b')]);
  expect(asked).toEqual(['/api/clusters?id=a', '/api/clusters?id=b']);
  expect(openedCluster.value?.id).toBe('b');
});

test('what was refused is told', async () => {
  answering(() => [403, { message: 'no right' }]);
  await openCluster('a');
  expect(clusterRefusal.value?.detail).toBe('no right');
  expect(await judgeCluster('a', { kind: 'confirm' }, 'x')).toMatchObject({ ok: false });
});

test('a judgement carries its reason and what it is about', async () => {
  const asked = answering(() => [201, cluster([])]);
  await judgeCluster('c', { kind: 'split', signals: [{ layer: 'ticket', key: 't' }] }, '另一处');
  await judgeCluster('c', { kind: 'merge', into: 'd' }, '同一处');
  expect(asked).toEqual([
    '/api/clusters/split {"id":"c","reason":"另一处","signals":[{"layer":"ticket","key":"t"}]}',
    '/api/clusters/merge {"id":"c","reason":"同一处","into":"d"}',
  ]);
});

test('an incident is made of the gravest signal that can be one; the others become its evidence', async () => {
  const asked = answering(() => [201, viewFixture]);
  const signals = [
    signal('ticket', 't'),
    signal('alert', 'a', { severity: 'red' }),
    signal('emergency-call', 'e', { severity: 'orange' }),
  ];
  expect(await incidentFromCluster(cluster(signals), new Set(['ticket', 'emergency-call']))).toBeNull();
  const bodies = asked.map((one) => {
    const [url = '', ...body] = one.split(' ');
    const { layer: of, key } = JSON.parse(body.join(' ')) as { layer: string; key: string };
    return [url, of, key];
  });
  expect(bodies[0]).toEqual(['/api/incidents/from-row', 'emergency-call', 'e']);
  expect(bodies.slice(1).map(([, of, key]) => [of, key])).toEqual([
    ['alert', 'a'],
    ['emergency-call', 'e'],
    ['ticket', 't'],
  ]);
});

test('posts beside an alert do not lead, posts alone do', async () => {
  const asked = answering(() => [201, viewFixture]);
  const posts = [signal('opinion-post', 'p'), signal('opinion-post', 'q')];
  const sources = new Set(['opinion-post', 'ticket']);
  await incidentFromCluster(cluster([...posts, signal('alert', 'a')]), sources);
  expect([asked, reporting.value?.title]).toEqual([[], '燃气味']);
  await incidentFromCluster(cluster(posts), sources);
  expect(asked[0]).toContain('/from-row');
});

test('alerts alone open the form of a new incident with what is known', async () => {
  const asked = answering(() => [500, {}]);
  expect(await incidentFromCluster(cluster([signal('alert', 'a')]), new Set(['ticket']))).toBeNull();
  expect(asked).toEqual([]);
  expect(reporting.value).toMatchObject({
    at: [105.8, 32.4],
    title: '燃气味',
    evidence: [{ layer: 'alert', key: 'a' }],
  });
});
