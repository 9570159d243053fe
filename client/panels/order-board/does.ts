// What the board of orders can have done: asked of the stores, so that the gallery draws it without a server.
import type { LonLat } from '../../../contracts/column.ts';
import type { IncidentKind } from '../../../contracts/records/incident.ts';
import type { IssueRequest, Order, OrderVerb } from '../../../contracts/records/order.ts';
import type { ClauseGroup } from '../../stores/plan-clauses.ts';
import type { Answer, Refusal } from '../../stores/operations.ts';
import type { PickChoice } from '../../ui/pick-choice.ts';

export interface PlaceChoice extends PickChoice {
  readonly at: LonLat;
}

/** An incident an order can be for. */
export interface OrderIncident {
  readonly id: number;
  readonly name: string;
  readonly kind: IncidentKind | null;
  /** Code of the region it lies in; '' : nobody knows. */
  readonly region: string;
  /** Id of the unit whose turn it is; '' : none. */
  readonly owner: string;
}

/** How the form finds what somebody types or points at. */
export interface OrderFinds {
  readonly unit: (text: string, incident: OrderIncident | null) => Promise<readonly PickChoice[]>;
  readonly place: (text: string) => Promise<readonly PlaceChoice[]>;
  /** What people call a point of the map, after the nearest place that has a name; '' : none is near. */
  readonly near: (at: LonLat) => string;
  /** Clauses of plans in force for the incident, plans that are active for it first. */
  readonly clauses: (incident: OrderIncident | null) => Promise<readonly ClauseGroup[]>;
}

/** Pointing at the map; null where the page has none. */
export interface OrderMap {
  readonly isAsking: boolean;
  readonly ask: () => void;
  readonly leave: () => void;
}

export interface OrderDoes {
  readonly give: (said: Partial<IssueRequest>) => Promise<Answer<{ orders: readonly Order[] }>>;
  readonly answer: (
    order: Order,
    verb: OrderVerb,
    said: { readonly text: string; readonly action?: string },
  ) => Promise<Answer<Order>>;
  readonly showPack: (id: number) => Promise<Refusal | null>;
  /** What is on the screen, which is kept with the order. */
  readonly evidence: () => Pick<IssueRequest, 'rows' | 'view'>;
  readonly find: OrderFinds;
}

/** What somebody may do here. */
export interface OrderRights {
  readonly give: boolean;
  readonly answer: boolean;
  readonly evidence: boolean;
}
