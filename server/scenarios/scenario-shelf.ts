// The scenarios of a folder. They are read when asked for: a file that was edited counts from the next look on, and
// one that does not fit leaves the others in place.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Scenario, ScenarioStory, ScenarioSummary } from '../../contracts/records/scenario.ts';
import { WrittenFileError } from '../kit/written-file.ts';
import type { Scenarios } from './port.ts';
import type { ScenarioWords } from './read-scenario.ts';
import { readScenario } from './read-scenario.ts';

const FILE = 'scenario.yaml';

export interface ScenarioShelfOptions {
  /** Holds one folder a scenario. */
  readonly folder: string;
  readonly words: ScenarioWords;
}

export class ScenarioShelf implements Scenarios {
  readonly #folder: string;
  readonly #words: ScenarioWords;

  constructor({ folder, words }: ScenarioShelfOptions) {
    this.#folder = folder;
    this.#words = words;
  }

  slugs(): string[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder)
      .filter((name) => existsSync(this.fileOf(name)))
      .sort();
  }

  fileOf(slug: string): string {
    return path.join(this.#folder, slug, FILE);
  }

  read(slug: string): Scenario | null {
    if (!this.slugs().includes(slug)) return null;
    const text = readFileSync(this.fileOf(slug), 'utf8');
    return readScenario(text, { slug, file: `scenes/scenarios/${slug}/${FILE}`, words: this.#words });
  }

  list(): ReturnType<Scenarios['list']> {
    const scenarios: ScenarioSummary[] = [];
    const problems: { slug: string; where: string; message: string }[] = [];
    for (const slug of this.slugs()) {
      try {
        const scenario = this.read(slug);
        if (scenario) scenarios.push(summaryOf(scenario));
      } catch (error) {
        if (!(error instanceof WrittenFileError)) throw error;
        problems.push({ slug, where: error.where, message: error.message });
      }
    }
    return { scenarios, problems };
  }
}

export function summaryOf(scenario: Scenario): ScenarioSummary {
  const { slug, title, summary, startText, t0S, durationS, chapters, expectations } = scenario;
  const pending = expectations.filter((one) => one.pending !== null).length;
  return {
    slug,
    title,
    summary,
    startAt: startText,
    t0S,
    durationS,
    chapters,
    expectations: { total: expectations.length, pending },
  };
}

export function storyOf(scenario: Scenario): ScenarioStory {
  const { captions, moves, notes } = scenario;
  return { ...summaryOf(scenario), captions, moves, notes };
}
