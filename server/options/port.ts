// What options need of the rest of the server, and what others see of them: types only.
import type { Incident } from '../../contracts/records/incident.ts';
import type { ChooseRequest, OptionChoice, OptionPage } from '../../contracts/records/option.ts';
import type { PlanVersion } from '../../contracts/records/plan.ts';
import type { Reaches } from '../../contracts/records/reach.ts';

export interface OptionGround {
  /** Plans of which a version is in force. */
  plans(): readonly PlanVersion[];
  incident(id: number): Incident | undefined;
  /** Ids of plans that are active for an incident. */
  active(incident: number): ReadonlySet<string>;
  /** Errors the linter finds in a plan now. */
  errorsOf(version: PlanVersion): number;
  nameOf(subject: string): string | null;
}

export interface OptionActor {
  readonly id: string;
  readonly reaches: Reaches;
}

/** Throws CodedError request/not-found for an incident of another area, …/conflict, …/invalid, store/…. */
export interface Options {
  page(incident: number, reaches: Reaches): OptionPage;
  choose(by: OptionActor, incident: number, asked: ChooseRequest): Promise<OptionChoice>;
  /** For papers. */
  choicesOf(incident: number): readonly OptionChoice[];
}
