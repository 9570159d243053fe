import { expect, it } from 'vitest';
import { Interruption, STAND_MS, STAND_WHILE_WAITED_MS } from './interruption.ts';

it('stops at a red warning once, for its time, and goes on', () => {
  const interruption = new Interruption();
  interruption.pass(250, []);
  expect(interruption.current).toBeNull();
  interruption.pass(250, ['a']);
  expect([interruption.current, interruption.leftMs, interruption.waiting]).toEqual(['a', STAND_MS, 0]);
  interruption.pass(STAND_MS - 1, ['a']);
  expect([interruption.current, interruption.leftMs]).toEqual(['a', 1]);
  interruption.pass(1, ['a']);
  expect(interruption.current).toBeNull();
  interruption.pass(250, ['a']);
  expect(interruption.current).toBeNull();
});

it('lets a second one wait, not for long, and then stops at it for its own time', () => {
  const interruption = new Interruption();
  interruption.pass(0, ['a']);
  interruption.pass(5000, ['a', 'b']);
  expect([interruption.current, interruption.waiting]).toEqual(['a', 1]);
  expect(interruption.leftMs).toBe(STAND_WHILE_WAITED_MS - 5000);
  interruption.pass(STAND_WHILE_WAITED_MS - 5000, ['a', 'b']);
  expect([interruption.current, interruption.waiting, interruption.leftMs]).toEqual(['b', 0, STAND_MS]);
});

it('ends with the warning itself, and when people have seen it', () => {
  const interruption = new Interruption();
  interruption.pass(0, ['a', 'b']);
  interruption.pass(250, ['b']);
  expect(interruption.current).toBe('b');
  interruption.dismiss();
  interruption.pass(250, ['b']);
  expect(interruption.current).toBeNull();
  // It was out of force for a moment and is back: the same one all the same.
  interruption.pass(250, []);
  interruption.pass(250, ['a', 'b']);
  expect(interruption.current).toBeNull();
});

it('remembers the latest of very many', () => {
  const interruption = new Interruption();
  const many = Array.from({ length: 700 }, (_, i) => `w${i}`);
  for (const one of many) {
    interruption.pass(0, [one]);
    expect(interruption.current).toBe(one);
    interruption.dismiss();
  }
  interruption.pass(0, ['w699']);
  expect(interruption.current).toBeNull();
});
