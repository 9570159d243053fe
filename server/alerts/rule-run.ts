// One rule on the rows of one layer: which level stands for each row, what waits for its time, what was over and is not
// yet. Works on numbers by slot; an object is made only where a level changes.
import type { AlertRule } from '../../contracts/records/alert-rule.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { Compiled, Ground, Look, Test } from './conditions.ts';
import { compile, whereOf } from './conditions.ts';
import { ANY, levelOf, NONE, UNKNOWN } from './level.ts';
import { SlotBytes, SlotCounts, SlotList, SlotNumbers } from './slots.ts';

/** Times a row came back within FLAP_MS after which it chatters: then it has to be over for CALM_MS. */
const MOST_FLAPS = 3;
const FLAP_MS = 10 * 60_000;
const CALM_MS = 15 * 60_000;
/** A value that is older than this many periods of its layer is no reason for a new alert. */
const STALE_PERIODS = 4;

/** What changes are told to. Called rarely. */
export interface RunListener {
  /** A row rose from NONE, or from a milder level. */
  rose(run: RuleRun, slot: number, level: number): void;
  /** A row fell to a milder level, or to NONE. */
  fell(run: RuleRun, slot: number, level: number): void;
  /** The row of a slot is gone; its values can still be read. */
  left(run: RuleRun, slot: number): void;
  /** The level that stands for a row from before: NONE where there is none. */
  adopt(run: RuleRun, slot: number): number;
}

export class RuleRun {
  readonly rule: AlertRule;
  readonly table: LayerTable;
  readonly compiled: Compiled;
  readonly #where: Test;
  readonly #listener: RunListener;
  readonly #own: number;
  readonly #look: Look = { at: 0, turn: 0, held: 0 };
  /** The level that is shown. */
  readonly #level = new SlotBytes();
  /** Generation of the row + 1; 0: never seen. */
  readonly #seen = new SlotCounts();
  /** The level it waits to rise to, since when; since when it was lower, and how low. */
  readonly #rise = new SlotBytes();
  readonly #riseAt = new SlotNumbers();
  readonly #fall = new SlotBytes();
  readonly #isFalling = new SlotBytes();
  readonly #fallAt = new SlotNumbers();
  readonly #flaps = new SlotCounts();
  readonly #flapAt = new SlotNumbers();
  readonly #waiting = new SlotList();
  readonly #settle = (slot: number): boolean => this.#pass(slot);

  /** @throws Error where the rule does not fit the layer: it was not checked */
  constructor(rule: AlertRule, ground: Ground, listener: RunListener) {
    this.rule = rule;
    this.table = ground.table(rule.layer);
    this.compiled = compile(rule.when, { table: this.table, ground });
    this.#where = whereOf(rule.where, { table: this.table, ground });
    this.#own = rule.severity === undefined ? NONE : levelOf(rule.severity);
    this.#listener = listener;
  }

  /** Whether the answer changes without a report: `sweep` looks at all rows then. */
  get isTimed(): boolean {
    return this.compiled.isTimed;
  }

  /** Rows that wait for time to pass. */
  get waiting(): number {
    return this.#waiting.count;
  }

  levelOf(slot: number): number {
    return this.#level.get(slot);
  }

  isChattering(slot: number): boolean {
    return this.#flaps.get(slot) >= MOST_FLAPS;
  }

  /** The rows that changed in this tick. */
  changed(at: number): void {
    const { table } = this;
    this.#turnTo(at);
    for (let i = 0; i < table.changedCount; i++) this.#see(table.changedSlots[i] as number);
  }

  /** All rows: after a start, a change of the rule, and from time to time where time alone decides. */
  sweep(at: number): void {
    const { alive, highWater } = this.table;
    this.#turnTo(at);
    for (let slot = 0; slot < highWater; slot++) if (alive[slot] === 1) this.#see(slot);
  }

  /** What waited long enough. */
  pass(at: number): void {
    this.#look.at = at;
    if (this.#waiting.count > 0) this.#waiting.filter(this.#settle);
  }

  #turnTo(at: number): void {
    this.#look.at = at;
    this.#look.turn += 1;
  }

  #see(slot: number): void {
    const { table } = this;
    if (table.alive[slot] !== 1) return this.#leave(slot);
    if (this.#seen.get(slot) !== (table.generation[slot] as number) + 1) this.#begin(slot);
    const look = this.#look;
    look.held = this.#level.get(slot);
    const raw = this.#answer(slot, look);
    if (raw !== UNKNOWN) this.#step(slot, raw === ANY ? this.#own : raw);
  }

  #answer(slot: number, look: Look): number {
    const quality = this.table.stores.quality.data[slot] as number;
    // 2 suspect, 3 bad: see `qualities`.
    if ((quality === 2 || quality === 3) && !this.compiled.isOfReports) return UNKNOWN;
    const fits = this.#where(slot, look);
    if (fits <= NONE) return fits;
    return this.compiled.test(slot, look);
  }

  #begin(slot: number): void {
    this.#forget(slot);
    this.#seen.set(slot, (this.table.generation[slot] as number) + 1);
    const level = this.#listener.adopt(this, slot);
    if (level > NONE) this.#level.set(slot, level);
  }

  #leave(slot: number): void {
    if (this.#seen.get(slot) === 0) return;
    if (this.#level.get(slot) > NONE) this.#listener.left(this, slot);
    this.#forget(slot);
    this.#seen.set(slot, 0);
  }

  #forget(slot: number): void {
    this.#level.set(slot, NONE);
    this.#rise.set(slot, NONE);
    this.#riseAt.set(slot, NaN);
    this.#isFalling.set(slot, 0);
    this.#flaps.set(slot, 0);
    this.#flapAt.set(slot, NaN);
    this.compiled.forget(slot);
  }

  #step(slot: number, raw: number): void {
    const { at } = this.#look;
    const shown = this.#level.get(slot);
    if (raw >= shown && this.#isFalling.get(slot) === 1) {
      this.#isFalling.set(slot, 0);
      this.#countFlap(slot, at);
    }
    if (raw > shown) {
      const before = this.#rise.get(slot);
      if (before === NONE) this.#riseAt.set(slot, at);
      // Over the whole of its time it holds the mildest level of it.
      this.#rise.set(slot, before === NONE ? raw : Math.min(before, raw));
      if (!this.#risesNow(slot, at)) this.#waiting.add(slot);
      return;
    }
    this.#rise.set(slot, NONE);
    if (raw === shown) return;
    if (this.#isFalling.get(slot) === 0) {
      this.#isFalling.set(slot, 1);
      this.#fallAt.set(slot, at);
      this.#fall.set(slot, raw);
    } else this.#fall.set(slot, Math.max(this.#fall.get(slot), raw));
    if (!this.#fallsNow(slot, at)) this.#waiting.add(slot);
  }

  /** It came, or came back before it was over. */
  #countFlap(slot: number, at: number): void {
    const isNew = !(at - this.#flapAt.get(slot) < FLAP_MS);
    this.#flapAt.set(slot, isNew ? at : this.#flapAt.get(slot));
    this.#flaps.set(slot, isNew ? 1 : this.#flaps.get(slot) + 1);
  }

  /** → whether it went on waiting */
  #pass(slot: number): boolean {
    const { table } = this;
    if (table.alive[slot] !== 1 || this.#seen.get(slot) === 0) return false;
    const { at } = this.#look;
    if (this.#rise.get(slot) > NONE) {
      if (!this.#isStale(slot, at)) return !this.#risesNow(slot, at);
      this.#rise.set(slot, NONE);
      return false;
    }
    if (this.#isFalling.get(slot) === 1) return !this.#fallsNow(slot, at);
    return false;
  }

  /** A rule about silence is about old values. */
  #isStale(slot: number, at: number): boolean {
    const { periodS } = this.table.layer;
    if (periodS === null || this.compiled.isOfReports) return false;
    return at - (this.table.validAt[slot] as number) > STALE_PERIODS * periodS * 1000;
  }

  #risesNow(slot: number, at: number): boolean {
    if (at - this.#riseAt.get(slot) < this.rule.for) return false;
    const level = this.#rise.get(slot);
    this.#rise.set(slot, NONE);
    if (this.#level.get(slot) === NONE) this.#countFlap(slot, at);
    this.#level.set(slot, level);
    this.#listener.rose(this, slot, level);
    return true;
  }

  #fallsNow(slot: number, at: number): boolean {
    const calmMs = this.isChattering(slot) ? Math.max(CALM_MS, this.rule.clearAfter) : this.rule.clearAfter;
    if (at - this.#fallAt.get(slot) < calmMs) return false;
    const level = this.#fall.get(slot);
    this.#isFalling.set(slot, 0);
    this.#level.set(slot, level);
    this.#listener.fell(this, slot, level);
    return true;
  }
}
