// What 战时 needs of the rest of the server, and what others see of it: types only.
import type { Title } from '../../contracts/column.ts';
import type {
  Crisis,
  CrisisView,
  DecideRequest,
  ProposeRequest,
  ReviewAloneRequest,
  Switch,
  SwitchPreview,
} from '../../contracts/records/crisis.ts';
import type { Incident, UnitRef } from '../../contracts/records/incident.ts';
import type { ActivateRequest, PreviewAsked, RunRequest } from '../../contracts/records/plan-actions.ts';
import type { PlanRun, RunPreview } from '../../contracts/records/plan-run.ts';
import type { Reaches } from '../../contracts/records/reach.ts';
import type { PlanActor } from '../plans/port.ts';

/** Who acts. `mayDecide`: on levels graver than Ⅳ too. */
export interface CrisisActor {
  readonly id: string;
  readonly reaches: Reaches;
  readonly mayDecide: boolean;
}

/** A feed that is asked more often while 战时 holds. */
export interface HurriedFeed {
  readonly title: Title;
  readonly peaceS: number;
  readonly crisisS: number;
}

/** What a switch changes by itself, out of the city package and the table of rights. */
export interface CrisisGround {
  readonly tick: { readonly peaceMs: number; readonly crisisMs: number };
  readonly feeds: () => readonly HurriedFeed[];
  /** Rights that roles gain while it holds, for people. */
  readonly gains: readonly { readonly what: Title; readonly before: Title; readonly after: Title }[];
  /** Whom the city tells of a switch: of the whole city, or of one county. */
  readonly tell: (area: string) => readonly UnitRef[];
}

/** What a switch changes; each call may be repeated. */
export interface CrisisTargets {
  /** @throws CodedError request/not-found: neither the city nor a county */
  requireArea(code: string): void;
  nameOf(code: string): Title;
  /** null: peacetime. `at`: since when, epoch ms. */
  setMode(code: string, crisis: Crisis | null, at: number): void;
  /** Ticks and feeds of 战时, or of peacetime. */
  setRhythm(isCrisis: boolean): void;
  incident(id: number): Incident | undefined;
}

/** Activations of plans, as a switch makes and ends them. */
export interface CrisisPlans {
  preview(by: PlanActor, plan: string, asked: PreviewAsked): RunPreview;
  activate(by: PlanActor, plan: string, asked: ActivateRequest): Promise<unknown>;
  act(
    by: PlanActor,
    id: number,
    did: { readonly verb: 'end'; readonly asked: RunRequest<'end'> },
  ): Promise<unknown>;
  /** The activation an action made; null: it made none. */
  madeBy(action: string): PlanRun | null;
}

/** Throws CodedError request/not-found, …/invalid, …/conflict, …/forbidden, access/duties and store/…. */
export interface CrisisDesk {
  view(by: CrisisActor): CrisisView;
  preview(by: CrisisActor, change: Switch): SwitchPreview;
  propose(by: CrisisActor, asked: ProposeRequest): Promise<CrisisView>;
  /** By whoever proposed it. */
  withdraw(by: CrisisActor, id: number, asked: DecideRequest): Promise<CrisisView>;
  /** By somebody else. */
  refuse(by: CrisisActor, id: number, asked: DecideRequest): Promise<CrisisView>;
  /** By somebody else: it is done at once, everywhere. */
  approve(by: CrisisActor, id: number, asked: DecideRequest): Promise<CrisisView>;
  alone(by: CrisisActor, asked: ProposeRequest): Promise<CrisisView>;
  /** Of what one person did alone: by a second, it stands as long as was asked. */
  confirm(by: CrisisActor, commit: number, asked: DecideRequest): Promise<CrisisView>;
  review(by: CrisisActor, commit: number, asked: ReviewAloneRequest): Promise<CrisisView>;
  /** What holds now, the city before counties. */
  standing(): readonly Crisis[];
}
