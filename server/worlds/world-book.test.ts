import { expect, onTestFinished, test } from 'vitest';
import type { WorldFacts } from '../../contracts/records/world.ts';
import { createManualClock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { ScenarioPlan, WorldPlan } from './port.ts';
import type { WorldHooks } from './world-book.ts';
import { WorldBook } from './world-book.ts';

const T0 = Date.UTC(2026, 6, 15, 4);
const quiet: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => quiet,
};
const live: WorldFacts = {
  id: 'live',
  kind: 'live',
  title: { zh: '实况', en: 'Live' },
  scenario: null,
  state: 'running',
  reason: null,
  clock: { at: T0 + 500, speed: 1, paused: false, startAt: null, endAt: null },
};
const storm: ScenarioPlan = {
  slug: 'storm',
  title: { zh: '暴雨', en: 'Storm' },
  startAt: T0 - 86_400_000,
  durationS: 7200,
  seed: 7,
  scale: 0.2,
  file: '/storm.yaml',
  decisions: [{ atS: 60, body: { do: 'crisis-end', by: 'commander', area: '510800', reason: '演示' } }],
};

/** A world without a city behind it: a clock that goes when it is told. */
interface Opened {
  readonly plan: WorldPlan;
  readonly hooks: WorldHooks;
  readonly steps: (readonly [ms: number, isSkimmed: boolean])[];
  isClosed: boolean;
}

function newBook(isAvailable = true) {
  const wall = createManualClock(0);
  const opened: Opened[] = [];
  const book = new WorldBook({
    wall,
    log: quiet,
    live: () => live,
    scenario: (slug) => (slug === storm.slug ? storm : null),
    open: !isAvailable
      ? null
      : (plan, hooks) => {
          const clock = createManualClock(plan.startAt);
          const world: Opened = { plan, hooks, steps: [], isClosed: false };
          opened.push(world);
          return Promise.resolve({
            now: clock.now,
            step: (ms, isSkimmed) => {
              world.steps.push([ms, isSkimmed]);
              clock.advance(ms);
              return Promise.resolve();
            },
            tellClock: () => undefined,
            close: () => {
              world.isClosed = true;
              return Promise.resolve();
            },
          });
        },
  });
  onTestFinished(() => book.close());
  const facts = (id: string): WorldFacts | undefined => book.list().find((world) => world.id === id);
  return { book, wall, opened, facts };
}

/** Lets everything that waits for nothing but promises run. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Life goes on in looks of a quarter of a second. */
async function live4(wall: { advance(ms: number): void }, seconds: number): Promise<void> {
  for (let at = 0; at < seconds * 4; at += 1) {
    wall.advance(250);
    await turns();
  }
}

test.each([
  [1, 4, 4000],
  [1 / 8, 8, 1000],
  [60, 4, 240_000],
  [600, 2, 1_200_000],
])('at %d× speed %d s of life are %d ms of the world', async (speed, lifeS, worldMs) => {
  const { book, wall, opened, facts } = newBook();
  const { id } = book.create({ kind: 'demo', scenario: null, speed });
  await turns();
  expect(facts(id)).toMatchObject({ state: 'running', clock: { at: T0, startAt: T0, endAt: null } });
  await live4(wall, lifeS);
  expect((facts(id)?.clock.at ?? 0) - T0).toBe(worldMs);
  expect(Math.max(...(opened[0]?.steps ?? []).map(([ms]) => ms))).toBeLessThanOrEqual(10_000);
});

test('a pause holds the clock, and what follows is not caught up with', async () => {
  const { book, wall, opened, facts } = newBook();
  const { id } = book.create({ kind: 'drill', scenario: 'storm', speed: 4 });
  await turns();
  await live4(wall, 1);
  expect(book.setClock(id, { paused: true })).toMatchObject({ state: 'paused', clock: { paused: true } });
  expect(opened[0]?.hooks.pace()).toEqual({ speed: 4, paused: true });
  await live4(wall, 30);
  expect(facts(id)?.clock.at).toBe(storm.startAt + 4000);
  book.setClock(id, { paused: false });
  await live4(wall, 1);
  expect(facts(id)?.clock.at).toBe(storm.startAt + 8000);
});

test('forward is a hurry that skims what lies far ahead; backward is a clean start', async () => {
  const { book, wall, opened, facts } = newBook();
  const { id } = book.create({ kind: 'demo', scenario: 'storm', speed: 1 });
  await turns();
  book.setClock(id, { paused: true });
  expect(book.setClock(id, { toS: 7000 })).toMatchObject({ state: 'seeking' });
  await live4(wall, 1);
  await turns();
  expect(facts(id)).toMatchObject({ state: 'paused', clock: { at: storm.startAt + 7_000_000 } });
  const { steps } = opened[0] as Opened;
  expect(steps.filter(([, isSkimmed]) => isSkimmed).every(([ms]) => ms > 10_000 && ms <= 300_000)).toBe(true);
  expect(steps.filter(([, isSkimmed]) => !isSkimmed)).toHaveLength(120);

  expect(book.setClock(id, { toS: 30 })).toMatchObject({ state: 'starting', clock: { paused: true } });
  await turns();
  expect(opened.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  expect(opened[1]?.plan).toEqual(opened[0]?.plan);
  expect(facts(id)).toMatchObject({ state: 'paused', clock: { at: storm.startAt + 30_000 } });
  expect(() => book.setClock(id, { toS: 7201 })).toThrow('over after 7200 s');
});

test('a scenario ends at its end, and starts again when it is reset', async () => {
  const { book, wall, opened, facts } = newBook();
  const { id } = book.create({ kind: 'demo', scenario: 'storm', speed: 600 });
  await turns();
  await live4(wall, 14);
  const endAt = storm.startAt + 7_200_000;
  expect(facts(id)).toMatchObject({ state: 'ended', title: storm.title, clock: { at: endAt, endAt } });
  expect(opened[0]?.plan).toMatchObject({ seed: 7, scale: 0.2, scenarioFile: '/storm.yaml' });
  expect(opened[0]?.plan.decisions).toEqual(storm.decisions);
  book.reset(id);
  await turns();
  expect(facts(id)).toMatchObject({ state: 'running', clock: { at: storm.startAt } });
});

test('a city that ends makes its world fail, with the reason; what was asked for later does not hear of it', async () => {
  const { book, wall, opened, facts } = newBook();
  const { id } = book.create({ kind: 'demo', scenario: null, speed: 1 });
  await turns();
  opened[0]?.hooks.onEnd('it fell over');
  expect(facts(id)).toMatchObject({ state: 'failed', reason: 'it fell over' });
  await live4(wall, 2);
  expect(facts(id)?.clock.at).toBe(T0);
  expect(() => book.setClock(id, { speed: 2 })).toThrow('request/conflict');
  book.reset(id);
  opened[0]?.hooks.onEnd('late news');
  await turns();
  expect(facts(id)).toMatchObject({ state: 'running', reason: null });
});

test('four beside the live one and no more; each can be ended, the live one cannot', async () => {
  const { book, opened } = newBook();
  const made = [1, 2, 3, 4].map(() => book.create({ kind: 'demo', scenario: null, speed: 1 }));
  expect(() => book.create({ kind: 'demo', scenario: null, speed: 1 })).toThrow('request/conflict');
  await book.remove(made[1]?.id ?? '');
  expect(book.list().map(({ id }) => id)).toEqual(['live', 'demo-1', 'demo-3', 'demo-4']);
  expect(book.create({ kind: 'drill', scenario: null, speed: 1 }).id).toBe('drill-5');
  await expect(book.remove('live')).rejects.toThrow('request/forbidden');
  await expect(book.remove('demo-2')).rejects.toThrow('request/not-found');
  expect(() => book.create({ kind: 'demo', scenario: 'sturm', speed: 1 })).toThrow('request/not-found');
  await book.close();
  expect(opened.every(({ isClosed }) => isClosed)).toBe(true);
});

test('without a simulated city it is said clearly that there can be none', () => {
  const { book } = newBook(false);
  expect(() => book.create({ kind: 'demo', scenario: null, speed: 1 })).toThrow('request/unavailable');
});
