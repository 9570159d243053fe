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
import type { ReachArea } from './reach-area.ts';

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
