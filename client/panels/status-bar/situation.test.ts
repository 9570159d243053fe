import { describe, expect, it } from 'vitest';
import { situationOf } from './situation.ts';

describe('the sentence', () => {
  it('claims calm only where somebody would know', () => {
    expect(situationOf([], [], true).sentence).toBe('calm');
    expect(situationOf([], [], false).sentence).toBe('blind');
  });
  it('counts and names the worst', () => {
    const warnings = [{ level: 'blue' }, { level: 'orange' }, { level: null }] as const;
    expect(situationOf(warnings, [], true)).toEqual({ sentence: 'attention', items: 3, worst: 'orange' });
  });
});
