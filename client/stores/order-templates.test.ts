// Templates of orders: which are offered for a kind of incident, and whom they are for.
import { expect, test } from 'vitest';
import { loadCity } from '../../cities/load.ts';
import { incidentKinds } from '../../contracts/records/incident.ts';
import { templatesFor, unitsOfTemplate, type OrderTemplate } from './order-templates.ts';

const one = (id: string, kinds: readonly string[] = []): OrderTemplate => ({
  ...{ id, kinds, to: [], dueMin: 30, ackMin: 10, urgent: false, work: false },
  ...{ title: { zh: id, en: id }, text: { zh: id, en: id } },
});

test('those of the kind come first, those of another kind not at all', () => {
  const all = [one('any'), one('fire', ['fire']), one('flood', ['flood'])];
  expect(templatesFor(all, 'flood').map(({ id }) => id)).toEqual(['flood', 'any']);
  expect(templatesFor(all, null).map(({ id }) => id)).toEqual(['any']);
});

test.each([
  [['owner', 'county', 'town'], 'dept:water', '510802001', ['dept:water', 'county:510802', 'town:510802001']],
  [['county', 'town', 'dept:fire'], '', '510802', ['county:510802', 'dept:fire']],
  [['owner', 'county'], '', '', []],
] as const)('%j of an incident of %s in %s is %j', (to, owner, region, ids) =>
  expect(unitsOfTemplate({ to }, { owner, region })).toEqual(ids),
);

test('those of the city name kinds of incidents that there are, and hold the place', () => {
  const { orderTemplates } = loadCity('guangyuan');
  expect(orderTemplates.length).toBeGreaterThan(5);
  const kinds = orderTemplates.flatMap((template) => template.kinds);
  expect(kinds.filter((kind) => !(incidentKinds as readonly string[]).includes(kind))).toEqual([]);
  for (const { text } of orderTemplates.filter(({ to }) => !(to.length === 1 && to[0] === 'county')))
    expect([text.zh, text.en].every((words) => words.includes('{place}'))).toBe(true);
});
