// How a feed is doing, told from what it delivers, and the counters behind it.
import type { Title } from '../../contracts/column.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import type { FeedReason } from '../../contracts/layers/feed-health.ts';
import type { Logger } from '../kit/log.ts';
import { LagWindow } from './lag-window.ts';
import type { ClockFaults, FeedReport, FeedState } from './port.ts';

/** Counters are kept in steps of this length; a minute is twelve of them. */
const STEP_MS = 5000;
const STEPS = 12;
/** Share of refused records in the last minute beyond which a feed is degraded. */
const DEGRADED_SHARE = 0.05;
/** Fewer records than this say nothing about a share. */
const DEGRADED_MIN = 5;
/** So many refused records in a row, whatever time they take, say that nothing of the source can be read. */
const DEGRADED_RUN = 3;
/** A run of refused records is told for at least this long after its last one. */
const RUN_TOLD_MS = 120_000;
/** After its start a source may be away for this long before it counts as down: it may be starting as well. */
const CONNECTING_MS = 30_000;
/** An event-driven source is live for this long after an event. */
const EVENT_FRESH_MS = 300_000;
/** A flapping feed writes at most one loss and one recovery in this time. */
const LOG_EVERY_MS = 60_000;
const MAX_IGNORED = 200;
/** From here on the clock of a source is drifting ahead. */
export const DRIFT_MS = 10_000;
/** Share of reports from the future beyond which it is the clock of the feed; below, single devices are named. */
const AHEAD_REPORTS = 0.5;
/** The same of events, each of which is told of something else. */
const AHEAD_EVENTS = 0.05;
/** Events of one source come within this, where the clock of an event-driven one is judged, seconds. */
const EVENT_PERIOD_S = 300;

const reasonOf: Partial<Record<ErrorCode, FeedReason>> = {
  'feed/unreachable': 'unreachable',
  'feed/timeout': 'timeout',
  'feed/status': 'bad_status',
  'feed/breaker-open': 'breaker_open',
};

/** State, why, and what stands behind it in figures or in the words of the connection. */
type Verdict = readonly [state: FeedState, reason: FeedReason, detail: string];

export interface FeedFacts {
  readonly slug: string;
  readonly title: Title;
  readonly system: string;
  readonly protocol: string;
  readonly licence: string;
  readonly writes: readonly string[];
  readonly cadenceS: number | null;
  /** Seconds within which a source says something between its events; null: it says nothing then. */
  readonly keepAliveS: number | null;
  readonly publicationDelayS: number;
  /** Seconds between two questions of a polled feed: a datum may wait so long for us; 0: it comes by itself. */
  readonly pollS: number;
}

const RIGHT: ClockFaults = { count: 0, worst: [] };

type Counter = 'accepted' | 'rejected';

export class FeedHealth {
  readonly facts: FeedFacts;
  #pollS: number;
  readonly #log: Logger;
  #startedAt: number;
  #enabled = true;
  #why = '';
  #lastAt: number | null = null;
  #receivedAt: number | null = null;
  #lastOkAt: number | null = null;
  #failure: { code: ErrorCode; detail: string } | null = null;
  readonly totals = { accepted: 0, rejected: 0, duplicates: 0, late: 0, held: 0, drifted: 0 };
  readonly #minute: Record<Counter, Uint32Array> = {
    accepted: new Uint32Array(STEPS),
    rejected: new Uint32Array(STEPS),
  };
  #step = -1;
  /** Refused since the last one that was accepted, and when the last of them was. */
  #refused = 0;
  #refusedAt = -Infinity;
  readonly #lags = new LagWindow();
  readonly #ignored = new Map<string, number>();
  #wasLost = false;
  #loggedAt = -Infinity;
  #hasWrongClocks = false;
  #clocksLoggedAt = -Infinity;

  constructor(facts: FeedFacts, log: Logger, startedAt: number) {
    this.facts = facts;
    this.#pollS = facts.pollS;
    this.#log = log;
    this.#startedAt = startedAt;
  }

  /** Seconds between two questions from now on. */
  setPoll(pollS: number): void {
    this.#pollS = pollS;
  }

  /** `why`: a person switched it; '' the settings did. */
  setEnabled(enabled: boolean, now: number, why = ''): void {
    if (enabled && !this.#enabled) this.#startedAt = now;
    this.#enabled = enabled;
    this.#why = why;
  }

  /** A record reached the state or the history. What is forecast may speak of moments to come. */
  accepted(validAt: number, now: number, isObserved = true): void {
    this.#count('accepted', now);
    this.totals.accepted += 1;
    this.#refused = 0;
    this.#receivedAt = now;
    if (this.#lastAt === null || validAt > this.#lastAt) this.#lastAt = validAt;
    this.#lags.add(isObserved ? now - validAt : Math.max(0, now - validAt), now);
    this.contact(now);
  }

  /** An observation whose moment lies further ahead of us than clocks differ, taken or refused. */
  ahead(validAt: number, now: number): void {
    this.totals.drifted += 1;
    this.#lags.add(now - validAt, now);
  }

  rejected(now: number): void {
    this.#count('rejected', now);
    this.totals.rejected += 1;
    this.#refused += 1;
    this.#refusedAt = now;
  }

  ignored(what: string): void {
    const known = this.#ignored.get(what);
    if (known !== undefined || this.#ignored.size < MAX_IGNORED) this.#ignored.set(what, (known ?? 0) + 1);
  }

  contact(now: number): void {
    this.#lastOkAt = now;
    this.#failure = null;
  }

  failed(code: ErrorCode, detail: string): void {
    this.#failure = { code, detail };
  }

  /** What reports of this source usually take to us, milliseconds; below 0: most are ahead of us. */
  usualLagMs(now: number): number {
    return this.#lags.middle(now - this.#limitMs) ?? 1000 * this.facts.publicationDelayS;
  }

  report(now: number, clocks: ClockFaults = RIGHT): FeedReport {
    const [state, reason, detail] = this.#judge(now);
    const accepted = this.#sum('accepted', now);
    const rejected = this.#sum('rejected', now);
    return {
      id: this.facts.slug,
      title: this.facts.title,
      system: this.facts.system,
      protocol: this.facts.protocol,
      licence: this.facts.licence,
      writes: this.facts.writes,
      cadenceS: this.facts.cadenceS,
      state,
      reason,
      detail,
      lastAt: this.#lastAt === null ? null : Math.min(this.#lastAt, now),
      lastOkAt: this.#lastOkAt,
      lagMs: this.#lags.median(now),
      ratePerMin: accepted,
      accepted: this.totals.accepted,
      rejected: this.totals.rejected,
      duplicates: this.totals.duplicates,
      late: this.totals.late,
      drifted: this.totals.drifted,
      rejectedPct: accepted + rejected === 0 ? 0 : (100 * rejected) / (accepted + rejected),
      clocks,
      ignored: Object.fromEntries(this.#ignored),
    };
  }

  /** Writes one log line on loss and one on recovery, at most one of each a minute; the same for clocks of devices. */
  logChange(report: FeedReport, now: number): void {
    this.#logClocks(report, now);
    const isLost = report.state === 'down' || report.state === 'stale';
    if (isLost === this.#wasLost || now - this.#loggedAt < LOG_EVERY_MS) return;
    this.#wasLost = isLost;
    this.#loggedAt = now;
    const { id: feed, state, reason, detail, lastAt } = report;
    const fields = { feed, state, reason, detail, lastAt };
    if (isLost) this.#log.warn('feed.lost', fields);
    else this.#log.info('feed.recovered', fields);
  }

  #logClocks({ id: feed, clocks }: FeedReport, now: number): void {
    const isWrong = clocks.count > 0;
    if (isWrong === this.#hasWrongClocks || now - this.#clocksLoggedAt < LOG_EVERY_MS) return;
    this.#hasWrongClocks = isWrong;
    this.#clocksLoggedAt = now;
    if (isWrong) this.#log.warn('feed.clocks-wrong', { feed, count: clocks.count, worst: clocks.worst[0] });
    else this.#log.info('feed.clocks-right', { feed });
  }

  #judge(now: number): Verdict {
    if (!this.#enabled) return ['off', this.#why === '' ? 'disabled' : 'switched_off', this.#why];
    if (this.#failure) {
      const { code, detail } = this.#failure;
      const isStarting = this.#lastOkAt === null && now - this.#startedAt <= CONNECTING_MS;
      if (isStarting) return ['connecting', 'waiting_first', `${code}: ${detail}`];
      // What else a connection can fail with is a source that sends what it should not.
      return ['down', reasonOf[code] ?? 'protocol', `${code}: ${detail}`];
    }
    const skew = this.#skewed(now);
    if (skew) return skew;
    const freshness = this.#freshness(now);
    return freshness[0] === 'stale' ? freshness : (this.#degraded(now) ?? freshness);
  }

  /** Late is what is older than two periods beyond the waits that are known: of the source to publish, of us to ask. */
  #freshness(now: number): Verdict {
    const { cadenceS, keepAliveS } = this.facts;
    const periodS = cadenceS ?? keepAliveS;
    if (periodS === null) {
      const isFresh = this.#receivedAt !== null && now - this.#receivedAt <= EVENT_FRESH_MS;
      return isFresh ? ['live', 'none', ''] : ['quiet', 'quiet_no_event', ''];
    }
    const periodMs = periodS * 1000;
    const last = cadenceS === null ? this.#lastOkAt : this.#lastAt;
    const age = now - (last ?? this.#startedAt) - this.#graceMs;
    if (age > 4 * periodMs) return ['stale', this.#lastOkAt === null ? 'no_contact' : 'silent', ''];
    if (last === null) return [age > 2 * periodMs ? 'late' : 'connecting', 'waiting_first', ''];
    return age > 2 * periodMs ? ['late', 'late', ''] : ['live', 'none', ''];
  }

  /** Waits that are known: of us to ask, of the source to publish. */
  get #graceMs(): number {
    const { cadenceS, publicationDelayS } = this.facts;
    return 1000 * (this.#pollS + (cadenceS === null ? 0 : publicationDelayS));
  }

  /** Within this, something comes from a source that is well. */
  get #limitMs(): number {
    return this.#graceMs + 2 * 1000 * (this.facts.cadenceS ?? EVENT_PERIOD_S);
  }

  /**
   * A source that goes on telling new things, all of moments long ago or yet to come, is not silent: its clock is
   * wrong. Events may well be told hours later, so only what is periodic can be behind.
   */
  #skewed(now: number): Verdict | null {
    const { cadenceS } = this.facts;
    const limitMs = this.#limitMs;
    const skew = this.#lags.skew(now - limitMs, {
      aheadMs: DRIFT_MS,
      aheadShare: cadenceS === null ? AHEAD_EVENTS : AHEAD_REPORTS,
      behindMs: limitMs,
    });
    if (skew === null || (skew > 0 && cadenceS === null)) return null;
    return ['degraded', skew < 0 ? 'clock_ahead' : 'clock_behind', skewText(-skew)];
  }

  #degraded(now: number): Verdict | null {
    const rejected = this.#sum('rejected', now);
    const accepted = this.#sum('accepted', now);
    const all = accepted + rejected;
    if (accepted === 0 && this.#isUnreadable(now))
      return ['degraded', 'rejects', `${this.#refused} / ${this.#refused}`];
    if (all < DEGRADED_MIN) return null;
    if (rejected / all > DEGRADED_SHARE) return ['degraded', 'rejects', `${rejected} / ${all} · 1 min`];
    return null;
  }

  /** A source that says little has few records a minute: what it says is unreadable all the same. */
  #isUnreadable(now: number): boolean {
    const { cadenceS, keepAliveS } = this.facts;
    const toldMs = Math.max(RUN_TOLD_MS, this.#graceMs + 2000 * (cadenceS ?? keepAliveS ?? 0));
    return this.#refused >= DEGRADED_RUN && now - this.#refusedAt <= toldMs;
  }

  #count(counter: Counter, now: number): void {
    this.#turn(now);
    const steps = this.#minute[counter];
    const at = this.#step % STEPS;
    steps[at] = (steps[at] as number) + 1;
  }

  #sum(counter: Counter, now: number): number {
    this.#turn(now);
    let sum = 0;
    for (const count of this.#minute[counter]) sum += count;
    return sum;
  }

  /** Moves on to the step of `now`, emptying the ones in between. A clock set back stays in its step. */
  #turn(now: number): void {
    const step = Math.floor(now / STEP_MS);
    if (step <= this.#step) return;
    const passed = Math.min(STEPS, step - this.#step);
    for (let at = 1; at <= passed; at += 1) {
      for (const counts of Object.values(this.#minute)) counts[(step - passed + at) % STEPS] = 0;
    }
    this.#step = step;
  }
}

/** `+2 h 5 min`, `−45 s`: how far the clock of a source stands from ours. */
function skewText(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const sign = ms < 0 ? '−' : '+';
  if (seconds < 120) return `${sign}${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${sign}${minutes} min` : `${sign}${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
