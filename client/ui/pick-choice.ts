// One thing a picker offers.
import type { Title } from '../../contracts/column.ts';

export interface PickChoice {
  readonly id: string;
  readonly title: Title;
  /** What tells it from others of its name: the county, what it has to do with the incident. null: nothing. */
  readonly note: Title | null;
}
