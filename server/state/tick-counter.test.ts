import { mkdirSync, mkdtempSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { TickCounter } from './tick-counter.ts';

const NOW = 1_795_000_000_000;
const newFile = () => path.join(mkdtempSync(path.join(tmpdir(), 'tick-')), 'tick');

function open(file: string, now = NOW): TickCounter {
  const counter = new TickCounter(file);
  counter.open(now);
  return counter;
}

test('starts near the epoch seconds and counts by one', () => {
  const counter = open(newFile());
  expect([counter.next(), counter.next()]).toEqual([1_795_000_001, 1_795_000_002]);
});

test('never goes back: not when killed, not when ticks outran the clock, not when the clock was set back', () => {
  const file = newFile();
  const killed = open(file);
  for (let at = 0; at < 5000; at += 1) killed.next();
  const last = killed.current;
  expect(open(file).next()).toBeGreaterThan(last);
  expect(open(file, NOW - 86_400_000).next()).toBeGreaterThan(last);
});

test('a clean stop gives the reserved numbers back', () => {
  const file = newFile();
  const counter = open(file);
  counter.next();
  counter.close();
  expect(open(file).current).toBe(counter.current);
});

test('a disk that takes nothing stops no tick; the reservation is made up for', () => {
  const file = newFile();
  const counter = open(file);
  // Where the next reservation is written first.
  mkdirSync(`${file}.new`);
  for (let at = 0; at < 1000; at += 1) counter.next();
  expect(counter.current).toBe(NOW / 1000 + 1000);
  rmdirSync(`${file}.new`);
  counter.next();
  expect(open(file).current).toBeGreaterThan(counter.current);
});

test('a damaged reservation is named', () => {
  const file = newFile();
  writeFileSync(file, 'x');
  expect(() => open(file)).toThrow(/remove the file/);
});
