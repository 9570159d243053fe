// What other areas see of scenarios: types only.
import type { Scenario, ScenarioSummary } from '../../contracts/records/scenario.ts';

export interface Scenarios {
  /** All that fit, in order of their slugs, and what is wrong with the others. */
  list(): {
    readonly scenarios: readonly ScenarioSummary[];
    readonly problems: readonly { readonly slug: string; readonly where: string; readonly message: string }[];
  };
  /** null: there is none of that slug. @throws WrittenFileError where its file does not fit */
  read(slug: string): Scenario | null;
  /** The file itself, for the simulated city. */
  fileOf(slug: string): string;
}
