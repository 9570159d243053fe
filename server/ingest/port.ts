// What ingest needs of the city, and what other areas see of ingest.
import type { LonLat, Title } from '../../contracts/column.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import type { FeedReason } from '../../contracts/layers/feed-health.ts';

/** [west, south, east, north] in WGS-84 degrees. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** Rings of polygons, GeoJSON order, closed. */
export type Rings = readonly (readonly (readonly LonLat[])[])[];

export interface Regions {
  readonly bounds: Bounds;
  /** Code of the whole city, for rows that belong to no county. */
  readonly cityCode: string;
  readonly counties: readonly { readonly code: string; readonly polygons: Rings }[];
  readonly towns: readonly {
    readonly code: string;
    readonly county: string;
    readonly lon: number;
    readonly lat: number;
  }[];
}

export const feedStates = [
  'live',
  'late',
  'stale',
  'down',
  'degraded',
  'quiet',
  'off',
  'connecting',
] as const;
export type FeedState = (typeof feedStates)[number];

/** A device whose clock is wrong while those of its feed are right. */
export interface DeviceClock {
  readonly layer: string;
  /** Entity id of its row; null: all it says is refused because of its clock. */
  readonly key: string | null;
  /** Its own name, masked, where it has no row; '' else. */
  readonly name: string;
  /** Milliseconds: + ahead of us, − behind the others of its feed. */
  readonly offMs: number;
  /** People said that it does not count. */
  readonly isSilent: boolean;
}

export interface ClockFaults {
  /** Devices that are not silenced. */
  readonly count: number;
  /** Those that are furthest off, silenced ones last. */
  readonly worst: readonly DeviceClock[];
}

/** What a feed delivered so far, and how it is doing. Times epoch ms on the city clock. */
export interface FeedReport {
  readonly id: string;
  readonly title: Title;
  readonly system: string;
  readonly protocol: string;
  readonly licence: string;
  readonly writes: readonly string[];
  readonly cadenceS: number | null;
  readonly state: FeedState;
  readonly reason: FeedReason;
  /** The technical message or the figure behind the reason; '' where the reason says all. */
  readonly detail: string;
  /** Moment of the newest accepted datum; null: none since start. */
  readonly lastAt: number | null;
  /** Last contact with the source; null: none since start. */
  readonly lastOkAt: number | null;
  /** Receipt − validAt, median of the last minute; null: nothing in the last minute. */
  readonly lagMs: number | null;
  readonly ratePerMin: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly late: number;
  readonly drifted: number;
  readonly rejectedPct: number;
  readonly clocks: ClockFaults;
  /** What the standard allows and the feed does not use, with counts. */
  readonly ignored: Readonly<Record<string, number>>;
}

export interface QuarantineSample {
  readonly at: number;
  readonly detail: string;
  /** At most 2 kB of the record with personal data masked; hex where the bytes are no text. */
  readonly raw: string;
  readonly encoding: 'text' | 'hex';
}

export interface QuarantineShelf {
  readonly feed: string;
  readonly code: ErrorCode;
  readonly count: number;
  readonly lastAt: number;
  readonly samples: readonly QuarantineSample[];
}

export interface UnknownDevice {
  readonly feed: string;
  readonly device: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}
