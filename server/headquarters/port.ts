// What headquarters need of the rest of the server, and what others see of them: types only.
import type { Call } from '../../contracts/records/call.ts';
import type { Crisis } from '../../contracts/records/crisis.ts';
import type {
  AnswerCallRequest,
  BoardTask,
  CrisisRoomPage,
  EndCallRequest,
  HeadquartersView,
  RollCallRequest,
  SeatRequest,
} from '../../contracts/records/headquarters.ts';
import type { Incident, UnitRef } from '../../contracts/records/incident.ts';
import type { Order } from '../../contracts/records/order.ts';
import type { Plan } from '../../contracts/records/plan.ts';
import type { PlanRun } from '../../contracts/records/plan-run.ts';
import type { Reaches } from '../../contracts/records/reach.ts';

export interface CommandActor {
  readonly id: string;
  readonly reaches: Reaches;
}

/** An emergency centre (1+8+N): the city's, a county's, a post in a town. */
export interface CentreFacts {
  readonly unit: UnitRef;
  readonly kind: 'city' | 'county' | 'post';
  /** Code of its area. */
  readonly region: string;
}

export interface CommandSources {
  readonly centres: readonly CentreFacts[];
  readonly units: readonly UnitRef[];
  /** Activations with the copy of their plan. */
  readonly runs: () => Iterable<{ readonly run: PlanRun; readonly plan: Plan }>;
  /** Plans in force. */
  readonly plans: () => readonly Plan[];
  readonly incidents: () => Iterable<Incident>;
  readonly crises: () => readonly Crisis[];
  /** Calls to units, and orders: oldest first. */
  readonly calls: () => Iterable<Call>;
  readonly orders: () => Iterable<Order>;
  /** Names of who is on duty in a unit by the roster, the leader first. */
  readonly onDuty: (unit: string) => readonly { readonly name: string; readonly account: string }[];
}

/** Throws CodedError request/not-found, …/invalid, …/conflict, …/forbidden and store/…. */
export interface CommandDesk {
  view(by: CommandActor): HeadquartersView;
  board(by: CommandActor): readonly BoardTask[];
  room(): CrisisRoomPage;
  seat(by: CommandActor, asked: SeatRequest): Promise<HeadquartersView>;
  call(by: CommandActor, asked: RollCallRequest): Promise<HeadquartersView>;
  answer(by: CommandActor, call: number, asked: AnswerCallRequest): Promise<HeadquartersView>;
  end(by: CommandActor, call: number, asked: EndCallRequest): Promise<HeadquartersView>;
}
