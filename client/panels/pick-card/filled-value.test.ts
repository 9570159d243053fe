import { describe, expect, it, test } from 'vitest';
import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import { fillable, parseFilled } from './filled-value.ts';

it('offers numbers and lists, never names or places', () =>
  expect(fillable(riverGauge).map(([name]) => name)).toEqual([
    'levelM',
    'flowM3S',
    'trend',
    'warningM',
    'guaranteeM',
  ]));

describe('a typed value', () => {
  const { levelM, trend } = riverGauge.columns;
  test.each([
    ['581.2', 581.2],
    [' ５８１．２ ', 581.2],
    ['−3', -3],
  ])('%s is %d', (typed, value) => expect(parseFilled(levelM, typed)).toEqual({ ok: true, value }));
  test.each([
    ['', /数/],
    ['高', /数/],
    ['9999', /6000/],
  ])('%s is refused with a reason', (typed, why) =>
    expect(parseFilled(levelM, typed)).toMatchObject({ ok: false, why: { zh: expect.stringMatching(why) } }),
  );
  it('of a list is one of the list', () => {
    expect(parseFilled(trend, 'rising')).toEqual({ ok: true, value: 'rising' });
    expect(parseFilled(trend, 'up').ok).toBe(false);
  });
});
