// Every route and every socket event asks before it answers.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import type { Allow } from './port.ts';
import { actions, allow, demoSubject } from './allow.ts';
import { createApp } from '../http/app.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { silentLog, startTrial } from '../main/trial-server.ts';
import type { Trial } from '../main/trial-server.ts';
import { TrialClient } from '../main/trial-client.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function trialWith(rule: Allow): Promise<Trial> {
  const trial = await startTrial({ feeds: [], allow: rule, args: ['--static', '.', '--tiles', '.'] });
  closing.push(() => trial.server.stop());
  return trial;
}

test('no route answers a subject who may do nothing', async () => {
  const asked = new Set<string>();
  const trial = await trialWith((_subject, action) => {
    asked.add(action);
    return false;
  });
  const { routes } = trial.server;
  expect(routes.length).toBeGreaterThan(10);
  for (const { method, path } of routes) {
    const address = path.replaceAll(/\{?\/?\*\w+\}?/g, '/x').replaceAll(/:\w+/g, 'x');
    const answer = await fetch(`${trial.server.url}${address}`, { method: method.toUpperCase() });
    expect([path, answer.status]).toEqual([path, 403]);
    expect(await answer.json()).toMatchObject({ code: 'request/forbidden' });
  }
  // Asked by sockets, and by a route that is open to all before it says more.
  const elsewhere = ['connect', 'subscribe', 'read-health'];
  expect([...asked].sort()).toEqual(actions.filter((action) => !elsewhere.includes(action)).sort());
});

test('no address outside the routes answers anything but not-found', async () => {
  const app = createApp({
    routes: [],
    allow,
    asksStepUp: () => false,
    asksFactor: () => false,
    door: {
      callerOf: () => ({
        subject: demoSubject,
        session: null,
        mustChange: false,
        mustEnrol: false,
        hasFactor: true,
        isFresh: true,
      }),
    },
    audit: null,
    isSecure: false,
    log: silentLog,
    demo: false,
    outsideOrigins: [],
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/anything`);
  expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'request/not-found' }]);
});

test('a socket without the right to connect is told so and closed', async () => {
  const trial = await trialWith((_subject, action) => action !== 'connect');
  const client = new TrialClient({ io, url: trial.server.url, layers: [] });
  closing.push(() => client.close());
  await expect(client.connect()).rejects.toThrow(/may not/);
});

test('a subject without the right to a layer gets no stream of it', async () => {
  const trial = await trialWith(
    (subject, action, object) => action !== 'subscribe' && allow(subject, action, object),
  );
  const client = new TrialClient({ io, url: trial.server.url, layers: [vehiclePosition] });
  closing.push(() => client.close());
  await client.connect();
  const answer = await client.subscribe();
  expect(answer.refused).toMatchObject([{ layer: 'vehicle-position', code: 'request/forbidden' }]);
  trial.clock.advance(3000);
  expect(client.packets).toBe(0);
});

test('a class above the own one is refused', () => {
  const clerk = { ...demoSubject, id: 'clerk', labels: ['public'] } as const;
  expect(allow(clerk, 'subscribe', { kind: 'layer', id: 'x', label: 'sensitive' })).toBe(false);
  expect(allow(clerk, 'subscribe', { kind: 'layer', id: 'x', label: 'public' })).toBe(true);
});
