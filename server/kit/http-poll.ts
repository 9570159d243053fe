// Polling: one cycle each period, aligned to the period with a phase of the feed's own, with back-off and breaker.
import { CodedError } from '../../contracts/errors.ts';
import { createBackOff, randomOf } from './back-off.ts';
import type { Link } from './feed.ts';
import { createHttpReader } from './http-reader.ts';
import type { HttpAnswer, HttpReaderOptions } from './http-reader.ts';

/** Largest phase of a feed against the period, so that feeds of one period do not all ask at once. */
const PHASE_SHARE = 0.1;

/**
 * Runs `cycle` now and then once each period until the feed ends; cycles never overlap. A cycle that returns is
 * contact; one that throws is a failure with its code, and waits longer.
 */
export function pollEvery(link: Link, periodS: number, cycle: () => Promise<void>): void {
  const periodMs = periodS * 1000;
  const random = randomOf(link.slug);
  const phaseMs = random() * PHASE_SHARE * periodMs;
  const backOff = createBackOff(periodMs, random);

  const run = async (): Promise<void> => {
    while (!link.signal.aborted) {
      let waitMs: number;
      try {
        await cycle();
        if (link.signal.aborted) return;
        backOff.success();
        link.contact();
        waitMs = periodMs - positiveModulo(link.clock.now() - phaseMs, periodMs);
        if (waitMs < periodMs / 2) waitMs += periodMs;
      } catch (error) {
        if (link.signal.aborted) return;
        waitMs = backOff.failure();
        reportFailure(link, error, backOff.state === 'open');
      }
      await link.clock.sleep(waitMs, link.signal);
    }
  };
  void run();
}

/** Turns what a cycle threw into health: a breaker that is open says so, with the last reason. */
export function reportFailure(link: Link, error: unknown, open: boolean): void {
  if (!(error instanceof CodedError)) {
    link.log.error('feed.fault', {
      feed: link.slug,
      error: error instanceof Error ? error.stack : String(error),
    });
  }
  const code = error instanceof CodedError ? error.code : 'feed/protocol';
  const reason = error instanceof Error ? error.message : String(error);
  link.failure(open ? 'feed/breaker-open' : code, reason);
}

export interface PollOptions extends HttpReaderOptions {
  /** Absolute or relative to the base address. */
  readonly url: string;
  readonly periodS: number;
}

/** Polls one address; `onAnswer` is called for new answers only, not for "not modified". */
export function pollHttp(link: Link, options: PollOptions, onAnswer: (answer: HttpAnswer) => void): void {
  const reader = createHttpReader(link, options);
  pollEvery(link, options.periodS, async () => {
    const answer = await reader.get(options.url);
    if (answer) onAnswer(answer);
  });
}

function positiveModulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
