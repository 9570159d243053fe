// Whoever replays sees what was seen live: at every moment, at every speed, however history was sealed meanwhile.
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { FrameReceiver } from '../../contracts/frame.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { warning } from '../../contracts/layers/warning.ts';
import { joinStretch, splitStretch } from '../../contracts/stretch.ts';
import type { StretchHead } from '../../contracts/stretch.ts';
import { LateHours } from './late-hours.ts';
import { LateReader } from './late-reader.ts';
import { marksOf } from './marks.ts';
import { Recordings } from './recordings.ts';
import {
  MINUTE,
  START,
  change,
  closing,
  layers,
  newCity,
  rowsOf,
  anyStep,
} from './recorded-city.test-kit.ts';
import type { Step } from './recorded-city.test-kit.ts';
import { ReplayDesk } from './replay.ts';

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

type City = ReturnType<typeof newCity>;
const slugs = layers.map(({ slug }) => slug);

const deskOf = ({ files, schemas }: City): ReplayDesk =>
  new ReplayDesk({
    recordings: new Recordings(files),
    late: new LateReader(files, schemas, new LateHours({ folder: '', schemas, layerOf: () => undefined })),
    schemas,
    world: 'live',
    layerOf: (slug) => layers.find((layer) => layer.slug === slug) ?? vehiclePosition,
  });

/** A screen that replays: tables of its own, filled by what the desk says. */
class Screen {
  readonly receivers = new Map(layers.map((layer) => [layer.slug, new FrameReceiver(layer, 'sensitive')]));
  readonly #desk: ReplayDesk;
  at = 0;

  constructor(desk: ReplayDesk) {
    this.#desk = desk;
  }

  go(
    to: number,
    more: { stepMs?: number; isFresh?: boolean; from?: number } = {},
    seen: (at: number) => void = () => undefined,
  ): StretchHead {
    const ask = {
      reader: 'demo one',
      layers: slugs,
      label: 'sensitive' as const,
      areas: ['*'],
      now: START,
      clock: 'known' as const,
    };
    const told = this.#desk.stretch({ ...ask, from: this.at, to, stepMs: 0, isFresh: false, ...more });
    const { head, states } = splitStretch(joinStretch({ ...told, head: { ...told.head, refused: [] } }));
    for (const { at, frames } of states) {
      for (const frame of frames) this.#apply(frame);
      seen(at);
    }
    this.at = head.to;
    return head;
  }

  rows(slug = vehiclePosition.slug): string[] {
    const receiver = this.receivers.get(slug);
    return receiver ? rowsOf(receiver.table) : [];
  }

  #apply(frame: Uint8Array): void {
    for (const receiver of this.receivers.values()) {
      try {
        receiver.apply(frame);
        return;
      } catch (error) {
        if ((error as { code?: string }).code !== 'frame/layer') throw error;
      }
    }
  }
}

interface Known {
  readonly at: number;
  readonly rows: string[];
}

/** Lives through the steps → what stood at each tick. */
async function live(
  city: City,
  steps: readonly Step[],
  clock: { at: number; number: number },
): Promise<Known[]> {
  const known: Known[] = [];
  const table = city.table(vehiclePosition.slug);
  for (const one of steps) {
    if (one.do === 'wait') clock.at += one.seconds * 1000;
    else if (one.do === 'seal') {
      await city.windows.flush();
      city.seal();
      continue;
    } else change(table, one, clock.at);
    clock.at += 1000;
    clock.number += 1;
    city.tick(clock.number, clock.at);
    known.push({ at: clock.at, rows: rowsOf(table) });
  }
  await city.windows.flush();
  return known;
}

const rowsAt = (known: readonly Known[], moment: number): string[] =>
  known.findLast(({ at }) => at <= moment)?.rows ?? [];

const life = fc.array(anyStep(fc), { minLength: 5, maxLength: 50 });
const jumps = fc.array(fc.record({ to: fc.integer({ min: -2000, max: 6_000_000 }), stepMs: fc.constantFrom(0, 2000, 10_000) }), { minLength: 1, maxLength: 8 }); // prettier-ignore

test('after any life, any jump and any stretch shows the tables as they stood', async () => {
  await fc.assert(
    fc.asyncProperty(life, life, jumps, async (before, after, moves) => {
      const city = newCity();
      const clock = { at: START, number: 100 };
      const known = await live(city, before, clock);
      const desk = deskOf(city);
      const screen = new Screen(desk);
      screen.go(START + 500, { from: START + 500, isFresh: true });
      for (const [turn, { to, stepMs }] of moves.entries()) {
        if (turn === 3) known.push(...(await live(city, after, clock)));
        if (turn === 5) city.seal();
        // Nobody asks for what is still to come.
        const moment = Math.min(START + to, clock.at);
        if (to % 3 === 0 || moment < screen.at) screen.go(moment, { from: moment });
        else {
          screen.go(moment, { stepMs }, (at) => {
            if (stepMs === 0) expect(screen.rows()).toEqual(rowsAt(known, at));
          });
        }
        expect(screen.at).toBe(moment);
        expect(screen.rows()).toEqual(rowsAt(known, moment));
      }
      await city.windows.close();
    }),
    { numRuns: 80 },
  );
});

/** An hour in which a vehicle moves every ten seconds; a warning comes in the middle. */
async function anHour(): Promise<City> {
  const city = newCity();
  const table = city.table(vehiclePosition.slug);
  for (let second = 0; second < 3600; second += 10) {
    change(table, { do: 'put', key: 1, value: (second / 10) % 119, late: 0 }, START + second * 1000);
    const values = { title: '暴雨橙色预警', severity: 'orange', status: 'actual' } as const;
    if (second === 1800) city.table(warning.slug).put({ key: 'w', validAt: START, source: 'x', values });
    city.tick(second + 1, START + second * 1000);
  }
  await city.windows.flush();
  city.seal();
  return city;
}

test('every tick is said up to a limit, thinned ones are the ends of their steps', async () => {
  const screen = new Screen(deskOf(await anHour()));
  const seen: number[] = [];
  screen.go(START + 5 * MINUTE, { from: START + 5 * MINUTE, isFresh: true });
  screen.go(START + 6 * MINUTE, {}, (at) => seen.push(at));
  expect(seen.map((at) => (at - START) / 1000)).toEqual([310, 320, 330, 340, 350, 360]);
  seen.length = 0;
  screen.go(START + 8 * MINUTE, { stepMs: 60_000 }, (at) => seen.push(at));
  expect(seen.map((at) => (at - START) / MINUTE)).toEqual([7, 8]);
});

test('a reader that goes on is told what differs, one that jumped or was forgotten everything', async () => {
  const desk = deskOf(await anHour());
  const screen = new Screen(desk);
  expect(screen.go(START + MINUTE, { from: START + MINUTE, isFresh: true }).isWhole).toBe(true);
  expect(screen.go(START + 9 * MINUTE).isWhole).toBe(false);
  expect(screen.go(START + 2 * MINUTE, { from: START + 2 * MINUTE }).isWhole).toBe(true);
  for (let other = 0; other < 12; other += 1) {
    const ask = {
      layers: slugs,
      label: 'sensitive',
      areas: ['*'],
      from: START,
      to: START,
      stepMs: 0,
      clock: 'known',
    } as const;
    desk.stretch({ ...ask, reader: `demo ${other}`, isFresh: true, now: START });
  }
  expect(desk.readers).toBeLessThanOrEqual(9);
  expect(screen.go(START + 3 * MINUTE).isWhole).toBe(true);
  expect(screen.rows()).toHaveLength(1);
});

test('a layer of which nothing is recorded yet is named and empty', async () => {
  const screen = new Screen(deskOf(await anHour()));
  const before = screen.go(START - MINUTE, { from: START - MINUTE, isFresh: true });
  expect([before.absent, screen.rows()]).toEqual([slugs, []]);
  const after = screen.go(START + MINUTE);
  expect([after.absent, screen.rows().length]).toEqual([[], 1]);
});

test('marks tell when a warning became known, and nothing that was there before', async () => {
  const city = await anHour();
  const sources = { recordings: new Recordings(city.files), schemas: city.schemas };
  const ask = (from: number, to: number) =>
    marksOf(
      sources,
      { layers: slugs, areas: ['*'], from: START + from * MINUTE, to: START + to * MINUTE },
      () => warning,
    );
  expect(ask(0, 60)).toEqual([
    { at: START + 30 * MINUTE, layer: 'warning', key: 'w', severity: 'orange', title: '暴雨橙色预警' },
  ]);
  expect([ask(0, 29), ask(31, 60)]).toEqual([[], []]);
});
