import { beforeEach, expect, test } from 'vitest';
import { title } from '../../contracts/declare.ts';
import { createManualClock } from '../kit/clock.ts';
import type { ManualClock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { FeedFacts } from './feed-health.ts';
import { FeedHealth } from './feed-health.ts';

const START = Date.UTC(2026, 6, 15, 4);
let clock: ManualClock;
let logged: string[];

beforeEach(() => {
  clock = createManualClock(START);
  logged = [];
});

const log: Logger = {
  debug: () => undefined,
  info: (event) => logged.push(event),
  warn: (event) => logged.push(event),
  error: () => undefined,
  child: () => log,
};

function feed(facts: Partial<FeedFacts> = {}): FeedHealth {
  const whole = {
    slug: 'f',
    title: title('源', 'Feed'),
    system: 's',
    protocol: 'p',
    licence: 'l',
    writes: [],
    cadenceS: 60,
    keepAliveS: null,
    publicationDelayS: 0,
    pollS: 0,
  };
  return new FeedHealth({ ...whole, ...facts }, log, START);
}

const state = (health: FeedHealth): string => health.report(clock.now()).state;
const deliver = (health: FeedHealth): void => health.accepted(clock.now(), clock.now());

test('live for two periods, late for four, then stale, live again with the next datum', () => {
  const health = feed();
  expect(state(health)).toBe('connecting');
  deliver(health);
  expect(state(health)).toBe('live');
  clock.advance(120_000);
  expect(state(health)).toBe('live');
  clock.advance(1000);
  expect(state(health)).toBe('late');
  clock.advance(119_000);
  expect(state(health)).toBe('late');
  clock.advance(1000);
  expect(state(health)).toBe('stale');
  deliver(health);
  expect(state(health)).toBe('live');
});

test('old data from a source that answers is stale all the same', () => {
  const health = feed();
  health.accepted(START - 600_000, clock.now());
  expect(health.report(clock.now())).toMatchObject({ state: 'stale', lagMs: 600_000 });
});

test('a known publication delay is no lateness', () => {
  const health = feed({ publicationDelayS: 600 });
  health.accepted(START - 600_000, clock.now());
  expect(state(health)).toBe('live');
});

test('a source that publishes late and is asked now and then does not flicker', () => {
  const health = feed({ cadenceS: 15, publicationDelayS: 15, pollS: 15 });
  health.accepted(clock.now(), clock.now());
  clock.advance(45_000);
  expect(state(health)).toBe('live');
  clock.advance(15_001);
  expect(health.report(clock.now())).toMatchObject({ state: 'late', reason: 'late' });
  clock.advance(30_000);
  expect(health.report(clock.now())).toMatchObject({ state: 'stale', reason: 'silent' });
});

test('a polled source without keep-alive of its own is live while the questions are answered', () => {
  const health = feed({ cadenceS: null, keepAliveS: 30, pollS: 120 });
  health.contact(clock.now());
  clock.advance(121_000);
  expect(state(health)).toBe('live');
});

test('nothing since the start: connecting, then late, then no contact', () => {
  const health = feed();
  expect(health.report(clock.now())).toMatchObject({ state: 'connecting', reason: 'waiting_first' });
  clock.advance(120_001);
  expect(health.report(clock.now())).toMatchObject({ state: 'late', reason: 'waiting_first' });
  clock.advance(120_000);
  expect(health.report(clock.now())).toMatchObject({ state: 'stale', reason: 'no_contact' });
  health.contact(clock.now());
  expect(health.report(clock.now())).toMatchObject({ state: 'stale', reason: 'silent' });
});

test.each([
  ['feed/unreachable', 'unreachable'],
  ['feed/status', 'bad_status'],
  ['feed/protocol', 'protocol'],
  ['feed/breaker-open', 'breaker_open'],
  ['record/too-large', 'protocol'],
] as const)('%s is told as %s', (code, reason) => {
  const health = feed();
  health.contact(clock.now());
  health.failed(code, 'http://x');
  expect(health.report(clock.now())).toMatchObject({ state: 'down', reason, detail: `${code}: http://x` });
});

test('a failure is down with its reason, contact ends it', () => {
  const health = feed();
  deliver(health);
  health.failed('feed/timeout', 'http://x');
  expect(health.report(clock.now())).toMatchObject({
    state: 'down',
    reason: 'timeout',
    detail: 'feed/timeout: http://x',
  });
  health.contact(clock.now());
  expect(state(health)).toBe('live');
});

test('a source that says little, and nothing of it can be read, is degraded until something can', () => {
  const health = feed({ cadenceS: null, keepAliveS: 30 });
  deliver(health);
  for (let answer = 0; answer < 3; answer += 1) {
    expect(state(health)).toBe('live');
    clock.advance(30_000);
    health.contact(clock.now());
    health.rejected(clock.now());
  }
  expect(health.report(clock.now())).toMatchObject({ state: 'degraded', reason: 'rejects', detail: '3 / 3' });
  deliver(health);
  expect(state(health)).toBe('live');
});

test('what could not be read long ago is no news', () => {
  const health = feed({ cadenceS: null, keepAliveS: 30 });
  for (let answer = 0; answer < 3; answer += 1) health.rejected(clock.now());
  health.contact(clock.now());
  expect(state(health)).toBe('degraded');
  clock.advance(121_000);
  health.contact(clock.now());
  expect(state(health)).toBe('live');
});

test('more than five percent refused in the last minute is degraded, and heals', () => {
  const health = feed();
  for (let at = 0; at < 94; at += 1) deliver(health);
  for (let at = 0; at < 4; at += 1) health.rejected(clock.now());
  expect(state(health)).toBe('live');
  health.rejected(clock.now());
  health.rejected(clock.now());
  expect(state(health)).toBe('degraded');
  clock.advance(61_000);
  deliver(health);
  expect(state(health)).toBe('live');
});

test('a source that starts as late as we do is connecting, not down; away for longer it is down', () => {
  const health = feed();
  health.failed('feed/unreachable', 'http://x');
  expect(health.report(clock.now())).toMatchObject({ state: 'connecting', reason: 'waiting_first' });
  clock.advance(30_001);
  expect(state(health)).toBe('down');
  health.setEnabled(false, clock.now());
  health.setEnabled(true, clock.now());
  expect(state(health)).toBe('connecting');
  health.contact(clock.now());
  health.failed('feed/unreachable', 'http://x');
  expect(state(health)).toBe('down');
});

test.each([
  ['a minute ahead', 60_000, 'clock_ahead', '+60 s'],
  ['two hours behind', -7_500_000, 'clock_behind', '−2 h 5 min'],
])('a source whose clock is %s is degraded, by how much it says', (_, skewMs, reason, detail) => {
  const health = feed();
  for (let at = 0; at < 10; at += 1) {
    clock.advance(60_000);
    health.accepted(clock.now() + skewMs, clock.now());
  }
  const report = health.report(clock.now());
  expect(report).toMatchObject({ state: 'degraded', reason, detail });
  expect(report.lastAt).toBeLessThanOrEqual(clock.now());
  clock.advance(1_000_000);
  expect(health.report(clock.now())).toMatchObject({ state: 'stale', reason: 'silent' });
});

test('a few of many that are ahead are no wrong clock of the feed, among events they are', () => {
  const state = (cadenceS: number | null, aheadOfTen: number): string => {
    const health = feed({ cadenceS });
    for (let at = 0; at < 10; at += 1) {
      health.accepted(clock.now() + (at < aheadOfTen ? 60_000 : -500), clock.now());
    }
    return health.report(clock.now()).reason;
  };
  expect([state(60, 5), state(60, 6), state(null, 2)]).toEqual(['none', 'clock_ahead', 'clock_ahead']);
});

test('wrong clocks of devices are written once, and once when they are right again', () => {
  const health = feed();
  const device = { layer: 'l', key: 'k', name: '', offMs: 60_000, isSilent: false };
  for (let minute = 0; minute < 10; minute += 1) {
    clock.advance(60_000);
    const clocks = minute < 5 ? { count: 1, worst: [device] } : { count: 0, worst: [] };
    deliver(health);
    health.logChange(health.report(clock.now(), clocks), clock.now());
  }
  expect(logged).toEqual(['feed.clocks-wrong', 'feed.clocks-right']);
});

test('a clock hours ahead is named, though everything it says is refused', () => {
  const health = feed();
  for (let at = 0; at < 3; at += 1) {
    health.ahead(clock.now() + 10_800_000, clock.now());
    health.rejected(clock.now());
  }
  expect(health.report(clock.now())).toMatchObject({
    state: 'degraded',
    reason: 'clock_ahead',
    detail: '+3 h 0 min',
  });
});

test('a late batch among fresh values, or old events of an event-driven source, is no wrong clock', () => {
  const late = feed();
  for (let at = 0; at < 10; at += 1) late.accepted(clock.now() - 7_200_000, clock.now());
  deliver(late);
  expect(state(late)).toBe('live');
  const events = feed({ cadenceS: null });
  for (let at = 0; at < 10; at += 1) events.accepted(clock.now() - 7_200_000, clock.now());
  expect(state(events)).toBe('live');
});

test('event-driven without keep-alive is quiet, not dead', () => {
  const health = feed({ cadenceS: null });
  clock.advance(86_400_000);
  expect(state(health)).toBe('quiet');
  deliver(health);
  expect(state(health)).toBe('live');
});

test('event-driven with keep-alive is judged by its keep-alives', () => {
  const health = feed({ cadenceS: null, keepAliveS: 30 });
  health.contact(clock.now());
  expect(state(health)).toBe('live');
  clock.advance(61_000);
  expect(state(health)).toBe('late');
  clock.advance(60_000);
  expect(state(health)).toBe('stale');
});

test('disabled is off', () => {
  const health = feed();
  health.setEnabled(false, clock.now());
  expect(state(health)).toBe('off');
});

test('flapping at 10 Hz writes at most one line of loss and one of recovery in two minutes', () => {
  const health = feed();
  for (let at = 0; at < 1200; at += 1) {
    clock.advance(100);
    if (at % 2 === 0) health.failed('feed/unreachable', 'x');
    else deliver(health);
    health.logChange(health.report(clock.now()), clock.now());
  }
  expect(logged.length).toBeLessThanOrEqual(3);
  expect(logged[0]).toBe('feed.lost');
});

test('a clock set back breaks nothing', () => {
  const health = feed();
  deliver(health);
  const report = health.report(START - 3_600_000);
  expect(report.lastAt).toBeLessThanOrEqual(START - 3_600_000);
  expect(report.state).toBe('live');
});
