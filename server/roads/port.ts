// What others see of the roads: types only.
import type { LonLat } from '../../contracts/column.ts';
import type { Reaches } from '../../contracts/records/reach.ts';
import type {
  CloseRoadsRequest,
  CutPreview,
  CutRequest,
  OpenRoadsRequest,
  RoadClosure,
  RoadsView,
} from '../../contracts/records/road.ts';
import type { Access } from './ground.ts';
import type { ReachArea } from './reach-area.ts';

export type { Access } from './ground.ts';

/** From a resource to the place that was asked for. */
export interface Way {
  /** Pieces of the graph, from the resource on. */
  readonly edges: readonly number[];
  readonly metres: number;
}

/** Ways of many to one place; what was settled holds until the next question. */
export interface WaysTo {
  /** Parts of the network are made up (示意). */
  readonly isSchematic: boolean;
  /** How many causes close something. */
  readonly closures: number;
  /** The road a place stands at. */
  access(at: LonLat): Access;
  /** Searches until all are settled, or nothing else is within the time, seconds. */
  settle(here: Access, from: readonly Access[], limitS: number): void;
  /** Infinity: not reached. */
  seconds(from: Access): number;
  /** null: not reached. */
  way(from: Access): Way | null;
}

export interface RoadActor {
  readonly id: string;
  readonly reaches: Reaches;
}

/** Throws CodedError request/forbidden, request/not-found, request/invalid, request/conflict, and store/…. */
export interface Roads {
  view(): RoadsView;
  /** @param minutes rising */
  reach(at: LonLat, minutes: readonly number[]): readonly ReachArea[];
  preview(asked: CutRequest): CutPreview;
  close(by: RoadActor, asked: CloseRoadsRequest): Promise<RoadClosure>;
  open(by: RoadActor, id: number, asked: OpenRoadsRequest): Promise<RoadsView>;
}
