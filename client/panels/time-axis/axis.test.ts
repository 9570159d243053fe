import { describe, expect, it } from 'vitest';
import type { OpenWarning } from '../../stores/warnings.ts';
import { axisOf } from './axis.ts';

/** 18:20 in China. */
const NOW = Date.UTC(2026, 6, 15, 10, 20);
const sent = (key: string, hoursAgo: number, level: OpenWarning['level']): OpenWarning => ({
  key,
  bulletin: key,
  source: 'warning',
  headline: key,
  event: key,
  level,
  regions: [],
  areas: [],
  sentAt: NOW - hoursAgo * 3_600_000,
  expiresAt: null,
  synthetic: true,
});

describe('the axis of the wall', () => {
  it('has ticks at every third hour of the city, but none under the word of NOW or over an end', () => {
    const { now, ticks } = axisOf(NOW, 'Asia/Shanghai', []);
    expect(now).toBeCloseTo(12 / 18);
    expect(ticks.map(({ text }) => text)).toEqual(['09:00', '12:00', '15:00', '21:00']);
    expect(axisOf(NOW + 900_000, 'Asia/Shanghai', []).ticks.some(({ text }) => text === '18:00')).toBe(false);
  });
  it('marks what was sent in its time, with a level', () => {
    const { marks } = axisOf(NOW, 'Asia/Shanghai', [
      sent('a', 6, 'red'),
      sent('b', 30, 'blue'),
      sent('c', 1, null),
    ]);
    expect(marks).toMatchObject([{ key: 'a', level: 'red' }]);
    expect(marks[0]?.share).toBeCloseTo(6 / 18);
  });
});
