// The files of rules: the schema for editors, what is said of a mistake, the last good rules, and the rules of the cities.
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadCity } from '../../cities/load.ts';
import { loadIndicators } from '../indicators/load.ts';
import { loadLayers } from '../kit/load-folder.ts';
import { ruleWordsOf } from '../main/alerts-of-world.ts';
import { silentLog } from '../main/trial-server.ts';
import { Fences } from './fences.ts';
import type { RuleWords } from './read-rules.ts';
import { checkRule, readRules } from './read-rules.ts';
import { RULES_SCHEMA_FILE, rulesJsonSchema } from './rule-json-schema.ts';
import { RuleShelf } from './rule-shelf.ts';

const root = path.join(import.meta.dirname, '../..');
const city = loadCity('guangyuan');
const layers = await loadLayers(path.join(root, 'contracts/layers'));
const words: RuleWords = ruleWordsOf(city, layers, {
  catalogue: await loadIndicators(),
  fences: new Fences(),
});

const file = (rule: string): string => `rules:
  - id: one
    name: { zh: 一, en: One }
    title: { zh: '{name} {value}', en: '{name} {value}' }
    toDo: { zh: 看, en: Look }
    basis: test
    systems: [x-hydrology]
    layer: river-gauge
    severity: yellow
${rule}`;
const GOOD = file('    when: { kind: threshold, value: levelM, above: 5 }\n');

test(`${RULES_SCHEMA_FILE} is what the contract says: else run node server/alerts/write-schema.ts`, () => {
  expect(readFileSync(path.join(root, RULES_SCHEMA_FILE), 'utf8')).toBe(rulesJsonSchema());
});

test('durations are written as people say them', () => {
  const [rule] = readRules(file('    when: { kind: silent, after: 90m }\n    for: 2h\n'), 'f', words);
  expect(rule).toMatchObject({ for: 7_200_000, when: { after: 5_400_000 }, clearAfter: 60_000 });
});

test.each([
  ['when: { kind: threshold, value: levelN, above: 5 }', /f:10:\d+.*levelN.*did you mean levelM/],
  ['when: { kind: threshold, value: name, above: 5 }', /f:10:\d+.*no number column.*called name/],
  ['when: { kind: threshold, value: levelM }', /f:10:\d+.*exactly one of above/],
  ['when: { kind: state, column: trend, is: [rizing] }', /f:10:\d+.*rizing.*did you mean rising/],
  ['when: { kind: silent, after: 5 minutes }', /f:10:\d+.*for example 5m/],
  ["when: { kind: inside, area: { county: '999999' } }", /f:10:\d+.*county of this city called 999999/],
  ['when: { kind: inside, area: { place: nowhere, withinM: 5 } }', /f:10:\d+.*the id nowhere/],
  ['when: { kind: inside, area: { fence: nowhere } }', /f:10:\d+.*the id nowhere: see \/admin\/areas/],
  [
    'when: { kind: nearby, layer: road-speed, withinM: 5, within: 1h }',
    /f:10:\d+.*road-speed have no position/,
  ],
  ['when: { kind: silent, after: 5m }\n    sevrity: red', /f:11:\d+.*there is no such field/],
])('%s is refused with its line', (rule, message) => {
  const say = (): string => {
    try {
      readRules(file(`    ${rule}\n`), 'f', words);
      return 'accepted';
    } catch (error) {
      const { where, message: text } = error as { where: string; message: string };
      return `${where} ${text}`;
    }
  };
  expect(say()).toMatch(message);
});

test('a title that names a column that is not there, and a rule without severity, are refused', () => {
  expect(() => readRules(GOOD.replace('{value}', '{valeu}'), 'f', words)).toThrow(
    /valeu.*did you mean value/,
  );
  expect(() => readRules(GOOD.replace('    severity: yellow\n', ''), 'f', words)).toThrow(/no severity/);
  expect(() => checkRule({ id: 'x' }, words)).toThrow(/request\/invalid/);
});

test.each(readdirSync(path.join(root, 'cities/guangyuan/alerts')))('guangyuan/%s fits', (name) => {
  const text = readFileSync(path.join(root, 'cities/guangyuan/alerts', name), 'utf8');
  expect(readRules(text, name, words).length).toBeGreaterThan(0);
});

test('no rule of the city stands in two files', () => {
  const shelf = new RuleShelf({
    folder: path.join(root, 'cities/guangyuan/alerts'),
    words,
    log: { ...silentLog, warn: (event: string) => expect(event).toBe('') },
  });
  expect(shelf.problems).toEqual([]);
  expect(shelf.rules.length).toBeGreaterThan(40);
});

let folder: string;
let written = 0;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rules-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Each write is a second later than the last: a file system may not tell them apart otherwise. */
function write(name: string, text: string): void {
  const where = path.join(folder, name);
  writeFileSync(where, text);
  written += 1;
  utimesSync(where, written, written);
}

test('a file that was broken keeps its last good rules and says where; others go on', () => {
  write('a.yaml', GOOD);
  const shelf = new RuleShelf({ folder, words, log: silentLog });
  expect(shelf.rules.map(({ id }) => id)).toEqual(['one']);
  const { revision } = shelf;
  expect(shelf.look()).toBe(false);

  write('a.yaml', GOOD.replace('levelM', 'level'));
  write('b.yaml', GOOD.replace('id: one', 'id: two'));
  expect(shelf.look()).toBe(true);
  expect(shelf.rules.map(({ id }) => id)).toEqual(['one', 'two']);
  expect(shelf.problems).toMatchObject([{ file: 'a.yaml', keptLast: true, where: 'alerts/a.yaml:10:37' }]);
  expect(shelf.revision).toBeGreaterThan(revision);

  write('a.yaml', GOOD.replace('id: one', 'id: three'));
  rmSync(path.join(folder, 'b.yaml'));
  shelf.look();
  expect(shelf.rules.map(({ id }) => id)).toEqual(['three']);
  expect(shelf.problems).toEqual([]);
});
