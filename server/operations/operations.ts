// What duty officers change by hand (docs/operator-routes.md): written to the log, then done, kept over restarts, ended
// when its time is over, and taken back on request.
import { CodedError } from '../../contracts/errors.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type {
  FeedSwitchRequest,
  FillRequest,
  MergeRequest,
  Operation,
  OperationKind,
  OperationState,
  SilenceRequest,
  SplitRequest,
  UndoRequest,
} from '../../contracts/records/operation.ts';
import type { Clock, Timer } from '../kit/clock.ts';
import type { RecordLog } from '../store/port.ts';
import type { Held } from './fold.ts';
import { asListed, isActive, UNDO } from './fold.ts';
import { foldedKinds, isAlias, lastWords, OperationFold } from './operation-fold.ts';
import type { Named, Operations, RowAt, Targets } from './port.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Longest time without anybody looking at it again. */
const LONGEST_SILENCE_MS = 90 * DAY_MS;
const LONGEST_FILL_MS = 7 * DAY_MS;
/** Ends are seen this much later at most. */
const SWEEP_MS = 1000;
/** Name of its snapshots in the store. */
const FOLD = 'operations';
const SNAPSHOT_ENTRIES = 500;

export interface OperationsOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly targets: Targets;
  /** Entries of the log between two snapshots. Default 500: a start reads no more of them. */
  readonly snapshotEntries?: number;
}

type Asked = Readonly<Record<string, unknown>>;

export class OperationBook implements Operations {
  readonly #options: OperationsOptions;
  readonly #fold = new OperationFold();
  /** Of the last snapshot. */
  #keptSeq = 0;
  #keeping: Promise<void> = Promise.resolve();
  readonly #running = new Set<Held>();
  #timer: Timer | null = null;
  /** The last one asked for: each is judged by what the one before has done. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: OperationsOptions) {
    this.#options = options;
  }

  /** Folds the log, from its snapshot on, and does again what holds; call when rows are back and before feeds are connected. */
  async open(): Promise<void> {
    const { log, clock } = this.#options;
    const kept = await log.snapshot(FOLD);
    if (kept && this.#fold.restore(kept.state, kept.seq)) this.#keptSeq = kept.seq;
    for await (const entry of log.read({ after: this.#fold.seq, kinds: foldedKinds })) {
      this.#fold.add(entry, clock.now());
    }
    for (const held of this.#fold.all) {
      if (!isAlias(held) && isActive(held, clock.now())) this.#begin(held, false);
    }
    // Names are kept by their own table; only the last change may not have reached it before a kill.
    for (const last of lastWords(this.#fold.all)) {
      if (last.undone) this.#takeBack(last);
      else this.#begin(last, false);
    }
    this.#timer = clock.every(SWEEP_MS, () => this.#sweep());
    this.#keepSometimes();
  }

  async close(): Promise<void> {
    this.#timer?.stop();
    await this.#turn;
    await this.#keep();
  }

  list(status?: OperationState): readonly Operation[] {
    const now = this.#options.clock.now();
    const all = [...this.#fold.all].map((held) => asListed(held, now)).reverse();
    return status === undefined ? all : all.filter((operation) => operation.status === status);
  }

  names(row: RowAt): readonly Named[] {
    return this.#options.targets.namesOf(row);
  }

  silence(by: string, asked: SilenceRequest): Promise<Operation> {
    return this.#inTurn(() => {
      this.#options.targets.requireRow(asked);
      this.#requireEnd(asked.until, LONGEST_SILENCE_MS);
      const same = this.#sameAs({ kind: 'sensor/silence', body: asked });
      if (same) throw conflict(`${asked.layer}/${asked.key} is silent already, by operation ${same.id}`);
      return this.#do(by, 'sensor/silence', asked);
    });
  }

  fill(by: string, asked: FillRequest): Promise<Operation> {
    return this.#inTurn(() => {
      const { targets } = this.#options;
      targets.requireRow(asked);
      targets.requireFits(asked, asked.column, asked.value);
      this.#requireEnd(asked.until, LONGEST_FILL_MS);
      return this.#do(by, 'value/fill', asked);
    });
  }

  merge(by: string, asked: MergeRequest): Promise<Operation> {
    return this.#inTurn(() => {
      const { layer, key, into } = asked;
      if (key === into) throw new CodedError('request/invalid', `into: ${into} is the row itself`);
      const moved = this.#namesOf({ layer, key });
      this.#namesOf({ layer, key: into });
      return this.#do(by, 'alias/merge', { ...asked, moved });
    });
  }

  split(by: string, asked: SplitRequest): Promise<Operation> {
    return this.#inTurn(() => {
      const { layer, key, system, sourceId } = asked;
      const name = { system, layer, sourceId };
      const names = this.#namesOf({ layer, key });
      if (!names.some((other) => other.system === system && other.sourceId === sourceId)) {
        throw new CodedError('request/not-found', `${system}/${sourceId} is no name of ${key}`);
      }
      if (this.#options.targets.ownEntity(name) === key) throw conflict(`${sourceId} is ${key} by itself`);
      return this.#do(by, 'alias/split', asked);
    });
  }

  switchFeed(by: string, asked: FeedSwitchRequest): Promise<Operation> {
    return this.#inTurn(() => {
      const { feed, enabled, reason } = asked;
      this.#options.targets.requireFeed(feed);
      const off = this.#sameAs({ kind: 'feed/disable', body: { feed } });
      if (enabled === (off === undefined)) throw conflict(`${feed} is ${enabled ? 'on' : 'off'} already`);
      return this.#do(by, enabled ? 'feed/enable' : 'feed/disable', { feed, reason });
    });
  }

  undo(by: string, { id, reason }: UndoRequest): Promise<Operation> {
    return this.#inTurn(async () => {
      const { log, clock } = this.#options;
      const held = this.#fold.of(id);
      if (!held) throw new CodedError('request/not-found', `operation ${id}`);
      if (!isActive(held, clock.now())) {
        throw conflict(`operation ${id} is ${asListed(held, clock.now()).status}`);
      }
      const entry = await log.append({ subject: by, kind: UNDO, body: { id, reason } });
      this.#fold.add(entry, clock.now());
      this.#end(held);
      this.#takeBack(held);
      this.#keepSometimes();
      return asListed(held, clock.now());
    });
  }

  #inTurn(act: () => Promise<Operation>): Promise<Operation> {
    const mine = this.#turn.then(act);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #do(by: string, kind: OperationKind, body: Asked): Promise<Operation> {
    const { log, clock } = this.#options;
    const entry = await log.append({ subject: by, kind, body: body as LogEntry['body'] });
    const { held, before } = this.#fold.add(entry, clock.now()) as { held: Held; before?: Held };
    if (before) this.#running.delete(before);
    this.#begin(held, true);
    this.#keepSometimes();
    return asListed(held, clock.now());
  }

  /** The active operation about the same. */
  #sameAs(asked: Pick<Held, 'kind' | 'body'>): Held | undefined {
    return this.#fold.sameAs(asked, this.#options.clock.now());
  }

  #keepSometimes(): void {
    const every = this.#options.snapshotEntries ?? SNAPSHOT_ENTRIES;
    if (this.#fold.seq - this.#keptSeq >= every) void this.#keep();
  }

  /** A start goes on from here. Without it, it has more to read: a failing store is told elsewhere. */
  #keep(): Promise<void> {
    const { log, clock } = this.#options;
    const { seq } = this.#fold;
    if (seq <= this.#keptSeq) return this.#keeping;
    this.#keptSeq = seq;
    const state = this.#fold.state(clock.now());
    this.#keeping = this.#keeping
      .then(() => log.keepSnapshot({ fold: FOLD, seq, state }))
      .catch(() => undefined);
    return this.#keeping;
  }

  #sweep(): void {
    const now = this.#options.clock.now();
    for (const held of this.#running) if (!isActive(held, now)) this.#end(held);
  }

  #begin(held: Held, isNew: boolean): void {
    const { targets } = this.#options;
    const { kind, at } = held;
    const body = held.body as Readonly<Record<string, string>> & { readonly value: unknown };
    const row = { layer: body['layer'] ?? '', key: body['key'] ?? '' };
    if (held.until !== null) this.#running.add(held);
    switch (kind) {
      case 'sensor/silence':
        return targets.silence(row, true);
      case 'value/fill':
        return targets.fill(row, body['column'] ?? '', { value: body.value, at, isNew });
      case 'alias/merge':
        for (const name of movedBy(held)) targets.rename(name, body['into'] ?? '');
        return targets.supersede(row);
      case 'alias/split': {
        const name = nameOf(held);
        return targets.rename(name, targets.ownEntity(name));
      }
      case 'feed/disable':
      case 'feed/enable':
        return targets.switchFeed(body['feed'] ?? '', kind === 'feed/enable', held.reason);
    }
  }

  /** Ends what holds for a time: when it is over, and when it is taken back. */
  #end(held: Held): void {
    const { targets } = this.#options;
    this.#running.delete(held);
    const { layer = '', key = '', column = '' } = held.body as Readonly<Record<string, string>>;
    if (held.kind === 'sensor/silence') targets.silence({ layer, key }, false);
    if (held.kind === 'value/fill') targets.endFill({ layer, key }, column);
  }

  #takeBack(held: Held): void {
    const { targets } = this.#options;
    const { key = '', feed = '' } = held.body as Readonly<Record<string, string>>;
    if (held.kind === 'alias/merge') for (const name of movedBy(held)) targets.rename(name, key);
    if (held.kind === 'alias/split') targets.rename(nameOf(held), key);
    if (held.kind === 'feed/disable') targets.switchFeed(feed, true, '');
  }

  #requireEnd(until: number, longestMs: number): void {
    const ahead = until - this.#options.clock.now();
    if (ahead >= MINUTE_MS && ahead <= longestMs) return;
    throw new CodedError('request/invalid', `until: ${until} is not 1 to ${longestMs / MINUTE_MS} min ahead`);
  }

  #namesOf(row: RowAt): readonly Named[] {
    const names = this.#options.targets.namesOf(row);
    if (names.length === 0) throw new CodedError('request/not-found', `entity ${row.key} of ${row.layer}`);
    return names;
  }
}

const conflict = (what: string): CodedError => new CodedError('request/conflict', what);

function movedBy({ body }: Held): readonly Named[] {
  return body['moved'] as readonly Named[];
}

function nameOf({ body }: Held): Named {
  const { system = '', layer = '', sourceId = '' } = body as Readonly<Record<string, string>>;
  return { system, layer, sourceId };
}
