import { describe, expect, it } from 'vitest';
import { situationOf } from './situation.ts';

const sure = { knows: true, waits: false };

describe('the sentence', () => {
  it('claims calm only where somebody would know, and waits for who will', () => {
    expect(situationOf([], [], sure).sentence).toBe('calm');
    expect(situationOf([], [], { knows: false, waits: false }).sentence).toBe('blind');
    expect(situationOf([], [], { knows: false, waits: true }).sentence).toBe('waiting');
  });
  it('counts and names the worst', () => {
    const warnings = [
      { level: 'blue', event: '大风' },
      { level: 'orange', event: '暴雨' },
      { level: null, event: '停水' },
    ] as const;
    expect(situationOf(warnings, [], sure)).toEqual({
      sentence: 'attention',
      items: 3,
      warnings: 3,
      indicators: 0,
      worst: 'orange',
      only: null,
    });
  });
  it('names what it counts where that is one thing', () => {
    expect(situationOf([], [{ level: 'yellow', slug: 'tpi' }], sure).only).toBe('tpi');
    expect(situationOf([{ level: 'blue', event: '大风' }], [], sure).only).toBe('大风');
  });
});
