// What resources need of their world, and what others see of them: types only.
import type { LonLat } from '../../contracts/column.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import type { Reach, Reaches } from '../../contracts/records/reach.ts';
import type {
  Booking,
  BookRequest,
  DecideRequest,
  EnoughAnswer,
  NearestAnswer,
  ReleaseRequest,
  ResourceItem,
  ResourceKind,
  ResourceView,
} from '../../contracts/records/resource.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { resource } from '../../contracts/layers/resource.ts';

/** Who acts, and whose areas they may touch. */
export interface ResourceActor {
  readonly id: string;
  /** Rows they may see; null: all. */
  readonly reach: Reach | null;
  readonly reaches: Reaches;
}

export type ResourceTable = LayerTable<(typeof resource)['columns']>;

/** An incident resources are called for. */
export type Caller = (id: number) => Pick<Incident, 'id' | 'no' | 'region' | 'stage' | 'tasks'> | null;

export interface NearestAsked {
  readonly at: LonLat;
  /** Absent: all kinds. */
  readonly kind?: ResourceKind | undefined;
  /** Only those that have some of it free. */
  readonly item?: ResourceItem | undefined;
  readonly count: number;
  readonly withinMin: number;
}
export interface EnoughAsked {
  readonly at: LonLat;
  readonly item: ResourceItem;
  readonly amount: number;
  readonly withinMin: number;
}

/** Throws CodedError request/forbidden, request/not-found, request/invalid, request/conflict, and store/…. */
export interface Bookings {
  list(by: ResourceActor, incident?: number): readonly Booking[];
  book(by: ResourceActor, asked: BookRequest): Promise<Booking>;
  release(by: ResourceActor, id: number, asked: ReleaseRequest): Promise<Booking>;
  decide(by: ResourceActor, id: number, asked: DecideRequest): Promise<Booking>;
}

export interface Resources extends Bookings {
  resources(
    by: ResourceActor,
    asked: { readonly kind?: ResourceKind | undefined; readonly item?: ResourceItem | undefined },
  ): readonly ResourceView[];
  nearest(by: ResourceActor, asked: NearestAsked): NearestAnswer;
  enough(by: ResourceActor, asked: EnoughAsked): EnoughAnswer;
}
