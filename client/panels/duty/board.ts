// What the duty board can have done: asked of the store, so that the gallery draws it without a server.
import type { DutyPerson, OpenItem, RosterShift } from '../../../contracts/records/duty.ts';
import type { Answer } from '../../stores/operations.ts';

export interface DutyDoes {
  readonly handOver: (unit: string, text: string) => Promise<Answer<unknown>>;
  readonly sign: (id: number, text: string) => Promise<Answer<unknown>>;
  readonly openItems: (unit: string) => Promise<Answer<{ readonly items: readonly OpenItem[] }>>;
  readonly setRoster: (
    slot: Pick<RosterShift, 'unit' | 'day' | 'shift'>,
    people: readonly DutyPerson[],
    seen: number,
  ) => Promise<Answer<unknown>>;
  readonly undoRoster: (of: RosterShift, reason: string) => Promise<Answer<unknown>>;
}
