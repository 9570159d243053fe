// Seats of headquarters and roll-calls as the fold of their entries: pure.
import type {
  AnswerCallRequest,
  CallAnswer,
  RollCallRequest,
  SeatLine,
  SeatRequest,
} from '../../contracts/records/headquarters.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';

export const headquartersKinds = [
  'hq/seat',
  'roll-call/begin',
  'roll-call/answer',
  'roll-call/escalate',
  'roll-call/end',
] as const;
export type HeadquartersKind = (typeof headquartersKinds)[number];

export interface Hashed {
  readonly action: string;
  readonly hash: string;
}
export interface BeginBody extends RollCallRequest {
  readonly hash: string;
  readonly called: readonly string[];
  /** Incident that its notices belong to; null: none are sent. */
  readonly incident: number | null;
  readonly name: string;
}
export interface HeldCall extends Pick<BeginBody, 'area' | 'text' | 'called' | 'incident' | 'name'> {
  readonly id: number;
  readonly at: number;
  readonly by: string;
  readonly dueAt: number;
  readonly answers: ReadonlyMap<string, CallAnswer>;
  readonly escalatedAt: number | null;
  readonly endedAt: number | null;
}

/** Older ones stand in the log only. */
const MOST_CALLS = 50;

export class HeadquartersFold {
  /** By activation and seat, oldest first. */
  readonly seats = new Map<number, readonly SeatLine[]>();
  readonly calls = new Map<number, HeldCall>();
  /** Last answer of each unit. */
  readonly last = new Map<string, CallAnswer>();
  readonly done = new Map<string, string>();

  apply({ seq, kind, subject, knownAt, body: said }: LogEntry): void {
    const { action, hash } = said as unknown as Hashed;
    if (action) this.done.set(action, hash);
    switch (kind as HeadquartersKind) {
      case 'hq/seat': {
        const { run, seat, how, name, account, until, reason } = said as unknown as SeatRequest;
        const line = { seat, how, name, account, until, reason, by: subject, at: knownAt, since: knownAt };
        this.seats.set(run, [...(this.seats.get(run) ?? []), line]);
        return;
      }
      case 'roll-call/begin': {
        const { area, text, called, incident, name, withinMin } = said as unknown as BeginBody;
        this.calls.set(seq, {
          ...{ id: seq, at: knownAt, by: subject, area, text, called, incident, name },
          ...{ dueAt: knownAt + withinMin * 60_000, answers: new Map(), escalatedAt: null, endedAt: null },
        });
        const [oldest] = this.calls.keys();
        if (this.calls.size > MOST_CALLS && oldest !== undefined) this.calls.delete(oldest);
        return;
      }
      case 'roll-call/answer': {
        const { call, ...rest } = said as unknown as AnswerCallRequest & { readonly call: number };
        this.#answer(call, rest, { knownAt, by: subject });
        return;
      }
      case 'roll-call/escalate':
        return this.#change(said, { escalatedAt: knownAt });
      case 'roll-call/end':
        return this.#change(said, { endedAt: knownAt });
    }
  }

  /** Who holds a seat by hand at a moment; undefined: nobody does. */
  holderOf(run: number, seat: string, now: number): SeatLine | undefined {
    return this.seats
      .get(run)
      ?.findLast((line) => line.seat === seat && (line.until === null || line.until > now));
  }

  #answer(
    id: number,
    { unit, state, people, text, happenedAt }: Omit<AnswerCallRequest, 'action'>,
    { knownAt, by }: { readonly knownAt: number; readonly by: string },
  ): void {
    const call = this.calls.get(id);
    if (!call) return;
    // Not before it was asked, and not after we knew.
    const at = Math.min(knownAt, Math.max(call.at, happenedAt ?? knownAt));
    const answer = { unit, state, people, text, at, by, isLate: at > call.dueAt };
    this.last.set(unit, answer);
    this.calls.set(id, { ...call, answers: new Map([...call.answers, [unit, answer]]) });
  }

  #change(said: LogEntry['body'], change: Partial<HeldCall>): void {
    const { call: id } = said as unknown as { readonly call: number };
    const call = this.calls.get(id);
    if (call) this.calls.set(id, { ...call, ...change });
  }
}

export const missingIn = ({ called, answers }: HeldCall): readonly string[] =>
  called.filter((unit) => !answers.has(unit));
