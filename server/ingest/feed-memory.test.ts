import { expect, test } from 'vitest';
import { FeedMemory } from './feed-memory.ts';

test('what was captured is remembered after a restart, feed by feed', () => {
  const memory = new FeedMemory();
  memory.of('tickets').set('cursor', '42');
  memory.of('posts').set('cursor', 'p7');
  const later = new FeedMemory();
  later.restore(memory.capture());
  expect([later.of('tickets').get('cursor'), later.of('posts').get('cursor')]).toEqual(['42', 'p7']);
  expect(later.of('tickets').get('other')).toBeNull();
});

test('what comes after the capture is not in it: a cursor never runs ahead of the rows it is kept with', () => {
  const memory = new FeedMemory();
  const tickets = memory.of('tickets');
  tickets.set('cursor', '42');
  const captured = memory.capture();
  tickets.set('cursor', '43');
  memory.of('posts').set('cursor', 'p7');
  expect(captured).toEqual({ tickets: { cursor: '42' } });
});
