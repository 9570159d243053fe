// Alerts among the moments to jump to: of one's own area alone, and without titles for who may not read them.
import type { Response } from 'express';
import { expect, test } from 'vitest';
import { title } from '../../contracts/declare.ts';
import { demoSubject } from '../access/allow.ts';
import type { Action, Subject } from '../access/port.ts';
import type { ReplayParts } from './replay.ts';
import { replayRoutes } from './replay.ts';
import type { Asked } from './route.ts';

const NOW = 1_000_000;
const raised = [
  { at: 300, id: 'own', title: title('甲', 'A'), severity: 'red', region: '990101001' },
  { at: 200, id: 'other', title: title('乙', 'B'), severity: 'orange', region: '990102' },
] as const;
const warned = { at: 250, layer: 'warning', key: 'w', severity: 'blue', title: '雷电' };

async function marksFor(subject: Subject, refused: readonly Action[] = []): Promise<readonly string[]> {
  const parts = {
    world: { layers: new Map([['alert', {}]]) },
    clock: { now: () => NOW },
    allow: (_subject: Subject, action: Action) => !refused.includes(action),
    history: { ask: () => Promise.resolve([warned]) },
    alerts: { marks: () => raised },
  } as unknown as ReplayParts;
  const found = replayRoutes(parts).find(({ path }) => path === '/api/history/marks');
  let told: unknown;
  const response = { json: (said: unknown) => (told = said) } as unknown as Response;
  await found?.answer({ subject, query: { from: 1 } } as unknown as Asked<unknown>, response);
  const { marks } = told as { marks: readonly { key: string; title: string }[] };
  return marks.map(({ key, title: said }) => `${key} ${said}`);
}

const all: Subject = { ...demoSubject, areas: ['*'] };

test('alerts and warnings stand in the order in which they became known', async () => {
  expect(await marksFor(all)).toEqual(['other 乙', 'w 雷电', 'own 甲']);
});

test('a unit is told of its own area alone', async () => {
  expect(await marksFor({ ...all, areas: ['990101'] })).toEqual(['w 雷电', 'own 甲']);
});

test('who may read public words alone is told when and how grave', async () => {
  expect(await marksFor({ ...all, labels: ['public'] })).toEqual(['other ', 'w 雷电', 'own ']);
});

test.each<Action>(['read-alerts', 'read-layer'])('without the right %s there are none', async (action) => {
  expect(await marksFor(all, [action])).toEqual(['w 雷电']);
});
