// What duty officers change by hand (docs/operator-routes.md): written to the log, then done, kept over restarts, ended
// when its time is over, and taken back on request.
import { CodedError } from '../../contracts/errors.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type {
  CrisisRequest,
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
import type { Held } from './fold.ts';
import { aboutOf, asListed, isActive, operationOf, UNDO } from './fold.ts';
import type { CrisisSaid, Named, Operations, RowAt, Targets } from './port.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Longest time without anybody looking at it again. */
const LONGEST_SILENCE_MS = 90 * DAY_MS;
const LONGEST_FILL_MS = 7 * DAY_MS;
/** One person alone puts an area into 战时 for no longer; to go on is to say so, with a reason, again. */
const LONGEST_CRISIS_ALONE_MS = 60 * MINUTE_MS;
/** Ends are seen this much later at most. */
const SWEEP_MS = 1000;

/** The log as operations need it: an entry is durable when `append` returns. */
export interface OperationLog {
  entries(): readonly LogEntry[];
  append(entry: Pick<LogEntry, 'subject' | 'kind' | 'body'>): LogEntry;
}

export interface OperationsOptions {
  readonly log: OperationLog;
  readonly clock: Clock;
  readonly targets: Targets;
}

type Asked = Readonly<Record<string, unknown>>;

export class OperationBook implements Operations {
  readonly #options: OperationsOptions;
  /** In order of their entries. */
  readonly #all: Held[] = [];
  readonly #running = new Set<Held>();
  #timer: Timer | null = null;

  constructor(options: OperationsOptions) {
    this.#options = options;
  }

  /** Folds the log and does again what holds; call when rows are back and before feeds are connected. */
  open(): void {
    const { log, clock } = this.#options;
    for (const entry of log.entries()) {
      const held = operationOf(entry);
      if (held) this.#note(held);
      else if (entry.kind === UNDO) this.#noteUndo(entry);
    }
    for (const held of this.#all) {
      if (!isAlias(held) && isActive(held, clock.now())) this.#begin(held, false);
    }
    for (const held of this.#lastOfCrises()) if (!isActive(held, clock.now())) this.#endCrisis(held);
    // Names are kept by their own table; only the last change may not have reached it before a kill.
    const last = this.#all.findLast(isAlias);
    if (last?.undone) this.#takeBack(last);
    else if (last) this.#begin(last, false);
    this.#timer = clock.every(SWEEP_MS, () => this.#sweep());
  }

  close(): void {
    this.#timer?.stop();
  }

  list(status?: OperationState): readonly Operation[] {
    const now = this.#options.clock.now();
    const all = this.#all.map((held) => asListed(held, now)).reverse();
    return status === undefined ? all : all.filter((operation) => operation.status === status);
  }

  names(row: RowAt): readonly Named[] {
    return this.#options.targets.namesOf(row);
  }

  silence(by: string, asked: SilenceRequest): Operation {
    this.#options.targets.requireRow(asked);
    this.#requireEnd(asked.until, LONGEST_SILENCE_MS);
    const same = this.#sameAs({ kind: 'sensor/silence', body: asked });
    if (same) throw conflict(`${asked.layer}/${asked.key} is silent already, by operation ${same.id}`);
    return this.#do(by, 'sensor/silence', asked);
  }

  fill(by: string, asked: FillRequest): Operation {
    const { targets } = this.#options;
    targets.requireRow(asked);
    targets.requireFits(asked, asked.column, asked.value);
    this.#requireEnd(asked.until, LONGEST_FILL_MS);
    return this.#do(by, 'value/fill', asked);
  }

  merge(by: string, asked: MergeRequest): Operation {
    const { layer, key, into } = asked;
    if (key === into) throw new CodedError('request/invalid', `into: ${into} is the row itself`);
    const moved = this.#namesOf({ layer, key });
    this.#namesOf({ layer, key: into });
    return this.#do(by, 'alias/merge', { ...asked, moved });
  }

  split(by: string, asked: SplitRequest): Operation {
    const { layer, key, system, sourceId } = asked;
    const name = { system, layer, sourceId };
    const names = this.#namesOf({ layer, key });
    if (!names.some((other) => other.system === system && other.sourceId === sourceId)) {
      throw new CodedError('request/not-found', `${system}/${sourceId} is no name of ${key}`);
    }
    if (this.#options.targets.ownEntity(name) === key) throw conflict(`${sourceId} is ${key} by itself`);
    return this.#do(by, 'alias/split', asked);
  }

  switchFeed(by: string, asked: FeedSwitchRequest): Operation {
    const { feed, enabled, reason } = asked;
    this.#options.targets.requireFeed(feed);
    const off = this.#sameAs({ kind: 'feed/disable', body: { feed } });
    if (enabled === (off === undefined)) throw conflict(`${feed} is ${enabled ? 'on' : 'off'} already`);
    return this.#do(by, enabled ? 'feed/enable' : 'feed/disable', { feed, reason });
  }

  declareCrisis(by: string, asked: CrisisRequest): Operation {
    this.#options.targets.requireArea(asked.area);
    this.#requireEnd(asked.until, LONGEST_CRISIS_ALONE_MS);
    const before = this.#sameAs({ kind: 'mode/crisis', body: asked });
    const sinceAt = before ? saidBy(before).sinceAt : this.#options.clock.now();
    return this.#do(by, 'mode/crisis', { ...asked, sinceAt });
  }

  undo(by: string, { id, reason }: UndoRequest): Operation {
    const { log, clock } = this.#options;
    const held = this.#all.find((operation) => operation.id === id);
    if (!held) throw new CodedError('request/not-found', `operation ${id}`);
    if (!isActive(held, clock.now())) {
      throw conflict(`operation ${id} is ${asListed(held, clock.now()).status}`);
    }
    const entry = log.append({ subject: by, kind: UNDO, body: { id, reason } });
    this.#noteUndo(entry);
    this.#end(held);
    this.#takeBack(held);
    return asListed(held, clock.now());
  }

  #do(by: string, kind: OperationKind, body: Asked): Operation {
    const { log, clock } = this.#options;
    const entry = log.append({ subject: by, kind, body: body as LogEntry['body'] });
    const held = operationOf(entry) as Held;
    this.#note(held);
    this.#begin(held, true);
    return asListed(held, clock.now());
  }

  /** The active operation about the same. */
  #sameAs(asked: Pick<Held, 'kind' | 'body'>): Held | undefined {
    const about = aboutOf(asked);
    const now = this.#options.clock.now();
    return this.#all.findLast((held) => isActive(held, now) && aboutOf(held) === about);
  }

  #note(held: Held): void {
    const about = aboutOf(held);
    for (const other of this.#all) {
      if (other.isOver || other.undone || aboutOf(other) !== about) continue;
      other.isOver = true;
      this.#running.delete(other);
    }
    this.#all.push(held);
  }

  #noteUndo({ knownAt, subject, body }: LogEntry): void {
    const { id, reason } = body as Asked;
    const held = this.#all.find((operation) => operation.id === id);
    if (held) held.undone = { at: knownAt, by: subject, reason: String(reason) };
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
      case 'mode/crisis':
        return targets.setMode(body['area'] ?? '', saidBy(held), at);
    }
  }

  /** Ends what holds for a time: when it is over, and when it is taken back. */
  #end(held: Held): void {
    const { targets } = this.#options;
    this.#running.delete(held);
    const { layer = '', key = '', column = '' } = held.body as Readonly<Record<string, string>>;
    if (held.kind === 'sensor/silence') targets.silence({ layer, key }, false);
    if (held.kind === 'value/fill') targets.endFill({ layer, key }, column);
    if (held.kind === 'mode/crisis') this.#endCrisis(held);
  }

  #endCrisis({ body }: Held): void {
    this.#options.targets.setMode(String(body['area']), null, this.#options.clock.now());
  }

  /** Rows of modes outlive the server: one whose time passed meanwhile is found by its last word. */
  #lastOfCrises(): Iterable<Held> {
    const last = new Map<string, Held>();
    for (const held of this.#all) if (held.kind === 'mode/crisis') last.set(aboutOf(held), held);
    return last.values();
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

const saidBy = ({ body }: Held): CrisisSaid => ({
  responseLevel: body['responseLevel'] as CrisisSaid['responseLevel'],
  sinceAt: Number(body['sinceAt']),
});

const isAlias = ({ kind }: Held): boolean => kind === 'alias/merge' || kind === 'alias/split';

const conflict = (what: string): CodedError => new CodedError('request/conflict', what);

function movedBy({ body }: Held): readonly Named[] {
  return body['moved'] as readonly Named[];
}

function nameOf({ body }: Held): Named {
  const { system = '', layer = '', sourceId = '' } = body as Readonly<Record<string, string>>;
  return { system, layer, sourceId };
}
