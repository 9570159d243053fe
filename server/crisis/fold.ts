// 战时 as the fold of its entries: pure. What holds in an area is a stack of commits, so that a switch that is taken back
// leaves exactly what was there before.
import type {
  Commit,
  Crisis,
  CrisisSaid,
  PreviewLine,
  Proposal,
  ProposalState,
  Switch,
} from '../../contracts/records/crisis.ts';
import { LONGEST_ALONE_MIN } from '../../contracts/records/crisis.ts';
import type { Grade } from '../../contracts/records/incident.ts';
import { grades } from '../../contracts/records/incident.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';

export const crisisKinds = [
  'crisis/propose',
  'crisis/withdraw',
  'crisis/refuse',
  'crisis/commit',
  'crisis/confirm',
  'crisis/review',
  'crisis/lapse',
] as const;
export type CrisisEntryKind = (typeof crisisKinds)[number];

export interface Said {
  readonly action: string;
  /** Of what was asked. */
  readonly hash: string;
  readonly reason?: string;
}
export interface ProposeBody extends Said {
  readonly change: Switch;
  /** Id of the last commit of the area then; 0: none. */
  readonly seen: number;
  readonly expiresAt: number;
  readonly preview: readonly PreviewLine[];
}
export interface DecideBody extends Said {
  readonly proposal: number;
}
export interface CommitBody extends Said {
  readonly change: Switch;
  /** null: one person alone. */
  readonly proposal: number | null;
}
export interface OfCommitBody extends Said {
  readonly commit: number;
  readonly justified?: boolean;
  readonly text?: string;
}
/** Whatever is over by then in an area has gone. */
export interface LapseBody {
  readonly area: string;
}

export interface AreaState {
  /** Lowest first; empty: peacetime. */
  readonly stack: readonly Crisis[];
  /** Id of the last entry that changed it. */
  readonly seq: number;
}

interface HeldProposal extends Omit<Proposal, 'state'> {
  readonly seen: number;
  readonly decidedAs: ProposalState | null;
}

const PEACE: AreaState = { stack: [], seq: 0 };
/** Older ones that are over stand in the log only. */
const MOST_KEPT = 200;

export const levelOf = (responses: CrisisSaid['responses']): Grade | null =>
  grades.find((grade) => responses.some(({ level }) => level === grade)) ?? null;

/** Of the shape of the state below, and of what the fold makes of an entry: count up when either changes. */
export const CRISIS_VERSION = 1;

interface DoneAction {
  readonly id: number;
  readonly hash: string;
}

export interface CrisisState {
  readonly areas: readonly (readonly [string, AreaState])[];
  readonly proposals: readonly (readonly [number, HeldProposal])[];
  readonly commits: readonly (readonly [number, Commit])[];
  readonly done: readonly (readonly [string, DoneAction])[];
}

export class CrisisFold {
  readonly areas = new Map<string, AreaState>();
  readonly proposals = new Map<number, HeldProposal>();
  readonly commits = new Map<number, Commit>();
  readonly done = new Map<string, DoneAction>();

  apply(entry: LogEntry): void {
    const body = entry.body as unknown as Said;
    switch (entry.kind as CrisisEntryKind) {
      case 'crisis/propose':
        this.#propose(entry, body as ProposeBody);
        break;
      case 'crisis/withdraw':
      case 'crisis/refuse':
        this.#decide(
          entry,
          (body as DecideBody).proposal,
          entry.kind === 'crisis/refuse' ? 'refused' : 'withdrawn',
        );
        break;
      case 'crisis/commit':
        this.#commit(entry, body as CommitBody);
        break;
      case 'crisis/confirm':
        this.#confirm(entry, body as OfCommitBody);
        break;
      case 'crisis/review':
        this.#review(entry, body as OfCommitBody);
        break;
      case 'crisis/lapse':
        this.#lapse(entry, (body as unknown as LapseBody).area);
        return;
    }
    this.done.set(body.action, { id: entry.seq, hash: body.hash });
  }

  /** For a snapshot, as JSON. */
  state(): CrisisState {
    const { areas, proposals, commits, done } = this;
    return { areas: [...areas], proposals: [...proposals], commits: [...commits], done: [...done] };
  }

  /** Goes on from a snapshot of this version. */
  restore({ areas, proposals, commits, done }: CrisisState): void {
    fill(this.areas, areas);
    fill(this.proposals, proposals);
    fill(this.commits, commits);
    fill(this.done, done);
  }

  area(code: string): AreaState {
    return this.areas.get(code) ?? PEACE;
  }

  /** What holds at a moment, whether or not its end has been written down yet. */
  crisisIn(code: string, now: number): Crisis | null {
    return standingAt(this.area(code).stack, now).at(-1) ?? null;
  }

  /** As a person reads it at a moment. */
  proposal(id: number, now: number): Proposal | undefined {
    const held = this.proposals.get(id);
    if (!held) return undefined;
    const { seen, decidedAs, ...facts } = held;
    const isStale = this.area(held.change.area).seq !== seen;
    return { ...facts, state: decidedAs ?? (held.expiresAt <= now ? 'expired' : isStale ? 'stale' : 'open') };
  }

  #propose({ seq, subject, knownAt }: LogEntry, body: ProposeBody): void {
    const { change, seen, expiresAt, preview, reason = '' } = body;
    this.proposals.set(seq, {
      ...{ id: seq, change, by: subject, at: knownAt, reason, expiresAt, preview, seen },
      ...{ decided: null, decidedAs: null },
    });
    forgetOldest(this.proposals);
  }

  #decide({ subject, knownAt, body }: LogEntry, id: number, as: ProposalState): void {
    const held = this.proposals.get(id);
    const reason = String((body as { reason?: unknown }).reason ?? '');
    if (held)
      this.proposals.set(id, { ...held, decidedAs: as, decided: { by: subject, at: knownAt, reason } });
  }

  #commit(entry: LogEntry, { change, proposal, reason = '' }: CommitBody): void {
    const { seq, subject, knownAt } = entry;
    const from = proposal === null ? undefined : this.proposals.get(proposal);
    if (proposal !== null) this.#decide(entry, proposal, 'committed');
    this.commits.set(seq, {
      ...{ id: seq, change, at: knownAt, by: subject, reason, review: null, confirmed: null },
      proposal: from ? { id: from.id, by: from.by, reason: from.reason } : null,
      before: this.crisisIn(change.area, knownAt),
    });
    forgetOldest(this.commits);
    const stack = standingAt(this.area(change.area).stack, knownAt);
    this.areas.set(change.area, {
      seq,
      stack: stackAfter(stack, change, { entry, isAlone: proposal === null }),
    });
  }

  #confirm({ seq, subject, knownAt }: LogEntry, { commit, reason = '' }: OfCommitBody): void {
    const held = this.commits.get(commit);
    if (!held) return;
    this.commits.set(commit, { ...held, confirmed: { by: subject, at: knownAt, reason } });
    const { area } = held.change;
    const stack = this.area(area).stack.map((layer) => {
      if (layer.id !== commit || !('until' in held.change)) return layer;
      return { ...layer, until: held.change.until, isAlone: false };
    });
    this.areas.set(area, { seq, stack });
  }

  #lapse({ seq, knownAt }: LogEntry, area: string): void {
    this.areas.set(area, { seq, stack: standingAt(this.area(area).stack, knownAt) });
  }

  #review({ subject, knownAt }: LogEntry, { commit, justified = false, text = '' }: OfCommitBody): void {
    const held = this.commits.get(commit);
    if (held) this.commits.set(commit, { ...held, review: { by: subject, at: knownAt, justified, text } });
  }
}

/** The stack of an area after a switch: pure, so that a preview asks the same. */
export function stackAfter(
  stack: readonly Crisis[],
  change: Switch,
  { entry, isAlone }: { readonly entry: Pick<LogEntry, 'seq' | 'knownAt'>; readonly isAlone: boolean },
): readonly Crisis[] {
  if (change.verb === 'end') return [];
  if (change.verb === 'rollback') return stack.slice(0, -1);
  const { verb: _, ...said } = change;
  const aloneUntil = isAlone ? entry.knownAt + LONGEST_ALONE_MIN * 60_000 : Infinity;
  const before = change.verb === 'change' ? stack : [];
  const crisis: Crisis = {
    ...{ ...said, id: entry.seq, isAlone, level: levelOf(said.responses) },
    sinceAt: before.at(-1)?.sinceAt ?? entry.knownAt,
    until: Math.min(said.until, aloneUntil),
  };
  return [...before, crisis];
}

/** What one person alone changed gives way to what held before; what two agreed on ends as a whole. */
export function standingAt(stack: readonly Crisis[], now: number): readonly Crisis[] {
  const top = stack.at(-1);
  if (!top || top.until > now) return stack;
  return top.isAlone ? standingAt(stack.slice(0, -1), now) : [];
}

function fill<K, V>(map: Map<K, V>, from: readonly (readonly [K, V])[]): void {
  for (const [key, value] of from) map.set(key, value);
}

/** Whatever is older than the newest so many is over. */
function forgetOldest(all: Map<number, unknown>): void {
  for (const id of all.keys()) {
    if (all.size <= MOST_KEPT) return;
    all.delete(id);
  }
}
