import { expect, test } from 'vitest';
import { createClock } from './clock.ts';

const make = () =>
  createClock({
    startAt: 1_000,
    speed: 1,
    paused: true,
    wall: () => 0,
    onError: (error) => {
      throw error;
    },
  });

test('runs entries in order of moment, then of entry, each at its own moment', async () => {
  const clock = make();
  const seen: string[] = [];
  clock.at(1_500, () => seen.push(`b${clock.now()}`));
  clock.at(1_200, () => seen.push(`a${clock.now()}`));
  clock.at(1_500, () => seen.push(`c${clock.now()}`));
  await clock.advance(400);
  expect(seen).toEqual(['a1200']);
  await clock.advance(600);
  expect(seen).toEqual(['a1200', 'b1500', 'c1500']);
  expect(clock.now()).toBe(2_000);
});

test('repeats until cancelled, also from inside', async () => {
  const clock = make();
  let count = 0;
  const cancel = clock.every(1_100, 100, () => {
    if (++count === 3) cancel();
  });
  await clock.advance(5_000);
  expect(count).toBe(3);
});

test('runs what an entry adds for a moment within the same advance', async () => {
  const clock = make();
  const seen: number[] = [];
  clock.at(1_100, () => clock.at(1_150, () => seen.push(clock.now())));
  await clock.advance(100);
  expect(seen).toEqual([]);
  await clock.advance(100);
  expect(seen).toEqual([1_150]);
});

test('keeps its order under many entries', async () => {
  const clock = make();
  const seen: number[] = [];
  for (let i = 0; i < 5_000; i++) clock.at(1_000 + ((i * 7_919) % 4_999), () => seen.push(clock.now()));
  await clock.advance(10_000);
  expect(seen).toHaveLength(5_000);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test('hears what comes from outside at the end of a stretch, or at once between two', async () => {
  const clock = make();
  const heard: string[] = [];
  const hear = (what: string): void => clock.whenOver(() => heard.push(`${what} ${clock.now()}`));
  clock.at(1_100, () => hear('within'));
  clock.at(1_900, () => heard.push(`own ${clock.now()}`));
  await clock.advance(1_000);
  hear('between');
  expect(heard).toEqual(['own 1900', 'within 2000', 'between 2000']);
});

test('tells what runs how far the stretch goes', async () => {
  const clock = make();
  const ends: number[] = [];
  clock.at(1_100, () => ends.push(clock.stretchEnd));
  clock.at(1_900, () => ends.push(clock.stretchEnd));
  await clock.advance(500);
  await clock.advance(500);
  expect(ends).toEqual([1_500, 2_000]);
});
