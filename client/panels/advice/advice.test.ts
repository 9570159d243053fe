// An advice as a table and charts: order of facts, values as people read them, and courses told apart.
import { describe, expect, it } from 'vitest';
import type { OptionFact } from '../../../contracts/records/advice.ts';
import { chartOf, factRows, factValue, placesOf, shortName } from './advice.ts';
import { fixture } from './panel.fixture.ts';
import type { DecisionRun } from '../../../contracts/records/advice.ts';

const { run } = fixture.props('live') as { readonly run: DecisionRun };
const advice = run.advice as NonNullable<DecisionRun['advice']>;
const fact = (more: Partial<OptionFact>): OptionFact => ({
  ...{ kind: 'place', of: null, text: { zh: '洪峰', en: 'crest' }, value: 463.2, unit: 'm', violates: null },
  ...more,
});

describe('facts', () => {
  it('stand in the order people, places, structures, cost, authority, whatever the model said first', () => {
    const turned = {
      ...advice,
      options: advice.options.map((one) => ({ ...one, facts: [...one.facts].reverse() })),
    };
    expect(factRows(turned).map(({ kind }) => kind)).toEqual([
      'people',
      'place',
      'structure',
      'cost',
      'authority',
    ]);
    expect(factRows(turned)[0]).toMatchObject({
      of: { zh: '古城进水' },
      cells: [{ value: 0 }, { value: 1150 }],
    });
  });

  it('of one subject share a row, where one option says nothing of it too', () => {
    const [a, b] = advice.options as [(typeof advice.options)[0], (typeof advice.options)[0]];
    const less = { ...b, facts: b.facts.filter(({ kind }) => kind !== 'place') };
    const [, place] = factRows({ ...advice, options: [a, less] });
    expect(place).toMatchObject({ kind: 'place', of: { zh: '甲站洪峰' }, cells: [{ value: 463.23 }, null] });
  });

  it('rows that no option says anything of are left out', () => {
    const options = advice.options.map((one) => ({
      ...one,
      facts: one.facts.filter(({ kind }) => kind !== 'cost'),
    }));
    expect(factRows({ ...advice, options }).map(({ kind }) => kind)).not.toContain('cost');
  });

  it.each([
    [fact({}), '463.20 m'],
    [fact({ value: 1150, unit: 'person' }), '1,150 人'],
    [fact({ value: null }), ''],
    [fact({ kind: 'authority', value: 1, unit: 'count' }), ''],
  ])('%j is read as %s', (one, text) => expect(factValue(one, 'zh')).toBe(text));
});

describe('the chart of a place', () => {
  const say = ({ zh }: { zh: string }): string => zh;
  const nameOf = (id: string): string =>
    shortName(advice.options.find((one) => one.id === id) as (typeof advice.options)[number], 'zh');

  it('has a line for each option with its own dash, its interval, its crest and the limits', () => {
    expect(placesOf(advice)).toEqual([{ of: 'jia', title: { zh: '甲站', en: 'Gauge Jia' } }]);
    const chart = chartOf(advice, 'jia', { say, nameOf });
    expect(chart?.lines.map(({ name, kind, dash, peak }) => [name, kind, dash, peak?.value])).toEqual([
      ['甲', 'forecast', 'dash', 463.23],
      ['乙', 'forecast', 'dot', 465.73],
    ]);
    expect(chart?.lines[0]?.band?.at(-1)?.slice(1)).toEqual([
      expect.closeTo(462.23 - 0.6),
      expect.closeTo(462.23 + 0.6),
    ]);
    expect(chart?.limits.map(({ word, value }) => [word, value])).toEqual([
      ['警戒 463', 463],
      ['保证 465.5', 465.5],
    ]);
  });

  it('is none for a place without a course', () => expect(chartOf(advice, 'yi', { say, nameOf })).toBeNull());
});
