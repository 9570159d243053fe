// Two who write at once, and the fields of the editor.
import { expect, test } from 'vitest';
import { fieldsOf, inputOf, itemsOf, parts, withInput, withItem, withNew } from './fields.ts';
import { mergePlans } from './merge.ts';
import { plan } from './plan.fixture.ts';

const stepOf = (of: typeof plan, at: number) => of.steps[at] as (typeof plan.steps)[number];
const withMinutes = (of: typeof plan, at: number, withinMin: number): typeof plan => ({
  ...of,
  steps: of.steps.map((step, index) => (index === at ? { ...step, withinMin } : step)),
});

test('what only one of two changed is taken from each, also what came and went', () => {
  const mine = withMinutes(plan, 0, 10);
  const theirs = { ...withMinutes(plan, 1, 20), owner: 'city', contacts: [] };
  const { plan: merged, both } = mergePlans(plan, mine, theirs);
  expect([stepOf(merged, 0).withinMin, stepOf(merged, 1).withinMin]).toEqual([10, 20]);
  expect([merged.owner, merged.contacts, both]).toEqual(['city', [], []]);
});

test('what both changed stays as it is here, and is named', () => {
  const { plan: merged, both } = mergePlans(plan, withMinutes(plan, 0, 10), withMinutes(plan, 0, 20));
  expect([stepOf(merged, 0).withinMin, both]).toEqual([10, ['steps look']]);
});

test.each(parts)('every field of %s stands in its input, and is written back as it was', (part) => {
  for (const { key, value } of itemsOf(plan, part)) {
    let same = value;
    for (const field of fieldsOf[part]) same = withInput(same, field, inputOf(same, field));
    expect(same).toEqual(value);
    expect(withItem(plan, part, { key, value: same })).toEqual(plan);
  }
});

test('an item is added and taken away again; nothing is null', () => {
  for (const part of parts) {
    const grown = withNew(plan, part);
    if (!grown) throw new Error(part);
    expect(itemsOf(grown.plan, part)).toHaveLength(itemsOf(plan, part).length + 1);
    expect(withItem(grown.plan, part, { key: grown.key, value: null })).toEqual(plan);
  }
  const [within] = fieldsOf.steps.filter(({ kind }) => kind === 'number');
  if (!within) throw new Error('no number');
  expect(withInput(stepOf(plan, 0), within, '')).toMatchObject({ withinMin: null });
});
