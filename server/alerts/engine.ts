// The rules at work, once a tick over the rows that changed: finds, joins what has one cause, and tells the book.
import type { Title } from '../../contracts/column.ts';
import type { AlertRule } from '../../contracts/records/alert-rule.ts';
import type { Logger } from '../kit/log.ts';
import type { TickFollower } from '../state/port.ts';
import type { AlertBook } from './alert-book.ts';
import { metresBetween, positionsOf } from './areas.ts';
import type { Ground } from './conditions.ts';
import type { Held } from './fold.ts';
import { levelOf, NONE, severityOf } from './level.ts';
import type { AlertRules } from './port.ts';
import type { RunListener } from './rule-run.ts';
import { RuleRun } from './rule-run.ts';
import type { RegionName } from './wording.ts';
import type { Said } from './wording.ts';
import { said } from './wording.ts';

/** Rules about silence and about two layers look at all rows this often. */
const SWEEP_MS = 5000;
/** From this level on somebody has to act now, unless the rule says otherwise. */
const ALARM_LEVEL = levelOf('orange');

export type BookPort = Pick<
  AlertBook,
  | 'find'
  | 'standing'
  | 'raise'
  | 'change'
  | 'clear'
  | 'touch'
  | 'orphan'
  | 'hasOrphans'
  | 'adopt'
  | 'suppressedLevel'
  | 'tick'
>;

export interface EngineOptions {
  readonly rules: () => AlertRules;
  readonly ground: Ground;
  readonly book: BookPort;
  readonly region: RegionName;
  /** Said behind the title of an alert about a row; null: nothing. */
  readonly remark?: (layer: string, key: string) => Title | null;
  readonly logger: Logger;
}

interface Running {
  readonly run: RuleRun;
  /** The alert each row holds for. */
  readonly held: Map<number, Held>;
  isNew: boolean;
  sweptAt: number;
  hasFailed: boolean;
}

export class AlertEngine implements TickFollower, RunListener {
  readonly #options: EngineOptions;
  #running = new Map<RuleRun, Running>();
  #revision = -1;
  #at = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** Rules at work. */
  get size(): number {
    return this.#running.size;
  }

  tick({ at }: { readonly at: number }): void {
    this.#at = at;
    const { revision } = this.#options.rules();
    if (revision !== this.#revision) this.#take(revision);
    for (const running of this.#running.values()) this.#runOne(running, at);
    this.#options.book.tick(at);
  }

  rose(run: RuleRun, slot: number, level: number): void {
    const { book } = this.#options;
    const running = this.#of(run);
    const before = running.held.get(slot);
    if (before?.cleared === null) return this.#change(run, slot, { held: before, level });
    const cause = causeOf(run, slot);
    const held = book.find(cause) ?? this.#near(run, slot);
    if (!held) {
      running.held.set(slot, book.raise(this.#found(run, slot, { level, cause })));
      return;
    }
    running.held.set(slot, held);
    held.members.add(run.table.keyAt(slot));
    book.touch(held);
    if (level > levelOf(held.severity)) this.#change(run, slot, { held, level });
  }

  fell(run: RuleRun, slot: number, level: number): void {
    const running = this.#of(run);
    const held = running.held.get(slot);
    if (!held || held.cleared) return void running.held.delete(slot);
    if (level === NONE) return this.#release(run, slot, 'over');
    if (held.members.size === 1) this.#change(run, slot, { held, level });
  }

  left(run: RuleRun, slot: number): void {
    this.#release(run, slot, 'row-gone');
  }

  adopt(run: RuleRun, slot: number): number {
    const { book } = this.#options;
    const key = run.table.keyAt(slot);
    const held = book.hasOrphans(run.rule.id) ? book.adopt(run.rule.id, key) : null;
    if (!held) return book.suppressedLevel(run.rule.id, key);
    this.#of(run).held.set(slot, held);
    return levelOf(held.severity);
  }

  /** What is said of rows changed otherwise than by the rows themselves: open alerts say it anew, as grave as they are. */
  reword(layer: string, keys: ReadonlySet<string>): void {
    for (const { run, held: ofSlot } of this.#running.values()) {
      if (run.table.layer.slug !== layer) continue;
      for (const [slot, held] of ofSlot)
        if (!held.cleared && held.key === run.table.keyAt(slot) && keys.has(held.key))
          this.#change(run, slot, { held, level: levelOf(held.severity) });
    }
  }

  /** Keeps what did not change; alerts of changed rules wait to be seen again, those of rules that are gone end. */
  #take(revision: number): void {
    const { rules, book } = this.#options;
    const wanted = new Map(rules().rules.map((rule) => [rule.id, rule]));
    const kept = new Map<RuleRun, Running>();
    for (const running of this.#running.values()) {
      const { rule } = running.run;
      const now = wanted.get(rule.id);
      if (now?.enabled && JSON.stringify(now) === JSON.stringify(rule)) {
        kept.set(running.run, running);
        wanted.delete(rule.id);
        continue;
      }
      for (const held of new Set(running.held.values())) if (!held.cleared) this.#orphan(held);
    }
    this.#running = kept;
    for (const rule of wanted.values()) if (rule.enabled) this.#start(rule);
    const ids = new Set([...this.#running.keys()].map(({ rule }) => rule.id));
    for (const held of book.standing()) if (!ids.has(held.rule)) book.clear(held, 'rule-gone');
    this.#revision = revision;
  }

  #orphan(held: Held): void {
    held.members.clear();
    held.members.add(held.key);
    this.#options.book.orphan(held);
  }

  #start(rule: AlertRule): void {
    const { ground, logger } = this.#options;
    try {
      const run = new RuleRun(rule, ground, this);
      this.#running.set(run, {
        run,
        held: new Map(),
        isNew: true,
        sweptAt: 0,
        hasFailed: false,
      });
    } catch (error) {
      logger.error('alert-rule.failed', { rule: rule.id, error: String(error) });
    }
  }

  /** A rule that throws keeps what it said; its failure is logged once until it works again. */
  #runOne(running: Running, at: number): void {
    const { run } = running;
    try {
      if (running.isNew || (run.isTimed && at - running.sweptAt >= SWEEP_MS)) {
        running.isNew = false;
        running.sweptAt = at;
        run.sweep(at);
      }
      if (run.table.changedCount > 0) run.changed(at);
      run.pass(at);
      running.hasFailed = false;
    } catch (error) {
      if (!running.hasFailed)
        this.#options.logger.error('alert-rule.failed', { rule: run.rule.id, error: String(error) });
      running.hasFailed = true;
    }
  }

  #of(run: RuleRun): Running {
    return this.#running.get(run) as Running;
  }

  #release(run: RuleRun, slot: number, why: 'over' | 'row-gone'): void {
    const { held: ofSlot } = this.#of(run);
    const held = ofSlot.get(slot);
    ofSlot.delete(slot);
    if (!held || held.cleared) return;
    held.members.delete(run.table.keyAt(slot));
    if (held.members.size === 0) this.#options.book.clear(held, why);
    else this.#options.book.touch(held);
  }

  #change(run: RuleRun, slot: number, to: { readonly held: Held; readonly level: number }): void {
    const { held, level } = to;
    held.chattering = run.isChattering(slot);
    const { title, value, limit } = this.#said(run, slot, level);
    const alarm = isAlarm(run.rule, level);
    this.#options.book.change(held, { severity: severityOf(level), title, value, limit, alarm });
  }

  /** What the rule says of the row, and behind it what else is to be known of that. */
  #said(run: RuleRun, slot: number, level: number): Said {
    const { region, remark } = this.#options;
    const own = said(run, slot, { level, at: this.#at, region });
    const more = remark?.(run.table.layer.slug, run.table.keyAt(slot)) ?? null;
    return more ? { ...own, title: { zh: own.title.zh + more.zh, en: own.title.en + more.en } } : own;
  }

  #found(run: RuleRun, slot: number, { level, cause }: { level: number; cause: string }) {
    const { table, rule } = run;
    const at = this.#at;
    return {
      rule: rule.id,
      cause,
      layer: table.layer.slug,
      key: table.keyAt(slot),
      severity: severityOf(level),
      alarm: isAlarm(rule, level),
      ...this.#said(run, slot, level),
      position: positionsOf(table)?.value(slot) ?? null,
      region: table.regionAt(slot),
      synthetic: table.syntheticAt(slot),
      since: at,
    };
  }

  /** An open alert of the rule so near that it has the same cause. */
  #near(run: RuleRun, slot: number): Held | null {
    const { withinM } = run.rule.once;
    const place = withinM === undefined ? null : (positionsOf(run.table)?.value(slot) ?? null);
    if (!place || withinM === undefined) return null;
    const at = { lon: place[0], lat: place[1] };
    const isNear = ({ position }: Held): boolean =>
      position !== null && metresBetween(position[0], position[1], at) <= withinM;
    return this.#options.book.standing(run.rule.id).find(isNear) ?? null;
  }
}

const isAlarm = (rule: AlertRule, level: number): boolean => rule.alarm ?? level >= ALARM_LEVEL;

/** Two rows with the same cause are one alert. */
function causeOf({ rule, table }: RuleRun, slot: number): string {
  switch (rule.once.per) {
    case 'row':
      return `${rule.id} ${table.keyAt(slot)}`;
    case 'county':
      return `${rule.id} ${table.regionAt(slot).slice(0, 6)}`;
    case 'city':
      return rule.id;
  }
}
