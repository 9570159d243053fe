// What duty needs of its world, and what others see of it: types only.
import type { Title } from '../../contracts/column.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { SettingEffects } from '../../contracts/records/city-setting.ts';
import type {
  Bulletin,
  countedKinds,
  DutyView,
  HandOver,
  HandOverRequest,
  OpenItem,
  RosterRequest,
  RosterShift,
  RosterTry,
  RosterUndoRequest,
} from '../../contracts/records/duty.ts';

export interface DutyUnit {
  readonly id: string;
  readonly name: Title;
}

export interface EntryAsk {
  readonly kind: (typeof countedKinds)[number];
  /** Epoch ms, from and with `from`, before `to`. */
  readonly from: number;
  readonly to: number;
  /** A member of what was said, and its value as text. */
  readonly field?: string | undefined;
  readonly value?: string | undefined;
}

/** Who acts, and whose areas they may touch, by region code. */
export interface DutyActor {
  readonly id: string;
  readonly reaches: (region: string) => boolean;
}

/** Numbers out of the logs, of what the reader's areas hold. */
export interface Bulletins {
  /** Absent: since the shift that runs began, up to now. */
  bulletin(
    by: DutyActor,
    asked: { readonly from?: number | undefined; readonly to?: number | undefined },
  ): Promise<Bulletin>;
  entries(by: DutyActor, asked: EntryAsk): Promise<readonly LogEntry[]>;
}

/** Throws CodedError request/forbidden, request/not-found, request/invalid, request/conflict, and store/…. */
export interface Duty {
  /** Of the units within reach. */
  view(by: DutyActor): DutyView;
  rosters(by: DutyActor, days: { readonly from: string; readonly to: string }): readonly RosterShift[];
  /** What a roster would change, and who has too little rest. */
  tryRoster(by: DutyActor, asked: RosterTry): SettingEffects;
  setRoster(by: DutyActor, asked: RosterRequest): Promise<RosterShift>;
  /** null: nobody was named before. */
  undoRoster(by: DutyActor, asked: RosterUndoRequest): Promise<RosterShift | null>;
  /** What goes on now in the area of a unit. */
  open(by: DutyActor, unit: string): readonly OpenItem[];
  handOver(by: DutyActor, asked: HandOverRequest): Promise<HandOver>;
  /** Signs: by another than who handed over. */
  takeOver(by: DutyActor, asked: { readonly id: number; readonly text: string }): Promise<HandOver>;
}
