// What the panel asks of its store; a fixture gives answers of its own.
import type { closeRoads, openRoads, previewCut } from '../../stores/roads.ts';

export interface RoadDoes {
  readonly preview: typeof previewCut;
  readonly close: typeof closeRoads;
  readonly open: typeof openRoads;
}
