// The cursor on a clock of its own: what it asks for, what it shows when, and that it is never lost.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Stretch } from '../../contracts/stretch.ts';
import { cursorAt, type Cursor } from '../stores/cursor.ts';
import { nextSpeed, speeds, stepOf, stretchOf } from '../stores/replay-rates.ts';
import { Player, type Shown } from './player.ts';
import type { StretchAsk } from './stretches.ts';

const NOW = 1_000_000_000;
const NONE = new Uint8Array(0);

/** A server that knows of every second, and answers when it is told to. */
class City {
  local = 5_000;
  readonly asks: StretchAsk[] = [];
  readonly shown: Shown[] = [];
  readonly told: Cursor[] = [];
  calls: string[] = [];
  isDown = false;
  /** Answers wait for `answer`. */
  isSlow = false;
  private waiting: (() => void)[] = [];
  private timers: { at: number; everyMs: number | null; run: () => void }[] = [];

  readonly player = new Player({
    history: { ask: (ask, signal) => this.ask(ask, signal), from: null, edge: () => null },
    now: () => this.local,
    every: (ms, run) => this.timer(ms, ms, run),
    after: (ms, run) => this.timer(ms, null, run),
    cityNow: () => NOW + this.local,
    show: (shown) => {
      this.shown.push(shown);
      this.told.push(shown.cursor);
      this.player.applied();
    },
    tell: (cursor) => this.told.push(cursor),
    leaveLive: () => this.calls.push('leave'),
    wantLive: () => this.calls.push('want'),
  });

  /** Lets time go by in steps of ten milliseconds, with what is asked answered in between. */
  async pass(ms: number): Promise<void> {
    for (const end = this.local + ms; this.local < end;) {
      this.local += 10;
      for (const timer of this.timers.filter(({ at }) => at <= this.local)) {
        if (timer.everyMs === null) this.timers = this.timers.filter((one) => one !== timer);
        else timer.at += timer.everyMs;
        timer.run();
      }
      await this.settle();
    }
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
  }

  async answer(): Promise<void> {
    for (const done of this.waiting.splice(0)) done();
    await this.settle();
  }

  get moments(): number[] {
    return this.shown.flatMap(({ states }) => states.map(({ at }) => at));
  }

  get cursor(): Cursor {
    return this.told.at(-1) as Cursor;
  }

  private async ask(ask: StretchAsk, signal: AbortSignal): Promise<Stretch> {
    this.asks.push(ask);
    if (this.isSlow) await new Promise<void>((done) => this.waiting.push(done));
    signal.throwIfAborted();
    if (this.isDown) throw new Error('HTTP 503');
    const { from, to, stepMs, isFresh } = ask;
    const states = isFresh ? [{ at: from, frames: [NONE] }] : [];
    const step = stepMs || 1000;
    for (let at = (Math.floor(from / step) + 1) * step; at <= to; at += step)
      states.push({ at, frames: [NONE] });
    return { head: { from, to, isWhole: isFresh, stepMs, absent: ['mode'], refused: [] }, states };
  }

  private timer(ms: number, everyMs: number | null, run: () => void): () => void {
    const timer = { at: this.local + ms, everyMs, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((one) => one !== timer);
    };
  }
}

let city: City;
const PAST = NOW - 3_600_000;
beforeEach(() => {
  city = new City();
});

const seek = async (at: number): Promise<void> => {
  city.player.wish({ do: 'seek', at });
  await city.settle();
};

describe('a seek', () => {
  it('leaves live, asks for that moment anew and shows it as a jump', async () => {
    await seek(PAST);
    expect(city.calls).toEqual(['leave']);
    expect(city.asks).toEqual([{ from: PAST, to: PAST, stepMs: 0, clock: 'known', isFresh: true }]);
    expect(city.shown).toMatchObject([{ isJump: true, isFresh: true, states: [{ at: PAST }] }]);
    expect(city.cursor).toMatchObject({ state: 'paused', at: PAST, isWaiting: false, absent: ['mode'] });
    await city.pass(2000);
    expect(city.moments).toEqual([PAST]);
  });

  it('while another is under way goes on to the newest only', async () => {
    city.isSlow = true;
    await seek(PAST);
    for (let by = 1; by <= 20; by += 1) await seek(PAST + by * 1000);
    expect(city.asks).toHaveLength(1);
    city.isSlow = false;
    await city.answer();
    expect(city.asks.map(({ from }) => from)).toEqual([PAST, PAST + 20_000]);
    expect(city.cursor).toMatchObject({ at: PAST + 20_000, isWaiting: false });
  });

  it('to what is still to come ends shortly before now', async () => {
    await seek(NOW + 9_000_000);
    expect(city.cursor.at).toBe(NOW + city.local - 2500);
  });

  it('says why when the server does not answer, and comes as soon as it does', async () => {
    city.isDown = true;
    await seek(PAST);
    expect(city.cursor).toMatchObject({ fault: 'HTTP 503', isWaiting: true });
    city.isDown = false;
    await city.pass(1100);
    expect(city.cursor).toMatchObject({ fault: '', isWaiting: false, at: PAST });
  });
});

describe('playing', () => {
  it.each(speeds)('at %s× shows every moment that was due, in order and once', async (speed) => {
    await seek(PAST);
    city.player.wish({ do: 'speed', speed });
    city.player.wish({ do: 'play' });
    await city.pass(4000);
    const step = stepOf(speed) || 1000;
    const end = PAST + 4000 * speed;
    expect(Math.abs(city.player.at - end)).toBeLessThanOrEqual(speed * 200);
    const due = city.moments.slice(1);
    expect(due).toEqual(due.map((_, at) => (Math.floor(PAST / step) + 1 + at) * step));
    expect(due.at(-1) ?? PAST).toBeGreaterThan(city.player.at - step - speed * 100);
    expect(due.every((at) => at <= city.player.at)).toBe(true);
  });

  it('asks ahead no more than it needs, and each stretch once', async () => {
    await seek(PAST);
    city.player.wish({ do: 'play' });
    await city.pass(15_000);
    const [, ...ahead] = city.asks;
    expect(ahead.map(({ from, to }) => [from - PAST, to - PAST])).toEqual([
      [0, 10_000],
      [10_000, 20_000],
      [20_000, 30_000],
    ]);
  });

  it('waits where the next stretch is late, without leaping afterwards', async () => {
    await seek(PAST);
    city.isSlow = true;
    city.player.wish({ do: 'play' });
    await city.pass(5000);
    expect(city.cursor).toMatchObject({ isWaiting: true, at: PAST });
    city.isSlow = false;
    await city.answer();
    await city.pass(1200);
    expect(city.player.at - PAST).toBeLessThanOrEqual(1300);
    expect(city.moments).toEqual([PAST, PAST + 1000]);
  });

  it('stands still on pause and goes on from there', async () => {
    await seek(PAST);
    city.player.wish({ do: 'play' });
    await city.pass(3000);
    city.player.wish({ do: 'pause' });
    const { at } = city.player;
    await city.pass(3000);
    expect(city.player.at).toBe(at);
    city.player.wish({ do: 'play' });
    await city.pass(2000);
    expect(city.player.at - at).toBe(2000);
  });

  it('asks anew when it becomes so slow that what is at hand is too coarse', async () => {
    await seek(PAST);
    city.player.wish({ do: 'speed', speed: 600 });
    city.player.wish({ do: 'play' });
    await city.pass(1000);
    city.player.wish({ do: 'speed', speed: 1 });
    await city.settle();
    const { at } = city.player;
    expect(city.asks.some(({ from, isFresh }) => isFresh && from > PAST)).toBe(true);
    await city.pass(3000);
    const fine = city.moments.filter((one) => one > at);
    expect(fine.slice(0, 2)).toEqual([1, 2].map((by) => (Math.floor(at / 1000) + by) * 1000));
  });

  it('is hurried step by step, however quickly that is asked', async () => {
    await seek(PAST);
    for (let turn = 0; turn < 3; turn += 1) city.player.wish({ do: 'hurry', by: 1 });
    expect(city.cursor.speed).toBe(10);
  });

  it('goes around a stretch', async () => {
    await seek(PAST);
    city.player.wish({ do: 'loop', range: [PAST, PAST + 3000] });
    city.player.wish({ do: 'play' });
    await city.pass(7000);
    expect(city.moments.filter((at) => at === PAST).length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...city.moments)).toBe(PAST + 3000);
  });

  it('that catches up with now is live again', async () => {
    await seek(NOW + city.local - 20_000);
    city.player.wish({ do: 'speed', speed: 60 });
    city.player.wish({ do: 'play' });
    await city.pass(2000);
    expect(city.calls).toEqual(['leave', 'want']);
  });
});

describe('a step', () => {
  it('goes one on and one back, and pauses', async () => {
    await seek(PAST);
    city.player.wish({ do: 'step', byMs: 1000 });
    await city.settle();
    expect(city.cursor).toMatchObject({ state: 'paused', at: PAST + 1000 });
    city.player.wish({ do: 'step', byMs: -1000 });
    city.player.wish({ do: 'step', byMs: -1000 });
    await city.settle();
    expect(city.cursor.at).toBe(PAST - 1000);
    expect(city.moments.at(-1)).toBe(PAST - 1000);
  });

  it('takes what is at hand without a question', async () => {
    await seek(PAST);
    city.player.wish({ do: 'play' });
    await city.pass(500);
    const asked = city.asks.length;
    city.player.wish({ do: 'step', byMs: 1000 });
    await city.settle();
    expect(city.asks).toHaveLength(asked);
    expect(city.moments.at(-1)).toBe(PAST + 1000);
  });
});

describe('the way back', () => {
  it('says the past until live data is there, then holds nothing of it', async () => {
    await seek(PAST);
    city.player.wish({ do: 'play' });
    await city.pass(1000);
    city.player.wish({ do: 'live' });
    expect([city.player.isLive, city.cursor.isWaiting]).toEqual([false, true]);
    const shown = city.shown.length;
    await city.pass(2000);
    expect(city.shown).toHaveLength(shown);
    expect(city.player.arrive()).toMatchObject({ state: 'live' });
    expect(city.player.isLive).toBe(true);
    await seek(PAST);
    expect(city.shown.at(-1)).toMatchObject({ isFresh: true });
  });

  it('can be left again before live data came', async () => {
    await seek(PAST);
    city.player.wish({ do: 'live' });
    await seek(PAST + 5000);
    expect(city.calls).toEqual(['leave', 'want', 'leave']);
    expect(city.cursor).toMatchObject({ at: PAST + 5000, isWaiting: false });
  });

  it('is asked for again while nothing comes', async () => {
    await seek(PAST);
    city.player.wish({ do: 'live' });
    await city.pass(5100);
    expect(city.calls).toEqual(['leave', 'want', 'want']);
  });
});

describe('another past', () => {
  const recorded = () => {
    const asks: StretchAsk[] = [];
    const ask = ({ from, to, stepMs, clock, isFresh }: StretchAsk): Promise<Stretch> => {
      asks.push({ from, to, stepMs, clock, isFresh });
      const states = isFresh ? [{ at: from, frames: [NONE] }] : [];
      for (let at = from + 1000; at <= to; at += 1000) states.push({ at, frames: [NONE] });
      return Promise.resolve({
        head: { from, to, isWhole: isFresh, stepMs, absent: [], refused: [] },
        states,
      });
    };
    return { asks, ask, from: 5_000_000, edge: () => 5_010_000 };
  };

  it('begins where it begins, ends standing at its end, and is not left by going further', async () => {
    const source = recorded();
    city.player.open(source);
    await city.settle();
    expect(city.cursor).toMatchObject({ state: 'paused', at: 5_000_000, isWaiting: false });
    await seek(7_000_000);
    expect(city.cursor.at).toBe(5_010_000);
    await seek(1);
    expect(city.cursor.at).toBe(5_000_000);
    city.player.wish({ do: 'play' });
    await city.pass(13_000);
    expect(city.cursor).toMatchObject({ state: 'paused', at: 5_010_000, isWaiting: false });
    expect(city.moments.at(-1)).toBe(5_010_000);
    expect([city.calls, city.asks]).toEqual([['leave'], []]);
  });

  it('opened while the server is asked takes its place, and the way back leads to now', async () => {
    city.isSlow = true;
    await seek(PAST);
    const source = recorded();
    city.player.open(source);
    await city.answer();
    expect(source.asks).toEqual([
      { from: 5_000_000, to: 5_000_000, stepMs: 0, clock: 'known', isFresh: true },
    ]);
    city.player.wish({ do: 'live' });
    expect(city.calls.at(-1)).toBe('want');
    city.player.arrive();
    city.isSlow = false;
    await seek(PAST);
    expect(city.asks.at(-1)).toMatchObject({ from: PAST });
    expect(source.asks).toHaveLength(1);
  });
});

it('tables that no longer fit are told anew where the cursor stands', async () => {
  await seek(PAST);
  city.player.resync();
  await city.settle();
  expect(city.shown.at(-1)).toMatchObject({ isFresh: true, isJump: true, states: [{ at: PAST }] });
});

it('speeds are a ladder with two ends', () => {
  expect([nextSpeed(1, 1), nextSpeed(1, -1), nextSpeed(600, 1), nextSpeed(1 / 8, -1)]).toEqual([
    2, 0.5, 600, 0.125,
  ]);
  expect(speeds.map(stepOf)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 2000, 5000, 10_000]);
  expect(stretchOf(600)).toBe(1_200_000);
});

it('a cursor that plays runs on by itself', () => {
  const cursor = { state: 'replay', at: 100, saidAt: 10, speed: 60, isWaiting: false } as Cursor;
  expect([cursorAt(cursor, 20), cursorAt({ ...cursor, isWaiting: true }, 20)]).toEqual([700, 100]);
});

it('shows the same moment by the other clock, and drops what was on its way for this one', async () => {
  await city.pass(100);
  city.player.wish({ do: 'seek', at: NOW - 60_000 });
  await city.settle();
  city.isSlow = true;
  city.player.wish({ do: 'step', byMs: -1000 });
  city.player.wish({ do: 'clock', clock: 'true' });
  await city.answer();
  await city.answer();
  expect(city.asks.at(-1)).toMatchObject({ from: NOW - 61_000, clock: 'true', isFresh: true });
  expect(city.cursor).toMatchObject({ clock: 'true', isWaiting: false });
  expect(city.shown.at(-1)?.cursor.clock).toBe('true');
  city.isSlow = false;
  city.player.wish({ do: 'live' });
  expect(city.player.arrive().clock).toBe('known');
});
