// The rule of the city on its own layers, and its bounds.
import path from 'node:path';
import { expect, test } from 'vitest';
import { labels } from '../../contracts/column.ts';
import { loadLayers } from '../kit/load-folder.ts';
import { labelAlone, limitsOf } from './export-rules.ts';
import { readRights } from './rights.ts';

const rules = readRights().exports;
const HALF_DAY = { rows: 10, label: 'public', hours: 12, isWholeCity: true } as const;

test('each layer that is said to hold data about people is one, with a column above public', async () => {
  const layers = await loadLayers(path.join(import.meta.dirname, '../../contracts/layers'));
  for (const slug of rules.personal) {
    const columns = Object.values(layers.get(slug)?.columns ?? {});
    expect([slug, columns.some(({ label = 'public' }) => labels.indexOf(label) > 0)]).toEqual([slug, true]);
  }
});

test('alone a file has public columns of people, internal ones of things, and never more than its reader', () => {
  expect(labelAlone(rules, ['emergency-call'], 'sensitive')).toBe('public');
  expect(labelAlone(rules, ['vehicle-position'], 'sensitive')).toBe('internal');
  expect(labelAlone(rules, ['vehicle-position'], 'public')).toBe('public');
  expect(labelAlone(rules, ['vehicle-position', 'incident'], 'internal')).toBe('public');
});

test('people in it, a long range of the whole city, very many rows: each is a reason of its own', () => {
  const limits = (layers: string[], more: object) => limitsOf(rules, layers, { ...HALF_DAY, ...more });
  expect(limits(['vehicle-position'], {})).toEqual([]);
  expect(limits(['vehicle-position'], { label: 'internal' })).toEqual([]);
  expect(limits(['vehicle-position'], { label: 'sensitive' })).toEqual(['personal']);
  expect(limits(['emergency-call'], { label: 'internal' })).toEqual(['personal']);
  expect(limits(['vehicle-position'], { hours: rules.cityHours })).toEqual([]);
  expect(limits(['vehicle-position'], { hours: rules.cityHours + 0.1 })).toEqual(['range']);
  expect(limits(['vehicle-position'], { hours: 700, isWholeCity: false })).toEqual([]);
  expect(limits(['vehicle-position'], { rows: rules.rows + 1, isWholeCity: false })).toEqual(['rows']);
  expect(limits(['vehicle-position'], { rows: null })).toEqual([]);
});
