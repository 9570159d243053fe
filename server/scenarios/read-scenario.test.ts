import { describe, expect, it } from 'vitest';
import { nearest } from '../kit/nearest-word.ts';
import { WrittenFileError } from '../kit/written-file.ts';
import { momentS, readScenario, type ScenarioWords } from './read-scenario.ts';

const words: ScenarioWords = {
  layers: new Map([['warning', new Set(['title', 'severity'])]]),
  indicators: new Set(['tpi']),
  feeds: new Set(['warning-cap']),
  scenes: new Set(['overview']),
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
    'two moments at once',
    good.replace('by: 0:20', 'by: 0:20, at: 0:20'),
    /exactly one of `at`, `by` and `until`/,
  ],
])('%s is refused at its line and column, with what to do', (_what, text, message) => {
  expect(refusal(text)).toMatch(message);
});
