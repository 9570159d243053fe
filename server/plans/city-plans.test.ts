// The plans of every city package: they fit the schema, and the linter finds no error in them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { listCities, loadCity } from '../../cities/load.ts';
import { Units } from '../command/responsibilities.ts';
import { planGroundOf } from '../main/plans-of-world.ts';
import { lint } from './lint.ts';
import { planJsonSchema } from './plan-json-schema.ts';
import { readPlans } from './read-plans.ts';

const root = path.join(import.meta.dirname, '../../cities');
const NOW = Date.UTC(2026, 10, 30);

test.each(listCities())('%s', (id) => {
  const city = loadCity(id);
  const ground = planGroundOf(city, new Units(city).all);
  for (const { issued: _issued, ...plan } of readPlans(path.join(root, id, 'plans'))) {
    const errors = lint(plan, ground, NOW).filter(({ severity }) => severity === 'error');
    expect([plan.id, errors]).toEqual([plan.id, []]);
  }
});

test('Guangyuan has plans for floods, forest fires, chemicals and gas; a city may have none', () => {
  const kinds = readPlans(path.join(root, 'guangyuan/plans')).flatMap((plan) => plan.kinds);
  expect(kinds).toEqual(expect.arrayContaining(['flood', 'forest-fire', 'hazmat', 'gas-leak']));
  expect(readPlans(path.join(root, 'testville/plans'))).toEqual([]);
});

test('the schema for editors is that of the contract: node server/plans/write-schema.ts', () => {
  expect(readFileSync(path.join(root, 'plan.schema.json'), 'utf8')).toBe(planJsonSchema());
});
