import { expect, test } from 'vitest';
import { randomOf } from '../kit/back-off.ts';
import { SourceIds } from './source-ids.ts';

test('whatever the order, the numbers are those of a map', () => {
  const ids = new SourceIds();
  const truth = new Map<string, number>();
  const random = randomOf('source-ids');
  const below = (count: number): number => Math.floor(random() * count);
  for (let step = 0; step < 50_000; step += 1) {
    // Rounds in order, with strangers, jumps, merges of two ids into one object, and ids taken away.
    const id = `id-${random() < 0.8 ? step % 300 : below(400)}`;
    const act = random();
    if (act < 0.05) {
      const object = below(350);
      ids.set(id, object);
      truth.set(id, object);
    } else if (act < 0.07) {
      ids.delete(id);
      truth.delete(id);
    } else {
      expect(ids.get(id)).toBe(truth.get(id));
      expect(ids.has(id)).toBe(truth.has(id));
    }
  }
  expect([...ids].sort()).toEqual([...truth].sort());
});

test('an id that nobody said is unknown, also the empty one', () => {
  const ids = new SourceIds();
  expect(ids.get('')).toBeUndefined();
  ids.set('a', 3);
  ids.delete('a');
  ids.delete('never');
  expect([ids.get('a'), ids.get(''), ids.has('')]).toEqual([undefined, undefined, false]);
});
