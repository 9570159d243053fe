import { describe, expect, it } from 'vitest';
import { cityReadings, countyReadings } from '../../stores/indicators.ts';
import { indicatorTableIn } from '../../stores/indicators.fixture.ts';
import { rankingOf, type RankingSources } from './ranking.ts';

const table = indicatorTableIn('live', ['aqi'], ['', 'a', 'b', 'c']);
const sources: RankingSources = {
  counties: countyReadings(table, 'aqi'),
  whole: cityReadings(table).get('aqi') ?? null,
  order: ['c', 'b', 'a', 'd'],
  nameOf: (code) => (code === 'a' ? null : `${code}县`),
  rising: false,
  most: 7,
  step: 0.1,
  unit: '',
  locale: 'zh',
};

describe('a ranking of counties', () => {
  it('orders by value, from zero, with the city as a line; a county of no name is none', () => {
    const { rows } = rankingOf(sources);
    const values = rows.map(({ text }) => Number(text));
    expect(rows.map(({ key }) => key).sort()).toEqual(['b', 'c']);
    expect(values).toEqual([...values].sort((x, y) => y - x));
    expect(rows[0]?.share).toBe(1);
    expect(rankingOf({ ...sources, rising: true }).rows.map(({ key }) => key)).toEqual(
      rows.map(({ key }) => key).reverse(),
    );
  });
  it('fills a bar at what is given, or at the largest value where that is more', () => {
    const shareOf = (full: number) => rankingOf({ ...sources, full }).rows[0]?.share;
    const most = Number(rankingOf(sources).rows[0]?.text);
    expect(shareOf(most * 4)).toBeCloseTo(0.25, 2);
    expect(shareOf(most / 2)).toBe(1);
  });
  it('draws the city only where it is a mean of the counties, not their sum', () => {
    const [low = 0, high = 0] = rankingOf({ ...sources, rising: true }).rows.map(({ text }) => Number(text));
    const withCity = (value: number) =>
      rankingOf({ ...sources, whole: sources.whole && { ...sources.whole, value } }).mean;
    expect(withCity((low + high) / 2)).toBeCloseTo((low + high) / 2 / high, 2);
    expect(withCity(low + high)).toBeNull();
  });
  it('puts who has no value last, without a digit', () => {
    const counties = sources.counties.map((reading) =>
      reading.region === 'c' ? { ...reading, value: null } : reading,
    );
    expect(rankingOf({ ...sources, counties }).rows.at(-1)).toMatchObject({ key: 'c', text: null });
  });
});
