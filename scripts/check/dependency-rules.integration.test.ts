// Proves that the gate bites: every rule must refuse something in the fixture, with a comment that says what to do.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { repositoryRoot } from '../setup/processes.mjs';

const configFile = path.join(repositoryRoot, '.dependency-cruiser.cjs');
const { forbidden } = createRequire(import.meta.url)(configFile) as {
  forbidden: { name: string; comment: string }[];
};

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

let violations: Violation[] = [];
let exitCode: unknown = 0;

beforeAll(async () => {
  const program = path.join(repositoryRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const run = (type: string): Promise<{ code: unknown; output: string }> =>
    new Promise((resolve) => {
      const args = [program, '--config', configFile, '-T', type, '.'];
      const cwd = path.join(repositoryRoot, 'scripts/fixtures/forbidden-imports');
      execFile(process.execPath, args, { cwd, maxBuffer: 64e6 }, (error, output) =>
        resolve({ code: error?.code ?? 0, output }),
      );
    });
  violations = (JSON.parse((await run('json')).output) as { summary: { violations: Violation[] } }).summary
    .violations;
  exitCode = (await run('err')).code;
}, 60_000);

test('the run as a whole fails', () => {
  expect(exitCode).not.toBe(0);
});

test.each(forbidden)('$name bites', ({ name, comment }) => {
  expect(violations.map(({ rule }) => rule.name)).toContain(name);
  expect(comment.length).toBeGreaterThan(40);
});

test('what is allowed passes', () => {
  const clean = violations.filter(
    ({ from }) => from === 'contracts/clean.ts' || from === 'client/map/layers/ship/layer.ts',
  );
  expect(clean).toEqual([]);
  // A type of another area's port is how areas meet.
  const port = violations.filter(
    ({ from, to }) => from === 'server/state/table.ts' && to.endsWith('port.ts'),
  );
  expect(port.map(({ rule }) => rule.name)).toEqual(['port-types-only']);
});
