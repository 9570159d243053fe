// What operations need of the rest of the server, and what others see of them.
import type {
  FeedSwitchRequest,
  FillRequest,
  MergeRequest,
  Operation,
  OperationState,
  SilenceRequest,
  SplitRequest,
  UndoRequest,
} from '../../contracts/records/operation.ts';

export interface Named {
  readonly system: string;
  readonly layer: string;
  readonly sourceId: string;
}

export interface RowAt {
  readonly layer: string;
  readonly key: string;
}

/** What operations change; each call may be repeated. Questions throw CodedError request/not-found, …/invalid, …/conflict. */
export interface Targets {
  requireRow(row: RowAt): void;
  requireFits(row: RowAt, column: string, value: unknown): void;
  /** The feed exists and the settings connect it. */
  requireFeed(feed: string): void;
  namesOf(row: RowAt): readonly Named[];
  /** The entity a name has by itself. */
  ownEntity(name: Named): string;
  silence(row: RowAt, isSilent: boolean): void;
  fill(row: RowAt, column: string, said: { value: unknown; at: number; isNew: boolean }): void;
  endFill(row: RowAt, column: string): void;
  /** The name stands for `entity` from now on. */
  rename(name: Named, entity: string): void;
  /** Ends the row of an entity that has no name left. */
  supersede(row: RowAt): void;
  switchFeed(feed: string, enabled: boolean, why: string): void;
}

/**
 * `by`: who asks, as the log names them. Changes are on record when they resolve. All throw CodedError request/not-found,
 * …/invalid, …/conflict, and store/… where nothing can be recorded.
 */
export interface Operations {
  /** Newest first. */
  list(status?: OperationState): readonly Operation[];
  silence(by: string, asked: SilenceRequest): Promise<Operation>;
  fill(by: string, asked: FillRequest): Promise<Operation>;
  merge(by: string, asked: MergeRequest): Promise<Operation>;
  split(by: string, asked: SplitRequest): Promise<Operation>;
  switchFeed(by: string, asked: FeedSwitchRequest): Promise<Operation>;
  undo(by: string, asked: UndoRequest): Promise<Operation>;
  names(row: RowAt): readonly Named[];
}
