// What the panel asks of its store; a fixture gives answers of its own.
import type { changePlume, endPlume, openPlume } from '../../stores/hazards.ts';

export interface HazardDoes {
  readonly open: typeof openPlume;
  readonly change: typeof changePlume;
  readonly end: typeof endPlume;
}
