// One indicator, evaluated for every region: values, coverage, freshness, level; with the memory that hysteresis and
// held values need.
import type { LayerTable } from '../../contracts/table.ts';
import { Bands } from './bands.ts';
import type { CityFacts, IndicatorDefinition, LocalTime } from './define.ts';
import type { Hysteresis } from './hysteresis.ts';
import { nextLevel } from './hysteresis.ts';
import type { FeedContact } from './port.ts';
import type { Regions } from './regions.ts';
import type { Level, Limits } from './score.ts';
import { levelOfScore, scoreOf, scoreOfLevel, severityOf } from './score.ts';
import { partsOf, valueOf, worstLevel } from './tally.ts';
import type { Tally } from './tally.ts';
import { TallyView } from './view.ts';
import { freshnessOf } from './vital-signs.ts';

export interface EvaluationContext {
  readonly city: CityFacts;
  readonly regions: Regions;
  readonly tables: (slug: string) => LayerTable;
  readonly feeds: () => readonly FeedContact[];
  readonly local: (at: number) => LocalTime;
  /** Absent: those of the definitions. */
  readonly bands?: Bands;
}

/** `waiting`: the server has just started and its sources have not had their time to speak. */
export type State = 'waiting' | 'current' | 'stale' | 'insufficient' | 'off';

/** What is known of an indicator in one region. */
export interface Standing {
  readonly state: State;
  /** null: none; never a zero that stands for "unknown". */
  readonly value: number | null;
  /** Of a quotient; otherwise null. */
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly level: Level | null;
  /** NaN: no thresholds, or no current value. */
  readonly score: number;
  readonly freshness: number | null;
  readonly coveragePct: number;
  /** The oldest moment used, epoch ms. */
  readonly oldestAt: number | null;
  /** When the value was computed, epoch ms. */
  readonly computedAt: number;
  readonly parts: readonly string[];
  readonly synthetic: boolean;
  readonly approximate: boolean;
}

interface Memory {
  standing: Standing | null;
  /** Score and level of the held value before hysteresis. */
  level: Hysteresis | null;
  sampledAt: number;
  /** Of the thresholds the level was found by. */
  bandsRevision: number;
}

/** How well event-driven inputs are connected: periodic ones tell by their rows. */
interface Contact {
  /** Feeds that answer, of all that write the inputs; 1 where every input is periodic. */
  readonly share: number;
  readonly at: number;
  /** A feed is known at all. */
  readonly known: boolean;
  readonly eventDriven: boolean;
}

const CONNECTED = new Set(['live', 'quiet', 'degraded', 'late']);

export class Evaluation {
  readonly definition: IndicatorDefinition;
  readonly #context: EvaluationContext;
  readonly #bands: Bands;
  readonly #memories: Memory[];
  /** Ages are measured against the slower of the indicator and its inputs. */
  readonly #agePeriodS: number;

  constructor(definition: IndicatorDefinition, context: EvaluationContext) {
    this.definition = definition;
    this.#context = context;
    this.#bands = context.bands ?? new Bands();
    const count = definition.granularity === 'city' ? 1 : context.regions.count;
    this.#memories = Array.from({ length: count }, () => ({
      standing: null,
      level: null,
      sampledAt: -Infinity,
      bandsRevision: 0,
    }));
    this.#agePeriodS = Math.max(definition.periodS, ...definition.inputs.map(({ periodS }) => periodS ?? 0));
  }

  /** By region number; null before the first run. */
  standing(region: number): Standing | null {
    return this.#memories[region]?.standing ?? null;
  }

  get regionCount(): number {
    return this.#memories.length;
  }

  /** Thresholds it is judged by; null: none. */
  limitsAt(now: number): Limits | null {
    return this.#bands.inForce(this.definition, this.#context.local(now).day);
  }

  /** Raised when people change the thresholds. */
  get bandsRevision(): number {
    return this.#bands.revisionOf(this.definition.slug);
  }

  /** What a region would be with other thresholds, before any hysteresis; null: no thresholds or no value. */
  levelWith(region: number, code: readonly number[], now: number): Level | null {
    const set = this.limitsAt(now);
    const value = this.standing(region)?.value ?? NaN;
    return set && levelOfScore(scoreOf(value, this.definition.direction, { ...set, code }));
  }

  /** @throws whatever `evaluate` throws */
  run(now: number): void {
    const { city, regions, tables, local } = this.#context;
    const view = new TallyView({ now, city, regions, tables, local });
    this.definition.evaluate(view);
    const contact = this.#contact(now);
    for (const [region, memory] of this.#memories.entries()) {
      const coverage = this.#coverage(view.tally, region, contact);
      const value = this.#value(view.tally, region, { contact, coverage });
      if (Number.isNaN(value)) this.#hold(memory, { now, seen: view.seen || contact.known, coverage });
      else this.#settle(memory, { now, region, value, coverage, tally: view.tally, contact });
    }
  }

  #contact(now: number): Contact {
    const layers = this.definition.inputs.filter(({ periodS }) => periodS === null).map(({ slug }) => slug);
    if (layers.length === 0) return { share: 1, at: Infinity, known: false, eventDriven: false };
    const writers = this.#context
      .feeds()
      .filter(({ writes }) => writes.some((slug) => layers.includes(slug)));
    const heard = writers.filter(({ state, lastOkAt }) => CONNECTED.has(state) && lastOkAt !== null);
    // Each input needs a feed of its own: with one of them silent nothing can be said.
    const whole = layers.every((slug) => heard.some(({ writes }) => writes.includes(slug)));
    const at = Math.min(
      now,
      ...heard.map(({ state, lastOkAt }) => (state === 'quiet' ? now : (lastOkAt ?? now))),
    );
    const known = writers.some(({ lastOkAt }) => lastOkAt !== null);
    return { share: whole ? heard.length / writers.length : 0, at, known, eventDriven: true };
  }

  /** 0–1: usable inputs among those that should be there. */
  #coverage(tally: Tally, region: number, contact: Contact): number {
    const { roster } = this.definition;
    const { city, regions } = this.#context;
    const listed = roster?.(city, region === 0 ? null : (regions.codes[region] ?? '')) ?? 0;
    const expected = Math.max(listed, tally.expected[region] as number);
    if (expected === 0) return contact.eventDriven ? contact.share : 0;
    return ((tally.covered[region] as number) / expected) * contact.share;
  }

  #value(
    tally: Tally,
    region: number,
    { contact, coverage }: { contact: Contact; coverage: number },
  ): number {
    const covered = tally.covered[region] as number;
    if (coverage === 0 || (covered === 0 && !contact.eventDriven)) return NaN;
    const value = valueOf(tally, region, this.definition.aggregate);
    return Number.isFinite(value) ? value : NaN;
  }

  #settle(
    memory: Memory,
    found: { now: number; region: number; value: number; coverage: number; tally: Tally; contact: Contact },
  ): void {
    const { now, region, value, coverage, tally, contact } = found;
    const oldestAt = Math.min(tally.oldest[region] as number, contact.at);
    // Rows of event-driven layers hold until they end: their age is not the age of the picture.
    const asOf = contact.eventDriven ? contact.at : oldestAt;
    const freshness = freshnessOf(now - asOf, this.#agePeriodS);
    const { score, level } = this.#judge(memory, { now, value, worst: worstLevel(tally, region) });
    const isQuotient = this.definition.aggregate === 'RATE' || this.definition.aggregate === 'AVG';
    memory.standing = {
      state: freshness > 0 ? 'current' : 'stale',
      value,
      numerator: isQuotient ? (tally.numerator[region] as number) : null,
      denominator: isQuotient ? (tally.denominator[region] as number) : null,
      level: freshness > 0 ? level : null,
      score: freshness > 0 ? score : NaN,
      freshness,
      coveragePct: 100 * coverage,
      oldestAt: asOf,
      computedAt: now,
      parts: partsOf(tally, region, this.definition.aggregate),
      synthetic: tally.synthetic[region] === 1,
      approximate: tally.approximate,
    };
  }

  #judge(
    memory: Memory,
    sample: { now: number; value: number; worst: Level },
  ): { score: number; level: Level | null } {
    const { direction, key, periodS, aggregate } = this.definition;
    const { now, value, worst } = sample;
    const set = this.limitsAt(now);
    if (!set) return { score: NaN, level: null };
    const own = aggregate === 'WORST';
    const score = own ? scoreOfLevel(worst) : scoreOf(value, direction, set);
    const level = own ? worst : levelOfScore(score);
    if (level === null) return { score, level };
    // Other thresholds count at once: what was waited out, was waited out against those before.
    if (memory.bandsRevision !== this.bandsRevision) memory.level = null;
    const isFirst = memory.level === null;
    memory.bandsRevision = this.bandsRevision;
    const shown = memory.level?.shown;
    const atOnce = key && shown !== undefined && severityOf(level) > severityOf(shown);
    // Half a second of slack: a sample a tick early is still the sample of its period.
    if (isFirst || atOnce || now - memory.sampledAt >= periodS * 1000 - 500) {
      memory.level = nextLevel(memory.level, { level, at: now }, key);
      memory.sampledAt = now;
    }
    return { score, level: memory.level?.shown ?? level };
  }

  /** Nothing to compute from: the last value stands while it is fresh, then greys; without one there is no number. */
  #hold(memory: Memory, { now, seen, coverage }: { now: number; seen: boolean; coverage: number }): void {
    const last = memory.standing;
    if (last?.value == null) {
      memory.standing = {
        ...nothing,
        state: seen ? 'insufficient' : 'off',
        coveragePct: 100 * coverage,
        computedAt: now,
      };
      return;
    }
    const freshness = freshnessOf(now - (last.oldestAt ?? last.computedAt), this.#agePeriodS);
    const gone = freshness === 0;
    memory.standing = {
      ...last,
      state: gone ? 'stale' : 'current',
      level: gone ? null : last.level,
      score: gone ? NaN : last.score,
      freshness,
      coveragePct: 100 * coverage,
    };
  }
}

const nothing = {
  value: null,
  numerator: null,
  denominator: null,
  level: null,
  score: NaN,
  freshness: null,
  oldestAt: null,
  parts: [],
  synthetic: false,
  approximate: false,
} as const;
