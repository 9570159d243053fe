import { expect, test } from 'vitest';
import { createManualClock } from '../kit/clock.ts';
import { LockOut } from './lock-out.ts';

const MINUTE = 60_000;

test('five failures in ten minutes lock a name for half an hour, wherever they come from', () => {
  const clock = createManualClock(0);
  const lockOut = new LockOut(clock);
  for (let n = 0; n < 4; n += 1) lockOut.failed('li', `10.0.0.${n}`);
  expect(lockOut.isLocked('li', '10.0.0.9')).toBe(false);
  lockOut.failed('LI', '10.0.0.4');
  expect([lockOut.isLocked('li', '10.0.0.9'), lockOut.isLocked('wang', '10.0.0.4')]).toEqual([true, false]);
  clock.advance(30 * MINUTE - 1);
  expect(lockOut.isLocked('li', '')).toBe(true);
  clock.advance(1);
  expect(lockOut.isLocked('li', '')).toBe(false);
});

test('slow failures lock nothing; an address that tries many names is stopped', () => {
  const clock = createManualClock(0);
  const lockOut = new LockOut(clock);
  for (let n = 0; n < 20; n += 1) {
    lockOut.failed('li', 'slow');
    clock.advance(3 * MINUTE);
  }
  expect(lockOut.isLocked('li', 'slow')).toBe(false);
  for (let n = 0; n < 30; n += 1) lockOut.failed(`name-${n}`, 'sprayer');
  expect([lockOut.isLocked('zhao', 'sprayer'), lockOut.isLocked('zhao', 'other')]).toEqual([true, false]);
});

test('a sign-in forgets what failed before', () => {
  const lockOut = new LockOut(createManualClock(0));
  for (let n = 0; n < 4; n += 1) lockOut.failed('li', '');
  lockOut.forget('li');
  lockOut.failed('li', '');
  expect(lockOut.isLocked('li', '')).toBe(false);
});
