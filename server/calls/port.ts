// What calls need of the rest of the server, and what others see of them: types only.
import type { LonLat, Title } from '../../contracts/column.ts';
import type { AnswerRequest, Call, CallPage, CallRequest, UnitFound } from '../../contracts/records/call.ts';
import type { Incident, UnitRef } from '../../contracts/records/incident.ts';
import type { Reaches } from '../../contracts/records/reach.ts';

export interface CallGround {
  readonly cityCode: string;
  readonly timeZone: string;
  /** Of the city, for people. */
  readonly city: string;
  readonly units: readonly UnitRef[];
  /** Where a unit sits; null: nobody knows. */
  placeOf(unit: string): LonLat | null;
  /** Numbers of a unit, out of the plans in force. */
  contactsOf(unit: string): readonly { readonly post: Title; readonly phone: string }[];
  incident(id: number): Incident | undefined;
  nameOf(subject: string): string | null;
}

export interface CallActor {
  readonly id: string;
  readonly reaches: Reaches;
  readonly areas: readonly string[];
}

/** Throws CodedError request/not-found, …/forbidden, …/invalid, …/conflict, and store/…. */
export interface Calls {
  /** Newest first. @param unit only those it was called by */
  list(reaches: Reaches, unit?: string): CallPage;
  /** Units that sit inside an area and within reach. */
  inside(area: readonly LonLat[], reaches: Reaches): readonly UnitFound[];
  make(by: CallActor, asked: CallRequest): Promise<Call>;
  answer(by: CallActor, id: number, asked: AnswerRequest): Promise<Call>;
  everyone(): Iterable<Call>;
}
