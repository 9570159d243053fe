import path from 'node:path';
import { expect, test } from 'vitest';
import { loadCity } from '../../cities/load.ts';
import { loadFeeds, loadLayers } from '../kit/load-folder.ts';
import { ownLayersOf } from './own-layers.ts';

const root = path.join(import.meta.dirname, '../..');
const layers = await loadLayers(path.join(root, 'contracts/layers'));
const feeds = await loadFeeds(path.join(root, 'server/feeds'), layers);
const own = ownLayersOf(loadCity('guangyuan'), feeds);

test('a layer is a department’s own where its systems alone write it', () => {
  expect([...own(['dept:transport'])]).toContain('roadside-point');
  expect([...own(['dept:gov-office'])]).toContain('ticket');
  expect([...own(['dept:transport'])]).not.toContain('ticket');
});

test('what several departments write is nobody’s alone, and what we compute neither', () => {
  // 110, 119 and 120 are three departments; terminals are those of buses and of refuse lorries.
  for (const department of [
    'dept:police',
    'dept:fire',
    'dept:health',
    'dept:transport',
    'dept:urban-management',
  ])
    for (const shared of ['emergency-call', 'vehicle-position', 'incident', 'task', 'alert', 'cluster'])
      expect([department, own([department]).has(shared)]).toEqual([department, false]);
});

test('a county and the city own none: what they read goes by their class', () => {
  expect([own(['510802']).size, own(['*']).size]).toEqual([0, 0]);
});
