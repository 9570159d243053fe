// The order of test files: what takes longest begins, so that no core waits for a last long one.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Parts of file names, the longest first: above half a minute each on two cores. */
const LONGEST = [
  'main/scenarios.',
  'main/scenarios-long.',
  'scripts/start/launch.',
  'main/feeds-alone.',
  'main/kill9.',
  'e2e/tablet',
  'e2e/replay',
  'e2e/first-light',
  'e2e/play',
  'e2e/accessibility',
  'e2e/red-warning',
  'e2e/leaks',
  'e2e/buildings',
  'e2e/desk',
  'e2e/baselines',
  'e2e/scenes',
  'e2e/closeup',
];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = LONGEST.findIndex((part) => moduleId.includes(part));
  return rank < 0 ? LONGEST.length : rank;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}
