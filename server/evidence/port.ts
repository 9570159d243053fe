// What evidence packs need of their world, and what others see of them: types only.
import type { Label } from '../../contracts/column.ts';
import type { RecordingHead } from '../../contracts/recording.ts';
import type {
  EvidencePack,
  FreezeRequest,
  PackCause,
  PackList,
  PackPage,
  PackRef,
  Present,
} from '../../contracts/records/evidence-pack.ts';
import type { Evidence, Incident } from '../../contracts/records/incident.ts';
import type { Reaches } from '../../contracts/records/reach.ts';
import type { PastClock } from '../../contracts/stretch.ts';

/** The layers of a moment as a recording. */
export interface Frozen {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly layers: EvidencePack['frames']['layers'];
}

export interface PackSources {
  readonly facts: Pick<EvidencePack, 'city' | 'world' | 'build' | 'isDemo'>;
  /** @throws CodedError request/not-found */
  copyRow(layer: string, key: string): Evidence;
  /** Keys of the rows that every pack holds. */
  indicators(): readonly string[];
  warnings(): readonly string[];
  present(): readonly Present[];
  /** `at` null: as they stand now. @throws CodedError request/not-found where nothing is kept of that moment */
  freeze(at: number | null, clock: PastClock): Promise<Frozen>;
  /** Class of a column; 'sensitive' where nobody knows it any more. */
  labelOf(layer: string, column: string): Label;
  incident(id: number): Incident | undefined;
  nameOf(subject: string): string | null;
}

/** Who decides or reads. */
export interface PackReader {
  readonly id: string;
  readonly reaches: Reaches;
  readonly labels: readonly Label[];
  readonly areas: readonly string[];
}

export type Freezing = FreezeRequest & {
  readonly cause: PackCause;
  /** Code of the area whose people may read it; absent: that of its incident, or the city's. */
  readonly region?: string;
};

/** Freezes what is known at a decision. */
export interface Freezer {
  /** Durable when it resolves; the same action gives the same pack. @throws CodedError request/not-found, …/invalid, store/… */
  freeze(by: Pick<PackReader, 'id' | 'reaches'>, asked: Freezing): Promise<PackRef>;
}

/** What lies in another area is request/not-found; store/damaged for a pack that is not what it was. */
export interface Packs extends Freezer {
  list(incident: number | undefined, reaches: Reaches): PackList;
  view(id: number, reader: PackReader): Promise<PackPage>;
  /** A recording of its moment with what the reader may see. `may`: of layers, by slug. */
  recording(
    id: number,
    reader: PackReader,
    may: (slug: string) => boolean,
  ): Promise<{ readonly name: string; readonly head: RecordingHead; readonly bytes: Uint8Array }>;
}
