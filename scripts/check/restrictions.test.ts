// The rules about clock, environment and syntax bite where they should, and only there.
import { ESLint, Linter } from 'eslint';
import { expect, test } from 'vitest';
import tseslint from 'typescript-eslint';

const eslint = new ESLint();

async function messages(file: string, code: string): Promise<string[]> {
  const config = await eslint.calculateConfigForFile(file);
  const rules = {
    'no-restricted-syntax': config.rules['no-restricted-syntax'],
    'max-params': config.rules['max-params'],
    'no-console': config.rules['no-console'],
  };
  const parser = tseslint.parser as Linter.Parser;
  const found = new Linter().verify(code, [{ files: ['**/*.ts'], languageOptions: { parser }, rules }], file);
  return found.map(({ message }) => message);
}

test.each([
  ['server/ingest/stamp.ts', 'const t = Date.now();', /clock port/],
  ['server/ingest/stamp.ts', 'const t = new Date();', /clock port/],
  ['server/kit/mqtt.ts', 'setTimeout(() => 1, 5);', /clock port/],
  ['server/kit/mqtt.ts', 'globalThis.setInterval(() => 1, 5);', /clock port/],
  ['server/kit/mqtt.ts', "import { setTimeout } from 'node:timers/promises';", /clock port/],
  ['server/ingest/stamp.ts', 'const e = process.env.HOME;', /server\/config\.ts/],
  ['server/ingest/stamp.test.ts', 'const e = process.env.HOME;', /server\/config\.ts/],
  ['server/main.ts', 'const e = process.env.HOME;', /server\/config\.ts/],
  ['server/config.ts', 'const t = Date.now();', /clock port/],
  ['client/panels/flow/panel.ts', 'setInterval(() => 1, 5);', /client\/clock/],
  ['client/panels/flow/flow.ts', "await fetch('/api/flow');", /askWorld/],
  ['client/clock.ts', 'const e = process.env.HOME;', /take the value as an argument/],
  ['contracts/frame.ts', 'const t = Date.now();', /contracts are pure/],
  ['mock-feeds/world.ts', 'const e = process.env.HOME;', /mock-feeds\/config\.ts/],
  ['tilesets/build.ts', 'const e = process.env.HOME;', /take the value as an argument/],
  ['server/x.ts', 'enum Kind { A }', /union of string literals/],
  ['server/x.ts', "import { a } from './y';", /with its extension/],
  ['server/x.ts', "import { a } from '../y.js/z';", /with its extension/],
  ['server/x.ts', 'console.log(1);', /console/],
  ['server/x.ts', 'const f = (a: 1, b: 2, c: 3, d: 4) => [a, b, c, d];', /too many parameters/],
])('%s: %s', async (file, code, sentence) => {
  expect((await messages(file, code)).join('\n')).toMatch(sentence);
});

test.each([
  ['server/kit/clock.ts', 'setTimeout(() => Date.now(), 5);'],
  ['server/kit/clock-virtual.ts', 'const t = new Date();'],
  ['server/main.ts', 'setTimeout(() => 1, 5);'],
  ['server/config.ts', 'const e = process.env.HOME;'],
  ['server/ingest/stamp.test.ts', 'setTimeout(() => Date.now(), 5);'],
  ['server/ingest/stamp.ts', 'const t = new Date(0);'],
  ['client/clock.ts', 'setTimeout(() => Date.now(), 5);'],
  ['client/map/geo/fetch-heights.ts', "await fetch('/tiles/heights');"],
  ['mock-feeds/config.ts', 'const e = process.env.HOME;'],
  ['scripts/start/launch.mjs', 'const e = process.env.HOME;'],
  ['client/x.ts', "import { a } from './y.ts'; import w from './z.worker.ts?worker';"],
])('%s: %s is allowed', async (file, code) => {
  expect(await messages(file.replace('.mjs', '.ts'), code)).toEqual([]);
});
