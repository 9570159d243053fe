import { expect, it } from 'vitest';
import type { WorldFacts } from '../../contracts/records/world.ts';
import { createManualClock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { endUnwatched } from './unwatched.ts';

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
};

function world(id: string, kind: WorldFacts['kind'], state: WorldFacts['state'] = 'running'): WorldFacts {
  const clock = { at: 0, speed: 1, paused: false, startAt: 0, endAt: null };
  return { id, kind, title: { zh: id, en: id }, scenario: null, state, reason: null, clock };
}

function house(list: WorldFacts[]) {
  const clock = createManualClock(0);
  const screens = new Map<string, number>();
  const ended: string[] = [];
  const worlds = {
    list: () => list.filter(({ id }) => !ended.includes(id)),
    remove: (id: string): Promise<void> => {
      ended.push(id);
      return Promise.resolve();
    },
  };
  const timer = endUnwatched({ wall: clock, log: silent, worlds, screensOf: (id) => screens.get(id) ?? 0 });
  return { clock, screens, ended, timer };
}

it('ends a demonstration half a minute after its last screen left, and no other world', () => {
  const { clock, screens, ended } = house([world('live', 'live'), world('a', 'demo'), world('b', 'drill')]);
  for (const id of ['live', 'a', 'b']) screens.set(id, 1);
  clock.advance(60_000);
  expect(ended).toEqual([]);
  screens.clear();
  clock.advance(28_000);
  expect(ended).toEqual([]);
  clock.advance(6000);
  expect(ended).toEqual(['a']);
});

it('waits for a screen that is loaded again, and for a world that starts anew', () => {
  const anew = world('a', 'demo');
  const list = [anew];
  const { clock, screens, ended } = house(list);
  screens.set('a', 1);
  clock.advance(2000);
  screens.set('a', 0);
  clock.advance(20_000);
  screens.set('a', 1);
  clock.advance(2000);
  screens.set('a', 0);
  list[0] = { ...anew, state: 'starting' };
  clock.advance(120_000);
  expect(ended).toEqual([]);
  list[0] = anew;
  clock.advance(34_000);
  expect(ended).toEqual(['a']);
});

it('leaves alone what no screen ever opened, and looks no more once stopped', () => {
  const { clock, screens, ended, timer } = house([world('a', 'demo')]);
  clock.advance(600_000);
  expect(ended).toEqual([]);
  screens.set('a', 1);
  clock.advance(2000);
  timer.stop();
  screens.clear();
  clock.advance(600_000);
  expect(ended).toEqual([]);
});
