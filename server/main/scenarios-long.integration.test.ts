// Of the long playbooks what a test has time for; .ci/run plays them to their ends.
import { test } from 'vitest';
import { expectToComeOut, HOUR_S, WITHIN_MS } from './play-scenario.test-kit.ts';

test(
  'thallium-upstream comes out as it says, up to the order that closes the intake',
  async () => expectToComeOut('thallium-upstream', 4.75 * HOUR_S),
  WITHIN_MS,
);

test(
  'rainstorm-jialing comes out as it says, its first twelve hours with the warning that ends them',
  async () => expectToComeOut('rainstorm-jialing', 12.25 * HOUR_S),
  WITHIN_MS,
);
