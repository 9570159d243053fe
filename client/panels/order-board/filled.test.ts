// What a usual order fills in, and what it leaves as somebody filled it in.
import { expect, test } from 'vitest';
import type { OrderTemplate } from '../../stores/order-templates.ts';
import { clauseOf, unitsTo, withTemplate, type Filled } from './filled.ts';

const template: OrderTemplate = {
  ...{ id: 'close', title: { zh: '封闭', en: 'Close' }, kinds: ['flood'], to: ['county', 'dept:police'] },
  ...{ text: { zh: '封闭{place}', en: 'Close {place}' }, dueMin: 30, ackMin: 5, urgent: true, work: true },
};
const empty: Filled = {
  ...{ text: '', place: '', minutes: 60, ackMin: 10, urgent: false, incident: null, clause: '', work: false },
  to: [],
};
const units = new Set(['dept:police', 'dept:water', 'county:510802']);
const incident = { id: 3, name: '江水漫堤', kind: 'flood', region: '510802001', owner: '' } as const;

test('it fills in whom, what, where and until when; who was chosen by hand stays, once', () => {
  const filled = { ...empty, place: '下河堤', to: unitsTo(['dept:police', 'dept:water']) };
  expect(withTemplate(filled, template, { incident, site: '现场', words: '封闭{place}', units })).toEqual({
    ...{ text: '封闭下河堤', minutes: 30, ackMin: 5, urgent: true, work: true },
    to: [...unitsTo(['dept:police', 'dept:water']), { unit: 'county:510802', post: '' }],
  });
});

test('without an incident it gives no task, and names no unit but its own', () => {
  const said = withTemplate(
    empty,
    { ...template, dueMin: null },
    { ...{ incident: null, site: '现场', words: '去{place}' }, units },
  );
  expect(said).toMatchObject({ work: false, minutes: '', text: '去现场', to: [{ unit: 'dept:police' }] });
});

test('an incident that lies in no county is for none: the code of the city is no unit', () => {
  const ground = { incident: { ...incident, region: '510800' }, site: '现场', words: '', units };
  expect(withTemplate(empty, template, ground).to).toEqual(unitsTo(['dept:police']));
});

test.each([
  ['', null],
  ['flood-city 5.2', { plan: 'flood-city', clause: '5.2' }],
])('clause %s is %j', (clause, said) => expect(clauseOf({ clause })).toEqual(said));
