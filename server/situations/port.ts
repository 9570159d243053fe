// What situation reports need of the rest of the server, and what others see of them: types only.
import type { Acknowledgement } from '../../contracts/records/acknowledgement.ts';
import type { Cluster } from '../../contracts/records/cluster.ts';
import type { Conformance } from '../../contracts/records/plan-run.ts';
import type { Booking } from '../../contracts/records/resource.ts';
import type { Call } from '../../contracts/records/call.ts';
import type { Incident, UnitRef } from '../../contracts/records/incident.ts';
import type { OptionChoice } from '../../contracts/records/option.ts';
import type { Order } from '../../contracts/records/order.ts';
import type { Reaches } from '../../contracts/records/reach.ts';
import type {
  IssueSituationRequest,
  Situation,
  SituationDraft,
  SituationKind,
  SituationPage,
} from '../../contracts/records/situation.ts';

/** What a report is counted out of. */
export interface SituationMatter {
  readonly incident: Incident;
  readonly orders: readonly Order[];
  readonly calls: readonly Call[];
  readonly choices: readonly OptionChoice[];
  /** Warnings in force: keys of the layer. */
  readonly warnings: readonly string[];
  /** Of its activated plans. */
  readonly plans: readonly Conformance[];
  /** Clusters that share a signal with its evidence. */
  readonly clusters: readonly Pick<Cluster, 'id' | 'title' | 'count' | 'firstAt'>[];
  /** Of warnings and orders of its time that asked towns of its area. */
  readonly acks: readonly Acknowledgement[];
  /** Resources called for it. */
  readonly bookings: readonly Booking[];
  readonly now: number;
}

export interface SituationGround {
  readonly timeZone: string;
  readonly units: readonly UnitRef[];
  /** undefined: there is no such incident. */
  matter(incident: number): SituationMatter | undefined;
  nameOf(subject: string): string | null;
}

export interface SituationActor {
  readonly id: string;
  readonly reaches: Reaches;
}

/** Throws CodedError request/not-found for an incident of another area, …/conflict, …/invalid, store/…. */
export interface Situations {
  page(incident: number, reaches: Reaches): SituationPage;
  draft(incident: number, kind: SituationKind, reaches: Reaches): SituationDraft;
  issue(by: SituationActor, asked: IssueSituationRequest): Promise<Situation>;
  find(id: number, reaches: Reaches): Situation;
}
