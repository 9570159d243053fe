// What duty needs of its world, and what others see of it: types only.
import type { Title } from '../../contracts/column.ts';
import type {
  DutyView,
  HandOver,
  HandOverRequest,
  OpenItem,
  RosterRequest,
  RosterShift,
  RosterUndoRequest,
} from '../../contracts/records/duty.ts';

export interface DutyUnit {
  readonly id: string;
  readonly name: Title;
}

/** Who acts, and whose areas they may touch, by region code. */
export interface DutyActor {
  readonly id: string;
  readonly reaches: (region: string) => boolean;
}

/** Throws CodedError request/forbidden, request/not-found, request/invalid, request/conflict, and store/…. */
export interface Duty {
  /** Of the units within reach. */
  view(by: DutyActor): DutyView;
  rosters(by: DutyActor, days: { readonly from: string; readonly to: string }): readonly RosterShift[];
  setRoster(by: DutyActor, asked: RosterRequest): Promise<RosterShift>;
  /** null: nobody was named before. */
  undoRoster(by: DutyActor, asked: RosterUndoRequest): Promise<RosterShift | null>;
  /** What goes on now in the area of a unit. */
  open(by: DutyActor, unit: string): readonly OpenItem[];
  handOver(by: DutyActor, asked: HandOverRequest): Promise<HandOver>;
  /** Signs: by another than who handed over. */
  takeOver(by: DutyActor, asked: { readonly id: number; readonly text: string }): Promise<HandOver>;
}
