import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LIVE, type Cursor } from './cursor.ts';
import { localMs } from '../clock.ts';
import { worldId } from './world.ts';
import {
  applyBeat,
  applyCursor,
  chartsAt,
  cityNow,
  isPast,
  liveNow,
  readCityNow,
  readLegS,
  startTime,
  worldSpeed,
} from './time.ts';

const CITY = 1_784_000_000_000;
const THEN = CITY - 3_600_000;
const at = (more: Partial<Cursor>): Cursor => ({
  ...LIVE,
  state: 'paused',
  at: THEN,
  saidAt: localMs(),
  ...more,
});
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  applyBeat(CITY, localMs());
  applyCursor(LIVE);
  stop = startTime();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('the cursor of the page', () => {
  it('is now until it is moved, and changes once a second', () => {
    vi.advanceTimersByTime(1000);
    expect([isPast.value, Math.round(cityNow.value - liveNow.value)]).toEqual([false, 0]);
    expect(readLegS()).toBeCloseTo(localMs() / 1000, 3);
  });

  it('stands where it was put, for clocks, charts and what moves, while now goes on', () => {
    applyCursor(at({}));
    const before = liveNow.value;
    vi.advanceTimersByTime(5000);
    expect([isPast.value, cityNow.value, chartsAt.value, readLegS()]).toEqual([
      true,
      THEN,
      THEN,
      THEN / 1000,
    ]);
    expect(liveNow.value - before).toBeGreaterThan(3000);
  });

  it('runs by itself at its speed, and not while it waits', () => {
    applyCursor(at({ state: 'replay', speed: 60 }));
    vi.advanceTimersByTime(2000);
    expect(Math.round((readCityNow() - THEN) / 1000)).toBe(120);
    expect(cityNow.value - THEN).toBeGreaterThan(90_000);
    applyCursor(at({ state: 'replay', speed: 60, isWaiting: true }));
    vi.advanceTimersByTime(2000);
    expect(readCityNow()).toBe(THEN);
  });

  it('is back at once', () => {
    applyCursor(at({}));
    applyCursor(LIVE);
    expect([isPast.value, chartsAt.value]).toEqual([false, 0]);
    expect(cityNow.value).toBeGreaterThan(THEN + 3_000_000);
  });
});

describe('the clock of a world beside live', () => {
  beforeEach(() => {
    worldId.value = 'demo-1';
  });
  afterEach(() => {
    worldId.value = 'live';
    applyBeat(CITY, localMs());
  });

  it('hurries, shows it within the second, and moves what moves by its own seconds', () => {
    applyBeat(CITY, localMs(), 60);
    expect([worldSpeed.value, cityNow.value]).toEqual([60, CITY]);
    vi.advanceTimersByTime(250);
    expect(Math.round((cityNow.value - CITY) / 1000)).toBe(15);
    expect(readLegS()).toBeCloseTo(readCityNow() / 1000, 1);
  });

  it('stands where it was paused, for clocks and for what moves', () => {
    applyBeat(CITY, localMs(), 0);
    vi.advanceTimersByTime(10_000);
    expect([cityNow.value, liveNow.value, readLegS()]).toEqual([CITY, CITY, CITY / 1000]);
  });

  it('is at once where a jump of its script leads', () => {
    applyBeat(CITY, localMs(), 1);
    applyBeat(CITY + 7_200_000, localMs(), 1);
    expect(Math.round((cityNow.value - CITY) / 1000)).toBe(7200);
  });
});
