import { expect, test } from 'vitest';
import { countResults } from './suites.mjs';

const file = (status: string, ...tests: string[]) => ({
  name: 'x.test.ts',
  status,
  assertionResults: tests.map((state, at) => ({
    ...{ fullName: `${state} ${at}`, status: state },
    failureMessages: state === 'failed' ? ['Error: too late\n    at x.test.ts:1'] : [],
  })),
});

test('passed, failed and skipped tests are told apart', () => {
  const report = { testResults: [file('failed', 'passed', 'failed', 'pending'), file('passed', 'passed')] };
  expect(countResults(report, 1)).toEqual({
    ...{ passed: 2, failed: 1, skipped: ['pending 2'] },
    failures: ['x.test.ts > failed 1: Error: too late'],
  });
});

test.each([
  ['a file that could not be loaded', { testResults: [file('failed'), file('passed', 'passed')] }, 1, 1],
  ['an error outside any test', { testResults: [file('passed', 'passed')] }, 1, 1],
  ['a run without any test', { testResults: [] }, 0, 1],
  ['a crash before the report', null, 1, 1],
  ['a run where all was skipped', { testResults: [file('passed', 'skipped')] }, 0, 1],
  ['a good run', { testResults: [file('passed', 'passed')] }, 0, 0],
])('%s', (_what, report, exitCode, failed) => {
  expect(countResults(report, exitCode).failed).toBe(failed);
});
