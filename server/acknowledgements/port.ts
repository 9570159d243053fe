// What acknowledgements need of the rest of the server, and what others see of them: types only.
import type { Title } from '../../contracts/column.ts';
import type { AcknowledgementRules } from '../../cities/load.ts';
import type {
  Acknowledgement,
  AcknowledgementPage,
  AcknowledgementView,
  AcknowledgeRequest,
} from '../../contracts/records/acknowledgement.ts';
import type { UnitRef } from '../../contracts/records/incident.ts';
import type { Reaches } from '../../contracts/records/reach.ts';

export interface AckGround {
  readonly rules: AcknowledgementRules;
  readonly timeZone: string;
  readonly cityCode: string;
  /** Of the city, for people. */
  readonly city: string;
  readonly units: readonly UnitRef[];
  /** Units of the town posts in areas of codes of GB/T 2260; of the code of the city: all. */
  townsOf(geocodes: readonly string[]): readonly UnitRef[];
  /** Units of the towns downstream of a reservoir of that name; none where the rules name none. */
  downstreamOf(reservoir: string): readonly UnitRef[];
  /** Numbers of a unit, out of the plans in force. */
  contactsOf(unit: string): readonly { readonly post: Title; readonly phone: string }[];
  nameOf(subject: string): string | null;
}

export interface AckActor {
  readonly id: string;
  readonly reaches: Reaches;
}

/** Throws CodedError request/not-found for what asks nobody within reach, …/forbidden, …/invalid, and store/…. */
export interface Acknowledgements {
  list(reaches: Reaches): AcknowledgementPage;
  acknowledge(by: AckActor, id: number, asked: AcknowledgeRequest): Promise<AcknowledgementView>;
  /** For papers and counts. */
  everyone(): Iterable<Acknowledgement>;
}
