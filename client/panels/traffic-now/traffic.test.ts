import { describe, expect, it } from 'vitest';
import { fixture } from './panel.fixture.ts';
import { tpiWord, type TrafficModel } from './traffic.ts';

describe('traffic', () => {
  it.each([
    [0, '畅通'],
    [2, '基本畅通'],
    [4.6, '轻度拥堵'],
    [7.9, '中度拥堵'],
    [8, '严重拥堵'],
    [10, '严重拥堵'],
  ])('an index of %d is %s', (value, word) => expect(tpiWord(value).zh).toBe(word));

  it('counts what is not over', () => {
    const { model } = fixture.props('live') as { model: TrafficModel };
    expect(model).toMatchObject({ closures: '1', accidents: '1', newest: { closure: 'a', accident: 'b' } });
  });
  it('has no word without a value', () => {
    const { model } = fixture.props('off') as { model: TrafficModel };
    expect(model.indexWord).toBeNull();
    expect(model.index.text).toBeNull();
  });
});
