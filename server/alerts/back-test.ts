// A rule on the past: the states that were recorded go through the same engine, and what it would have said is counted.
import { WHOLE_CITY } from '../../contracts/records/reach.ts';
import { FrameReceiver, decodeHeader } from '../../contracts/frame.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { AlarmBand } from '../../contracts/records/alert.ts';
import type { AlertRule, AlertSeverity } from '../../contracts/records/alert-rule.ts';
import type { Title } from '../../contracts/column.ts';
import { splitStretch } from '../../contracts/stretch.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { unpack } from '../kit/packed.ts';
import type { History } from '../history/port.ts';
import type { Ground } from './conditions.ts';
import { bandOf } from './discipline.ts';
import { AlertEngine } from './engine.ts';
import { PaperBook } from './paper-book.ts';
import type { RegionName } from './wording.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
export const MOST_TESTED_MS = 7 * DAY_MS;
/** Of one question to the history: the page goes on ticking in between. */
const STRETCH_MS = 5 * MINUTE_MS;
/** Where nothing changed time passes in these steps: silence and durations are seen that late at most. */
const STEP_MS = 5000;
/** A test that takes longer ends where it is, and says so. */
const LONGEST_MS = 60_000;
const MOST_LISTED = 1000;

export interface BackTestAsk {
  readonly rule: AlertRule;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
}

export interface Firing {
  readonly at: number;
  /** null: it still stood at the end. */
  readonly until: number | null;
  readonly severity: AlertSeverity;
  readonly layer: string;
  readonly key: string;
  readonly region: string;
  readonly title: Title;
  readonly value: number | null;
  readonly limit: number | null;
  /** Rows that held for it. */
  readonly signals: number;
}

export interface BackTestAnswer {
  readonly rule: string;
  readonly from: number;
  /** Up to where it was tried: earlier than asked where that took too long. */
  readonly to: number;
  readonly isComplete: boolean;
  readonly fired: number;
  readonly perDay: number;
  /** If nothing else were to be heard. */
  readonly band: AlarmBand;
  /** Longest time one stood, milliseconds. */
  readonly longestMs: number;
  readonly bySeverity: Readonly<Partial<Record<AlertSeverity, number>>>;
  /** Times by hour of the day of the server's city clock in UTC, 24 numbers. */
  readonly byHourUtc: readonly number[];
  /** Oldest first; the first thousand. */
  readonly firings: readonly Firing[];
  /** Layers of which nothing was recorded at some time of it. */
  readonly absent: readonly string[];
}

export interface BackTestOptions {
  readonly history: Pick<History, 'replay' | 'flush'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly region: RegionName;
  readonly placeOf: Ground['placeOf'];
  readonly fenceOf: Ground['fenceOf'];
  readonly layerOf: (slug: string) => Parameters<typeof receiverOf>[0];
}

const receiverOf = (layer: ConstructorParameters<typeof FrameReceiver>[0]): FrameReceiver =>
  new FrameReceiver(layer, 'sensitive');

export class BackTests {
  readonly #options: BackTestOptions;
  #isBusy = false;
  #count = 0;

  constructor(options: BackTestOptions) {
    this.#options = options;
  }

  /** @throws CodedError request/invalid, request/too-many */
  async run(asked: BackTestAsk): Promise<BackTestAnswer> {
    const now = this.#options.clock.now();
    if (asked.from >= asked.to || asked.to > now || asked.to - asked.from > MOST_TESTED_MS) {
      const most = MOST_TESTED_MS / DAY_MS;
      throw new CodedError(
        'request/invalid',
        `from ${asked.from} to ${asked.to}: up to ${most} days, not after ${now}`,
      );
    }
    if (this.#isBusy) throw new CodedError('request/too-many', 'another rule is being tried');
    this.#isBusy = true;
    try {
      return await this.#run(asked);
    } finally {
      this.#isBusy = false;
    }
  }

  async #run({ rule, from, to }: BackTestAsk): Promise<BackTestAnswer> {
    const { clock, logger, region } = this.#options;
    const tables = this.#tables(rule);
    const book = new PaperBook();
    const tried = { ...rule, enabled: true };
    const engine = new AlertEngine({
      rules: () => ({ revision: 1, rules: [tried], problems: [] }),
      ground: this.#ground(tables),
      book,
      region,
      logger,
    });
    const began = clock.elapsed();
    await this.#options.history.flush();
    const absent = new Set<string>();
    this.#count += 1;
    let at = from;
    let isFirst = true;
    while (at < to && clock.elapsed() - began < LONGEST_MS) {
      const { bytes } = await this.#options.history.replay({
        reader: `back-test ${this.#count}`,
        layers: [...tables.keys()],
        refused: [],
        label: 'sensitive',
        areas: [WHOLE_CITY],
        clock: 'known',
        from: at,
        to: Math.min(to, at + STRETCH_MS),
        stepMs: 0,
        isFresh: isFirst,
      });
      const stretch = splitStretch(unpack(bytes));
      for (const slug of stretch.head.absent) absent.add(slug);
      for (const state of stretch.states) {
        book.at = pass(engine, { from: at, to: state.at, tables, book });
        at = state.at;
        for (const frame of state.frames) tables.get(decodeHeader(frame).layer)?.apply(frame);
        step(engine, { at, tables, book });
      }
      at = pass(engine, { from: at, to: Math.max(stretch.head.to, at + 1), tables, book });
      isFirst = false;
    }
    return answerOf(rule, book, { from, to: Math.min(at, to), isComplete: at >= to, absent: [...absent] });
  }

  #tables(rule: AlertRule): Map<string, FrameReceiver> {
    const leaves = 'of' in rule.when ? rule.when.of : [rule.when];
    const slugs = [rule.layer, ...leaves.flatMap((leaf) => (leaf.kind === 'nearby' ? leaf.layer : []))];
    return new Map([...new Set(slugs)].map((slug) => [slug, receiverOf(this.#options.layerOf(slug))]));
  }

  #ground(tables: ReadonlyMap<string, FrameReceiver>): Ground {
    const table = (slug: string) => {
      const receiver = tables.get(slug);
      if (!receiver) throw new Error(`layer ${slug} is not part of this test`);
      return receiver.table;
    };
    return {
      table,
      placeOf: this.#options.placeOf,
      fenceOf: this.#options.fenceOf,
    };
  }
}

interface Passing {
  readonly from: number;
  readonly to: number;
  readonly tables: ReadonlyMap<string, FrameReceiver>;
  readonly book: PaperBook;
}

/** Time in which nothing changed. → where it ends */
function pass(engine: AlertEngine, { from, to, tables, book }: Passing): number {
  for (let at = from + STEP_MS; at < to; at += STEP_MS) step(engine, { at, tables, book });
  return to;
}

function step(
  engine: AlertEngine,
  { at, tables, book }: Pick<Passing, 'tables' | 'book'> & { at: number },
): void {
  book.at = at;
  engine.tick({ at });
  for (const { table } of tables.values()) table.clearChanges();
}

type Tried = Pick<BackTestAnswer, 'from' | 'to' | 'isComplete' | 'absent'>;

function answerOf(rule: AlertRule, book: PaperBook, tried: Tried): BackTestAnswer {
  const { firings } = book;
  const bySeverity: Partial<Record<AlertSeverity, number>> = {};
  const byHourUtc = new Array<number>(24).fill(0);
  for (const { severity, at } of firings) {
    bySeverity[severity] = (bySeverity[severity] ?? 0) + 1;
    const hour = new Date(at).getUTCHours();
    byHourUtc[hour] = (byHourUtc[hour] ?? 0) + 1;
  }
  const spanMs = Math.max(1, tried.to - tried.from);
  return {
    rule: rule.id,
    ...tried,
    fired: firings.length,
    perDay: Math.round((firings.length / spanMs) * DAY_MS * 100) / 100,
    band: bandOf((firings.length / spanMs) * 60 * MINUTE_MS),
    longestMs: firings.reduce((most, { at, until }) => Math.max(most, (until ?? tried.to) - at), 0),
    bySeverity,
    byHourUtc,
    firings: firings.slice(0, MOST_LISTED),
  };
}
