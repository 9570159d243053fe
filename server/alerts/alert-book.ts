// The alerts that stand: written to the log of records as they come, change and end, kept over restarts, and answered for
// by people.
import { createHash } from 'node:crypto';
import { CodedError } from '../../contracts/errors.ts';
import type {
  AcknowledgeRequest,
  AlarmDiscipline,
  Alert,
  AlertCommentRequest,
  AlertKind,
  AlertState,
  ClearReason,
  ClearRequest,
  ShelveRequest,
  UnshelveRequest,
} from '../../contracts/records/alert.ts';
import { alertKinds } from '../../contracts/records/alert.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { Turns } from '../kit/turns.ts';
import type { RecordLog } from '../store/port.ts';
import type { RowTarget } from './alert-rows.ts';
import { AlertRows } from './alert-rows.ts';
import { disciplineOf } from './discipline.ts';
import { FoldKeeper } from './fold-keeper.ts';
import type { Held, RaiseBody, RaiseMark, Step } from './fold.ts';
import { AlertFold, asListed, stepOf, suppressKey } from './fold.ts';
import { levelOf } from './level.ts';
import { SystemEntries } from './system-entries.ts';

/** Name of its snapshots in the store. */
const FOLD = 'alerts';
const MINUTE_MS = 60_000;
const LONGEST_SHELF_MS = 7 * 86_400_000;
/** Rows that alerts of an earlier run were about have this long to come back. */
const COME_BACK_MS = 10 * MINUTE_MS;

export interface AlertBookOptions {
  readonly log: RecordLog;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly rows: RowTarget;
  /** People at the alarms, for what each of them hears. */
  readonly operators: number;
}

export class AlertBook {
  readonly #options: AlertBookOptions;
  readonly #fold = new AlertFold();
  readonly #rows: AlertRows;
  readonly #entries: SystemEntries;
  readonly #keeper: FoldKeeper;
  /** Of an earlier run or rule, not seen again yet: by rule, then by key. */
  readonly #orphans = new Map<string, Map<string, Held>>();
  readonly #turns = new Turns();
  #isKeeping = false;
  #openedAt = 0;

  constructor(options: AlertBookOptions) {
    this.#options = options;
    this.#rows = new AlertRows(options.rows);
    const { log, logger } = options;
    this.#entries = new SystemEntries(log, logger);
    this.#keeper = new FoldKeeper({
      ...{ log, fold: FOLD, entries: this.#entries },
      state: () => ({ fold: this.#fold.state() }),
      size: () => this.#fold.open.size + this.#fold.raised.length,
    });
  }

  /** Folds the log, from its snapshot on; call before the first tick. */
  async open(): Promise<void> {
    const { log, clock } = this.#options;
    const kept = await this.#keeper.newest();
    const { fold } = (kept?.state ?? {}) as { readonly fold?: unknown };
    const isKept = kept !== null && this.#fold.restore(fold);
    for await (const entry of log.read({ after: isKept ? kept.seq : 0, kinds: alertKinds })) {
      const step = stepOf(entry);
      if (step) this.#fold.apply(step);
      this.#keeper.note();
    }
    this.#openedAt = clock.now();
    this.#fold.prune(this.#openedAt);
    for (const held of this.#fold.open.values()) this.orphan(held);
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#turns.settled();
    await this.#entries.drain();
    await this.#keeper.keep();
  }

  get openCount(): number {
    return this.#fold.open.size;
  }

  /** The alert of a cause, where one stands. */
  find(cause: string): Held | null {
    return this.#fold.byCause.get(cause) ?? null;
  }

  /** Those of one rule, or all. */
  standing(rule?: string): readonly Held[] {
    const all = [...this.#fold.open.values()];
    return rule === undefined ? all : all.filter((held) => held.rule === rule);
  }

  raise(found: Omit<RaiseBody, 'id'>): Held {
    const [held] = this.#apply('alert/raise', { id: idOf(found), ...found });
    return held as Held;
  }

  change(held: Held, to: Pick<RaiseBody, 'severity' | 'value' | 'limit' | 'title' | 'alarm'>): void {
    this.#apply('alert/change', { id: held.id, ...to });
  }

  clear(held: Held, why: ClearReason): void {
    this.#forget(held);
    this.#apply('alert/clear', { id: held.id, why });
  }

  /** What is not on record: how many rows hold for it, and whether it chatters. */
  touch(held: Held): void {
    this.#rows.mark(held);
  }

  /** Its rule is new, or the server is: whoever sees its row again takes it. */
  orphan(held: Held): void {
    this.#rows.mark(held);
    const ofRule = this.#orphans.get(held.rule) ?? new Map<string, Held>();
    this.#orphans.set(held.rule, ofRule.set(held.key, held));
  }

  hasOrphans(rule: string): boolean {
    return this.#orphans.has(rule);
  }

  adopt(rule: string, key: string): Held | null {
    const held = this.#orphans.get(rule)?.get(key) ?? null;
    if (held) this.#forget(held);
    return held;
  }

  /** The level that a person ended by hand for a row; 0: none. */
  suppressedLevel(rule: string, key: string): number {
    if (this.#fold.suppressed.size === 0) return 0;
    return this.#fold.suppressed.get(suppressKey(rule, key))?.level ?? 0;
  }

  /** Once a tick, when the rules have spoken. */
  tick(at: number): void {
    for (const held of this.#fold.open.values()) {
      if (held.shelved && held.shelved.until <= at)
        this.#apply('alert/unshelve', { id: held.id, reason: 'time is over' });
    }
    if (this.#orphans.size > 0 && at - this.#openedAt > COME_BACK_MS) {
      for (const ofRule of [...this.#orphans.values()])
        for (const held of [...ofRule.values()]) this.clear(held, 'row-gone');
    }
    this.#fold.prune(at);
    this.#rows.flush(at);
    this.#entries.flush();
    this.#keepSometimes();
  }

  /** Between the actions of people: what is being written is folded only then. */
  #keepSometimes(): void {
    if (this.#isKeeping || !this.#keeper.isDue) return;
    this.#isKeeping = true;
    void this.#inTurn(async () => {
      await this.#entries.settle();
      await this.#keeper.keep();
      this.#isKeeping = false;
    });
  }

  list(state?: AlertState): readonly Alert[] {
    const all = state === 'cleared' ? this.#fold.cleared : [...this.#fold.open.values()];
    return all
      .filter((held) => state === undefined || held.state === state)
      .map(asListed)
      .sort((a, b) => levelOf(b.severity) - levelOf(a.severity) || b.since - a.since);
  }

  /** Raises that asked somebody to act, `from` < at ≤ `to`, oldest first; up to seven days back. */
  marks(from: number, to: number): readonly RaiseMark[] {
    return this.#fold.marks.filter(({ at }) => at > from && at <= to);
  }

  discipline(): AlarmDiscipline {
    const { raised, open } = this.#fold;
    const { clock, operators } = this.#options;
    return disciplineOf({ raised, open: open.values(), now: clock.now(), operators });
  }

  acknowledge(by: string, { ids }: AcknowledgeRequest): Promise<readonly Alert[]> {
    return this.#inTurn(() => {
      for (const id of ids) this.#standing(id);
      return this.#do(by, 'alert/acknowledge', { ids });
    });
  }

  shelve(by: string, asked: ShelveRequest): Promise<Alert> {
    return this.#one(by, { kind: 'alert/shelve', body: asked }, () => {
      const ahead = asked.until - this.#options.clock.now();
      if (ahead >= MINUTE_MS && ahead <= LONGEST_SHELF_MS) return;
      const most = LONGEST_SHELF_MS / MINUTE_MS;
      throw new CodedError('request/invalid', `until: ${asked.until} is not 1 to ${most} min ahead`);
    });
  }

  unshelve(by: string, asked: UnshelveRequest): Promise<Alert> {
    return this.#one(by, { kind: 'alert/unshelve', body: asked }, (held) => {
      if (!held.shelved) throw new CodedError('request/conflict', `alert ${asked.id} is not shelved`);
    });
  }

  comment(by: string, asked: AlertCommentRequest): Promise<Alert> {
    return this.#one(by, { kind: 'alert/comment', body: asked });
  }

  async clearByHand(by: string, asked: ClearRequest): Promise<Alert> {
    const body = { ...asked, why: 'by-hand' };
    const alert = await this.#one(by, { kind: 'alert/clear', body });
    this.#forget(alert);
    return alert;
  }

  #forget({ rule, key }: Pick<Held, 'rule' | 'key'>): void {
    const ofRule = this.#orphans.get(rule);
    ofRule?.delete(key);
    if (ofRule?.size === 0) this.#orphans.delete(rule);
  }

  /** What the rules find counts at once; its entry follows. */
  #apply(kind: AlertKind, body: Step['body']): readonly Held[] {
    this.#entries.add(kind, body as LogEntry['body']);
    this.#keeper.note();
    const changed = this.#fold.apply({ kind, subject: 'system', at: this.#options.clock.now(), body });
    for (const held of changed) this.#rows.mark(held);
    return changed;
  }

  async #one(
    by: string,
    { kind, body }: { readonly kind: AlertKind; readonly body: { readonly id: string } },
    check?: (held: Held) => void,
  ): Promise<Alert> {
    const [alert] = await this.#inTurn(() => {
      const held = this.#standing(body.id);
      check?.(held);
      return this.#do(by, kind, body);
    });
    return alert as Alert;
  }

  #standing(id: string): Held {
    const held = this.#fold.open.get(id);
    if (held) return held;
    if (this.#fold.find(id)) throw new CodedError('request/conflict', `alert ${id} is over`);
    throw new CodedError('request/not-found', `alert ${id}`);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    return this.#turns.take(['alerts'], act);
  }

  /** What people do counts when it is on record. */
  async #do(by: string, kind: AlertKind, body: object): Promise<readonly Alert[]> {
    await this.#entries.drain();
    const entry = await this.#options.log.append({ subject: by, kind, body: body as LogEntry['body'] });
    this.#keeper.note();
    const changed = this.#fold.apply(stepOf(entry) as Step);
    for (const held of changed) this.#rows.mark(held);
    return changed.map(asListed);
  }
}

/** Of a cause one alert stands at a time. No number in turn: rows come in the order their sources answered. */
function idOf({ since, rule, cause }: Omit<RaiseBody, 'id'>): string {
  const about = createHash('sha256').update(`${rule} ${cause}`).digest('hex');
  return `al-${since.toString(36)}-${about.slice(0, 8)}`;
}
