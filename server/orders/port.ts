// What orders need of the rest of the server, and what others see of them: types only.
import type { LonLat, Title } from '../../contracts/column.ts';
import type { DutyPerson } from '../../contracts/records/duty.ts';
import type { Incident, UnitRef } from '../../contracts/records/incident.ts';
import type {
  IssueRequest,
  Order,
  OrderFilter,
  OrderPage,
  OrderRequest,
  OrderVerb,
} from '../../contracts/records/order.ts';
import type { PlanVersion } from '../../contracts/records/plan.ts';
import type { Reaches } from '../../contracts/records/reach.ts';

export interface OrderActor {
  readonly id: string;
  readonly reaches: Reaches;
  /** Region codes, departments, or * : says which unit acts. */
  readonly areas: readonly string[];
}

/** The city as orders go through it. */
export interface OrderGround {
  readonly cityCode: string;
  readonly timeZone: string;
  readonly units: readonly UnitRef[];
  /** Where a unit sits; null: nobody knows. */
  placeOf(unit: string): LonLat | null;
  /** Who has the shift of a unit now; empty: nobody is named. */
  onDuty(unit: string): readonly DutyPerson[];
}

export interface OrderTargets {
  /** Puts it on every screen as it is now, or takes it off when it is over. */
  show(order: Order, from: LonLat | null, isOverdue: boolean): void;
  /** Takes rows off the screens that are of none of these. */
  showOnly(ids: ReadonlySet<string>): void;
}

/** null: no plan of that id, or none of its versions is in force. */
export type InForce = (plan: string) => PlanVersion | null;
export type FindIncident = (id: number) => Incident | undefined;

/** Throws CodedError request/not-found for what lies in another area, …/forbidden, …/invalid, …/conflict, and store/…. */
export interface Orders {
  readonly withheld: Title | null;
  list(filter: OrderFilter, reaches: Reaches): OrderPage;
  view(id: string, reaches: Reaches): Order;
  /** Freezes the evidence and gives it; one for each addressee. */
  issue(by: OrderActor, asked: IssueRequest): Promise<readonly Order[]>;
  act<V extends OrderVerb>(
    by: OrderActor,
    id: string,
    did: { readonly verb: V; readonly asked: OrderRequest<V> },
  ): Promise<Order>;
  /** For papers and counts. */
  everyone(): Iterable<Order>;
}
