// What others see of hazards: types only.
import type { Reaches } from '../../contracts/records/reach.ts';
import type {
  ChangePlumeRequest,
  EndPlumeRequest,
  OpenPlumeRequest,
  PlumesView,
  PlumeView,
} from '../../contracts/records/plume.ts';

export interface HazardActor {
  readonly id: string;
  readonly reaches: Reaches;
}

/** Throws CodedError request/forbidden, request/not-found, request/invalid, request/conflict, and store/…. */
export interface Plumes {
  view(): PlumesView;
  open(by: HazardActor, asked: OpenPlumeRequest): Promise<PlumeView>;
  change(by: HazardActor, id: string, asked: ChangePlumeRequest): Promise<PlumeView>;
  end(by: HazardActor, id: string, asked: EndPlumeRequest): Promise<PlumesView>;
}
