// How two versions differ, by clause.
import { expect, test } from 'vitest';
import { differenceOf } from './difference.ts';
import { planWith, stepWith } from './plan.test-kit.ts';

const brief = (changes: ReturnType<typeof differenceOf>): unknown =>
  changes.map(({ kind, part, id, clause, fields }) => [kind, part, id, clause, fields]);

test('the same says nothing', () => {
  expect(differenceOf(planWith(), planWith())).toEqual([]);
});

test('a step that says something else is told field by field, with its clause', () => {
  const after = stepWith('move', { withinMin: 90, places: ['shelter-1', 'hospital-1'] });
  expect(brief(differenceOf(planWith(), after))).toEqual([
    [
      'changed',
      'steps',
      'move',
      '5.1',
      [
        { field: 'withinMin', before: '60', after: '90' },
        { field: 'places', before: 'shelter-1', after: 'shelter-1, hospital-1' },
      ],
    ],
  ]);
});

test('what came and what went is told with its clause, and the other way round is the other way', () => {
  const after = planWith(({ steps, clauses, levels }) => ({
    steps: steps.filter(({ id }) => id !== 'close'),
    clauses: [...clauses, { no: '8.1', title: { zh: '终止', en: 'End' }, text: { zh: '终止', en: 'End' } }],
    levels: { IV: levels.IV },
  }));
  const parts = (changes: ReturnType<typeof differenceOf>): string[] =>
    changes.map(({ kind, part, id, clause }) => `${kind} ${part} ${id} ${clause}`);
  expect(parts(differenceOf(planWith(), after))).toEqual([
    'added clauses 8.1 8.1',
    'removed levels III 5.2',
    'removed steps close 5.2',
  ]);
  expect(parts(differenceOf(after, planWith())).sort()).toEqual([
    'added levels III 5.2',
    'added steps close 5.2',
    'removed clauses 8.1 8.1',
  ]);
});

test('general facts, the command and numbers are parts of their own', () => {
  const after = planWith(({ command, contacts }) => ({
    owner: 'city',
    command: { ...command, deputies: [] },
    contacts: contacts.map((one) => ({ ...one, phone: '110' })),
  }));
  expect(differenceOf(planWith(), after).map(({ part, fields }) => [part, fields.length])).toEqual([
    ['general', 1],
    ['command', 5],
    ['contacts', 1],
    ['contacts', 1],
  ]);
});
