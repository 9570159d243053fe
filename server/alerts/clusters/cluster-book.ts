// Clusters at work: signals of five layers come together as they arrive, people have the last word, all of it is on record.
import { CodedError } from '../../../contracts/errors.ts';
import type {
  Cluster,
  ClusterKind,
  ClusterSignal,
  ConfirmClusterRequest,
  DismissClusterRequest,
  MergeClusterRequest,
  SplitClusterRequest,
} from '../../../contracts/records/cluster.ts';
import { clusterKinds } from '../../../contracts/records/cluster.ts';
import type { LogEntry } from '../../../contracts/records/log-entry.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import type { Logger } from '../../kit/log.ts';
import type { TickFollower } from '../../state/port.ts';
import type { RecordLog } from '../../store/port.ts';
import type { RowTarget } from '../alert-rows.ts';
import { FoldKeeper } from '../fold-keeper.ts';
import { SystemEntries } from '../system-entries.ts';
import { ClusterIndex } from './cluster-index.ts';
import { writeCluster } from './cluster-rows.ts';
import type { ClusterStep } from './fold.ts';
import { ClusterFold, clusterStepOf } from './fold.ts';
import type { Group } from './group.ts';
import { signalKey } from './group.ts';
import type { PlacesInText } from './places-in-text.ts';
import type { Clusters } from './port.ts';
import type { Score } from './score.ts';
import { confidenceOf, JOINS_FROM, LONGEST_GAP_MS, reasonsOf } from './score.ts';
import type { Signal } from './signals.ts';
import { isTelling, signalLayers, signalOf } from './signals.ts';

/** A cluster that heard nothing for this long is over. */
const OVER_MS = 12 * 3_600_000;
/** Name of its snapshots in the store. */
const FOLD = 'clusters';
const TIDY_MS = 60_000;
/** Signals of one entry of the log. */
const MOST_PER_ENTRY = 500;

export interface ClusterBookOptions {
  readonly log: RecordLog;
  readonly logger: Logger;
  readonly places: PlacesInText;
  readonly rows: RowTarget;
  readonly table: (slug: string) => LayerTable;
}

export class ClusterBook implements Clusters, TickFollower {
  readonly #options: ClusterBookOptions;
  readonly #fold: ClusterFold;
  readonly #index = new ClusterIndex();
  readonly #entries: SystemEntries;
  readonly #keeper: FoldKeeper;
  /** Signals that are not on record yet, by group. */
  readonly #fresh = new Map<Group, ClusterSignal[]>();
  readonly #changed = new Set<Group>();
  #isFirst = true;
  #tidiedAt = 0;
  #isKeeping = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: ClusterBookOptions) {
    this.#options = options;
    this.#fold = new ClusterFold(options.places);
    const { log, logger } = options;
    this.#entries = new SystemEntries(log, logger);
    this.#keeper = new FoldKeeper({
      ...{ log, fold: FOLD, entries: this.#entries },
      // One signal alone is not on record yet.
      state: () => this.#fold.state((group) => !this.#fresh.has(group)),
      size: () => this.#fold.groupOf.size,
    });
  }

  /** Folds the log, from its snapshot on; call before the first tick. */
  async open(): Promise<void> {
    const kept = await this.#keeper.newest();
    const isKept = kept !== null && this.#fold.restore(kept.state);
    const after = isKept ? kept.seq : 0;
    for await (const entry of this.#options.log.read({ after, kinds: clusterKinds })) {
      const step = clusterStepOf(entry);
      if (step) this.#fold.apply(step);
      this.#keeper.note();
    }
    for (const group of this.#fold.groups.values()) this.#note(group);
  }

  async close(): Promise<void> {
    await this.#turn;
    this.#record();
    await this.#entries.drain();
    await this.#keeper.keep();
  }

  tick({ at }: { readonly at: number }): void {
    for (const slug of signalLayers) {
      const table = this.#options.table(slug);
      if (this.#isFirst) for (let slot = 0; slot < table.highWater; slot++) this.#see(table, slot, at);
      else for (let i = 0; i < table.changedCount; i++) this.#see(table, table.changedSlots[i] as number, at);
    }
    this.#isFirst = false;
    this.#record();
    if (at - this.#tidiedAt >= TIDY_MS) this.#tidy(at);
    for (const group of this.#changed) writeCluster(this.#options.rows, group, at);
    this.#changed.clear();
    this.#entries.flush();
    this.#keepSometimes();
  }

  /** Between the actions of people: what is being written is folded only then. */
  #keepSometimes(): void {
    if (this.#isKeeping || !this.#keeper.isDue) return;
    this.#isKeeping = true;
    this.#turn = this.#turn.then(async () => {
      await this.#entries.settle();
      await this.#keeper.keep();
      this.#isKeeping = false;
    });
  }

  list(): readonly Cluster[] {
    return [...this.#fold.groups.values()]
      .filter((group) => isShown(group))
      .map((group) => group.listed())
      .sort((a, b) => b.lastAt - a.lastAt);
  }

  confirm(by: string, asked: ConfirmClusterRequest): Promise<Cluster> {
    return this.#do(by, 'cluster/confirm', () => {
      this.#shown(asked.id);
      return { body: asked, about: asked.id };
    });
  }

  dismiss(by: string, asked: DismissClusterRequest): Promise<Cluster> {
    return this.#do(by, 'cluster/dismiss', () => {
      this.#shown(asked.id);
      return { body: asked, about: asked.id };
    });
  }

  merge(by: string, asked: MergeClusterRequest): Promise<Cluster> {
    return this.#do(by, 'cluster/merge', () => {
      this.#shown(asked.id);
      this.#shown(asked.into);
      if (asked.id === asked.into) throw new CodedError('request/invalid', 'into: the cluster itself');
      return { body: asked, about: asked.into };
    });
  }

  split(by: string, asked: SplitClusterRequest): Promise<Cluster> {
    return this.#do(by, 'cluster/split', () => {
      const { members } = this.#shown(asked.id);
      const missing = asked.signals.find((one) => !members.has(signalKey(one)));
      if (missing) throw new CodedError('request/not-found', `${signalKey(missing)} in ${asked.id}`);
      if (asked.signals.length >= members.size)
        throw new CodedError('request/invalid', 'signals: all of them: nothing would be left');
      const [first] = asked.signals;
      const newId = `${asked.id}-${this.#options.log.head.seq + 1}`;
      return { body: { ...asked, newId, first: first?.key ?? '' }, about: newId };
    });
  }

  #see(table: LayerTable, slot: number, at: number): void {
    if (table.alive[slot] !== 1) return;
    const key = `${table.layer.slug} ${table.keyAt(slot)}`;
    const known = this.#fold.groupOf.get(key);
    if (!known && (at - (table.validAt[slot] as number) > LONGEST_GAP_MS || !isTelling(table, slot))) return;
    const signal = signalOf(table, slot, this.#options.places);
    if (known) {
      if (known.update(asMember(signal, { confidence: 1, reasons: [] }))) this.#changed.add(known);
      return;
    }
    this.#join(signal);
  }

  #join(signal: Signal): void {
    let best: Group | null = null;
    let confidence = 0;
    for (const group of this.#index.candidates(signal)) {
      if (group.state === 'dismissed' || group.state === 'ended') continue;
      const one = confidenceOf(signal, group);
      if (one >= JOINS_FROM && one > confidence) [best, confidence] = [group, one];
    }
    const id = best?.id ?? `cl-${signal.at.toString(36)}-${signal.layer}-${signal.key}`.slice(0, 80);
    const score = best ? { confidence, reasons: reasonsOf(signal, best) } : { confidence: 1, reasons: [] };
    const member = asMember(signal, score);
    const group = this.#fold.grow(id, [member]);
    for (const word of signal.words) if (group.words.size < 200) group.words.add(word);
    const fresh = this.#fresh.get(group);
    if (fresh) fresh.push(member);
    else this.#fresh.set(group, [member]);
    this.#note(group);
  }

  /** A signal that stands for itself is no news: groups go on record when they are two. */
  #record(): void {
    for (const [group, fresh] of this.#fresh) {
      if (group.members.size < 2) continue;
      this.#fresh.delete(group);
      for (let from = 0; from < fresh.length; from += MOST_PER_ENTRY) {
        const signals = fresh.slice(from, from + MOST_PER_ENTRY);
        this.#keeper.note();
        this.#entries.add('cluster/grow', { id: group.id, signals } as unknown as LogEntry['body']);
      }
    }
  }

  #tidy(at: number): void {
    this.#tidiedAt = at;
    for (const group of [...this.#fold.groups.values()]) {
      if (at - group.lastAt <= OVER_MS) continue;
      if (isShown(group)) {
        this.#keeper.note();
        this.#entries.add('cluster/end', { id: group.id });
        this.#fold.apply({ kind: 'cluster/end', subject: 'system', body: { id: group.id } });
        this.#changed.add(group);
      }
      this.#index.forget(group);
      this.#fresh.delete(group);
      this.#fold.forget(group);
    }
  }

  #note(group: Group): void {
    this.#index.note(group);
    this.#changed.add(group);
  }

  #shown(id: string): Group {
    const group = this.#fold.groups.get(id);
    if (!group || group.members.size < 2) throw new CodedError('request/not-found', `cluster ${id}`);
    if (!isShown(group)) throw new CodedError('request/conflict', `cluster ${id} is ${group.state}`);
    return group;
  }

  #do(
    by: string,
    kind: ClusterKind,
    judge: () => { readonly body: object; readonly about: string },
  ): Promise<Cluster> {
    const mine = this.#turn.then(async () => {
      const { body, about } = judge();
      this.#record();
      await this.#entries.drain();
      const { log } = this.#options;
      const entry = await log.append({ subject: by, kind, body: body as LogEntry['body'] });
      this.#keeper.note();
      const { id, into } = body as { readonly id?: string; readonly into?: string };
      for (const one of [id, into]) {
        const before = this.#fold.groups.get(one ?? '');
        if (before) this.#index.forget(before);
      }
      for (const group of this.#fold.apply(clusterStepOf(entry) as ClusterStep)) this.#note(group);
      return (this.#fold.groups.get(about) as Group).listed();
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}

export const isShown = (group: Group): boolean =>
  group.members.size >= 2 && (group.state === 'proposed' || group.state === 'confirmed');

function asMember(signal: Signal, { confidence, reasons }: Score): ClusterSignal {
  const { layer, key, at, title, place, severity, isClosed, hurt, region, rule, synthetic } = signal;
  const position = place && ([place.lon, place.lat] as const);
  const facts = { closed: isClosed, hurt, region, rule, synthetic };
  return { layer, key, at, title, position, severity, confidence, reasons, facts };
}
