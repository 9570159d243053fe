// What the desk of decision models needs of the rest of the server, and what others see of it: types only.
import type { Label } from '../../contracts/column.ts';
import type { Row } from '../../contracts/layer.ts';
import type {
  AdoptRequest,
  Advice,
  CitedRow,
  DecisionPage,
  DecisionRun,
  DismissRequest,
  RunRequest,
} from '../../contracts/records/advice.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import type { Reaches } from '../../contracts/records/reach.ts';
import type { DecisionDefinition, DecisionSnapshot } from '../kit/define-decision.ts';

/** A test of a value of a row: the value itself, or one of these. */
export type ValueTest =
  | string
  | number
  | { readonly min?: number | undefined; readonly max?: number | undefined }
  | { readonly contains: string }
  | { readonly oneOf: readonly (string | number)[] };

/** When a model runs by itself, as the city package says. */
export interface DecisionTrigger {
  /** Only while an area is in 战时. */
  readonly inCrisis: boolean;
  /** Minutes between two runs, on the hour: 10 is :00, :10 …; null: only `when` decides. */
  readonly everyMin: number | null;
  /** For each row that fits, once, and again each `everyMin` while it fits; null: whenever `inCrisis` allows. */
  readonly when: { readonly layer: string; readonly where: Readonly<Record<string, ValueTest>> } | null;
  readonly params: Readonly<Record<string, unknown>>;
  /** Parameters out of the row of `when`: name → column, or `key`. */
  readonly fromRow: Readonly<Record<string, string>>;
}

/** What a city package says of one model. */
export interface DecisionSettings {
  readonly facts: unknown;
  readonly triggers: readonly DecisionTrigger[];
}

/** A model of this server in one world. */
export interface OfferedModel {
  /** Address of its module, for the thread. */
  readonly file: string;
  readonly definition: DecisionDefinition;
  /** null: not connected (未接入). */
  readonly settings: DecisionSettings | null;
}

/** What one model reads of the world now. */
export interface AdviseGround {
  snapshot(model: OfferedModel): DecisionSnapshot;
  /** Rows of a layer, for triggers. */
  rows(layer: string): Iterable<Row>;
  /** Whether a layer changed since the last tick. */
  hasChanged(layer: string): boolean;
  inCrisis(): boolean;
  incident(id: number): Incident | undefined;
  nameOf(subject: string): string | null;
}

/** Puts what a run said on every screen: the headline of each model and place, and the branch of its options. */
export interface AdviseRows {
  show(run: DecisionRun, model: OfferedModel): void;
  /** Only these (model and place) stand on. */
  showOnly(places: ReadonlySet<string>): void;
}

export interface ModelJob {
  readonly file: string;
  readonly snapshot: DecisionSnapshot;
  readonly params: unknown;
  readonly limitS: number;
  onStart(): void;
  onProgress(share: number): void;
}

/** What the thread answers. */
export interface ModelAnswer {
  readonly advice: Advice;
  readonly cited: readonly CitedRow[];
}

export interface ModelPool {
  /** `cancel` ends it at once, running or waiting: `answer` rejects with ModelEnded. */
  run(job: ModelJob): { readonly answer: Promise<ModelAnswer>; cancel(): void };
  /** Jobs that are running or wait. */
  readonly waiting: number;
}

export interface AdviseActor {
  readonly id: string;
  readonly reaches: Reaches;
  /** Classes of columns they may read: of rows a model used, the others are left out. */
  readonly labels: readonly Label[];
}

/** Throws CodedError request/not-found, …/invalid, …/conflict, …/unavailable (not connected), …/too-many, store/…. */
export interface Advise {
  page(): DecisionPage;
  /** The same action is the same run. Resolves when it is queued, not when it is over. */
  start(by: AdviseActor, model: string, asked: RunRequest): DecisionRun;
  run(by: AdviseActor, at: RunAddress): Promise<DecisionRun>;
  cancel(model: string, id: string): DecisionRun;
  adopt(by: AdviseActor, at: RunAddress, asked: AdoptRequest): Promise<DecisionRun>;
  dismiss(by: AdviseActor, at: RunAddress, asked: DismissRequest): Promise<DecisionRun>;
  /** When nothing runs and all that was said is on record. */
  settled(): Promise<void>;
}

export interface RunAddress {
  readonly model: string;
  readonly id: string;
}
