// What plans need of the rest of the server, and what others see of them: types only.
import type { LonLat, Title } from '../../contracts/column.ts';
import type { IncidentKind, UnitRef } from '../../contracts/records/incident.ts';
import type { PlanChange } from '../../contracts/records/plan-findings.ts';
import type {
  ActivateRequest,
  CreatePlanRequest,
  PlanAction,
  PlanRequest,
  PlanSummary,
  PlanView,
  PreviewAsked,
  RunAction,
  RunRequest,
} from '../../contracts/records/plan-actions.ts';
import type { PlanHazard } from '../../contracts/records/plan.ts';
import type { Conformance, PlanRun, RunPreview, RunProgress } from '../../contracts/records/plan-run.ts';
import type { Reaches } from '../../contracts/records/reach.ts';

/** A place of the city as plans name it. */
export interface PlanPlace {
  readonly id: string;
  readonly name: Title;
  /** Of the city package: shelter, rescue-team, fire-station, relief-store … */
  readonly kind: string;
  readonly position: LonLat;
  /** How many jobs it can do at one time; Infinity: it is no team. */
  readonly atOnce: number;
  /** What a shelter is not safe from. */
  readonly notFor: readonly string[];
}

/** Where a hazard reaches: around a point. */
export interface HazardZone {
  readonly name: Title;
  readonly hazard: PlanHazard;
  readonly centre: LonLat;
  readonly radiusM: number;
}

/** What the names in a plan may refer to. */
export interface PlanGround {
  readonly units: ReadonlyMap<string, UnitRef>;
  readonly places: ReadonlyMap<string, PlanPlace>;
  readonly hazards: readonly HazardZone[];
}

/** Who acts, and whose areas and units they may touch. */
export interface PlanActor {
  readonly id: string;
  readonly reaches: Reaches;
}

/** Throws CodedError request/not-found, …/invalid, …/conflict, …/forbidden, access/duties, world/not-live and store/…. */
export interface PlanLibrary {
  list(kind?: IncidentKind): readonly PlanSummary[];
  view(id: string): PlanView;
  /** Between two versions, by clause. */
  difference(id: string, versions: { readonly from: number; readonly to: number }): readonly PlanChange[];
  create(by: PlanActor, asked: CreatePlanRequest): Promise<PlanView>;
  act<A extends PlanAction>(
    by: PlanActor,
    id: string,
    did: { readonly verb: A; readonly asked: PlanRequest<A> },
  ): Promise<PlanView>;
}

/** Throws as PlanLibrary does; an activation of another area is request/not-found. */
export interface PlanRuns {
  list(incident: number | undefined, reaches: Reaches): readonly PlanRun[];
  progress(id: number, reaches: Reaches): RunProgress;
  conformance(id: number, reaches: Reaches): Conformance;
  preview(by: PlanActor, plan: string, asked: PreviewAsked): RunPreview;
  /** `level` null: of its end. */
  previewChange(
    by: PlanActor,
    id: number,
    asked: { readonly level: PlanRun['level']; readonly reason: string },
  ): RunPreview;
  activate(by: PlanActor, plan: string, asked: ActivateRequest): Promise<RunProgress>;
  act<A extends RunAction>(
    by: PlanActor,
    id: number,
    did: { readonly verb: A; readonly asked: RunRequest<A> },
  ): Promise<RunProgress>;
}
