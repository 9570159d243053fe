// The scenarios of this server as routes and worlds want them. A file that does not fit is said in the log once, and to
// whoever asks for it.
import type { Scenario } from '../../contracts/records/scenario.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { ScenarioSources } from '../http/scenarios.ts';
import type { Logger } from '../kit/log.ts';
import { WrittenFileError } from '../kit/written-file.ts';
import type { ScenarioShelf } from '../scenarios/scenario-shelf.ts';
import { storyOf } from '../scenarios/scenario-shelf.ts';
import type { ScenarioPlan } from '../worlds/port.ts';
import { openScenarios } from './city-scenarios.ts';
import type { Shared } from './shared.ts';

export interface CityScenarios extends ScenarioSources {
  /** null: there is none of that slug. @throws CodedError request/invalid */
  plan(slug: string): ScenarioPlan | null;
}

/** @param scenesFolder holds the folder of scenarios as well */
export function scenariosOf(shared: Shared, scenesFolder: string): CityScenarios {
  const { city, layers, feeds, catalogue, log } = shared;
  const indicators = catalogue.connected.map(({ slug }) => slug);
  const shelf = openScenarios({ scenesFolder, city, layers, indicators, feeds: feeds.keys() });
  const said = new Set<string>();
  const read = (slug: string): Scenario | null => readFitting(shelf, slug, city.profile.id);
  return {
    list: () => {
      const { scenarios, problems } = shelf.list();
      for (const { slug, where, message } of problems) sayOnce(log, said, { slug, where, message });
      return scenarios;
    },
    story: (slug) => {
      const scenario = read(slug);
      return scenario && storyOf(scenario);
    },
    plan: (slug) => {
      const scenario = read(slug);
      if (!scenario) return null;
      const { title, startAt, durationS, seed, scale, decisions } = scenario;
      return { slug, title, startAt, durationS, seed, scale, decisions, file: shelf.fileOf(slug) };
    },
  };
}

function readFitting(shelf: ScenarioShelf, slug: string, city: string): Scenario | null {
  let scenario: Scenario | null;
  try {
    scenario = shelf.read(slug);
  } catch (error) {
    if (!(error instanceof WrittenFileError)) throw error;
    throw new CodedError('request/invalid', `${error.where}: ${error.message}`);
  }
  if (scenario && scenario.city !== city)
    throw new CodedError('request/invalid', `scenario ${slug} plays in ${scenario.city}, this is ${city}`);
  return scenario;
}

function sayOnce(
  log: Logger,
  said: Set<string>,
  problem: { readonly slug: string; readonly where: string; readonly message: string },
): void {
  const text = JSON.stringify(problem);
  if (said.has(text)) return;
  said.add(text);
  log.warn('scenario.unusable', problem);
}
