import { describe, expect, it } from 'vitest';
import type { OpenWarning } from '../../stores/warnings.ts';
import type { Past } from '../../stores/past.ts';
import { axisOf, type AxisSources } from './axis.ts';
import { showing, usualRange, zoomed } from './range.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** 18:20 in China. */
const NOW = Date.UTC(2026, 6, 15, 10, 20);
const [FROM, TO] = usualRange(NOW);
const sent = (key: string, hoursAgo: number, level: OpenWarning['level']): OpenWarning => ({
  key,
  bulletin: key,
  keys: [],
  source: 'warning',
  headline: key,
  event: key,
  level,
  regions: [],
  areas: [],
  sentAt: NOW - hoursAgo * HOUR_MS,
  expiresAt: null,
  synthetic: true,
});
const axis = (more: Partial<AxisSources> = {}) =>
  axisOf({
    ...{ from: FROM, to: TO, now: NOW, cursor: null, loop: null, timeZone: 'Asia/Shanghai', widthEm: 60 },
    ...{ warnings: [], marks: [], past: null },
    ...more,
  });

describe('the time axis', () => {
  it('has ticks at round hours of the city, but none under the word of NOW or over an end', () => {
    const { now, ticks } = axis();
    expect(now).toBeCloseTo(12 / 18);
    expect(ticks.map(({ text }) => text)).toEqual(['09:00', '12:00', '15:00', '21:00']);
    const later = axis({ from: FROM + 900_000, to: TO + 900_000, now: NOW - 900_000 });
    expect(later.ticks.some(({ text }) => text === '18:00')).toBe(false);
  });
  it('keeps its words apart where it is short, and thins them', () => {
    const wide = (widthEm: number): string[] => axis({ widthEm }).ticks.map(({ text }) => text);
    expect(wide(22)).toEqual(['12:00']);
    expect(axis({ widthEm: 22, now: NOW - 3 * HOUR_MS }).ticks.map(({ text }) => text)).toEqual([
      '12:00',
      '18:00',
    ]);
    expect(wide(4)).toEqual([]);
  });
  it('has rounder times the closer it is looked at, and says a day at midnight', () => {
    const near = axis({ from: NOW - 5 * MINUTE_MS, to: NOW - MINUTE_MS });
    expect(near.ticks.map(({ text }) => text)).toEqual(['18:16', '18:17', '18:18']);
    const far = axis({ from: NOW - 72 * HOUR_MS, to: NOW });
    expect(far.ticks.map(({ text }) => text)).toContain('07-14');
  });
  it('marks what was sent in its time, with a level; what history knows counts before', () => {
    const warnings = [sent('a', 6, 'red'), sent('b', 30, 'blue'), sent('c', 1, null)];
    expect(axis({ warnings }).marks).toMatchObject([{ key: 'a', level: 'red' }]);
    expect(axis({ warnings }).marks[0]?.share).toBeCloseTo(6 / 18);
    const known = { at: NOW - 3 * HOUR_MS, layer: 'warning', key: 'a', level: 'red', text: 'a' } as const;
    expect(axis({ warnings, marks: [known] }).marks.map(({ share }) => share)).toEqual([0.5]);
  });
  it('lets the worst of a crowd stand for the others, so that marks can be read', () => {
    const crowd = [
      sent('a', 6, 'blue'),
      sent('b', 6.1, 'orange'),
      sent('c', 6.2, 'orange'),
      sent('d', 2, 'blue'),
    ];
    expect(axis({ warnings: crowd }).marks).toMatchObject([
      { key: 'b', level: 'orange', others: 2 },
      { key: 'd', others: 0 },
    ]);
    const ticks = [0, 1].map((key) => ({
      at: NOW - 3 * HOUR_MS + key,
      layer: 'x',
      key: `${key}`,
      level: null,
      text: '',
    }));
    expect(axis({ warnings: [sent('a', 3, 'red')], marks: ticks }).marks.map(({ others }) => others)).toEqual(
      [0, 0, 0],
    );
  });
  it('shows how much happened, and no line where nothing is kept or nobody looked', () => {
    const past: Past = {
      ...{ kept: [NOW - 9 * HOUR_MS, NOW], from: FROM, binMs: HOUR_MS },
      ...{ density: [0, 0, 0, 4, 16], gaps: [[NOW - 6 * HOUR_MS, NOW - 5 * HOUR_MS]] },
    } as const;
    const { bars, gaps } = axis({ past });
    expect(bars.map(({ share, height }) => [Math.round(share * 18), height])).toEqual([
      [3, 0.5],
      [4, 1],
    ]);
    expect(gaps.map(({ from, to }) => [from * 18, to * 18].map(Math.round))).toEqual([
      [0, 3],
      [6, 7],
    ]);
    expect(axis({ past: { ...past, kept: null, density: [], gaps: [] } }).gaps[0]?.to).toBeCloseTo(12 / 18);
  });
});

describe('the range of the axis', () => {
  it('keeps the moment under the pointer where it is, from minutes to days', () => {
    const [from, to] = zoomed([FROM, TO], { share: 0.25, factor: 0.5 }, NOW);
    expect(from + 0.25 * (to - from)).toBeCloseTo(FROM + 0.25 * (TO - FROM));
    let near = usualRange(NOW);
    for (let turn = 0; turn < 60; turn += 1) near = zoomed(near, { share: 0.5, factor: 0.5 }, NOW);
    expect(near[1] - near[0]).toBe(2 * MINUTE_MS);
    let far = usualRange(NOW);
    for (let turn = 0; turn < 60; turn += 1) far = zoomed(far, { share: 0.5, factor: 2 }, NOW);
    expect(far[1] - far[0]).toBe(8 * 24 * HOUR_MS);
    expect(far[1]).toBeLessThanOrEqual(NOW + 6 * HOUR_MS);
  });
  it('follows a cursor that leaves the picture, and rests while it is in it', () => {
    const range = usualRange(NOW);
    expect(showing(range, NOW - HOUR_MS)).toBe(range);
    const [from, to] = showing(range, NOW - 30 * HOUR_MS);
    expect([from < NOW - 30 * HOUR_MS, to > NOW - 30 * HOUR_MS, to - from]).toEqual([true, true, TO - FROM]);
  });
});
