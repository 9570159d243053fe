import { describe, expect, it } from 'vitest';
import { readRights } from '../access/rights.ts';
import { nearest } from '../kit/nearest-word.ts';
import { WrittenFileError } from '../kit/written-file.ts';
import { momentS, readScenario, type ScenarioWords } from './read-scenario.ts';

const rights = readRights();
const words: ScenarioWords = {
  layers: new Map([
    ['warning', new Set(['title', 'severity', 'position'])],
    ['cluster', new Set(['title'])],
  ]),
  indicators: new Set(['tpi']),
  feeds: new Set(['warning-cap']),
  scenes: new Set(['overview']),
  mayEver: (role, action) => rights.may(role, action, true),
  placeOf: (id) => (id === 'g-zhaohua' ? [105.709, 32.319] : null),
  nearest,
};

const good = `title: { zh: 甲, en: A }
summary: { zh: 乙, en: B }
city: guangyuan
seed: 1
t0: 2026-07-16T20:00:00+08:00
from: -1:00
until: 2:00
scale: 0.1
chapters: [{ id: first, at: -1:00, title: { zh: 甲, en: A } }]
injects:
  - { at: -0:30, kind: warning, as: rain, event: 暴雨, colour: 蓝, counties: ['510822'] }
  - { at: 0:10, kind: warning, event: 暴雨, colour: 黄, counties: ['510822'], updates: rain }
  - { at: 0:20, kind: fault, feed: warning-cap, fault: stop, forS: 60 }
captions: [{ at: 0:00, text: { zh: 雨, en: Rain } }]
moves:
  - { at: 0:00, scene: overview, camera: { centre: g-zhaohua, heightM: 9000 } }
expect:
  - { by: 0:20, text: { zh: 甲, en: A }, layer: warning, where: { severity: yellow }, count: 1 }
  - { at: 0:15, text: { zh: 甲, en: A }, layer: incident, pending: no incidents yet }
  - { from: 0:00, until: 1:00:00, text: { zh: 甲, en: A }, feed: warning-cap, state: [live] }
`;

function refusal(text: string): string {
  try {
    readScenario(text, { slug: 'x', file: 'x.yaml', words });
  } catch (error) {
    if (error instanceof WrittenFileError) return `${error.where} ${error.message}`;
    throw error;
  }
  return '';
}

describe('a scenario', () => {
  const scenario = readScenario(good, { slug: 'x', file: 'x.yaml', words });
  it('counts seconds from its start', () => {
    expect(scenario).toMatchObject({ t0S: 3600, durationS: 10_800, startText: '2026-07-16T19:00:00+08:00' });
    expect(scenario.startAt).toBe(Date.parse('2026-07-16T19:00:00+08:00'));
    expect(scenario.injects.map(({ atS }) => atS)).toEqual([1800, 4200, 4800]);
    expect(scenario.moves[0]?.camera?.centre).toEqual([105.709, 32.319]);
  });
  it('orders its expectations by the moment they are due, each with its place in the file', () => {
    expect(scenario.expectations.map(({ when, fromS, toS }) => [when, fromS, toS])).toEqual([
      ['at', 4500, 4500],
      ['by', 0, 4800],
      ['throughout', 3600, 7200],
    ]);
    expect(scenario.expectations[0]).toMatchObject({ pending: 'no incidents yet', where: 'x.yaml:19:5' });
  });
});

it.each([
  ['1:30', 5400],
  ['-6:00', -21_600],
  ['0:01:05', 65],
  ['-0:25', -1500],
  [90, 90],
])('%s is %d s after T0', (moment, s) => {
  expect(momentS(moment)).toBe(s);
});

it.each([
  ['broken YAML', good.replace('seed: 1', 'seed: [1'), /^x\.yaml:5:\d+ .*correct the YAML/],
  ['a moment that is none', good.replace('at: 0:20', 'at: 0:75'), /^x\.yaml:13:11 injects\.2\.at: .*h:mm/],
  ['a kind nobody knows', good.replace('kind: fault', 'kind: fautl'), /^x\.yaml:13:\d+ injects\.2\.kind: /],
  [
    'a field of another kind',
    good.replace('feed: warning-cap, fault', 'mag: 3, fault'),
    /^x\.yaml:13:\d+ injects\.2/,
  ],
  ['a moment outside', good.replace('at: 0:20', 'at: 5:20'), /injects\.2\.at: 5:20 lies outside/],
  ['a moment before the one above', good.replace('at: 0:20', 'at: 0:05'), /write them in order/],
  [
    'a name nobody has',
    good.replace('updates: rain', 'updates: rian'),
    /^x\.yaml:12:\d+ injects\.1\.updates: no warning above/,
  ],
  [
    'a feed nobody has',
    good.replace('feed: warning-cap, fault', 'feed: warning-cab, fault'),
    /did you mean warning-cap\?/,
  ],
  [
    'a scene nobody has',
    good.replace('scene: overview', 'scene: overviews'),
    /moves\.0\.scene: .*did you mean overview\?/,
  ],
  [
    'a place nobody has',
    good.replace('g-zhaohua', 'g-zhao'),
    /^x\.yaml:16:\d+ moves\.0\.camera\.centre: .*gazetteer\.csv/,
  ],
  [
    'a column the layer has not',
    good.replace('severity: yellow', 'severty: yellow'),
    /expect\.0\.where\.severty: .*did you mean severity\?/,
  ],
  [
    'a layer that must be there',
    good.replace(', pending: no incidents yet', ''),
    /expect\.1\.layer: there is nothing called incident/,
  ],
  [
    'evidence of what is no incident',
    good.replace('severity: yellow }, count', 'severity: yellow }, cites: { layer: warning }, count'),
    /^x\.yaml:18:\d+ expect\.0\.cites: only incidents cite rows/,
  ],
  [
    'two moments at once',
    good.replace('by: 0:20', 'by: 0:20, at: 0:20'),
    /exactly one of `at`, `by` and `until`/,
  ],
])('%s is refused at its line and column, with what to do', (_what, text, message) => {
  expect(refusal(text)).toMatch(message);
});

const decided = good.replace(
  'captions:',
  `decisions:
  - { at: 0:01, by: commander, do: crisis, area: '510800', responseLevel: III, forS: 6600, reason: 地震 }
  - { at: 0:02, by: duty-officer, do: incident-report, as: quake, kind: earthquake, title: 地震, facts: { magnitude: 5.8 } }
  - { at: 0:03, by: duty-chief, do: incident, of: quake, step: accept }
  - { at: 0:04, by: duty-chief, do: incident, of: quake, step: assign }
  - { at: 0:05, by: duty-chief, do: give-task, of: quake, as: look, unit: dept:fire, text: 查, withinS: 60 }
  - { at: 0:06, by: dept-liaison, do: task, of: look, step: report, said: { text: 无 } }
  - { at: 0:07, by: duty-officer, do: incident-from-row, as: row, layer: warning, where: { severity: yellow } }
  - { at: 0:08, by: duty-officer, do: merge-clusters, where: { title: 甲 }, into: { title: 乙 }, reason: 同一 }
  - { at: 0:09, by: duty-chief, do: incident, of: quake, step: cite, row: { layer: warning, where: { severity: red }, nearest: [105.1, 32.4] }, said: { text: 红 } }
  - { at: 1:50, by: commander, do: crisis-end, area: '510800', reason: 完 }
captions:`,
);

describe('what people decide', () => {
  it('is in order of time', () => {
    const { decisions } = readScenario(decided, { slug: 'x', file: 'x.yaml', words });
    expect(decisions.map(({ atS, body }) => [atS - 3600, body.do])).toEqual([
      [60, 'crisis'],
      ...[120, 180, 240, 300, 360, 420, 480, 540].map((atS) => [atS, expect.any(String)]),
      [6600, 'crisis-end'],
    ]);
  });
  it('is none where none is written', () => {
    expect(readScenario(good, { slug: 'x', file: 'x.yaml', words }).decisions).toEqual([]);
  });
});

it.each([
  ['a kind nobody knows', ['do: crisis,', 'do: crises,'], /^x\.yaml:15:\d+ decisions\.0\.do: /],
  ['a role nobody has', ['by: commander, do: crisis,', 'by: comander, do: crisis,'], /decisions\.0\.by: /],
  [
    'a role that may never do it',
    [
      'by: duty-chief, do: incident, of: quake, step: accept',
      'by: duty-officer, do: incident, of: quake, step: accept',
    ],
    /^x\.yaml:17:21 decisions\.2\.by: duty-officer may never handle-incidents: see server\/access\/rights\.yaml/,
  ],
  ['a step of no incident', ['step: accept', 'step: acept'], /^x\.yaml:17:\d+ decisions\.2\.step: /],
  [
    'what no decision above has made',
    ['of: quake, step: accept', 'of: quack, step: accept'],
    /^x\.yaml:17:\d+ decisions\.2\.of: no incident above it is called quack/,
  ],
  [
    'an incident where a task is meant',
    ['of: look', 'of: quake'],
    /decisions\.5\.of: no task above it is called quake/,
  ],
  [
    'a name that is taken',
    ['as: row', 'as: quake'],
    /^x\.yaml:21:\d+ decisions\.6\.as: .*give it another name/,
  ],
  [
    'a fact nobody knows',
    ['magnitude:', 'magnitud:'],
    /^x\.yaml:16:\d+ decisions\.1\.facts.*docs\/incidents\.md/,
  ],
  [
    'words that the action does not take',
    ['said: { text', 'said: { txt'],
    /^x\.yaml:20:\d+ decisions\.5\.said/,
  ],
  [
    'a layer nobody has',
    [
      'layer: warning, where: { severity: yellow } }\n  - { at: 0:08',
      'layer: warming, where: { severity: yellow } }\n  - { at: 0:08',
    ],
    /decisions\.6\.layer: there is no layer warming/,
  ],
  [
    'a column of no cluster',
    ['into: { title', 'into: { titel'],
    /^x\.yaml:22:\d+ decisions\.7\.into\.titel: .*did you mean title\?/,
  ],
  [
    'a row where the step takes none',
    ['step: cite, row', 'step: note, row'],
    /^x\.yaml:23:\d+ decisions\.8\.row: note takes no row/,
  ],
  [
    'evidence without a row',
    ['row: { layer: warning, where: { severity: red }, nearest: [105.1, 32.4] }, said', 'said'],
    /^x\.yaml:23:5 decisions\.8: cite needs `row`/,
  ],
  [
    'a row and a key',
    ['said: { text: 红 }', 'said: { key: a }'],
    /^x\.yaml:23:\d+ decisions\.8\.said: .*not both/,
  ],
  [
    'a column the cited row has not',
    ['where: { severity: red }', 'where: { severty: red }'],
    /^x\.yaml:23:\d+ decisions\.8\.row\.where\.severty: .*did you mean severity\?/,
  ],
  [
    'a row of a layer nobody has',
    ['row: { layer: warning', 'row: { layer: warnin'],
    /decisions\.8\.row\.layer: there is no layer warnin: did you mean warning\?/,
  ],
  [
    'the nearest of what has no place',
    [
      'row: { layer: warning, where: { severity: red }, nearest',
      'row: { layer: cluster, where: { title: 甲 }, nearest',
    ],
    /^x\.yaml:23:\d+ decisions\.8\.row\.nearest: rows of cluster have no place/,
  ],
  ['a moment before the one above', ['at: 0:03', 'at: 0:01:30'], /decisions\.2\.at: .*write them in order/],
] as const)('of decisions, %s is refused at its line and column', (_what, [from, to], message) => {
  const text = decided.replace(from, to);
  expect(text).not.toBe(decided);
  expect(refusal(text)).toMatch(message);
});
