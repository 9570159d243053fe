// Clusters as the fold of their entries in the log: the same steps while it runs and after a restart.
import type { ClusterKind, ClusterSignal } from '../../../contracts/records/cluster.ts';
import { clusterKinds } from '../../../contracts/records/cluster.ts';
import type { LogEntry } from '../../../contracts/records/log-entry.ts';
import { Group, signalKey } from './group.ts';
import type { PlacesInText } from './places-in-text.ts';

export interface ClusterStep {
  readonly kind: ClusterKind;
  readonly subject: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export const clusterStepOf = ({ kind, subject, body }: LogEntry): ClusterStep | null =>
  (clusterKinds as readonly string[]).includes(kind)
    ? { kind: kind as ClusterKind, subject, body: body as ClusterStep['body'] }
    : null;

interface Said {
  readonly id: string;
  readonly into?: string;
  readonly newId?: string;
  readonly signals?: readonly ClusterSignal[];
}

/** Of the state in a snapshot. */
const VERSION = 1;

interface KeptFold {
  readonly version: number;
  readonly groups: readonly (Pick<Group, 'id' | 'state' | 'by'> & {
    readonly signals: readonly ClusterSignal[];
  })[];
}

export class ClusterFold {
  readonly groups = new Map<string, Group>();
  /** Group of each signal; those that were put aside stay aside. */
  readonly groupOf = new Map<string, Group>();
  readonly #places: PlacesInText;

  constructor(places: PlacesInText) {
    this.#places = places;
  }

  /** Those that `isOnRecord` says, as JSON, for a snapshot. */
  state(isOnRecord: (group: Group) => boolean): unknown {
    const groups = [...this.groups.values()]
      .filter(isOnRecord)
      .map(({ id, state, by, members }) => ({ id, state, by, signals: [...members.values()] }));
    return { version: VERSION, groups };
  }

  /** Goes on from a snapshot; false: it is of another version, and nothing was taken from it. */
  restore(state: unknown): boolean {
    const kept = state as KeptFold;
    if (kept.version !== VERSION) return false;
    for (const { id, state: stands, by, signals } of kept.groups)
      Object.assign(this.grow(id, signals), { state: stands, by });
    return true;
  }

  /** → the groups that changed */
  apply({ kind, subject, body }: ClusterStep): readonly Group[] {
    const said = body as unknown as Said;
    const group = this.groups.get(said.id);
    if (kind === 'cluster/grow') return [this.grow(said.id, said.signals ?? [])];
    if (!group) return [];
    group.by = kind === 'cluster/end' ? group.by : subject;
    switch (kind) {
      case 'cluster/confirm':
        group.state = 'confirmed';
        return [group];
      case 'cluster/dismiss':
        group.state = 'dismissed';
        return [group];
      case 'cluster/end':
        group.state = 'ended';
        return [group];
      case 'cluster/split':
        return this.#move(group, said.newId ?? '', said.signals ?? []);
      case 'cluster/merge': {
        const all = [...group.members.values()];
        group.state = 'ended';
        return this.#move(group, said.into ?? '', all);
      }
    }
  }

  grow(id: string, signals: readonly ClusterSignal[]): Group {
    const group = this.groups.get(id) ?? new Group(id);
    this.groups.set(id, group);
    for (const signal of signals) {
      group.add(signal, this.#places);
      this.groupOf.set(signalKey(signal), group);
    }
    return group;
  }

  /** Forgets a group and its signals: they may come again. */
  forget(group: Group): void {
    this.groups.delete(group.id);
    for (const key of group.members.keys()) if (this.groupOf.get(key) === group) this.groupOf.delete(key);
  }

  /** → what is left, and what they went to */
  #move(
    from: Group,
    to: string,
    signals: readonly { readonly layer: string; readonly key: string }[],
  ): readonly Group[] {
    const moved = signals.flatMap((one) => from.members.get(signalKey(one)) ?? []);
    const left = [...from.members.values()].filter((one) => !moved.includes(one));
    // What it is about is what is left of it.
    const rest = new Group(from.id);
    Object.assign(rest, { state: from.state, by: from.by });
    this.groups.set(from.id, rest);
    const into = this.grow(to, moved);
    into.by ??= from.by;
    return [this.grow(from.id, left), into];
  }
}
