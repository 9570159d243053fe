import { describe, expect, it } from 'vitest';
import { policeFigures } from '../../../contracts/layers/police-figures.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parsePoliceFigures } from './parse.ts';

const county = {
  regionCode: '510802',
  name: '利州区',
  time: '2026-07-16T14:30:00+08:00',
  calls110: 14,
  calls110Usual: 12.5,
  patrolGrids: 60,
  patrolGridsCovered: 55,
  fatalAccidents30d: 1,
};

function read(...items: unknown[]) {
  const sink = createCollectingSink();
  parsePoliceFigures(new TextEncoder().encode(JSON.stringify({ items, synthetic: true })), sink);
  return sink;
}

describe('parsePoliceFigures', () => {
  it('maps a county', () => {
    const { regionCode, name, time: _, ...figures } = county;
    expect(read(county).rowsOf(policeFigures)).toEqual([
      {
        id: regionCode,
        validAt: Date.UTC(2026, 6, 16, 6, 30),
        regionCode,
        synthetic: true,
        values: { name, ...figures },
      },
    ]);
  });

  it('keeps what a county does not tell as unknown, never as zero', () => {
    const { regionCode, time } = county;
    expect(read({ regionCode, time }).rowsOf(policeFigures)[0]?.values).toEqual({
      name: null,
      calls110: null,
      calls110Usual: null,
      patrolGrids: null,
      patrolGridsCovered: null,
      fatalAccidents30d: null,
    });
  });

  it.each([
    ['a negative number', { ...county, calls110: -1 }, 'record/range'],
    ['a number in words', { ...county, calls110: '14' }, 'record/shape'],
    ['no county', { ...county, regionCode: undefined }, 'record/shape'],
    ['a bad time', { ...county, time: 'now' }, 'record/time'],
  ])('%s is rejected alone', (_, bad, code) => {
    const sink = read(bad, county);
    expect(sink.rejects.map((reject) => reject.code)).toEqual([code]);
    expect(sink.rows).toHaveLength(1);
  });
});
