import { describe, expect, it } from 'vitest';
import { createManualClock, createSystemClock } from './clock.ts';

describe('manual clock', () => {
  it('runs timers in the order of their moments and stands at each of them', () => {
    const clock = createManualClock(1000);
    const seen: [string, number][] = [];
    clock.after(30, () => seen.push(['late', clock.now()]));
    clock.after(10, () => {
      seen.push(['early', clock.now()]);
      clock.after(5, () => seen.push(['nested', clock.now()]));
    });
    clock.advance(40);
    expect(seen).toEqual([
      ['early', 1010],
      ['nested', 1015],
      ['late', 1030],
    ]);
    expect(clock.now()).toBe(1040);
    expect(clock.waiting).toBe(0);
  });

  it('repeats every period until stopped, also from inside the run', () => {
    const clock = createManualClock(0);
    const at: number[] = [];
    const timer = clock.every(100, () => {
      at.push(clock.now());
      if (at.length === 3) timer.stop();
    });
    clock.advance(1000);
    expect(at).toEqual([100, 200, 300]);
  });

  it('skips ahead: what fell due runs at the end, what is periodic once', () => {
    const clock = createManualClock(1000);
    const seen: [string, number][] = [];
    clock.every(10, () => seen.push(['often', clock.now()]));
    clock.after(45, () => seen.push(['once', clock.now()]));
    clock.after(500, () => seen.push(['later', clock.now()]));
    clock.skip(100);
    expect(seen).toEqual([
      ['often', 1100],
      ['once', 1100],
    ]);
    clock.advance(10);
    expect(seen.at(-1)).toEqual(['often', 1110]);
  });

  it('jumps ahead: nothing runs before the next move', () => {
    const clock = createManualClock(1000);
    const seen: [string, number][] = [];
    clock.every(10, () => seen.push(['often', clock.now()]));
    clock.jump(100);
    expect([clock.now(), seen]).toEqual([1100, []]);
    clock.advance(0);
    expect(seen).toEqual([['often', 1100]]);
  });

  it('leaves out turns missed while a run took long', () => {
    const clock = createManualClock(0);
    const at: number[] = [];
    let long = true;
    clock.every(100, () => {
      at.push(clock.now());
      if (long) {
        long = false;
        clock.advance(250);
      }
    });
    clock.advance(500);
    expect(at).toEqual([100, 400, 500]);
  });

  it('wakes sleepers on time and on abort', async () => {
    const clock = createManualClock(0);
    const woken: string[] = [];
    const stop = new AbortController();
    const one = clock.sleep(50).then(() => woken.push('time'));
    const two = clock.sleep(1e9, stop.signal).then(() => woken.push('abort'));
    clock.advance(50);
    await one;
    stop.abort();
    await two;
    expect(woken).toEqual(['time', 'abort']);
    expect(clock.waiting).toBe(0);
  });

  it('refuses a period of nothing', () => {
    expect(() => createManualClock(0).every(0, () => {})).toThrow('period');
  });
});

describe('system clock', () => {
  it('tells epoch milliseconds and moves forward', async () => {
    const clock = createSystemClock();
    const before = clock.elapsed();
    await clock.sleep(5);
    expect(clock.elapsed()).toBeGreaterThan(before);
    expect(new Date(clock.now()).getUTCFullYear()).toBeGreaterThan(2024);
  });

  it('stops timers', async () => {
    const clock = createSystemClock();
    let runs = 0;
    clock.after(1, () => runs++).stop();
    await clock.sleep(10);
    expect(runs).toBe(0);
  });
});
