import { describe, expect, it } from 'vitest';
import { changeOf, DAY_MS } from './trends.ts';

describe('the change against yesterday', () => {
  const now = 10 * DAY_MS;
  it('is told when the line begins a day ago', () => {
    expect(changeOf([{ at: now - DAY_MS, value: 80 }], 78.5, now)).toBe(-1.5);
  });
  it('is not guessed from a shorter line, or without a value', () => {
    expect(changeOf([{ at: now - DAY_MS / 2, value: 80 }], 78, now)).toBeNull();
    expect(changeOf([{ at: now - DAY_MS, value: 80 }], null, now)).toBeNull();
    expect(changeOf([], 78, now)).toBeNull();
  });
});
