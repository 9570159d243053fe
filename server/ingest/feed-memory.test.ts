import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { FeedMemory } from './feed-memory.ts';

const newFolder = () => mkdtempSync(path.join(tmpdir(), 'memory-'));

test('survives a restart once flushed', () => {
  const folder = newFolder();
  const memory = new FeedMemory(folder);
  memory.of('tickets').set('cursor', '42');
  memory.flush();
  expect(new FeedMemory(folder).of('tickets').get('cursor')).toBe('42');
  expect(new FeedMemory(folder).of('tickets').get('other')).toBeNull();
});

test('what was not flushed is not remembered: the cursor never runs ahead of the data', () => {
  const folder = newFolder();
  new FeedMemory(folder).of('tickets').set('cursor', '42');
  expect(new FeedMemory(folder).of('tickets').get('cursor')).toBeNull();
});

test('a damaged file is named', () => {
  const folder = newFolder();
  writeFileSync(path.join(folder, 'tickets.json'), '{"cursor":');
  expect(() => new FeedMemory(folder).of('tickets')).toThrow(/tickets\.json is damaged/);
});
