// Plays scenarios of the city against the real server and the real simulated city, as tests do.
import { expect } from 'vitest';
import type { PlayOptions } from './play-scenario.ts';
import { playScenario, shelfOf } from './play-scenario.ts';
import { silentLog } from './trial-server.ts';

export const HOUR_S = 3600;
/** Above what a busy machine needs: nothing in a play waits for a duration. */
export const WITHIN_MS = 1_200_000;
/** Vehicles, buses and ships: what is expected is said by stations and people. */
const SCALE = 0.02;

const shelf = await shelfOf('guangyuan');

export async function play(slug: string, options: Partial<PlayOptions>) {
  const scenario = shelf.read(slug);
  if (!scenario) throw new Error(`scenario ${slug} is gone`);
  return playScenario(scenario, shelf.fileOf(slug), { log: silentLog, scale: SCALE, ...options });
}

/** @param untilS seconds from its T0; what is expected later counts as not reached */
export async function expectToComeOut(slug: string, untilS = Infinity): Promise<void> {
  const { scenario, verdicts, failed, notReached } = await play(slug, { untilS });
  const wrong = verdicts.filter(({ outcome }) => outcome === 'missed' || outcome === 'unexpected');
  expect(
    wrong.map(({ expectation, outcome, seen }) => `${expectation.text.en}: ${outcome}, saw ${seen}`),
  ).toEqual([]);
  expect(failed).toEqual([]);
  expect(verdicts.length + notReached).toBe(scenario.expectations.length);
  expect(notReached).toBe(scenario.expectations.filter(({ toS }) => toS > untilS).length);
  expect(verdicts.some(({ outcome }) => outcome === 'met')).toBe(true);
}
