import { describe, expect, it } from 'vitest';
import {
  decimalsOf,
  formatAge,
  formatDuration,
  formatMoment,
  formatNumber,
  formatTime,
  showValue,
} from './numbers.ts';

describe('numbers', () => {
  it.each([
    [1, 0],
    [10, 0],
    [0.1, 1],
    [0.05, 2],
    [0.01, 2],
    [0.000_001, 6],
  ])('a step of %d carries %d decimals', (step, digits) => expect(decimalsOf(step)).toBe(digits));

  it.each([
    [1234.5, 0.1, '1,234.5'],
    [-3, 0.01, '−3.00'],
    [622_000, 1, '62.2\u2009万'],
    [100_800_000_000, 1, '1,008\u2009亿'],
    [99_999, 1, '99,999'],
  ])('%d reads %s', (value, step, text) => expect(formatNumber(value, step, 'zh')).toBe(text));

  it('keeps English free of 万', () => expect(formatNumber(622_000, 1, 'en')).toBe('622,000'));
});

describe('times', () => {
  const noon = Date.UTC(2026, 6, 15, 4, 0, 5);
  it('shows the city clock, with the date on another day', () => {
    expect(formatTime(noon, noon + 1000, 'Asia/Shanghai')).toBe('12:00:05');
    expect(formatTime(noon, noon + 86_400_000, 'Asia/Shanghai')).toBe('07-15 12:00:05');
  });
  it('shows a moment without seconds', () => {
    expect(formatMoment(noon, noon, 'Asia/Shanghai')).toBe('12:00');
    expect(formatMoment(noon, noon + 86_400_000, 'Asia/Shanghai')).toBe('07-15 12:00');
  });
  it('never shows a negative age', () => {
    expect(formatAge(-4, 'zh')).toBe('0 秒前');
    expect(formatDuration(7300, 'en')).toBe('2 h');
  });
});

it('says a value with its unit, and nothing for null', () => {
  const column = {
    type: 'number',
    title: { zh: '水位', en: 'Level' },
    unit: 'm',
    step: 0.01,
    min: 0,
    max: 1,
  } as const;
  const options = { locale: 'zh', timeZone: 'Asia/Shanghai', now: 0 } as const;
  expect(showValue(column, 581.2, options)).toEqual({ text: '581.20', unit: 'm', numeric: true });
  expect(showValue(column, null, options)).toBeNull();
});
