// Rosters and hand-overs as the fold of their entries: pure, so that a start makes what a run had.
import type { DutyPerson, HandOver, OpenItem, RosterShift, ShiftTime } from '../../contracts/records/duty.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';

export const dutyKinds = ['duty/roster', 'duty/roster-undo', 'duty/hand-over', 'duty/take-over'] as const;

export interface RosterBody {
  readonly unit: string;
  readonly day: string;
  readonly shift: string;
  readonly people: readonly DutyPerson[];
}
export interface HandOverBody {
  readonly unit: string;
  readonly shift: ShiftTime;
  readonly text: string;
  readonly items: readonly OpenItem[];
}
export interface TakeOverBody {
  readonly handOver: number;
  readonly text: string;
}

type Version = Pick<RosterShift, 'people' | 'version' | 'by' | 'at'>;

export const slotOf = ({ unit, day, shift }: Pick<RosterBody, 'unit' | 'day' | 'shift'>): string =>
  `${unit} ${day} ${shift}`;

export class DutyFold {
  readonly #rosters = new Map<
    string,
    { readonly of: RosterBody; readonly versions: Version[]; said: number }
  >();
  /** Oldest first. */
  readonly handOvers = new Map<number, HandOver>();

  apply({ seq, kind, subject, knownAt, body }: LogEntry): void {
    const by = { by: subject, at: knownAt };
    if (kind === 'duty/roster') {
      const of = body as unknown as RosterBody;
      const held = this.#rosters.get(slotOf(of)) ?? { of, versions: [], said: 0 };
      held.versions.push({ people: of.people, version: seq, ...by });
      held.said += 1;
      this.#rosters.set(slotOf(of), held);
    } else if (kind === 'duty/roster-undo') {
      const held = this.#rosters.get(slotOf(body as unknown as RosterBody));
      held?.versions.pop();
    } else if (kind === 'duty/hand-over') {
      const { unit, shift, text, items } = body as unknown as HandOverBody;
      this.handOvers.set(seq, { id: seq, unit, shift, text, items, ...by, signed: null });
    } else if (kind === 'duty/take-over') {
      const { handOver, text } = body as unknown as TakeOverBody;
      const before = this.handOvers.get(handOver);
      if (before && !before.signed) this.handOvers.set(handOver, { ...before, signed: { ...by, text } });
    }
  }

  /** null: nobody was named, or all that was said is taken back. */
  shift(of: Pick<RosterBody, 'unit' | 'day' | 'shift'>): RosterShift | null {
    const held = this.#rosters.get(slotOf(of));
    const last = held?.versions.at(-1);
    if (!held || !last) return null;
    const { unit, day, shift } = held.of;
    return { unit, day, shift, ...last, versions: held.versions.length };
  }

  /** Of the days from and with `from` to and with `to`. */
  rosters(from: string, to: string): RosterShift[] {
    return [...this.#rosters.values()]
      .filter(({ of }) => of.day >= from && of.day <= to)
      .flatMap(({ of }) => this.shift(of) ?? []);
  }
}
